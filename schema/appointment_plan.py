"""Plans of appointments as the graph shows them, and what a client says about them."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from domain.appointment import side_of
from domain.appointment_plan import Holidays, PlanEnd, Rule, Slot, slots_of
from domain.appointment_state import PlanState
from domain.contract import ContractSide
from domain.contract_state import CONTRACT
from domain.order import Interval
from domain.viewer import Viewer
from models import appointment_plan as models
from notifications.language import Language, text
from schema import words
from schema.action import Action, action
from schema.appointment import part_in
from schema.disclosed import disclosed
from schema.order_input import KEY
from schema.person import Assistant
from schema.plan.entity import entity
from schema.plan.field import column, computed, identifier, relation
from schema.refusal import Refusals


@disclosed
@strawberry.type(description="A time of a plan, on local clocks.")
class PlanSlot:
    """Of a week on a weekday, of a month on a day, else every day."""

    day: int | None = strawberry.field(
        description="1 is Monday in a week, or the day of a month; null for every day."
    )
    clock: str = strawberry.field(description="Such as 09:30.")


def slots(slots: str) -> list[PlanSlot]:
    """When, within an interval."""
    return [PlanSlot(day=each.day, clock=each.clock) for each in slots_of(slots)]


def skipped(skipped: str) -> list[str]:
    """Single exceptions."""
    return skipped.split()


def holidays_label(holidays: Holidays, language: Language) -> str:
    """What becomes of holidays, in words."""
    return words.enum("holidays", holidays, language)


def state_label(state: PlanState, language: Language) -> str:
    """Where it stands, in words."""
    return text(f"states.PLAN.{state.value}", language)


def end_label(end_reason: PlanEnd | None, language: Language) -> str | None:
    """Why it holds no longer, in words."""
    return None if end_reason is None else words.enum("plan_end", end_reason, language)


def available_actions(  # noqa: PLR0913, PLR0917  a parameter per value of the row
    contract__seeker_id: str,
    contract__assistant_id: str | None,
    contract__provider_id: str | None,
    proposed_by: ContractSide,
    state: PlanState,
    viewer: Viewer,
    language: Language,
) -> list[Action]:
    """The side that has not proposed it agrees; either ends it."""
    keys = {
        "seeker": contract__seeker_id,
        "assistant": contract__assistant_id,
        "provider": contract__provider_id,
    }
    part = part_in(viewer, keys, stands_in=False)
    if part is None or part.value == "COMER":
        return []
    waits = state is PlanState.PROPOSED and side_of(part) is not proposed_by
    reasons = {"AGREE_PLAN": waits, "END_PLAN": state is not PlanState.ENDED}
    roles = CONTRACT.roles("CONSENT_TO_CONTRACT")
    return [
        action(code, roles, None if possible else "STATE", language)
        for code, possible in reasons.items()
    ]


@entity(models.AppointmentPlan, "A rule that dates of a contract come from.")
class AppointmentPlan:
    """For everybody who sees the contract."""

    id: strawberry.ID | None = identifier("Pass it to `agreePlan` or `endPlan`.")
    version: int | None = column("Pass it as `ifVersion`.")
    state: PlanState | None = column("Where it stands.")
    state_label: str | None = computed(state_label, "The state in the reader's language.")
    proposed_by: ContractSide | None = column("Which side has proposed it.")
    interval: Interval | None = column("What comes again: every day, week or month.")
    slots: list[PlanSlot] | None = computed(slots, "When, within an interval.")
    minutes: int | None = column("How long a date takes.")
    first_on: date | None = column("The first day.")
    last_on: date | None = column("The last day; null for none.")
    holidays: Holidays | None = column("What becomes of public holidays of the Land.")
    holidays_label: str | None = computed(holidays_label, "The same in words.")
    skipped: list[str] | None = computed(skipped, "Days that are left out.")
    planned_until: date | None = column("Up to which day its dates are there.")
    agreed_at: datetime | None = column("When the other side said yes.")
    ended_at: datetime | None = column("When it was ended.")
    end_reason: PlanEnd | None = column("Why it holds no longer.")
    end_label: str | None = computed(end_label, "Why it holds no longer, in words.")
    created_at: datetime | None = column("When it was proposed.")
    assistant: Assistant | None = relation("Who comes.")
    available_actions: list[Action] | None = computed(
        available_actions, "What can be done with it."
    )


@strawberry.input(description="A time of a plan, on local clocks.")
class PlanSlotInput:
    """A day that a month does not have is that month's last one."""

    day: int | None = strawberry.field(
        default=None,
        description="1 is Monday in a week, or the day of a month; null for every day.",
    )
    clock: str = strawberry.field(description="Such as 09:30.")


@strawberry.input(description="A rule for a contract's dates is proposed, in place of another.")
class PlanAppointmentsInput:
    """Both sides may; the other one agrees."""

    contract_id: strawberry.ID = strawberry.field(description="Of which contract.")
    assistant_id: strawberry.ID | None = strawberry.field(
        default=None, description="For a provider: who of its people comes, if not the usual one."
    )
    interval: Interval = strawberry.field(description="What comes again.")
    slots: list[PlanSlotInput] = strawberry.field(description="When, within an interval.")
    minutes: int = strawberry.field(description="How long a date takes.")
    first_on: date = strawberry.field(description="The first day.")
    last_on: date | None = strawberry.field(default=None, description="The last day, if any.")
    holidays: Holidays = strawberry.field(
        default=Holidays.SKIP, description="What becomes of public holidays of the Land."
    )
    skipped: list[date] | None = strawberry.field(
        default=None, description="Days that are left out."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def rule(self) -> Rule:
        """As the rules take it."""
        return Rule(
            interval=self.interval,
            slots=tuple(Slot(each.day, each.clock) for each in self.slots),
            minutes=self.minutes,
            first_on=self.first_on,
            last_on=self.last_on,
            holidays=self.holidays,
            skipped=frozenset(self.skipped or ()),
        )


@strawberry.input(description="A yes to a rule that was read.")
class AgreePlanInput:
    """By that to all of its dates that nobody has moved."""

    plan_id: strawberry.ID = strawberry.field(description="Which one.")
    if_version: int = strawberry.field(description="The version that was read.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A rule shall hold no longer.")
class EndPlanInput:
    """What was fixed stays until it is cancelled."""

    plan_id: strawberry.ID = strawberry.field(description="Which one.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


AppointmentPlanPayload = Annotated[
    AppointmentPlan | Refusals,
    strawberry.union("AppointmentPlanPayload", description="As it stands now, or a refusal."),
]
