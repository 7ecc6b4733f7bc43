"""Nominations: whom a provider names for an order that it was asked for."""

from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.models import Model
from tortoise.queryset import QuerySet

from domain.disclosure import Stage
from domain.ids import uuid7
from domain.states import OPEN_NOMINATION, NominationState
from domain.viewer import Role, Viewer
from models.disclosure import StageRule


class Nomination(Model):
    """One assistant for one provider's match; `fits` says what matching found at that moment.

    The chosen one stands in `Match.nominee` as well.
    """

    id = fields.UUIDField(primary_key=True, default=uuid7)
    match: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.Match", related_name="nominations", on_delete=fields.CASCADE
    )
    assistant: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.Assistant", related_name="nominations", on_delete=fields.CASCADE
    )
    state = fields.CharEnumField(NominationState, max_length=10)
    version = fields.IntField(default=1)
    fits = fields.BooleanField()
    created_at: datetime = fields.DatetimeField(auto_now_add=True)

    match_id: UUID
    assistant_id: UUID

    class Meta:
        """At most one is chosen per match, and each assistant is named once at a time."""

        table = "nominations"

    @classmethod
    def visible_to(cls, viewer: Viewer) -> "QuerySet[Nomination]":
        """The provider's own; seeker and assistant see the open ones; staff sees all."""
        if viewer.is_staff:
            return cls.all()
        if viewer.speaks_for is not None:
            return cls.filter(match__provider_id=viewer.speaks_for)
        open_ones = cls.filter(state__in=sorted(OPEN_NOMINATION))
        if viewer.is_released and viewer.role is Role.SEEKER:
            return open_ones.filter(match__order__seeker_id=viewer.id)
        if viewer.is_released and viewer.role is Role.ASSISTANT:
            return open_ones.filter(assistant_id=viewer.id)
        return cls.filter(id__isnull=True)

    @classmethod
    def open_ones(cls, viewer: Viewer) -> "QuerySet[Nomination]":
        """Of these the ones that stand."""
        return cls.visible_to(viewer).filter(state__in=sorted(OPEN_NOMINATION))

    @classmethod
    def stage_to(cls, _viewer: Viewer) -> StageRule:
        """Whoever sees one sees all of it: no name, no address stands in it."""
        return Stage.STAFF
