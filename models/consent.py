"""Consents as they were given: to which text, when, and when they were withdrawn."""

from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from domain.consent import Consent as Given
from domain.consent import ConsentKind
from domain.ids import uuid7
from models.user import OfAccount, User


class ConsentText(Model):
    """A text that somebody agreed to, under its SHA-256; never changed."""

    digest = fields.CharField(max_length=64, primary_key=True)
    kind = fields.CharEnumField(ConsentKind, max_length=12)
    version = fields.IntField()
    language = fields.CharField(max_length=15)
    title = fields.CharField(max_length=200)
    text = fields.TextField()

    class Meta:
        """Written when somebody first agrees to it."""

        table = "consent_texts"


class Consent(OfAccount, Model):
    """One agreement of one account; `actor` and `withdrawn_by` are who did it for somebody else."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="consents", on_delete=fields.CASCADE
    )
    kind = fields.CharEnumField(ConsentKind, max_length=12)
    version = fields.IntField()
    text: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.ConsentText", on_delete=fields.RESTRICT
    )
    given_at: datetime = fields.DatetimeField()
    withdrawn_at: datetime | None = fields.DatetimeField(null=True)
    actor: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", null=True, related_name="given_consents", on_delete=fields.SET_NULL
    )
    withdrawn_by: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", null=True, related_name="withdrawn_consents", on_delete=fields.SET_NULL
    )

    user_id: UUID
    text_id: str
    actor_id: UUID | None
    withdrawn_by_id: UUID | None

    class Meta:
        """Read by account."""

        table = "consents"

    @property
    def given(self) -> Given:
        """What the rules look at."""
        return Given(self.kind, self.version)
