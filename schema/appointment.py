"""Appointments as the graph shows them: when, who comes, whose turn it is, and what was worked."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

from domain import appointment as rules
from domain.appointment import CancelReason, Part, People, Standing
from domain.appointment_state import APPOINTMENT, TAKES_TIME, AppointmentState
from domain.contract import ContractSide
from domain.meeting import Span
from domain.viewer import Role, Viewer
from models import appointment as models
from notifications.language import Language
from schema import words
from schema.action import Action, action
from schema.disclosed import disclosed
from schema.district import Activity, Municipality, activity
from schema.node import Node
from schema.person import Assistant, Seeker
from schema.plan.declare import Scalar
from schema.plan.entity import entity
from schema.plan.field import column, computed, relation
from schema.provider import Provider

if TYPE_CHECKING:
    from schema.contract import Contract

_ACTIVITIES = (
    "SELECT array_to_string(array(SELECT activity_id FROM contract_activities "
    "WHERE contract_id IN (SELECT id FROM {rows}) ORDER BY activity_id), ' ')"
)


@disclosed
@strawberry.type(description="Something to think of; the portal refuses nothing for it.")
class AppointmentWarning:
    """The law knows exceptions that the portal does not."""

    code: str = strawberry.field(description="Stable, for programs.")
    message: str = strawberry.field(description="What to think of, in the reader's language.")


def warnings(
    short_rest: bool, long_day: bool, beside_another: bool, viewer: Viewer, language: Language
) -> list[AppointmentWarning]:
    """Working hours for the acceptor's side and staff: they speak of the assistant's other work."""
    found = {
        "SHORT_REST": short_rest and viewer.role is not Role.SEEKER,
        "LONG_DAY": long_day and viewer.role is not Role.SEEKER,
        "BESIDE_ANOTHER": beside_another,
    }
    return [
        AppointmentWarning(code=code, message=words.enum("appointment_warning", code, language))
        for code, given in found.items()
        if given
    ]


def minutes_worked(worked_from: datetime | None, worked_until: datetime | None) -> int | None:
    """Whole minutes."""
    if worked_from is None or worked_until is None:
        return None
    return rules.minutes_of(Span(worked_from, worked_until))


def reason_label(cancel_reason: CancelReason | None, language: Language) -> str | None:
    """Why it was cancelled, in words."""
    return None if cancel_reason is None else words.enum("cancel_reason", cancel_reason, language)


def is_stand_in(stands_in_for_id: str | None) -> bool:
    """Whether somebody stands in for the one who was to come."""
    return stands_in_for_id is not None


def is_planned(plan_id: str | None) -> bool:
    """Whether it comes from a plan."""
    return plan_id is not None


def client_name(
    state: AppointmentState,
    viewer: Viewer,
    seeker__user__first_name: str,
    seeker__user__last_name: str,
) -> str | None:
    """Who is assisted; whoever comes learns it when it is fixed."""
    if state in TAKES_TIME or viewer.role is Role.SEEKER or viewer.is_staff:
        return f"{seeker__user__first_name} {seeker__user__last_name}"
    return None


def address(
    state: AppointmentState,
    seeker__user__street: str | None,
    seeker__user__postcode: str | None,
    seeker__user__municipality__name: str | None,
    viewer: Viewer,
) -> str | None:
    """Where whoever comes has to go, once it is fixed."""
    shown = state is AppointmentState.FIXED or viewer.role is Role.SEEKER
    if not shown or not seeker__user__street:
        return None
    town = " ".join(filter(None, (seeker__user__postcode, seeker__user__municipality__name)))
    return ", ".join(filter(None, (seeker__user__street, town)))


def looked_for(gap: bool, starts_at: datetime, now: datetime) -> bool:
    """Whether there is a gap that somebody can still fill."""
    return gap and starts_at > now


def comer_name(
    state: AppointmentState,
    agreed_at: datetime | None,
    is_stand_in: bool,
    viewer: Viewer,
    assistant__user__first_name: str,
) -> str | None:
    """The first name of whoever comes; a client learns of nobody who has not said yes."""
    hidden = is_stand_in and viewer.role is Role.SEEKER
    if hidden and (agreed_at is None or state is AppointmentState.CANCELLED):
        return None
    return assistant__user__first_name


def part_in(viewer: Viewer, keys: Mapping[str, str | None], *, stands_in: bool) -> Part | None:
    """What the viewer has to do with a row, by its keys."""
    ids = {name: None if key is None else UUID(key) for name, key in keys.items()}
    seeker = ids["seeker"]
    if seeker is None:
        return None
    return rules.part_of(viewer, People(seeker, ids["assistant"], ids["provider"], stands_in))


def available_actions(  # noqa: PLR0913, PLR0917  a parameter per value of the row
    state: AppointmentState,
    starts_at: datetime,
    agreed_at: datetime | None,
    seeker_id: str,
    assistant_id: str,
    provider_id: str | None,
    is_stand_in: bool,
    gap: bool,
    viewer: Viewer,
    language: Language,
    now: datetime,
) -> list[Action]:
    """For the two sides and whoever comes; staff only looks on."""
    keys = {"seeker": seeker_id, "assistant": assistant_id, "provider": provider_id}
    part = part_in(viewer, keys, stands_in=is_stand_in)
    if part is None:
        return []
    standing = Standing(
        state, stands_in=is_stand_in, acceptor_agreed=agreed_at is not None, begun=starts_at <= now
    )
    reasons = {
        each.value: rules.blocked_reason(each, part, standing)
        for each in rules.actions_of(part, stands_in=is_stand_in)
    }
    if gap and part is _filling(provider_id):
        reasons["ASK_STAND_IN"] = "BEGUN" if standing.begun else None
    roles = APPOINTMENT.roles("CANCEL_APPOINTMENT") - {Role.SYSTEM}
    return [action(code, roles, reason, language) for code, reason in reasons.items()]


def next_step(  # noqa: PLR0913, PLR0917  a parameter per value of the row
    state: AppointmentState,
    starts_at: datetime,
    agreed_at: datetime | None,
    seeker_id: str,
    assistant_id: str,
    provider_id: str | None,
    is_stand_in: bool,
    gap: bool,
    viewer: Viewer,
    language: Language,
    now: datetime,
) -> str:
    """As the reader's side sees it."""
    keys = {"seeker": seeker_id, "assistant": assistant_id, "provider": provider_id}
    part = part_in(viewer, keys, stands_in=is_stand_in)
    standing = Standing(
        state,
        stands_in=is_stand_in,
        acceptor_agreed=agreed_at is not None,
        begun=starts_at <= now,
        gap=gap,
    )
    fills = part is _filling(provider_id)
    return words.appointment_step(rules.next_step(part, standing, fills=fills), language)


