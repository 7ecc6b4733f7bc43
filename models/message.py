"""Messages to people: one row per receiver, kind, reference, version and channel.

So none goes twice, and news about two things do not pass for one. The row holds no text: the worker
renders it from the catalogue at the moment of sending.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.expressions import Q
from tortoise.models import Model
from tortoise.queryset import QuerySet

from domain.disclosure import Stage
from domain.ids import uuid7
from domain.notification import Channel
from domain.viewer import Viewer
from models.database import fetch
from models.disclosure import StageRule


class MessageState(StrEnum):
    """How far a message has come. Only WAITING ones are ever sent.

    TO_TELL is for customer service to say: its receiver has no address. NO_WAY had none to go: it
    is not set up here, or the receiver has no number or device for it.
    """

    WAITING = "WAITING"
    SENT = "SENT"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"
    TO_TELL = "TO_TELL"
    NO_WAY = "NO_WAY"


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
    in_digest = fields.BooleanField(db_default=False)
    digest: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.Message", null=True, related_name="collected", on_delete=fields.SET_NULL
    )
    state = fields.CharEnumField(MessageState, max_length=10, default=MessageState.WAITING)
    created_at = fields.DatetimeField(auto_now_add=True)
    sent_at = fields.DatetimeField(null=True)

    receiver_id: UUID
    notification_id: UUID | None
    digest_id: UUID | None

    class Meta:
        """The same news reaches the same person once per channel: `messages_once` in the walls."""

        table = "messages"

    @classmethod
    def visible_to(cls, viewer: Viewer) -> "QuerySet[Message]":
        """One's own."""
        return cls.filter(receiver_id=viewer.id) if viewer.id else cls.filter(id__isnull=True)

    @classmethod
    def to_tell(cls, viewer: Viewer) -> "QuerySet[Message]":
        """Those that staff has to tell; nothing for everybody else."""
        if not viewer.is_staff:
            return cls.filter(id__isnull=True)
        return cls.filter(state=MessageState.TO_TELL)

    @classmethod
    def stage_to(cls, _viewer: Viewer) -> StageRule:
        """Whoever sees one is its receiver, acts for the receiver, or has to tell it."""
        return Stage.OWN


_INSERT = """
INSERT INTO messages
  (id, kind, receiver_id, version, channel, reference, notification_id, in_digest, state,
   created_at)
SELECT $1, $2, receiver_id, version, $4, reference, id, $5, 'WAITING', now()
FROM notifications WHERE id = $3
ON CONFLICT (receiver_id, kind, reference, version, channel) DO NOTHING
RETURNING id
"""


async def write(
    kind: str, notification: UUID, channel: Channel, *, in_digest: bool = False
) -> UUID | None:
    """Write a waiting message in the caller's transaction; None if it exists already.

    What is in a digest waits for it: no job of its own sends it.
    """
    rows = await fetch(_INSERT, uuid7(), kind, notification, channel.value, in_digest)
    return rows[0]["id"] if rows else None


async def finish(message: UUID, state: MessageState, at: datetime | None = None) -> bool:
    """Take a waiting message to its end, and what it collects; `at` belongs to SENT.

    False if it had ended before.
    """
    waiting = Message.filter(Q(id=message) | Q(digest_id=message), state=MessageState.WAITING)
    return bool(await waiting.update(state=state, sent_at=at))


async def told(message: UUID, at: datetime) -> bool:
    """Note that a receiver without an address was told; false if no such message is to be told."""
    waiting = Message.filter(id=message, state=MessageState.TO_TELL)
    if await waiting.update(state=MessageState.SENT, sent_at=at):
        return True
    return await Message.filter(id=message, state=MessageState.SENT).exists()


_DUE = """
SELECT m.receiver_id, array_agg(m.id) AS ids FROM messages m
LEFT JOIN notification_settings s ON s.id = m.receiver_id
CROSS JOIN LATERAL (
  SELECT ($1::date + make_interval(hours => coalesce(s.digest_hour, 0)))
    AT TIME ZONE 'Europe/Berlin' AS at
) due
WHERE m.in_digest AND m.state = 'WAITING' AND m.digest_id IS NULL
  AND m.created_at < due.at AND due.at <= $2
GROUP BY m.receiver_id ORDER BY m.receiver_id LIMIT $3
"""
_DIGEST = """
INSERT INTO messages (id, kind, receiver_id, version, channel, state, created_at)
VALUES ($1, $2, $3, $4, 'EMAIL', 'WAITING', now())
ON CONFLICT (receiver_id, kind, reference, version, channel) DO NOTHING
RETURNING id
"""


async def due_digests(day: date, now: datetime, limit: int) -> list[tuple[UUID, list[UUID]]]:
    """Whose digest of the day is due, with the messages that wait for it."""
    rows = await fetch(_DUE, day, now, limit)
    return [(row["receiver_id"], row["ids"]) for row in rows]


async def write_digest(kind: str, receiver: UUID, day: date, collected: list[UUID]) -> UUID | None:
    """Write the one digest of somebody's day; None if it is written already."""
    rows = await fetch(_DIGEST, uuid7(), kind, receiver, day.toordinal())
    if not rows:
        return None
    digest: UUID = rows[0]["id"]
    waiting = Message.filter(id__in=collected, digest_id__isnull=True)
    await waiting.update(digest_id=digest)
    return digest
