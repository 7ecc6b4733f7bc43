"""One statement: the rows a viewer may see, the columns that are asked for, and its parameters."""

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import count

from tortoise.models import Model

from domain.disclosure import STAGE_OF_MATCH, Stage
from models.disclosure import ByMatches
from schema.plan.declare import Rows, Scalar
from schema.plan.entity import Entity
from schema.plan.orm import is_uuid, key_of, link_of, table_of
from schema.plan.visible import (
    Rights,
    deciding_matches,
    every_row,
    filled,
    is_by_matches,
    rule_of,
    visible,
    visible_rows,
)


class Parameters:
    """The values that a statement is run with, numbered in the order in which they were named."""

    def __init__(self, names: Mapping[str, int] | None = None) -> None:
        self._names: dict[str, int] = dict(names or {})

    def copy(self) -> "Parameters":
        """The same so far; what is named from here on does not touch these."""
        return Parameters(self._names)

    @property
    def names(self) -> tuple[str, ...]:
        """What to pass, in order."""
        return tuple(self._names)

    def slot(self, name: str, kind: str = "") -> str:
        """The placeholder of a value, cast to a kind unless the text around it does that."""
        number = self._names.setdefault(name, len(self._names) + 1)
        return f"${number}::{kind}" if kind else f"${number}"


@dataclass(slots=True)
class Source:
    """The rows of one type within a statement, under an alias.

    `guarded`: its stage decides whether there is a row, so that visibility costs nothing more.
    """

    entity: Entity
    alias: str
    rows: Rows | None
    paths: dict[str, None]
    guarded: bool = False

    def value(self, path: str) -> str:
        """A column of the rows."""
        self.paths.setdefault(path)
        return f'{self.alias}."{path}"'


@dataclass(frozen=True, slots=True)
class Join:
    """Rows of another type beside these: at most one each, where the columns are equal."""

    source: Source
    there: str
    here: str


