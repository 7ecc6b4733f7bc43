"""Values that do not fit their types: which, where in the input, and of what kind.

The library says so in sentences that repeat the value. Here the place and the kind come from the
types alone, for literals and for values of variables alike; nothing of a value is kept.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from graphql import (
    ArgumentNode,
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLSchema,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    ValidationRule,
    ValueNode,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    is_enum_type,
    is_input_object_type,
    is_list_type,
    is_non_null_type,
    is_required_input_field,
    type_from_ast,
    visit,
)
from graphql.utilities import validate_input_literal, validate_input_value

MISSING, UNKNOWN, OBJECT, ENUM, VALUE = "MISSING", "UNKNOWN", "OBJECT", "ENUM", "VALUE"
CODE = "BAD_USER_INPUT"
_MOST = 20
_LONGEST_NAME = 64

Place = tuple[str | int, ...]


class Misfit(GraphQLError):
    """One value that does not fit; `kind` is the name of its scalar, or one of those above."""

    def __init__(self, kind: str, place: Place, detail: str, node: Any) -> None:
        field = {"field": ".".join(map(str, place))} if place else {}
        super().__init__(detail, node, extensions={"code": CODE, **field})
        self.kind = kind


class ValuesFit(ValidationRule):
    """Literals fit their types; in place of the library's own rule."""

    def enter_argument(self, node: ArgumentNode, *_args: Any) -> None:
        """Look at everything that is written down in an argument."""
        argument = self.context.get_argument()
        if argument is not None:
            self._look(node.value, argument.type, node.name.value)

    def enter_variable_definition(self, node: VariableDefinitionNode, *_args: Any) -> None:
        """Look at a variable's default."""
        type_ = type_from_ast(self.context.schema, node.type)
        if node.default_value is not None and type_ is not None:
            self._look(node.default_value, type_, node.variable.name.value)

    def _look(self, value: ValueNode, type_: Any, name: str) -> None:
        for each in _misfits(value, type_, (name,), value):
            self.report_error(each)


def misfits(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
) -> list[GraphQLError]:
    """Why the variables do not fit, told of the places where the document uses them.

    For variables that the library refuses; there is always a reason.
    """
    places = _places(document, operation)

    def found() -> Iterator[Misfit]:
        for definition in operation.variable_definitions or ():
            name = definition.variable.name.value
            type_: Any = type_from_ast(schema, definition.type)
            if name in variables or definition.default_value is None:
                place = places.get(name, (name,))
                yield from _misfits(variables.get(name), type_, place, definition)

    return [*islice(found(), _MOST)] or [Misfit(VALUE, (), "The variables do not fit.", operation)]


def _misfits(value: Any, type_: GraphQLInputType, place: Place, node: Any) -> Iterator[Misfit]:
    """What does not fit in a literal or in the value of a variable."""
    opened = _opened(value)
    if isinstance(opened, VariableNode):
        return  # looked at where its value comes
    if is_non_null_type(type_):
        if opened is None:
            yield Misfit(MISSING, place, f"Expected a value of type '{type_}'.", node)
            return
        type_ = type_.of_type
    if opened is None:
        return
    if is_list_type(type_):
        if isinstance(opened, list):
            for index, each in enumerate(opened):
                yield from _misfits(each, type_.of_type, (*place, index), node)
        else:
            yield from _misfits(value, type_.of_type, place, node)
    elif is_input_object_type(type_):
        yield from _in_object(opened, type_, place, node)
    elif not _fits(value, type_):
        kind = ENUM if is_enum_type(type_) else str(type_)
        yield Misfit(kind, place, f"Expected a value of type '{type_}'.", node)


def _in_object(
    opened: Any, type_: GraphQLInputObjectType, place: Place, node: Any
) -> Iterator[Misfit]:
    if not isinstance(opened, dict):
        yield Misfit(OBJECT, place, f"Expected an object of type '{type_}'.", node)
        return
    for name, field in type_.fields.items():
        inner = (*place, name)
        if name in opened:
            yield from _misfits(opened[name], field.type, inner, node)
        elif is_required_input_field(field):
            yield Misfit(MISSING, inner, f"Expected a value of type '{field.type}'.", node)
    for name in sorted(opened.keys() - type_.fields.keys()):
        # A key of a variable may be anything, so that only what could be a name is told.
        named = (name,) if name.isidentifier() and len(name) <= _LONGEST_NAME else ()
        yield Misfit(UNKNOWN, (*place, *named), f"'{type_}' has no such field.", node)


def _opened(value: Any) -> Any:
    """A literal by its parts; everything else as it is."""
    match value:
        case NullValueNode():
            return None
        case ListValueNode():
            return list(value.values)
        case ObjectValueNode():
            return {each.name.value: each.value for each in value.fields}
        case _:
            return value


def _fits(value: Any, type_: GraphQLInputType) -> bool:
    """Whether the library takes the value of a scalar or an enumeration."""
    refused: list[GraphQLError] = []
    look = validate_input_literal if isinstance(value, ValueNode) else validate_input_value
    look(value, type_, lambda error, _path: refused.append(error))
    return not refused


def _places(document: DocumentNode, operation: OperationDefinitionNode) -> dict[str, Place]:
    """Where each variable is used first, the operation before its fragments."""
    uses = _Uses()
    fragments = [each for each in document.definitions if isinstance(each, FragmentDefinitionNode)]
    for each in (operation, *fragments):
        visit(each, uses)
    return uses.places


class _Uses(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.places: dict[str, Place] = {}

    def enter_argument(self, node: ArgumentNode, *_args: Any) -> None:
        """Note the variables in an argument."""
        for name, place in _used(node.value, (node.name.value,)):
            self.places.setdefault(name, place)


def _used(value: ValueNode, place: Place) -> Iterator[tuple[str, Place]]:
    opened = _opened(value)
    match opened:
        case VariableNode():
            yield opened.name.value, place
        case list():
            for index, each in enumerate(opened):
                yield from _used(each, (*place, index))
        case dict():
            for name, each in opened.items():
                yield from _used(each, (*place, name))
