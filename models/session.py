"""Sessions: who is signed in, since when, until when. Of the token only its SHA-256 is here."""

from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.models import Model
from tortoise.queryset import QuerySet

from domain.ids import uuid7
from domain.viewer import Viewer


class Session(Model):
    """One sign-in of one account on one device; `strong` with a second factor."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    token_hash = fields.BinaryField()
    user: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.User", related_name="sessions", on_delete=fields.CASCADE
    )
    created_at = fields.DatetimeField()
    last_seen_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    revoked_at = fields.DatetimeField(null=True)
    strong = fields.BooleanField(default=False, db_default=False)

    user_id: UUID

    class Meta:
        """Found by token (unique index in models/sql/sessions.sql) and listed by account."""

        table = "sessions"

    @classmethod
    def visible_to(cls, viewer: Viewer) -> "QuerySet[Session]":
        """Everybody sees the own sessions and no others, staff and who acts for one included."""
        own = viewer.id is not None and viewer.acting is None
        return cls.filter(user_id=viewer.id) if own else cls.filter(id__isnull=True)
