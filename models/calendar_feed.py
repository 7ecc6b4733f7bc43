"""Calendar feeds: addresses under which a person's own calendar program reads their dates."""

from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from domain.ids import uuid7


class CalendarFeed(Model):
    """An issued address. It can be reckoned from this row and the portal's secret only.

    The row holds no secret: who can read the table cannot make an address from it.
    """

    id = fields.UUIDField(primary_key=True, default=uuid7)
    user: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.User", related_name="calendar_feeds", on_delete=fields.CASCADE
    )
    created_at: datetime = fields.DatetimeField(auto_now_add=True)
    revoked_at: datetime | None = fields.DatetimeField(null=True)

    user_id: UUID

    class Meta:
        """One open address per person; see sql/52_calendar_feeds.sql."""

        table = "calendar_feeds"
