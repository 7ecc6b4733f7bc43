"""Connections: Relay's pages over a keyset, stable while rows are being added.

A cursor is the row's id; ids grow with time, so the id is the sort key and its own tie-break.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

import strawberry
from tortoise.models import Model
from tortoise.queryset import QuerySet

from domain.errors import CursorInvalid, NumberOutOfRange

T = TypeVar("T")
M = TypeVar("M", bound=Model)

DEFAULT_PAGE, LARGEST_PAGE = 20, 100


@strawberry.enum(description="In which order a list is read; ids grow with time.")
class Sorting(Enum):
    """Both are stable while rows are being added."""

    NEWEST_FIRST = strawberry.enum_value("NEWEST_FIRST", description="The newest row comes first.")
    OLDEST_FIRST = strawberry.enum_value("OLDEST_FIRST", description="The oldest row comes first.")


First = Annotated[int, strawberry.argument(description="How many rows, 1 to 100.")]
OrderBy = Annotated[Sorting, strawberry.argument(description="Newest or oldest first.")]
After = Annotated[
    str | None, strawberry.argument(description="Go on behind this cursor of an earlier page.")
]


@strawberry.type(description="Where a page lies in its list.")
class PageInfo:
    """As in Relay's specification."""

    has_next_page: bool = strawberry.field(description="More follow.")
    has_previous_page: bool = strawberry.field(description="Some come before.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first row.")
    end_cursor: str | None = strawberry.field(description="Pass it as `after` for the next page.")


@strawberry.type(description="A row and its place.")
class Edge(Generic[T]):
    """One row of a page."""

    cursor: str = strawberry.field(description="The row's place in the list.")
    node: T = strawberry.field(description="The row itself.")


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """The rows of one page and the query they come from."""

    rows: list[M]
    query: "QuerySet[M]"
    has_next: bool
    has_previous: bool
    total: int | None = None


@strawberry.type(description="A page of a list.")
class Connection(Generic[T]):
    """Built by `connect`; the number of all rows costs a query only when it is asked for."""

    page: strawberry.Private[Page[Any]]
    make: strawberry.Private[Callable[[Any], Any]]

    @strawberry.field(description="The rows with their places.")
    def edges(self) -> list[Edge[T]]:
        """One edge per row."""
        return [Edge(cursor=cursor_of(row.pk), node=self.make(row)) for row in self.page.rows]

    @strawberry.field(description="The rows alone.")
    def nodes(self) -> list[T]:
        """One node per row."""
        return [self.make(row) for row in self.page.rows]

    @strawberry.field(description="Where this page lies.")
    def page_info(self) -> PageInfo:
        """For the next page."""
        rows = self.page.rows
        return PageInfo(
            has_next_page=self.page.has_next,
            has_previous_page=self.page.has_previous,
            start_cursor=cursor_of(rows[0].pk) if rows else None,
            end_cursor=cursor_of(rows[-1].pk) if rows else None,
        )

    @strawberry.field(description="How many rows there are on all pages.")
    async def total_count(self) -> int:
        """One statement, and only when it is selected and not known already."""
        total = self.page.total
        return await self.page.query.count() if total is None else total


def cursor_of(row_id: UUID) -> str:
    """A row's place, opaque."""
    return base64.urlsafe_b64encode(row_id.bytes).decode().rstrip("=")


async def page_of(
    query: "QuerySet[M]",
    first: int,
    after: str | None,
    order_by: Sorting = Sorting.NEWEST_FIRST,
) -> Page[M]:
    """One page of the query by id.

    Raises:
        NumberOutOfRange: `first` is not 1 to 100.
        CursorInvalid: `after` is not a cursor.
    """
    if not 1 <= first <= LARGEST_PAGE:
        raise NumberOutOfRange(field="first", low=1, high=LARGEST_PAGE)
    newest_first = order_by is Sorting.NEWEST_FIRST
    rest = query
    if after is not None:
        way = "id__lt" if newest_first else "id__gt"
        rest = query.filter(**{way: _id_of(after)})
    rows = await rest.order_by("-id" if newest_first else "id").limit(first + 1)
    return Page(rows[:first], query, len(rows) > first, after is not None)


def page_in_memory(rows: list[M], query: "QuerySet[M]", first: int, after: str | None) -> Page[M]:
    """The same for rows that a loader has brought already, oldest first."""
    if not 1 <= first <= LARGEST_PAGE:
        raise NumberOutOfRange(field="first", low=1, high=LARGEST_PAGE)
    rest = rows if after is None else [row for row in rows if row.pk > _id_of(after)]
    return Page(rest[:first], query, len(rest) > first, after is not None, len(rows))


def _id_of(cursor: str) -> UUID:
    try:
        return UUID(bytes=base64.urlsafe_b64decode(cursor + "=="))
    except ValueError:
        raise CursorInvalid(field="after") from None
