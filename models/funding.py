"""Funding sources of seekers, which contracts they pay for, and what was charged to them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.expressions import Q, Subquery
from tortoise.models import Model
from tortoise.queryset import QuerySet

from domain.disclosure import Stage
from domain.funding import FundingInstrument, FundingPeriod
from domain.funding_charge import Budget
from domain.funding_state import FundingState
from domain.ids import uuid7
from domain.user import Payer
from domain.viewer import Role, Viewer
from models.disclosure import StageRule


class FundingSource(Model):
    """Who pays, by which law, how much: health data by inference.

    `looked_on` is the day on which it was last looked at whether something is to be warned of;
    null after every change.
    """

    id = fields.UUIDField(primary_key=True, default=uuid7)
    seeker: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.Seeker", related_name="funding_sources", on_delete=fields.CASCADE
    )
    state = fields.CharEnumField(FundingState, max_length=10)
    version = fields.IntField(default=1)
    instrument = fields.CharEnumField(FundingInstrument, max_length=25)
    payer = fields.CharEnumField(Payer, max_length=25)
    paragraph = fields.CharField(max_length=60, null=True)
    cents: int | None = fields.IntField(null=True)
    minutes: int | None = fields.IntField(null=True)
    per = fields.CharEnumField(FundingPeriod, max_length=5)
    valid_from: date = fields.DateField()
    valid_until: date | None = fields.DateField(null=True)
    applied_on: date | None = fields.DateField(null=True)
    approved_on: date | None = fields.DateField(null=True)
    looked_on: date | None = fields.DateField(null=True)
    created_at: datetime = fields.DatetimeField(auto_now_add=True)

    seeker_id: UUID

    class Meta:
        """Some benefits once at a time; see sql/58_funding.sql."""

        table = "funding_sources"

    @classmethod
    def visible_to(cls, viewer: Viewer) -> "QuerySet[FundingSource]":
        """The seeker, whoever acts for the seeker, and staff; nobody of the other side."""
        return cls.filter(_own(viewer))

    @classmethod
    def stage_to(cls, _viewer: Viewer) -> StageRule:
        """Whoever sees one sees all of it."""
        return Stage.STAFF

    @property
    def budget(self) -> Budget:
        """What it gives, as the rules take it."""
        return Budget(
            self.instrument,
            self.cents,
            self.minutes,
            self.per,
            self.valid_from,
            self.valid_until,
        )


def _own(viewer: Viewer) -> Q:
    if viewer.is_staff or viewer.role is Role.SYSTEM:
        return Q()
    if viewer.is_released and viewer.role is Role.SEEKER:
        return Q(seeker_id=viewer.id)
    return Q(id__isnull=True)


class ContractFunding(Model):
    """That a source shall pay for a contract's hours; the first one pays first."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    contract: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.Contract", related_name="funding", on_delete=fields.CASCADE
    )
    source: fields.ForeignKeyRelation[FundingSource] = fields.ForeignKeyField(
        "models.FundingSource", related_name="contracts", on_delete=fields.CASCADE
    )
    place = fields.IntField()

    contract_id: UUID
    source_id: UUID

    class Meta:
        """Each source once, and one at each place."""

        table = "contract_funding"
        unique_together = (("contract", "source"), ("contract", "place"))

    @classmethod
    def visible_to(cls, viewer: Viewer) -> "QuerySet[ContractFunding]":
        """With the source: which ones there are is nobody else's business."""
        return cls.filter(source_id__in=Subquery(FundingSource.visible_to(viewer).values("id")))

    @classmethod
    def stage_to(cls, _viewer: Viewer) -> StageRule:
        """As the source."""
        return Stage.STAFF


class FundingCharge(Model):
    """Minutes of a confirmed appointment that a source pays for, from `first_minute` on."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    source: fields.ForeignKeyRelation[FundingSource] = fields.ForeignKeyField(
        "models.FundingSource", related_name="charges", on_delete=fields.CASCADE
    )
    appointment: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.Appointment", related_name="charges", on_delete=fields.CASCADE
    )
    day: date = fields.DateField()
    first_minute = fields.IntField()
    minutes = fields.IntField()
    cents = fields.IntField()
    payer = fields.CharEnumField(Payer, max_length=25)
    paragraph = fields.CharField(max_length=60, null=True)

    source_id: UUID
    appointment_id: UUID

    class Meta:
        """No minute twice: `funding_charges_no_minute_twice` in the walls."""

        table = "funding_charges"

    @classmethod
    def visible_to(cls, viewer: Viewer) -> "QuerySet[FundingCharge]":
        """With the source."""
        return cls.filter(source_id__in=Subquery(FundingSource.visible_to(viewer).values("id")))

    @classmethod
    def stage_to(cls, _viewer: Viewer) -> StageRule:
        """As the source."""
        return Stage.STAFF
