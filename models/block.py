"""Blocks: a seeker and an acceptor who are not brought together any more, by the wish of one."""

from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.models import Model
from tortoise.queryset import QuerySet

from domain.ids import uuid7
from domain.viewer import Role, Viewer


class Block(Model):
    """One side's wish; the other side is never told.

    `named` says whether whoever blocks had seen the other one's name when it was made.
    """

    id = fields.UUIDField(primary_key=True, default=uuid7)
    seeker: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.Seeker", related_name="blocks", on_delete=fields.CASCADE
    )
    assistant: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.Assistant", null=True, related_name="blocks", on_delete=fields.CASCADE
    )
    provider: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.Provider", null=True, related_name="blocks", on_delete=fields.CASCADE
    )
    by_seeker = fields.BooleanField()
    named = fields.BooleanField()
    created_at = fields.DatetimeField(auto_now_add=True)

    seeker_id: UUID
    assistant_id: UUID | None
    provider_id: UUID | None

    class Meta:
        """Each side's wish once."""

        table = "blocks"
        unique_together = (
            ("seeker", "assistant", "by_seeker"),
            ("seeker", "provider", "by_seeker"),
        )

    @classmethod
    def made_by(cls, viewer: Viewer) -> "QuerySet[Block]":
        """The viewer's own, for a coordinator those of the provider; staff sees none."""
        if viewer.role is Role.SEEKER:
            return cls.filter(seeker_id=viewer.id, by_seeker=True)
        if viewer.role is Role.ASSISTANT:
            return cls.filter(assistant_id=viewer.id, by_seeker=False)
        if viewer.speaks_for is not None:
            return cls.filter(provider_id=viewer.speaks_for, by_seeker=False)
        return cls.filter(id__isnull=True)
