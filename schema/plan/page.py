"""Lists as statements: a page behind a place, and how many rows there are on all pages."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from domain.viewer import Viewer
from schema.connection import Sorting, page_size, place_of
from schema.plan.declare import Connected, Rows
from schema.plan.entity import Entity
from schema.plan.filters import condition, searches
from schema.plan.orm import key_of
from schema.plan.search import SLOT, note, permit
from schema.plan.sql import Source, Statement
from schema.plan.visible import Rights
from schema.plan.way import Way

_SHAPES = 32
_TOTALS = 256


def by_key(statement: Statement, way: Way) -> str:
    """The rows behind keys, in the order of these; the place of each comes as `k.n`."""
    if way.own_column is not None:
        statement.root.value(way.own_column)
    for each in way.order:
        statement.root.value(each)
    order = [f't."{each}"' for each in way.order]
    return statement.render(keyed=way.keyed, keys=way.kind, through=way.through, order=order)


@dataclass(frozen=True)
class Asked:
    """The arguments of a connection, checked."""

    first: int
    after: str | None
    order_by: Sorting
    condition: str
    values: list[Any]
    searches: bool = False

    @classmethod
    def of(
        cls, declared: Connected, arguments: dict[str, Any], entity: Entity, district: str
    ) -> "Asked":
        """The arguments as strawberry gives them.

        Raises:
            NumberOutOfRange, CursorInvalid, IdMalformed, NotMyDistrict: one cannot be.
        """
        fixed = Sorting.NEWEST_FIRST if declared.newest_first else Sorting.OLDEST_FIRST
        text, values = condition(arguments.get("where"), entity, district)
        asked = cls(
            first=page_size(arguments["first"]),
            after=arguments["after"],
            order_by=arguments.get("order_by", fixed),
            condition=text,
            values=values,
            searches=searches(arguments.get("where")),
        )
        _ = asked.place
        return asked

    @cached_property
    def place(self) -> Any:
        """The id behind which the page begins."""
        return place_of(self.after, self.order_by)

    def permit(self, viewer: Viewer) -> None:
        """Refuse a search to whoever may not make one; a search is logged.

        Raises:
            DomainError: see `schema.plan.search.permit`.
        """
        if self.searches:
            permit(viewer)
            note(viewer)

    def values_by_name(self, *, more: bool = False) -> dict[str, Any]:
        """What the statement's parameters stand for; with one row `more` than the page has."""
        named = {f"where{number}": value for number, value in enumerate(self.values)}
        return {"first": self.first + more, "after": self.place, **named}


def page(statement: Statement, asked: Asked, way: Way | None = None) -> str:
    """A page of the list, or of each of the lists behind keys."""
    newest = asked.order_by is Sorting.NEWEST_FIRST
    key = _key(statement.root)
    after = f"{key} {'<' if newest else '>'} {statement.parameters.slot('after', 'uuid')}"
    if way is not None and way.own_column is not None:
        statement.root.value(way.own_column)
    return statement.render(
        keyed=way.keyed if way else "",
        keys=way.kind if way else "",
        conditions=[*_filled(statement, asked.condition), after],
        order=[f"{key} DESC" if newest else key],
        limit=f" LIMIT {statement.parameters.slot('first', 'bigint')}",
    )


class Pages:
    """The texts of a list's pages, remembered by the shape of what is asked."""

    def __init__(self, statement: Statement, way: Way | None) -> None:
        self._statement = statement
        self._way = way
        self._texts: dict[tuple[str, Sorting], tuple[str, tuple[str, ...]]] = {}

    def text(self, asked: Asked) -> tuple[str, tuple[str, ...]]:
        """The text of a page and its parameters."""
        shape = (asked.condition, asked.order_by)
        if shape not in self._texts:
            if len(self._texts) >= _SHAPES:
                self._texts.clear()
            statement = self._statement.variant()
            text = page(statement, asked, self._way)
            self._texts[shape] = text, statement.parameters.names
        return self._texts[shape]


def _filled(statement: Statement, condition: str) -> list[str]:
    """The condition with its parameters, if there is one."""
    if not condition:
        return []
    for column in _columns(condition):
        statement.root.value(column)
    numbers = range(condition.count(SLOT))
    return [condition.format(*(statement.parameters.slot(f"where{each}") for each in numbers))]


def _columns(text: str) -> list[str]:
    return [part.split('"', 1)[0] for part in text.split('t."')[1:]]


def _key(source: Source) -> str:
    model = source.entity.model
    if model is None:
        raise TypeError(f"{source.entity.name} is not a list")
    return f't."{key_of(model)}"'


@lru_cache(_TOTALS)
def total(
    entity: Entity, rights: Rights, rows: Rows | None, condition: str
) -> tuple[str, tuple[str, ...]]:
    """The statement that counts a root's rows on all pages, and its parameters."""
    statement = Statement(entity, rights, rows)
    conditions = " AND ".join(_filled(statement, condition)) or "true"
    inner = statement.rows_of(entity, rows, statement.root.paths)
    return f"SELECT count(*) FROM ({inner}) t WHERE {conditions}", statement.parameters.names


def total_of(statement: Statement, entity: Entity, way: Way, key: str) -> str:
    """How many rows a key leads to, as an expression; `key` is what the way is keyed by."""
    paths = [] if way.own_column is None else [way.own_column]
    inner = statement.rows_of(entity, None, paths)
    return f"(SELECT count(*) FROM ({inner}) t WHERE {way.keyed} = {key})"


@lru_cache(_TOTALS)
def totals(entity: Entity, rights: Rights, way: Way) -> tuple[str, tuple[str, ...]]:
    """The statement that gives `total_of` for each key, in their order, and its parameters."""
    statement = Statement(entity, rights)
    keys = statement.parameters.slot("keys", f"{way.kind}[]")
    number = total_of(statement, entity, way, "k.key")
    text = f"SELECT {number} FROM unnest({keys}) WITH ORDINALITY AS k (key, n) ORDER BY k.n"
    return text, statement.parameters.names