def _filling(provider_id: str | None) -> Part:
    """Whose a gap is to fill."""
    return Part.ACCEPTOR if provider_id else Part.SEEKER


@entity(models.Appointment, "One date of a contract.")
class Appointment(Node):
    """For the client, whoever comes, the provider that is the party, and staff."""

    activity_codes = Scalar("contract", _ACTIVITIES)

    version: int = column("Pass it as `ifVersion`.")
    state: AppointmentState | None = column("Where it stands.")
    state_label: str | None = computed(
        words.appointment_state, "The state in the reader's language."
    )
    proposed_by: ContractSide | None = column("Which side has proposed this time.")
    starts_at: datetime | None = column("When it begins.")
    ends_at: datetime | None = column("When it ends.")
    worked_from: datetime | None = column("From when somebody worked.")
    worked_until: datetime | None = column("Until when.")
    minutes_worked: int | None = computed(minutes_worked, "So many minutes were worked.")
    cancel_reason: CancelReason | None = column("Why it was cancelled.")
    cancel_label: str | None = computed(reason_label, "The same in the reader's language.")
    cancelled_by: ContractSide | None = column("Which side has cancelled it.")
    is_stand_in: bool | None = computed(
        is_stand_in, "Whether somebody stands in for the one who was to come."
    )
    is_planned: bool | None = computed(is_planned, "Whether it comes from a plan.")
    gap: bool | None = computed(looked_for, "Whether somebody is looked for who comes instead.")
    created_at: datetime | None = column("When it was proposed first.")
    activities: list[Activity] | None = computed(activity, "What is done.", each="activity_codes")
    municipality: Municipality | None = relation(
        "Where, no closer than the municipality.", key="contract__order__municipality_id"
    )
    client_name: str | None = computed(client_name, "Who is assisted, once it is fixed.")
    address: str | None = computed(address, "Where to go, while it is fixed.")
    comer_name: str | None = computed(comer_name, "The first name of whoever comes.")
    seeker: Seeker | None = relation("Who is assisted.")
    assistant: Assistant | None = relation("Who comes.")
    provider: Provider | None = relation("The provider, where it is the party.")
    contract: Annotated["Contract", strawberry.lazy("schema.contract")] | None = relation(
        "The contract that it belongs to."
    )
    warnings: list[AppointmentWarning] | None = computed(warnings, "What to think of.")
    available_actions: list[Action] | None = computed(
        available_actions, "What can be done with it: draw buttons from these."
    )
    next_step: str | None = computed(next_step, "What happens next, in one sentence.")
