"""Runs of matching: from which input, by which version of the rules, with which result."""

from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from domain.ids import uuid7


class MatchRun(Model):
    """One run: an order against every offer, or one offer against every open order.

    `digest` is the fingerprint of both sides' input: equal digests under one algorithm give the
    same list. `found` holds the ids of the other side, an order's acceptors with the best first.
    Written, never changed.
    """

    id = fields.UUIDField(primary_key=True, default=uuid7)
    order: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.Order", null=True, related_name="runs", on_delete=fields.CASCADE
    )
    assistant: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.Assistant", null=True, related_name="runs", on_delete=fields.CASCADE
    )
    provider: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.Provider", null=True, related_name="runs", on_delete=fields.CASCADE
    )
    algorithm = fields.IntField()
    digest = fields.CharField(max_length=64)
    compared = fields.IntField()
    found: fields.Field[list[str]] = fields.JSONField()
    at = fields.DatetimeField(auto_now_add=True)

    order_id: UUID | None
    assistant_id: UUID | None
    provider_id: UUID | None

    class Meta:
        """Read by order."""

        table = "match_runs"
