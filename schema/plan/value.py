"""Expressions for what functions give: leaves, objects with attributes, lists of both."""

from typing import Any

from graphql import (
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    get_nullable_type,
    is_enum_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)

from schema.plan.selection import (
    Details,
    Selection,
    Unplannable,
    constant,
    name_of,
    planned_of,
    written,
)

# What JSON writes as Python has it: dates and instants too, in their ISO form.
_PLAIN = frozenset({"String", "Int", "Float", "Boolean", "ID", "LocalTime", "Date", "DateTime"})


def output(
    selection: Selection, given: str, type_: GraphQLOutputType, details: Details, depth: int = 0
) -> str:
    """The expression for a value of a type; `given` is the expression for what there is of it."""
    if is_non_null_type(type_):
        return output(selection, f"need({given})", type_.of_type, details, depth)
    if is_list_type(type_):
        each = f"v{depth}"
        item = _item(selection, each, type_.of_type, details, depth + 1)
        return given if item == each else f"[{item} for {each} in {given}]"
    if is_leaf_type(type_):
        return _leaf(given, type_)
    if isinstance(type_, GraphQLObjectType):
        each = f"v{depth}"
        inner = value(selection, each, type_, details, depth + 1)
        return f"[{inner} if {each} is not None else None for {each} in ({given},)][0]"
    raise Unplannable("abstract function")


def _item(
    selection: Selection, each: str, type_: GraphQLOutputType, details: Details, depth: int
) -> str:
    nullable = get_nullable_type(type_)
    if is_leaf_type(nullable):
        return _leaf(each, nullable)
    if isinstance(nullable, GraphQLObjectType):
        return value(selection, each, nullable, details, depth)
    return output(selection, each, type_, details, depth)


def value(
    selection: Selection, given: str, type_: GraphQLObjectType, details: Details, depth: int = 0
) -> str:
    """The expression for an object without a row."""
    parts = {}
    for key, each in selection.fields(type_, details).items():
        name = name_of(each)
        if name == "__typename":
            parts[key] = constant(type_.name)
        else:
            parts[key] = attribute(selection, given, type_.fields[name], each, depth)
    return written(parts)


def attribute(
    selection: Selection, given: str, field: Any, details: Details, depth: int = 0
) -> str:
    """The expression for an attribute of an object without a row."""
    declared = planned_of(field)
    if not declared.is_basic_field:
        raise Unplannable("function of a value")
    found = f"{given}.{declared.python_name}"
    nullable = get_nullable_type(field.type)
    if isinstance(field.type, GraphQLNonNull) and isinstance(nullable, GraphQLObjectType):
        return value(selection, found, nullable, details, depth)
    if not is_leaf_type(nullable):
        return output(selection, found, field.type, details, depth)
    leaf = _leaf(found, nullable)
    if is_non_null_type(field.type):
        return f"({leaf} if {found} is not None else null())"
    return leaf


def _leaf(given: str, type_: Any) -> str:
    if type_.name in _PLAIN:
        return given
    if is_enum_type(type_) and all(name == each.value for name, each in type_.values.items()):
        return f"code_of({given})"
    if type_.name == "Decimal":
        return f"text_of({given})"
    raise Unplannable("scalar")
