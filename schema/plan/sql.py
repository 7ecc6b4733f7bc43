"""One statement: the rows a viewer may see, the columns that are asked for, and its parameters.

Visibility comes from the ORM alone: a model's `visible_to` is called with a stand-in for the
viewer, and its query becomes the innermost FROM. Values of the stand-in turn into parameters.
"""

import copy
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import UUID

from tortoise.expressions import Subquery
from tortoise.models import Model
from tortoise.queryset import QuerySet

from domain.disclosure import STAGE_OF_MATCH, Stage
from domain.viewer import AccountState, Role, Viewer
from models.disclosure import ByMatches, StageRule
from schema.plan.declare import Rows, Scalar
from schema.plan.entity import Entity
from schema.plan.orm import is_uuid, key_of, link_of, table_of

_PLACEHOLDER = re.compile(r"\$(\d+)")
_STAND_INS = (
    (UUID(int=0xA1), UUID(int=0xA2)),
    (UUID(int=0xB1), UUID(int=0xB2)),
)


class LeakyVisibility(TypeError):
    """A statement would depend on who asks in a way that is not a parameter."""


@dataclass(frozen=True, slots=True)
class Rights:
    """Everything about a viewer that the text of a statement may depend on."""

    role: Role
    state: AccountState | None
    known: bool
    speaks_for_one: bool

    @classmethod
    def of(cls, viewer: Viewer) -> "Rights":
        """The rights of a viewer."""
        known, speaks = viewer.id is not None, viewer.provider_id is not None
        return cls(viewer.role, viewer.state, known, speaks)

    @property
    def stand_ins(self) -> tuple[Viewer, Viewer]:
        """Two viewers with these rights and nothing else in common."""
        first, second = (
            Viewer(
                id=person if self.known else None,
                role=self.role,
                state=self.state,
                provider_id=provider if self.speaks_for_one else None,
            )
            for person, provider in _STAND_INS
        )
        return first, second


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

    def place(self, value: object, viewer: Viewer) -> str:
        """A value of the ORM's query: a parameter if it is the stand-in's, else a literal."""
        if viewer.id is not None and str(value) == str(viewer.id):
            return self.slot("viewer", "uuid")
        if viewer.provider_id is not None and str(value) == str(viewer.provider_id):
            return self.slot("provider", "uuid")
        if isinstance(value, str):
            return "'" + value.replace("'", "''") + "'"
        raise LeakyVisibility(f"a {type(value).__name__} is neither the viewer's nor a text")


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
        """The same statement, to be rendered with parameters of its own."""
        made = copy.copy(self)
        made.parameters = self.parameters.copy()
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
        """How far the viewer sees into the rows of a source: the same for all, or an expression."""
        model = source.entity.model
        if model is None:
            return Stage.OWN
        rule = _rule(model, self.rights.stand_ins[0])
        if isinstance(rule, Stage):
            return rule
        if source is not self.root and source.rows is None and self._is_by_matches(model):
            source.guarded = True
            return f"{source.alias}.stage"
        return f"coalesce({self._stage_by_matches(model, source.value(key_of(model)))}, 0)"

    def least_stage(self) -> Stage:
        """How far the viewer sees into every row at least; one that matches open is RELEASED."""
        model = self.root.entity.model
        rule = Stage.OWN if model is None else _rule(model, self.rights.stand_ins[0])
        return rule if isinstance(rule, Stage) else Stage.RELEASED

    def rows_of(self, entity: Entity, rows: Rows | None, paths: Iterable[str]) -> str:
        """The visible rows of a type with the columns at the paths, as a subquery's text."""
        if entity.model is None:
            return f"SELECT {self.parameters.slot('viewer', 'uuid')} AS id"
        return self.embedded(rows or _visible(entity.model), paths)

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
        inner = self.embedded(lambda _viewer: model.all(), source.paths)
        stage = self._stage_by_matches(model, f's."{key_of(model)}"')
        # OFFSET 0 keeps the planner from reckoning the stage twice.
        return (
            f" LEFT JOIN LATERAL (SELECT s.*, {stage} AS stage FROM ({inner}) s"
            f' WHERE s."{join.there}" = {join.here} OFFSET 0) {source.alias}'
            f" ON {source.alias}.stage IS NOT NULL"
        )

    def _source(self, entity: Entity, rows: Rows | None) -> Source:
        return Source(entity, f"t{next(self._aliases)}", rows, {entity.key: None})

    def _is_by_matches(self, model: type[Model]) -> bool:
        """Whether a row is visible exactly when one of the matches that give its stage exists."""
        key = key_of(model)

        def members(viewer: Viewer) -> "QuerySet[Any]":
            rule = _rule(model, viewer)
            ids = rule.matches.values(rule.key) if isinstance(rule, ByMatches) else model.all()
            return model.filter(**{f"{key}__in": Subquery(ids)})

        # Comparing must not name parameters of the statement itself.
        wanted, found = (
            self.variant().embedded(rows, [key]) for rows in (members, _visible(model))
        )
        return wanted == found

    def _stage_by_matches(self, model: type[Model], row: str) -> str:
        """The highest stage that a match gives a row; null where there is no match."""

        def matches(viewer: Viewer) -> "QuerySet[Any]":
            rule = _rule(model, viewer)
            return rule.matches if isinstance(rule, ByMatches) else model.all()

        rule = _rule(model, self.rights.stand_ins[0])
        key = rule.key if isinstance(rule, ByMatches) else key_of(model)
        cases = " ".join(
            f"WHEN '{state}' THEN {stage:d}" for state, stage in STAGE_OF_MATCH.items()
        )
        found = self.embedded(matches, ("state", key))
        return (
            f"(SELECT max(CASE m.state {cases} ELSE 0 END) FROM ({found}) m"
            f' WHERE m."{key}" = {row})'
        )

    def embedded(self, rows: Callable[[Viewer], "QuerySet[Any]"], paths: Iterable[str]) -> str:
        """The text of the ORM's query; two stand-ins prove that it depends on nobody's values."""
        wanted = {path: path for path in paths}
        texts = {self._text(rows(each), wanted, each) for each in self.rights.stand_ins}
        if len(texts) != 1:
            raise LeakyVisibility("a statement must be the same for everybody with equal rights")
        return texts.pop()

    def _text(self, rows: "QuerySet[Any]", wanted: dict[str, str], viewer: Viewer) -> str:
        query: Any = rows.values(**wanted)
        query._make_query()  # noqa: SLF001  the ORM has no public way to a text with its values
        text, values = query.query.get_parameterized_sql()
        return _PLACEHOLDER.sub(
            lambda found: self.parameters.place(values[int(found[1]) - 1], viewer), text
        )


def _rule(model: type[Model], viewer: Viewer) -> StageRule:
    rule: StageRule = model.stage_to(viewer)  # type: ignore[attr-defined]  # `entity` demands it
    return rule


def _visible(model: type[Model]) -> Rows:
    rows: Rows = model.visible_to  # type: ignore[attr-defined]  # `entity` demands it
    return rows


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
