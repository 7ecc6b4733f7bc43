"""Declarations as strawberry fields: one line each, with the description first.

title: str = column("What it is called.")
activities: list[Activity] = computed(activities, "What is to be done.")
seeker: Seeker | None = relation("Whose order it is.")
"""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField
from strawberry.types.info import Info

from schema.connection import DEFAULT_PAGE, After, First, OrderBy, Sorting
from schema.plan.declare import (
    ById,
    ByIds,
    Column,
    Computed,
    Connected,
    Counted,
    Current,
    Declared,
    Identifier,
    Relation,
    Rows,
    Scalar,
)

NodeId = Annotated[strawberry.ID, strawberry.argument(description="An id of this graph.")]
_Ids = Annotated[
    list[strawberry.ID], strawberry.argument(description="Up to 100 ids of this graph.")
]
_DECLARED = "declared"


class Planned(StrawberryField):
    """A field whose declaration says how it is read; outside a plan the context's reader does."""

    @property
    def is_basic_field(self) -> bool:
        """Never: the executor has to hand over who asks."""
        return False

    def get_result(
        self,
        source: Any,
        info: Info | None,
        args: list[Any],  # noqa: ARG002  the library's signature
        kwargs: Any,
    ) -> Awaitable[Any] | Any:
        """The ordinary way: one field of one object."""
        if info is None:
            raise TypeError("a declared field is read for somebody")
        return info.context.reader.resolve(declaration_of(self), source, info, kwargs)


def declaration_of(field: StrawberryField) -> Declared:
    """What was declared of a field."""
    declared: Declared = field.metadata[_DECLARED]
    return declared


def column(description: str, path: str | None = None) -> Any:
    """A column of the model, under the field's name or under a path."""
    return _field(Column(path), description)


def identifier(description: str) -> Any:
    """The row's id as clients see it."""
    return _field(Identifier(), description)


def computed(
    function: Callable[..., Any],
    description: str,
    *,
    of: str | None = None,
    each: str | None = None,
) -> Any:
    """What a pure function says of the row: its parameters are what it needs."""
    return _field(Computed(function, of, each), description)


def counted(description: str, scalar: Scalar) -> Any:
    """What a subquery says of the row."""
    return _field(Counted(scalar), description)


def relation(  # noqa: PLR0913  each by its name
    description: str,
    *,
    link: str | None = None,
    key: str | None = None,
    rows: Rows | None = None,
    through: str | None = None,
    order: tuple[str, ...] = ("id",),
) -> Any:
    """Another row, or a list of them, as far as the viewer may see them."""
    return _field(Relation(link, key, rows, through, order), description)


def connection(
    description: str,
    *,
    rows: Rows | None = None,
    where: type[Any] | None = None,
    sortable: bool = False,
    newest_first: bool = False,
) -> Any:
    """A page of rows: of the relation of this name, or of `rows` where it is a root."""
    made = _field(Connected(rows, where, sortable, newest_first), description)
    made.arguments = [
        _argument("first", First, DEFAULT_PAGE),
        _argument("after", After, None),
        *([_argument("where", _where(where), None)] if where else []),
        *([_argument("order_by", OrderBy, Sorting.NEWEST_FIRST)] if sortable else []),
    ]
    return made


def by_id(description: str) -> Any:
    """A root: an object by its id."""
    made = _field(ById(), description)
    made.arguments = [_argument("id", NodeId)]
    return made


def by_ids(description: str) -> Any:
    """A root: objects by their ids, in the order of these."""
    made = _field(ByIds(), description)
    made.arguments = [_argument("ids", _Ids)]
    return made


def current(description: str, key: Callable[[Any], Any] = lambda _context: None) -> Any:
    """A root: the object that the request's context names."""
    return _field(Current(key), description)


def _field(declared: Declared, description: str) -> Planned:
    return Planned(type_annotation=None, description=description, metadata={_DECLARED: declared})


def _where(given: type[Any]) -> Any:
    return Annotated[given | None, strawberry.argument(description="Which ones.")]


def _argument(name: str, annotation: Any, *default: Any) -> StrawberryArgument:
    given = {"default": default[0]} if default else {}
    return StrawberryArgument(
        python_name=name,
        graphql_name=None,
        type_annotation=StrawberryAnnotation(annotation),
        **given,
    )
