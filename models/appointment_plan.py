"""Plans: the rule that appointments of a contract come from, and how far it was carried out."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from domain.appointment_plan import Holidays, PlanEnd, Rule, dates_of, slots_of
from domain.appointment_state import PlanState
from domain.contract import ContractSide
from domain.ids import uuid7
from domain.order import Interval
from models.contract import OfContract


class AppointmentPlan(OfContract, Model):
    """What comes again and again. `agreed_at` is when both sides had said yes to the rule.

    `slots` and `skipped` are words with blanks between (`domain.appointment_plan`).
    `planned_until` is the last day for which the occurrences are there.
    """

    id = fields.UUIDField(primary_key=True, default=uuid7)
    contract: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.Contract", related_name="plans", on_delete=fields.RESTRICT
    )
    assistant: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.Assistant", related_name="plans", on_delete=fields.RESTRICT
    )
    state = fields.CharEnumField(PlanState, max_length=10, db_default=PlanState.PROPOSED.value)
    version = fields.IntField(default=1)
    proposed_by = fields.CharEnumField(ContractSide, max_length=10)
    interval = fields.CharEnumField(Interval, max_length=5)
    slots = fields.CharField(max_length=500)
    minutes = fields.IntField()
    first_on: date = fields.DateField()
    last_on: date | None = fields.DateField(null=True)
    holidays = fields.CharEnumField(Holidays, max_length=4)
    skipped = fields.CharField(max_length=1200, default="")
    planned_until: date | None = fields.DateField(null=True)
    agreed_at: datetime | None = fields.DatetimeField(null=True)
    ended_at: datetime | None = fields.DatetimeField(null=True)
    end_reason = fields.CharEnumField(PlanEnd, max_length=15, null=True)
    created_at: datetime = fields.DatetimeField(auto_now_add=True)

    contract_id: UUID
    assistant_id: UUID

    class Meta:
        """One that stands per contract and assistant; see sql/55_appointments.sql."""

        table = "appointment_plans"

    @property
    def rule(self) -> Rule:
        """As the rules take it."""
        return Rule(
            interval=self.interval,
            slots=slots_of(self.slots),
            minutes=self.minutes,
            first_on=self.first_on,
            last_on=self.last_on,
            holidays=self.holidays,
            skipped=dates_of(self.skipped),
        )
