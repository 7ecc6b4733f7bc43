"""Making a failing operation smaller: parts are left out as long as it is valid and still fails."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    Node,
    OperationDefinitionNode,
    VariableDefinitionNode,
    VariableNode,
    parse,
    print_ast,
    validate,
)

from tests.schema.plan.operations import Operation
from tests.schema.plan.shape import GRAPH

Fails = Callable[[Operation], Awaitable[bool]]
Path = tuple[tuple[str, int | None], ...]  # attributes, and the places in them
_ROUNDS = 4


async def smaller(operation: Operation, fails: Fails, rounds: int = _ROUNDS) -> Operation:
    """The operation without everything that its failure does not need."""
    for _ in range(rounds):
        before = operation
        operation = await _one_round(operation, fails)
        if operation == before:
            break
    return replace(operation, text=print_ast(parse(operation.text)))


async def _one_round(operation: Operation, fails: Fails) -> Operation:
    """Every part is tried once, in its turn."""
    skipped = 0
    while True:
        for at, each in enumerate(_without_one_part(operation)):
            if at >= skipped and await fails(each):
                operation, skipped = each, at
                break
        else:
            return operation


def _without_one_part(operation: Operation) -> Iterator[Operation]:
    document = parse(operation.text, no_location=True)
    for path in _paths(document):
        for changed in (_dropped(document, path), _opened(document, path, document)):
            swept = None if changed is None else _swept(changed)
            if swept is not None and not validate(GRAPH, swept):
                _spread, named = _names_in(swept)
                values = {name: it for name, it in operation.variables.items() if name in named}
                yield replace(operation, text=print_ast(swept), variables=values)
    for name, value in operation.variables.items():
        for at in range(len(value) if isinstance(value, list) else 0):
            rest = [*value[:at], *value[at + 1 :]]
            yield replace(operation, variables=operation.variables | {name: rest})


def _paths(node: Node) -> Iterator[Path]:
    """The places of everything that may be left out, what is larger first."""
    for key in node.keys:
        value = getattr(node, key, None)
        if isinstance(value, tuple):
            for at, each in enumerate(value):
                yield ((key, at),)
                yield from (((key, at), *below) for below in _paths(each))
        elif isinstance(value, Node):
            if key in ("alias", "default_value"):
                yield ((key, None),)
            yield from (((key, None), *below) for below in _paths(value))


def _dropped(node: Any, path: Path) -> Any:
    """Without what stands at a path, or None if nothing would be left around it."""
    return _changed(node, path, lambda _each: ())


def _opened(node: Any, path: Path, document: DocumentNode) -> Any:
    """With the content of a fragment in the place of the fragment."""
    bodies = {
        each.name.value: each
        for each in document.definitions
        if isinstance(each, FragmentDefinitionNode)
    }

    def content(each: Any) -> tuple[Any, ...] | None:
        found = bodies.get(each.name.value) if isinstance(each, FragmentSpreadNode) else each
        if not isinstance(found, FragmentDefinitionNode | InlineFragmentNode):
            return None
        return tuple(found.selection_set.selections)

    return _changed(node, path, content) if path[-1][0] == "selections" else None


def _changed(node: Any, path: Path, put: Callable[[Any], tuple[Any, ...] | None]) -> Any:
    (key, at), *rest = path
    value = getattr(node, key)
    if rest:
        inner = _changed(value if at is None else value[at], tuple(rest), put)
        if inner is None:
            return None
        new = inner if at is None else (*value[:at], inner, *value[at + 1 :])
        return replace(node, **{key: new})
    if at is None:
        return replace(node, **{key: None})
    instead = put(value[at])
    new = None if instead is None else (*value[:at], *instead, *value[at + 1 :])
    return None if new is None or (key == "selections" and not new) else replace(node, **{key: new})


def _swept(document: DocumentNode) -> DocumentNode:
    """Without the fragments and variables that nothing names any more."""
    spread, named = _names_in(document)
    kept = [
        each
        for each in document.definitions
        if not isinstance(each, FragmentDefinitionNode) or each.name.value in spread
    ]
    if len(kept) < len(document.definitions):
        return _swept(replace(document, definitions=tuple(kept)))
    return replace(document, definitions=tuple(_used(each, named) for each in kept))


def _used(definition: Any, named: set[str]) -> Any:
    if not isinstance(definition, OperationDefinitionNode):
        return definition
    found = definition.variable_definitions or ()
    used = tuple(each for each in found if each.variable.name.value in named)
    return replace(definition, variable_definitions=used)


def _names_in(document: DocumentNode) -> tuple[set[str], set[str]]:
    """The fragments that are spread, and the variables that are used."""
    spread: set[str] = set()
    named: set[str] = set()
    stack: list[Any] = [document]
    while stack:
        node = stack.pop()
        if isinstance(node, FragmentSpreadNode):
            spread.add(node.name.value)
        if isinstance(node, VariableNode):
            named.add(node.name.value)
        if not isinstance(node, VariableDefinitionNode):
            inner = [getattr(node, key, None) for key in node.keys]
            stack += [
                each
                for it in inner
                for each in (it if isinstance(it, tuple) else (it,))
                if isinstance(each, Node)
            ]
    return spread, named
