"""The ledger of proofs: what was seen, by whom, with which verdict; letters that ask for one."""

from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.expressions import Subquery
from tortoise.models import Model
from tortoise.queryset import QuerySet

from domain.disclosure import Stage
from domain.evidence import EvidenceKind, Exemption, Proof
from domain.ids import uuid7
from domain.user import Verdict
from domain.viewer import Role, Viewer
from models.disclosure import StageRule
from models.user import Assistant


class Evidence(Model):
    """That something was shown: written once; a newer record of the same kind replaces it.

    No column holds a document, its number or what stands in it.
    """

    id = fields.UUIDField(primary_key=True, default=uuid7)
    assistant: fields.ForeignKeyRelation[Assistant] = fields.ForeignKeyField(
        "models.Assistant", related_name="evidence", on_delete=fields.CASCADE
    )
    officer: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.User", related_name="seen_evidence", on_delete=fields.RESTRICT
    )
    kind = fields.CharEnumField(EvidenceKind, max_length=25)
    verdict = fields.CharEnumField(Verdict, max_length=10, null=True)
    seen_on = fields.DateField()
    dated_on = fields.DateField(null=True)
    valid_until = fields.DateField(null=True)
    exemption = fields.CharEnumField(Exemption, max_length=20, null=True)
    quality: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.Quality", null=True, on_delete=fields.RESTRICT
    )
    hours = fields.IntField(null=True)
    created_at = fields.DatetimeField(auto_now_add=True)

    assistant_id: UUID
    officer_id: UUID
    quality_id: str | None

    class Meta:
        """Read by assistant, oldest first."""

        table = "evidence"

    @classmethod
    def visible_to(cls, viewer: Viewer) -> "QuerySet[Evidence]":
        """The own records; for staff and the own provider those of whom they may see."""
        if viewer.role is Role.SEEKER:
            return cls.filter(id__isnull=True)
        return cls.filter(assistant_id__in=Subquery(Assistant.visible_to(viewer).values("id")))

    @classmethod
    def stage_to(cls, viewer: Viewer) -> StageRule:
        """Whoever may see a record sees all of it."""
        return Stage.OWN if viewer.role is Role.ASSISTANT else Stage.STAFF

    @property
    def proof(self) -> Proof:
        """What the rules look at."""
        return Proof(
            kind=self.kind,
            verdict=self.verdict,
            seen_on=self.seen_on,
            dated_on=self.dated_on,
            valid_until=self.valid_until,
            exemption=self.exemption,
            quality=self.quality_id,
        )

    @classmethod
    async def ledger(cls, assistant_id: UUID) -> list[Proof]:
        """All records of an assistant, oldest first."""
        return [row.proof for row in await cls.filter(assistant_id=assistant_id).order_by("id")]


class CertificateLetter(Model):
    """That somebody was given the letter that asks for the certificate of conduct, and when."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    assistant: fields.ForeignKeyRelation[Assistant] = fields.ForeignKeyField(
        "models.Assistant", related_name="letters", on_delete=fields.CASCADE
    )
    officer: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.User", related_name="written_letters", on_delete=fields.RESTRICT
    )
    issued_on = fields.DateField()
    created_at = fields.DatetimeField(auto_now_add=True)

    assistant_id: UUID
    officer_id: UUID

    class Meta:
        """Read by assistant."""

        table = "certificate_letters"
