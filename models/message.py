"""Messages to people: one row per receiver, kind, reference, version and channel.

So none goes twice, and news about two things do not pass for one. The row holds no text: the worker
renders it from the catalogue at the moment of sending.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.models import Model
from tortoise.queryset import QuerySet

from domain.disclosure import Stage
from domain.ids import uuid7
from domain.viewer import Viewer
from models.database import fetch
from models.disclosure import StageRule


class Channel(StrEnum):
    """How a message reaches its receiver."""

    EMAIL = "EMAIL"


class MessageState(StrEnum):
    """How far a message has come. Only WAITING ones are ever sent.

    TO_TELL is for customer service to say: its receiver has no address.
    """

    WAITING = "WAITING"
    SENT = "SENT"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"
    TO_TELL = "TO_TELL"


class Message(Model):
    """One message to one person. Its id is also the local part of the mail's Message-ID."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    kind = fields.CharField(max_length=40)
    receiver: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.User", related_name="messages", on_delete=fields.CASCADE
    )
    notification: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.Notification", null=True, related_name="deliveries", on_delete=fields.CASCADE
    )
    version = fields.IntField()
    channel = fields.CharEnumField(Channel, max_length=10)
    reference = fields.UUIDField(null=True)
    state = fields.CharEnumField(MessageState, max_length=10, default=MessageState.WAITING)
    created_at = fields.DatetimeField(auto_now_add=True)
    sent_at = fields.DatetimeField(null=True)

    receiver_id: UUID
    notification_id: UUID | None

    class Meta:
        """The same news reaches the same person once per channel: `messages_once` in the walls."""

        table = "messages"

    @classmethod
    def visible_to(cls, viewer: Viewer) -> "QuerySet[Message]":
        """One's own."""
        return cls.filter(receiver_id=viewer.id) if viewer.id else cls.filter(id__isnull=True)

    @classmethod
    def stage_to(cls, _viewer: Viewer) -> StageRule:
        """Whoever sees one is its receiver, or acts for the receiver."""
        return Stage.OWN


_INSERT = """
INSERT INTO messages
  (id, kind, receiver_id, version, channel, reference, notification_id, state, created_at)
SELECT $1, $2, receiver_id, version, $4, reference, id, 'WAITING', now()
FROM notifications WHERE id = $3
ON CONFLICT (receiver_id, kind, reference, version, channel) DO NOTHING
RETURNING id
"""


async def write(kind: str, notification: UUID, channel: Channel) -> UUID | None:
    """Write a waiting message in the caller's transaction; None if it exists already."""
    rows = await fetch(_INSERT, uuid7(), kind, notification, channel.value)
    return rows[0]["id"] if rows else None


async def finish(message: UUID, state: MessageState, at: datetime | None = None) -> bool:
    """Take a waiting message to its end; `at` belongs to SENT. False if it had ended before."""
    waiting = Message.filter(id=message, state=MessageState.WAITING)
    return bool(await waiting.update(state=state, sent_at=at))


async def told(message: UUID, at: datetime) -> bool:
    """Note that a receiver without an address was told; false if no such message is to be told."""
    waiting = Message.filter(id=message, state=MessageState.TO_TELL)
    if await waiting.update(state=MessageState.SENT, sent_at=at):
        return True
    return await Message.filter(id=message, state=MessageState.SENT).exists()
