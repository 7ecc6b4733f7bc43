"""Qualities: the catalogue for foreign keys, what assistants state, what orders ask for."""

from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from domain.ids import uuid7


class Quality(Model):
    """An entry of the catalogue (`domain.quality`), for foreign keys to point at."""

    code = fields.CharField(max_length=40, primary_key=True)
    retired = fields.BooleanField(default=False)

    class Meta:
        """Entries are retired, never deleted."""

        table = "qualities"


class AssistantQuality(Model):
    """One quality that an assistant states; what follows from the profile is not written down."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    assistant: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.Assistant", related_name="qualities", on_delete=fields.CASCADE
    )
    quality: fields.ForeignKeyRelation[Quality] = fields.ForeignKeyField(
        "models.Quality", on_delete=fields.RESTRICT
    )

    assistant_id: UUID
    quality_id: str

    class Meta:
        """Each quality once."""

        table = "assistant_qualities"
        unique_together = (("assistant", "quality"),)


class OrderQuality(Model):
    """One quality that an order asks for: as a must, or as a wish."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    order: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.Order", related_name="qualities", on_delete=fields.CASCADE
    )
    quality: fields.ForeignKeyRelation[Quality] = fields.ForeignKeyField(
        "models.Quality", on_delete=fields.RESTRICT
    )
    must = fields.BooleanField()

    order_id: UUID
    quality_id: str

    class Meta:
        """Each quality once: as a must or as a wish."""

        table = "order_qualities"
        unique_together = (("order", "quality"),)
