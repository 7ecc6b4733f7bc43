"""The rows a viewer may see, as text: written by the ORM for two stand-ins, the same for both.

What depends on who asks is a mark in the text, everything else a literal. Texts are kept: they
depend on the declared rows, the rights and the columns, and those are few.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache, reduce
from operator import or_
from typing import Any
from uuid import UUID

from tortoise.expressions import Q, Subquery
from tortoise.models import Model
from tortoise.queryset import QuerySet

from domain.viewer import AccountState, Acting, DelegationKind, Role, Viewer
from models.disclosure import ByMatches, StageRule
from schema.plan.declare import Rows
from schema.plan.orm import key_of

_PLACEHOLDER = re.compile(r"\$(\d+)")
_MARK = re.compile("\x01([a-z]+)\x01")
_TEXTS = 4_096
_STAND_INS = (
    (UUID(int=0xA1), UUID(int=0xA2), UUID(int=0xA3)),
    (UUID(int=0xB1), UUID(int=0xB2), UUID(int=0xB3)),
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
    acts_as: DelegationKind | None = None

    @classmethod
    def of(cls, viewer: Viewer) -> "Rights":
        """The rights of a viewer."""
        known, speaks = viewer.id is not None, viewer.provider_id is not None
        acts_as = viewer.acting.kind if viewer.acting else None
        return cls(viewer.role, viewer.state, known, speaks, acts_as)

    @property
    def stand_ins(self) -> tuple[Viewer, Viewer]:
        """Two viewers with these rights and nothing else in common."""
        first, second = (
            Viewer(
                id=person if self.known else None,
                role=self.role,
                state=self.state,
                provider_id=provider if self.speaks_for_one else None,
                acting=Acting(actor, self.acts_as, actor) if self.acts_as else None,
            )
            for person, provider, actor in _STAND_INS
        )
        return first, second


@lru_cache(_TEXTS)
def visible(rows: Rows, rights: Rights, paths: tuple[str, ...]) -> str:
    """The text of a query for the columns at the paths, with marks for the viewer's ids.

    Raises:
        LeakyVisibility: it would differ between viewers with equal rights.
    """
    wanted = {path: path for path in paths}
    texts = {_text(rows(each), wanted, each) for each in rights.stand_ins}
    if len(texts) != 1:
        raise LeakyVisibility("a statement must be the same for everybody with equal rights")
    return texts.pop()


def own_ids(viewer: Viewer) -> dict[str, UUID | None]:
    """What the marks in a text stand for."""
    ids = {"viewer": viewer.id, "provider": viewer.provider_id}
    return ids | {"delegation": viewer.acting.delegation_id} if viewer.acting else ids


def filled(text: str, slot: Callable[[str], str]) -> str:
    """The text with placeholders for its marks; `slot` gives the one for a name."""
    return _MARK.sub(lambda found: slot(found[1]), text)


@lru_cache(_TEXTS)
def rule_of(model: type[Model], rights: Rights) -> StageRule:
    """How far these rights see into a model's rows."""
    rule: StageRule = model.stage_to(rights.stand_ins[0])  # type: ignore[attr-defined]  # `entity` demands it
    return rule


def visible_rows(model: type[Model]) -> Rows:
    """The rows of a model that a viewer may see."""
    rows: Rows = model.visible_to  # type: ignore[attr-defined]  # `entity` demands it
    return rows


@cache
def every_row(model: type[Model]) -> Rows:
    """All rows of a model, whoever asks."""
    return lambda _viewer: model.all()


@cache
def deciding_matches(model: type[Model]) -> Rows:
    """The matches that decide how far a viewer sees into the rows of a model."""

    def rows(viewer: Viewer) -> "QuerySet[Any]":
        return _by_matches(model, viewer).matches

    return rows


@lru_cache(_TEXTS)
def is_by_matches(model: type[Model], rights: Rights) -> bool:
    """Whether a row is visible exactly when one of the matches that give its stage exists."""
    key = key_of(model)
    texts = [visible(each, rights, (key,)) for each in (_matched(model), visible_rows(model))]
    return texts[0] == texts[1]


@cache
def _matched(model: type[Model]) -> Rows:
    def rows(viewer: Viewer) -> "QuerySet[Any]":
        rule = _by_matches(model, viewer)
        here = f"{key_of(model)}__in"
        about: list[Any] = [Subquery(rule.matches.values(key)) for key in rule.keys]
        return model.filter(reduce(or_, (Q(**{here: each}) for each in about)))

    return rows


def _by_matches(model: type[Model], viewer: Viewer) -> ByMatches:
    rule = model.stage_to(viewer)  # type: ignore[attr-defined]  # `entity` demands it
    if not isinstance(rule, ByMatches):
        raise TypeError(f"no matches decide about the rows of {model.__name__}")
    return rule


def _text(rows: "QuerySet[Any]", wanted: dict[str, str], viewer: Viewer) -> str:
    query: Any = rows.values(**wanted)
    query._make_query()  # noqa: SLF001  the ORM has no public way to a text with its values
    text, values = query.query.get_parameterized_sql()
    return _PLACEHOLDER.sub(lambda found: _placed(values[int(found[1]) - 1], viewer), text)


def _placed(value: object, viewer: Viewer) -> str:
    """A value of the ORM's query: a mark if it is the stand-in's, else a literal."""
    if viewer.id is not None and str(value) == str(viewer.id):
        return "\x01viewer\x01"
    if viewer.acting and str(value) == str(viewer.acting.delegation_id):
        return "\x01delegation\x01"
    if viewer.provider_id is not None and str(value) == str(viewer.provider_id):
        return "\x01provider\x01"
    if isinstance(value, str) and "\x01" not in value:
        return "'" + value.replace("'", "''") + "'"
    raise LeakyVisibility(f"a {type(value).__name__} is neither the viewer's nor a text")
