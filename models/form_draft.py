"""Registrations that somebody has begun: sealed, for a fortnight, and nobody's account yet."""

from datetime import datetime

from tortoise import fields
from tortoise.models import Model

from domain.form import FormName
from domain.ids import uuid7


class FormDraft(Model):
    """What was filled in so far. Only the portal's secret opens `sealed`; no dump shows it."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    form = fields.CharEnumField(FormName, max_length=20)
    sealed: bytes = fields.BinaryField()
    expires_at: datetime = fields.DatetimeField()

    class Meta:
        """Found by id, which only its token tells."""

        table = "form_drafts"
