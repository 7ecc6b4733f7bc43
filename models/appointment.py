"""Appointments of a contract: when, who comes, who has said yes, and what was worked."""

from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.models import Model
from tortoise.queryset import QuerySet

from domain.appointment import CancelReason
from domain.appointment_state import AppointmentState
from domain.contract import ContractSide
from domain.disclosure import Stage
from domain.ids import uuid7
from domain.viewer import Viewer
from models.contract import between
from models.disclosure import StageRule


class Appointment(Model):
    """One date of a contract. `version` counts whatever is changed about it.

    `provider` is set where it is the contract's party. `stands_in_for` is the appointment whose
    assistant does not come. `occurrence` is the place of a planned one in its plan, on local
    clocks. `agreed_at` is when the other side, or who stands in, said yes to this very time.
    `known_at` is the beginning that was fixed last, for calendars. `gap` says that somebody is
    looked for who comes instead.
    """

    id = fields.UUIDField(primary_key=True, default=uuid7)
    contract: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.Contract", related_name="appointments", on_delete=fields.RESTRICT
    )
    seeker: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.Seeker", related_name="appointments", on_delete=fields.RESTRICT
    )
    assistant: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.Assistant", related_name="appointments", on_delete=fields.RESTRICT
    )
    provider: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.Provider", null=True, related_name="appointments", on_delete=fields.RESTRICT
    )
    stands_in_for: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.Appointment", null=True, related_name="stand_ins", on_delete=fields.RESTRICT
    )
    plan: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.AppointmentPlan", null=True, related_name="appointments", on_delete=fields.RESTRICT
    )
    occurrence = fields.CharField(max_length=16, null=True)
    state = fields.CharEnumField(AppointmentState, max_length=15)
    version = fields.IntField(default=1)
    proposed_by = fields.CharEnumField(ContractSide, max_length=10)
    starts_at: datetime = fields.DatetimeField()
    ends_at: datetime = fields.DatetimeField()
    agreed_at: datetime | None = fields.DatetimeField(null=True)
    known_at: datetime | None = fields.DatetimeField(null=True)
    short_rest = fields.BooleanField(default=False)
    long_day = fields.BooleanField(default=False)
    beside_another = fields.BooleanField(default=False)
    gap = fields.BooleanField(db_default=False)
    worked_from: datetime | None = fields.DatetimeField(null=True)
    worked_until: datetime | None = fields.DatetimeField(null=True)
    cancel_reason: CancelReason | None = fields.CharEnumField(  # type: ignore[assignment]  # null
        CancelReason, max_length=15, null=True
    )
    cancelled_by = fields.CharEnumField(ContractSide, max_length=10, null=True)
    created_at: datetime = fields.DatetimeField(auto_now_add=True)

    contract_id: UUID
    seeker_id: UUID
    assistant_id: UUID
    provider_id: UUID | None
    stands_in_for_id: UUID | None
    plan_id: UUID | None

    class Meta:
        """Each occurrence of a plan once; see sql/55_appointments.sql."""

        table = "appointments"
        unique_together = (("plan", "occurrence"),)

    @classmethod
    def visible_to(cls, viewer: Viewer) -> "QuerySet[Appointment]":
        """The client, whoever comes or was asked to, the provider that is the party, and staff."""
        return cls.filter(between(viewer))

    @classmethod
    def stage_to(cls, _viewer: Viewer) -> StageRule:
        """Whoever sees one sees all of it; its people have stages of their own."""
        return Stage.STAFF