class Statement:
    """A statement under construction; `render` writes it down once everything is asked for."""

    def __init__(self, entity: Entity, rights: Rights, rows: Rows | None = None) -> None:
        self.rights = rights
        self.parameters = Parameters()
        self.columns: dict[str, int] = {}
        self._joins: list[Join] = []
        self._aliases = count()
        self.root = self._source(entity, rows)

    def variant(self) -> "Statement":
        """The same statement, to be rendered with parameters and columns of its own."""
        made = copy.copy(self)
        made.parameters = self.parameters.copy()
        made.root = replace(self.root, paths=dict(self.root.paths))
        return made

    def column(self, expression: str) -> int:
        """The place of an expression in each row."""
        return self.columns.setdefault(expression, len(self.columns))

    def join(self, entity: Entity, rows: Rows | None, there: str, here: str) -> Source:
        """Rows of another type beside these; null in every column where there is none to see."""
        source = self._source(entity, rows)
        source.value(there)
        self._joins.append(Join(source, there, here))
        return source

    def stage(self, source: Source) -> Stage | str:
        """How far the viewer sees into the rows of a source: the same for all, or an expression.

        Where the matches that give the stage of a joined row also decide whether it is visible,
        the join is guarded by its stage from here on.
        """
        model = source.entity.model
        if model is None:
            return Stage.OWN
        rule = rule_of(model, self.rights)
        if isinstance(rule, Stage):
            return rule
        joined = source is not self.root and source.rows is None
        if joined and is_by_matches(model, self.rights):
            source.guarded = True
            return f"{source.alias}.stage"
        return f"coalesce({self._highest(model, rule, source.value(key_of(model)))}, 0)"

    def least_stage(self) -> Stage:
        """How far the viewer sees into every row at least.

        Rows that matches open are RELEASED at least: `visible_to` leaves ended matches out.
        """
        model = self.root.entity.model
        rule = Stage.OWN if model is None else rule_of(model, self.rights)
        return rule if isinstance(rule, Stage) else Stage.RELEASED

    def rows_of(self, entity: Entity, rows: Rows | None, paths: Iterable[str]) -> str:
        """The visible rows of a type with the columns at the paths, as a subquery's text."""
        if entity.model is None:
            return f"SELECT {self.parameters.slot('viewer', 'uuid')} AS id"
        return self._embedded(rows or visible_rows(entity.model), paths)

    def render(  # noqa: PLR0913  each by its name
        self,
        *,
        keyed: str = "",
        keys: str = "uuid",
        through: str = "",
        conditions: Iterable[str] = (),
        order: Iterable[str] = (),
        limit: str = "",
    ) -> str:
        """The text. Conditions and order speak of the rows as `t`; `keyed` names their key."""
        order = list(order)
        wanted = ", ".join(f"{each} AS c{number}" for each, number in self.columns.items())
        base = self._base(keyed, through, list(conditions), order, limit)
        if keyed:
            numbered = f"unnest({self.parameters.slot('keys', keys + '[]')})"
            base = f"{numbered} WITH ORDINALITY AS k (key, n) CROSS JOIN LATERAL {base}"
        joins = "".join(self._joined(each) for each in self._joins)
        outer = [each.replace("t.", f"{self.root.alias}.", 1) for each in order]
        ordering = ", ".join((["k.n"] if keyed else []) + outer)
        return f"SELECT {wanted} FROM {base}{joins}" + (f" ORDER BY {ordering}" if ordering else "")

    def _base(
        self, keyed: str, through: str, conditions: list[str], order: list[str], limit: str
    ) -> str:
        if keyed:
            conditions = [f"{keyed} = k.key", *conditions]
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        ordering = f" ORDER BY {', '.join(order)}" if order else ""
        inner = self.rows_of(self.root.entity, self.root.rows, self.root.paths)
        return f"(SELECT t.* FROM ({inner}) t{through}{where}{ordering}{limit}) {self.root.alias}"

    def _joined(self, join: Join) -> str:
        source = join.source
        on = f'{source.alias}."{join.there}" = {join.here}'
        if not source.guarded or source.entity.model is None:
            inner = self.rows_of(source.entity, source.rows, source.paths)
            return f" LEFT JOIN ({inner}) {source.alias} ON {on}"
        model = source.entity.model
        rule = rule_of(model, self.rights)
        if isinstance(rule, Stage):
            raise TypeError(f"{source.entity.name} has one stage for all rows")
        inner = self._embedded(every_row(model), source.paths)
        stage = self._highest(model, rule, f's."{key_of(model)}"')
        # OFFSET 0 keeps the planner from reckoning the stage twice.
        return (
            f" LEFT JOIN LATERAL (SELECT s.*, {stage} AS stage FROM ({inner}) s"
            f' WHERE s."{join.there}" = {join.here} OFFSET 0) {source.alias}'
            f" ON {source.alias}.stage IS NOT NULL"
        )

    def _source(self, entity: Entity, rows: Rows | None) -> Source:
        return Source(entity, f"t{next(self._aliases)}", rows, {entity.key: None})

    def _highest(self, model: type[Model], rule: ByMatches, row: str) -> str:
        """The highest stage that a match gives a row; null where there is no match."""
        cases = " ".join(
            f"WHEN '{state}' THEN {stage:d}" for state, stage in STAGE_OF_MATCH.items()
        )
        found = self._embedded(deciding_matches(model), ("state", *rule.keys))
        about = " OR ".join(f'm."{key}" = {row}' for key in rule.keys)
        return f"(SELECT max(CASE m.state {cases} ELSE 0 END) FROM ({found}) m WHERE {about})"

    def _embedded(self, rows: Rows, paths: Iterable[str]) -> str:
        text = visible(rows, self.rights, tuple(paths))
        return filled(text, lambda name: self.parameters.slot(name, "uuid"))


def named(source: Source, name: str) -> str:
    """A value of a row by its name: a scalar of the type or a column; UUIDs come as text."""
    scalar = source.entity.hidden.get(name)
    if isinstance(scalar, Scalar):
        return subquery(scalar, source)
    expression = source.value(name)
    if source.entity.model is None or is_uuid(source.entity.model, name):
        return f"{expression}::text"
    return expression


def subquery(scalar: Scalar, source: Source) -> str:
    """A scalar of a row, with the rows of its relation put in."""
    if source.entity.model is None:
        raise TypeError(f"{source.entity.name} has no rows that others could belong to")
    way = link_of(source.entity.model, scalar.link)
    rows = f'"{table_of(way.model)}" WHERE "{way.there}" = {source.value(way.here)}'
    return f"({scalar.sql.replace('{rows}', rows)})"
