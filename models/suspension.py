"""Suspensions: who was stopped by whom, for which reason; written once."""

from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from domain.ids import uuid7
from domain.suspension import SuspensionReason


class Suspension(Model):
    """One suspension of one account; its end is in the account's history."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    user: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.User", related_name="suspensions", on_delete=fields.CASCADE
    )
    officer: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.User", related_name="made_suspensions", on_delete=fields.RESTRICT
    )
    reason = fields.CharEnumField(SuspensionReason, max_length=15)
    created_at = fields.DatetimeField(auto_now_add=True)

    user_id: UUID
    officer_id: UUID

    class Meta:
        """Read by account."""

        table = "suspensions"
