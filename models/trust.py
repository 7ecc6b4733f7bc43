"""Trust: what each side of a contract says about going on with the other, told to nobody."""

from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from domain.contract import ContractSide
from domain.ids import uuid7


class Trust(Model):
    """Whether one side would meet the other again; between a seeker and an assistant.

    No type of the graph shows it. Matching counts it once both have said yes.
    """

    id = fields.UUIDField(primary_key=True, default=uuid7)
    seeker: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.Seeker", related_name="trust", on_delete=fields.CASCADE
    )
    assistant: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.Assistant", related_name="trust", on_delete=fields.CASCADE
    )
    side = fields.CharEnumField(ContractSide, max_length=10)
    would_meet_again = fields.BooleanField()
    said_at: datetime = fields.DatetimeField()

    seeker_id: UUID
    assistant_id: UUID

    class Meta:
        """Each side's word once; it may be changed."""

        table = "trust"
        unique_together = (("seeker", "assistant", "side"),)
