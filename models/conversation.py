"""Conversations of the two sides of a match, and what was written."""

from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.expressions import Subquery
from tortoise.models import Model
from tortoise.queryset import QuerySet

from domain.conversation import Speaker
from domain.disclosure import Stage
from domain.ids import uuid7
from domain.viewer import Role, Viewer
from models.disclosure import StageRule


class Conversation(Model):
    """One per match that was ever accepted: a trigger makes it with the first yes."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    match: fields.OneToOneRelation[Any] = fields.OneToOneField(
        "models.Match", related_name="conversation", on_delete=fields.CASCADE
    )
    last_message_at: datetime | None = fields.DatetimeField(null=True)
    created_at: datetime = fields.DatetimeField(auto_now_add=True)

    match_id: UUID

    class Meta:
        """Kept for six months after the match has ended."""

        table = "conversations"

    @classmethod
    def visible_to(cls, viewer: Viewer) -> "QuerySet[Conversation]":
        """The two sides, also after the match has ended; nobody else, not even staff."""
        if viewer.role is Role.SYSTEM:
            return cls.all()
        if viewer.speaks_for is not None:
            return cls.filter(match__provider_id=viewer.speaks_for)
        if viewer.is_released and viewer.role is Role.SEEKER:
            return cls.filter(match__order__seeker_id=viewer.id)
        if viewer.is_released and viewer.role is Role.ASSISTANT:
            return cls.filter(match__assistant_id=viewer.id)
        return cls.filter(id__isnull=True)

    @classmethod
    def stage_to(cls, _viewer: Viewer) -> StageRule:
        """Whoever sees a conversation sees all of it."""
        return Stage.OWN


class ConversationMessage(Model):
    """What somebody has written. Written once; `read_at` is when the other side had read it.

    `principal` is for whom the author wrote; null when it was for nobody else.
    """

    id = fields.UUIDField(primary_key=True, default=uuid7)
    conversation: fields.ForeignKeyRelation[Conversation] = fields.ForeignKeyField(
        "models.Conversation", related_name="messages", on_delete=fields.CASCADE
    )
    side = fields.CharEnumField(Speaker, max_length=10)
    author: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.User", null=True, related_name="written", on_delete=fields.SET_NULL
    )
    principal: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.User", null=True, related_name="written_for", on_delete=fields.SET_NULL
    )
    text = fields.TextField()
    sent_at: datetime = fields.DatetimeField(auto_now_add=True)
    read_at: datetime | None = fields.DatetimeField(null=True)

    conversation_id: UUID
    author_id: UUID | None
    principal_id: UUID | None

    class Meta:
        """Read by conversation, in the order in which it was written."""

        table = "conversation_messages"

    @classmethod
    def visible_to(cls, viewer: Viewer) -> "QuerySet[ConversationMessage]":
        """As the conversation."""
        seen = Conversation.visible_to(viewer).values("id")
        return cls.filter(conversation_id__in=Subquery(seen))

    @classmethod
    def stage_to(cls, _viewer: Viewer) -> StageRule:
        """As the conversation."""
        return Stage.OWN
