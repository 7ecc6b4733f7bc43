"""Reports: what somebody told customer service about the other side of a match."""

from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.models import Model
from tortoise.queryset import QuerySet

from domain.disclosure import Stage
from domain.ids import uuid7
from domain.report import ReportReason
from domain.viewer import Viewer
from models.disclosure import StageRule


class Report(Model):
    """Written once, then handled once; a report about a provider has no subject.

    `message` is the one that it is about: staff reads this one and no other.
    """

    id = fields.UUIDField(primary_key=True, default=uuid7)
    reporter: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.User", related_name="reports", on_delete=fields.CASCADE
    )
    subject: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.User", null=True, related_name="reported", on_delete=fields.CASCADE
    )
    provider: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.Provider", null=True, related_name="reported", on_delete=fields.CASCADE
    )
    message: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.ConversationMessage", null=True, related_name="reports", on_delete=fields.SET_NULL
    )
    reason = fields.CharEnumField(ReportReason, max_length=15)
    note = fields.TextField(default="")
    created_at = fields.DatetimeField(auto_now_add=True)
    handled_at: datetime | None = fields.DatetimeField(null=True)
    officer: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.User", null=True, related_name="handled_reports", on_delete=fields.SET_NULL
    )

    reporter_id: UUID
    subject_id: UUID | None
    provider_id: UUID | None
    message_id: UUID | None
    officer_id: UUID | None

    class Meta:
        """Read by whether it waits."""

        table = "reports"

    @classmethod
    def visible_to(cls, viewer: Viewer) -> "QuerySet[Report]":
        """Staff alone: neither side reads what was said about it, or that something was."""
        return cls.all() if viewer.is_staff else cls.filter(id__isnull=True)

    @classmethod
    def waiting(cls, viewer: Viewer) -> "QuerySet[Report]":
        """Those that nobody has handled yet."""
        return cls.visible_to(viewer).filter(handled_at__isnull=True)

    @classmethod
    def stage_to(cls, _viewer: Viewer) -> StageRule:
        """Whoever sees a report at all is staff."""
        return Stage.STAFF
