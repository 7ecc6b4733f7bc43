"""Expressions for lists that hang below a row: plain ones, and pages with their parts."""

from collections.abc import Callable
from typing import Protocol

from graphql import GraphQLObjectType

from schema.plan.level import Child, Lists, evaluated
from schema.plan.selection import (
    Details,
    Selection,
    Unplannable,
    constant,
    name_of,
    object_type,
    written,
)

_INFO = {
    "hasNextPage": "more",
    "hasPreviousPage": "before",
    "startCursor": "first",
    "endCursor": "last",
}


class Shape(Protocol):
    """How the rows of a list are shaped."""

    def object(self, type_: GraphQLObjectType, details: Details) -> str:
        """The expression for a row."""

    def key(self) -> str:
        """The expression for a row's primary key."""


def rows_of(above: Lists, child: Child, expression: str) -> str:
    """The rows of a child in a shape, as a list per row above."""
    place = above.list_number()
    child.wanted.append((place, child.level.shape(expression)))
    return f"lists[{place}][i]"


def page_of(  # noqa: PLR0913, PLR0917  a list in its place
    selection: Selection,
    above: Lists,
    child: Child,
    shape: Shape,
    selected: tuple[GraphQLObjectType, Details],
    total: Callable[[], str],
) -> str:
    """A page of a child: whatever is asked of it comes from one read of its rows."""
    type_, details = selected
    parts = {}
    for key, each in selection.fields(type_, details).items():
        match name_of(each):
            case "__typename":
                parts[key] = constant(type_.name)
            case "totalCount":
                parts[key] = total()
            case "pageInfo":
                info = object_type(type_.fields["pageInfo"])
                parts[key] = _page_info(selection, above, child, shape, (info, each))
            case "nodes":
                node = object_type(type_.fields["nodes"])
                parts[key] = rows_of(above, child, shape.object(node, each))
            case "edges":
                edge = object_type(type_.fields["edges"])
                parts[key] = rows_of(above, child, _edge(selection, shape, edge, each))
            case _:
                raise Unplannable("part of a page")
    return written(parts)


def _edge(selection: Selection, shape: Shape, type_: GraphQLObjectType, details: Details) -> str:
    parts = {}
    for key, each in selection.fields(type_, details).items():
        match name_of(each):
            case "__typename":
                parts[key] = constant(type_.name)
            case "cursor":
                parts[key] = f"cursor_of({shape.key()})"
            case name:
                parts[key] = shape.object(object_type(type_.fields[name]), each)
    return written(parts)


def _page_info(
    selection: Selection,
    above: Lists,
    child: Child,
    shape: Shape,
    selected: tuple[GraphQLObjectType, Details],
) -> str:
    type_, details = selected
    parts = {}
    for key, each in selection.fields(type_, details).items():
        name = name_of(each)
        child.more |= name == "hasNextPage"
        parts[key] = constant(type_.name) if name == "__typename" else _INFO[name]
    keys = child.level.shape(shape.key())
    place = above.list_number()
    info = evaluated(f"lambda more, before, first, last: {written(parts)}", {})
    child.infos.append((place, info, keys))
    return f"lists[{place}][i]"
