"""What a field of a type is: a column, a relation, a connection or computed from its row.

Declarations are frozen values and know neither SQL nor GraphQL. `schema/plan/field.py` turns each
into a strawberry field, `schema/plan/row.py` compiles it into statements and expressions.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from tortoise.queryset import QuerySet

from domain.dates import BERLIN
from domain.viewer import Viewer

Rows = Callable[[Viewer], "QuerySet[Any]"]

# What a computed field's function may ask for besides the row.
RESERVED = frozenset({"viewer", "language", "today", "now"})


def today() -> date:
    """The day that it is for people in the district when a row is shown."""
    return datetime.now(BERLIN).date()


def now() -> datetime:
    """The instant at which a row is shown."""
    return datetime.now(UTC)


CLOCKS: Mapping[str, Callable[[], object]] = {"today": today, "now": now}


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value that a subquery gives for a row; `{rows}` stands for the rows of the relation `link`.

    The text goes on behind a WHERE: further conditions begin with AND.
    """

    link: str
    sql: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column, under its own name or under a path through the ORM's to-one relations."""

    path: str | None = None


@dataclass(frozen=True, slots=True)
class Identifier:
    """The row's primary key as clients see it: `type_district_hex`."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A number or list that a subquery gives."""

    scalar: Scalar


@dataclass(frozen=True)
class Computed:
    """A pure function of the row, the viewer, the language and the day.

    Its parameters say what it needs: columns of the model (`a__b` for one of a to-one relation),
    the type's own `Scalar`s and computed fields, or a reserved one (`RESERVED`). `of`
    names a relation whose row is meant instead; where there is none, it gets None for each. `each`
    names a value that holds words: the function is called with one of them after the other as its
    first argument, and a list comes of it.
    """

    function: Callable[..., Any]
    of: str | None = None
    each: str | None = None

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """The names of the parameters, in their order; `each` stands for the first."""
        names = tuple(inspect.signature(self.function).parameters)
        return names if self.each is None else (self.each, *names[1:])


@dataclass(frozen=True, slots=True)
class Relation:
    """A row, or a list of rows, of another type, as far as the viewer may see them.

    `link` is the ORM's relation (the field's own name unless given). `key` replaces it: the path
    from this row to the other one's primary key. `through` is the relation of the linked rows
    that leads on to the ones that are meant.
    """

    link: str | None = None
    key: str | None = None
    rows: Rows | None = None
    through: str | None = None
    order: tuple[str, ...] = ("id",)


@dataclass(frozen=True, slots=True)
class Connected:
    """A page of rows: of a relation where it stands on a type, of `rows` where it is a root.

    `rows` stands in the place of `visible_to` and has to narrow it. Only a root has `rows`, `where`
    or is `sortable`; what is not is read oldest first, or `newest_first`.
    """

    rows: Rows | None = None
    where: type[Any] | None = None
    sortable: bool = False
    newest_first: bool = False


@dataclass(frozen=True, slots=True)
class ById:
    """A root: the object with the id that is given, if it is the viewer's to see."""


@dataclass(frozen=True, slots=True)
class ByIds:
    """A root: the objects with the ids that are given."""


@dataclass(frozen=True, slots=True)
class Current:
    """A root: the one object that the request itself names by a primary key, or by nothing."""

    key: Callable[[Any], Any] = field(default=lambda _context: None)


Declared = Column | Identifier | Counted | Computed | Relation | Connected | ById | ByIds | Current
