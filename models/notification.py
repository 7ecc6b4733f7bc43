"""Notifications: every piece of news that somebody was told, whatever ways it went.

The row holds no text: it is read from the catalogue in the language of whoever reads.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.models import Model
from tortoise.queryset import QuerySet

from domain.disclosure import Stage
from domain.ids import uuid7
from domain.notification import NotificationState, NotificationTopic
from domain.viewer import Viewer
from models.database import fetch
from models.disclosure import StageRule


class Notification(Model):
    """One piece of news for one person; its messages say which ways it went, and how far."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    kind = fields.CharField(max_length=40)
    topic = fields.CharEnumField(NotificationTopic, max_length=10)
    receiver: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.User", related_name="notifications", on_delete=fields.CASCADE
    )
    version = fields.IntField()
    reference = fields.UUIDField(null=True)
    state = fields.CharEnumField(NotificationState, max_length=6, default=NotificationState.UNREAD)
    created_at = fields.DatetimeField(auto_now_add=True)
    read_at: datetime | None = fields.DatetimeField(null=True)

    receiver_id: UUID

    class Meta:
        """The same news reaches the same person once: `notifications_once` in the walls."""

        table = "notifications"

    @classmethod
    def visible_to(cls, viewer: Viewer) -> "QuerySet[Notification]":
        """One's own; who acts for somebody reads nothing about the security of the account.

        A session without its second factor has no state, and reads nothing.
        """
        if viewer.id is None or viewer.state is None:
            return cls.filter(id__isnull=True)
        own = cls.filter(receiver_id=viewer.id)
        return own.exclude(topic=NotificationTopic.SECURITY) if viewer.acting else own

    @classmethod
    def stage_to(cls, _viewer: Viewer) -> StageRule:
        """Whoever sees one is its receiver, or acts for the receiver."""
        return Stage.OWN


_INSERT = """
INSERT INTO notifications (id, kind, topic, receiver_id, version, reference, state, created_at)
VALUES ($1, $2, $3, $4, $5, $6, 'UNREAD', now())
ON CONFLICT (receiver_id, kind, reference, version) DO NOTHING
RETURNING id
"""


async def write(
    kind: str, topic: NotificationTopic, receiver: UUID, version: int, reference: UUID | None
) -> UUID | None:
    """Write a piece of news in the caller's transaction; None if it was written before."""
    rows = await fetch(_INSERT, uuid7(), kind, topic.value, receiver, version, reference)
    return rows[0]["id"] if rows else None


async def latest_version(kind: str, receiver: UUID, reference: UUID | None) -> int:
    """The version of the latest news of its kind about the same; 0 if there is none."""
    about = Notification.filter(receiver_id=receiver, kind=kind, reference=reference)
    latest = await about.order_by("-version").first()
    return latest.version if latest else 0


async def mark_read(viewer: Viewer, ids: Collection[UUID] | None, now: datetime) -> int:
    """Mark these of the viewer's news as read, or all; how many were not before."""
    unread = Notification.visible_to(viewer).filter(state=NotificationState.UNREAD)
    if ids is not None:
        unread = unread.filter(id__in=list(ids))
    return int(await unread.update(state=NotificationState.READ, read_at=now))


async def unread_count(viewer: Viewer) -> int:
    """How many of the viewer's news are unread."""
    found = Notification.visible_to(viewer).filter(state=NotificationState.UNREAD)
    return int(await found.count())
