"""Answers already given, so that a repeated request has no second effect."""

from tortoise import fields
from tortoise.models import Model

from domain.ids import uuid7


class IdempotencyKey(Model):
    """One executed request: whose, under which key, with which input, and its answer."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    scope = fields.UUIDField()
    key = fields.CharField(max_length=255)
    operation = fields.CharField(max_length=60)
    digest = fields.CharField(max_length=64)
    answer: fields.Field[dict[str, object]] = fields.JSONField()
    created_at = fields.DatetimeField(auto_now_add=True)

    class Meta:
        """A key belongs to whoever sent it."""

        table = "idempotency_keys"
        unique_together = (("scope", "key"),)
