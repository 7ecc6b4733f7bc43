"""Busy spans: when an assistant has no time. Matching subtracts them from the weekly windows."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.expressions import RawSQL, Subquery
from tortoise.models import Model
from tortoise.queryset import QuerySet

from domain.disclosure import Stage
from domain.ids import uuid7
from domain.viewer import Role, Viewer
from models.disclosure import StageRule
from models.user import Assistant


class BusyKind(StrEnum):
    """Why somebody is busy. Why somebody is absent is nobody's business and stands nowhere."""

    ABSENCE = "ABSENCE"
    MEETING = "MEETING"
    APPOINTMENT = "APPOINTMENT"


class Busy(Model):
    """From one instant to another somebody has no time; `source` is the id of what takes it."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    assistant: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.Assistant", related_name="busy", on_delete=fields.CASCADE
    )
    kind = fields.CharEnumField(BusyKind, max_length=12)
    begins_at = fields.DatetimeField()
    ends_at = fields.DatetimeField()
    source = fields.UUIDField(null=True)
    cancelled_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField(auto_now_add=True)

    assistant_id: UUID

    class Meta:
        """Spans that exclude each other are kept apart by models/sql/30_matching.sql."""

        table = "busy"

    @classmethod
    def visible_to(cls, viewer: Viewer) -> "QuerySet[Busy]":
        """The own ones; for staff and the own provider all that they may see the assistant of."""
        open_ones = cls.filter(cancelled_at__isnull=True)
        if viewer.role is Role.SEEKER:
            return open_ones.filter(id__isnull=True)
        return open_ones.filter(
            assistant_id__in=Subquery(Assistant.visible_to(viewer).values("id"))
        )

    @classmethod
    def ahead(cls, viewer: Viewer) -> "QuerySet[Busy]":
        """Of these what is not over yet."""
        return cls.visible_to(viewer).filter(ends_at__gt=RawSQL("now()"))

    @classmethod
    def stage_to(cls, viewer: Viewer) -> StageRule:
        """Whoever may see a span sees all of it."""
        return Stage.OWN if viewer.role is Role.ASSISTANT else Stage.STAFF
