"""How far a viewer may see into rows: what `stage_to` of a model says beside its `visible_to`.

The ladder itself, field by field, is `domain.disclosure`.
"""

from dataclasses import dataclass
from typing import Any

from tortoise.queryset import QuerySet

from domain.disclosure import OPEN, Stage
from domain.viewer import Viewer


@dataclass(frozen=True, slots=True)
class ByMatches:
    """Each row's stage is the highest that one of these matches gives it.

    `keys` are the paths from a match to the ids of the rows it counts for.
    """

    matches: "QuerySet[Any]"
    keys: tuple[str, ...]


StageRule = Stage | ByMatches


class Public:
    """Rows that say nothing about a person: everybody may see them, whole."""

    @classmethod
    def visible_to(cls, _viewer: Viewer) -> "QuerySet[Any]":
        """All of them."""
        rows: QuerySet[Any] = cls.all()  # type: ignore[attr-defined]  # a mixin of models
        return rows

    @classmethod
    def stage_to(cls, _viewer: Viewer) -> StageRule:
        """Nothing of them is on the ladder."""
        return OPEN
