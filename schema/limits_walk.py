"""How a document is walked without recursion, so that no nesting can exhaust the stack."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    ListValueNode,
    Node,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
)


def operations_of(document: DocumentNode) -> list[OperationDefinitionNode]:
    """The operations of a document in their order."""
    return [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]


def fragments_of(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    """The fragments of a document by name."""
    return {
        each.name.value: each
        for each in document.definitions
        if isinstance(each, FragmentDefinitionNode)
    }


def inner_first(fragments: Mapping[str, FragmentDefinitionNode]) -> Iterator[str]:
    """Names of fragments, each after those it spreads; one on a cycle comes where it was met."""
    spreads = {name: _spreads_of(each.selection_set) for name, each in fragments.items()}
    seen: set[str] = set()
    for start in fragments:
        stack = [(start, False)]
        while stack:
            name, done = stack.pop()
            if done:
                yield name
            elif name in spreads and name not in seen:
                seen.add(name)
                stack.append((name, True))
                stack.extend((inner, False) for inner in spreads[name])


def nesting_of(document: DocumentNode) -> int:
    """How deep selection sets stand in each other within one definition, inline fragments too."""
    return max((level for _, level in _sets_of(document)), default=0)


def repeats_of(document: DocumentNode) -> int:
    """How often the most frequent answer key stands in one selection set."""
    return max((_repeats_in(selections) for selections, _ in _sets_of(document)), default=0)


def longest_list_in(document: DocumentNode) -> int:
    """How many entries the longest list that is written in a document has."""
    longest = 0
    stack: list[Any] = [document]
    while stack:
        node = stack.pop()
        if isinstance(node, ListValueNode):
            longest = max(longest, len(node.values))
        for key in node.keys:
            inner = getattr(node, key, None)
            inner = inner if isinstance(inner, list | tuple) else (inner,)
            stack.extend(each for each in inner if isinstance(each, Node))
    return longest


def longest_list_of(value: object) -> int:
    """How many entries the longest list within a JSON value has."""
    longest = 0
    stack = [value]
    while stack:
        current = stack.pop()
        if isinstance(current, list):
            longest = max(longest, len(current))
            stack.extend(current)
        elif isinstance(current, Mapping):
            stack.extend(current.values())
    return longest


def root_fields_of(document: DocumentNode, operation: OperationDefinitionNode) -> dict[str, str]:
    """The root fields of an operation, by the name that each has in the answer."""
    fragments = fragments_of(document)
    found: dict[str, str] = {}
    seen: set[str] = set()
    stack = [operation.selection_set]
    while stack:
        for node in stack.pop().selections:
            if isinstance(node, FieldNode):
                found[(node.alias or node.name).value] = node.name.value
            elif isinstance(node, InlineFragmentNode):
                stack.append(node.selection_set)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                seen.add(node.name.value)
                if node.name.value in fragments:
                    stack.append(fragments[node.name.value].selection_set)
    return found


def _repeats_in(selections: SelectionSetNode) -> int:
    keys = Counter(
        (node.alias or node.name).value
        for node in selections.selections
        if isinstance(node, FieldNode)
    )
    return max(keys.values(), default=0)


def _spreads_of(selections: SelectionSetNode) -> list[str]:
    return [
        node.name.value
        for inner, _ in _sets_within(selections)
        for node in inner.selections
        if isinstance(node, FragmentSpreadNode)
    ]


def _sets_of(document: DocumentNode) -> Iterator[tuple[SelectionSetNode, int]]:
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode | FragmentDefinitionNode):
            yield from _sets_within(definition.selection_set)


def _sets_within(selections: SelectionSetNode) -> Iterator[tuple[SelectionSetNode, int]]:
    """Every selection set of a definition with its level, the outermost having level 1."""
    stack = [(selections, 1)]
    while stack:
        current, level = stack.pop()
        yield current, level
        stack.extend(
            (node.selection_set, level + 1)
            for node in current.selections
            if isinstance(node, FieldNode | InlineFragmentNode) and node.selection_set
        )


def variables_in(document: DocumentNode, arguments: tuple[str, ...]) -> list[str]:
    """Names of the variables that stand directly in one of the named arguments of a field."""
    return sorted(
        {
            argument.value.name.value
            for selections, _ in _sets_of(document)
            for node in selections.selections
            if isinstance(node, FieldNode)
            for argument in node.arguments or ()
            if argument.name.value in arguments and isinstance(argument.value, VariableNode)
        }
    )


def variables_in_directives(document: DocumentNode) -> list[str]:
    """Names of the variables that stand in an argument of a directive of a selection."""
    return sorted(
        {
            argument.value.name.value
            for selections, _ in _sets_of(document)
            for node in selections.selections
            for directive in node.directives or ()
            for argument in directive.arguments or ()
            if isinstance(argument.value, VariableNode)
        }
    )
