"""Connections: Relay's pages over a keyset, stable while rows are being added.

A cursor is the row's id; ids grow with time, so the id is the sort key and its own tie-break.
"""

import base64
from collections.abc import Awaitable, Callable
from enum import Enum
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

import strawberry

from domain.errors import CursorInvalid, NumberOutOfRange

T = TypeVar("T")

DEFAULT_PAGE, LARGEST_PAGE = 20, 100

# What stands behind every row, and before every row: reading begins there without a cursor.
_LAST, _FIRST = UUID(int=2**128 - 1), UUID(int=0)


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


@strawberry.type(description="A page of a list.")
class Connection(Generic[T]):
    """The number of all rows costs a query only when it is asked for."""

    rows: strawberry.Private[list[Any]]
    cursors: strawberry.Private[list[str]]
    has_next: strawberry.Private[bool]
    has_previous: strawberry.Private[bool]
    total: strawberry.Private[Callable[[], Awaitable[int]]]

    @strawberry.field(description="The rows with their places.")
    def edges(self) -> list[Edge[T]]:
        """One edge per row."""
        pairs = zip(self.cursors, self.rows, strict=True)
        return [Edge(cursor=cursor, node=row) for cursor, row in pairs]

    @strawberry.field(description="The rows alone.")
    def nodes(self) -> list[T]:
        """One node per row."""
        return self.rows

    @strawberry.field(description="Where this page lies.")
    def page_info(self) -> PageInfo:
        """For the next page."""
        return PageInfo(
            has_next_page=self.has_next,
            has_previous_page=self.has_previous,
            start_cursor=self.cursors[0] if self.cursors else None,
            end_cursor=self.cursors[-1] if self.cursors else None,
        )

    @strawberry.field(description="How many rows there are on all pages.")
    async def total_count(self) -> int:
        """Only when it is selected."""
        return await self.total()


def cursor_of(row_id: str) -> str:
    """A row's place, opaque; `row_id` is the UUID as text."""
    raw = bytes.fromhex(row_id.replace("-", ""))
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def page_size(first: int) -> int:
    """The number of rows of a page.

    Raises:
        NumberOutOfRange: not 1 to 100.
    """
    if not 1 <= first <= LARGEST_PAGE:
        raise NumberOutOfRange(field="first", low=1, high=LARGEST_PAGE)
    return first


def place_of(after: str | None, order_by: Sorting) -> UUID:
    """The id behind which a page begins.

    Raises:
        CursorInvalid: `after` is not a cursor.
    """
    if after is None:
        return _LAST if order_by is Sorting.NEWEST_FIRST else _FIRST
    try:
        return UUID(bytes=base64.urlsafe_b64decode(after + "=="))
    except ValueError:
        raise CursorInvalid(field="after") from None
