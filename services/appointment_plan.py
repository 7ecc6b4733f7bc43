"""Use cases of plans: a rule is proposed, agreed to, carried out for some weeks ahead, and ended.

Who has agreed to a rule has agreed to each of its dates, until one of them is moved.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from uuid import UUID

from domain.appointment import CancelReason, Part, side_of
from domain.appointment_plan import (
    Occurrence,
    PlanEnd,
    Rule,
    horizon,
    occurrences,
    problems,
    written,
)
from domain.appointment_state import (
    APPOINTMENT,
    NEW_PLAN,
    PLAN,
    UNFIXED,
    AppointmentState,
    PlanState,
)
from domain.contract import ContractSide
from domain.contract_state import ContractState
from domain.dates import BERLIN
from domain.errors import DomainError, NotFound, PlanEnded, StateRefused, TimeTaken
from domain.meeting import Span
from domain.permissions import Doer, left_to
from domain.version import demand_version
from domain.viewer import SYSTEM, Viewer
from models.appointment import Appointment
from models.appointment_plan import AppointmentPlan
from models.contract import Contract
from models.database import transaction
from notifications.message import MailKind, announce_again
from services import clock
from services.appointment import fix
from services.appointment_end import cancel
from services.appointment_news import tell, tell_lists
from services.appointment_people import Ground, enter_contract, ground_of, who_comes
from services.appointment_plan_promise import promise
from services.appointment_time import stopped, warnings_ahead
from services.busy_time import locked
from services.contract_news import tell_lists as show_anew
from services.coordinator_mail import tell_coordinators
from services.talk_slot import public_holidays
from services.transition import note, transition
from services.use_case import for_another, use_case


@use_case
@for_another()
async def plan_appointments(
    viewer: Viewer, contract_id: UUID, rule: Rule, assistant_id: UUID | None = None
) -> AppointmentPlan:
    """Propose a rule for a contract's dates, in the place of the one before.

    The other side is told that the one before holds no longer, where there was one.

    Raises:
        NotFound, RoleNotAllowed, StateRefused: not a contract of the viewer's that holds.
        NobodyNamed: it is not said yet who comes.
        DomainError: see `domain.appointment_plan.problems`.
    """
    ground, part = await enter_contract(viewer, contract_id, "PLAN_APPOINTMENTS")
    if found := problems(rule, clock.now(), clock.today(), ground.contract.ends_on):
        raise DomainError.of(found)
    comer = await who_comes(ground, part, assistant_id)
    standing = AppointmentPlan.filter(contract_id=contract_id, assistant_id=comer, ended_at=None)
    before = await standing.select_for_update(no_key=True)
    for known in before:
        await _end(viewer, known, part, PlanEnd.REPLACED)
    plan = await AppointmentPlan.create(
        contract_id=contract_id,
        assistant_id=comer,
        proposed_by=side_of(part),
        interval=rule.interval,
        slots=written(rule.slots),
        minutes=rule.minutes,
        first_on=rule.first_on,
        last_on=rule.last_on,
        holidays=rule.holidays,
        skipped=" ".join(sorted(day.isoformat() for day in rule.skipped)),
    )
    await note(PLAN, plan.id, NEW_PLAN, viewer)
    await promise(plan, "first")
    await show_anew(ground.contract)
    kind = MailKind.APPOINTMENTS_REPLACED if before else MailKind.APPOINTMENTS_PLANNED
    await _tell_others(kind, ground.contract, part)
    return plan


async def _tell_others(kind: MailKind, contract: Contract, part: Part) -> None:
    if part is not Part.SEEKER:
        await announce_again(kind, contract.seeker_id, reference=contract.id)
    elif contract.provider_id is not None:
        await tell_coordinators(kind, contract.provider_id, contract.id)
    elif contract.assistant_id is not None:
        await announce_again(kind, contract.assistant_id, reference=contract.id)


@use_case
@for_another()
async def agree_plan(viewer: Viewer, plan_id: UUID, if_version: int) -> AppointmentPlan:
    """Say yes to a rule, and by that to all of its dates that nobody has moved.

    A date at which whoever comes has no time stays open.

    Raises:
        NotFound, RoleNotAllowed, StateRefused: not a plan that waits for the viewer's yes.
        Stale: it has changed since it was read.
    """
    ground, part, plan = await _enter(viewer, plan_id, "AGREE_PLAN")
    demand_version(plan.version, if_version)
    if plan.state is PlanState.ENDED:
        raise PlanEnded(state=plan.state.value, action="AGREE_PLAN")
    if plan.state is PlanState.AGREED:
        raise StateRefused(state=plan.state.value, action="AGREE_PLAN")
    if side_of(part) is plan.proposed_by:
        raise left_to(Doer.OTHER_SIDE)
    await transition(PLAN, plan_id, "AGREE_PLAN", viewer, values={"agreed_at": clock.now()})
    open_ones = Appointment.filter(plan_id=plan_id, state__in=sorted(UNFIXED))
    ahead = open_ones.filter(starts_at__gt=clock.now()).order_by("starts_at")
    for row in await ahead.select_for_update(no_key=True):
        if _as_planned(row):
            await _fix_planned(viewer, ground, row)
    await _tell_others(MailKind.APPOINTMENTS_AGREED, ground.contract, part)
    return await AppointmentPlan.get(id=plan_id)


def _as_planned(row: Appointment) -> bool:
    """Whether it still is where the rule has put it."""
    return row.occurrence is not None and row.known_at is None and row.version == 1


async def _fix_planned(viewer: Viewer, ground: Ground, row: Appointment) -> bool:
    """Fix a date that both have agreed to by the rule; False if whoever comes has no time."""
    try:
        async with transaction():
            if row.state is AppointmentState.PROPOSED:
                await transition(APPOINTMENT, row.id, "AGREE_APPOINTMENT", viewer)
            await fix(viewer, ground, row, quiet=True)
    except TimeTaken:
        return False
    return True


@use_case
@for_another()
async def end_plan(viewer: Viewer, plan_id: UUID) -> AppointmentPlan:
    """End a plan: what was not fixed is cancelled, what was fixed stays until it is cancelled.

    The other side is told.

    Raises:
        NotFound, RoleNotAllowed, StateRefused: not a plan of the viewer's that stands.
    """
    ground, part, plan = await _enter(viewer, plan_id, "END_PLAN")
    if plan.state is PlanState.ENDED:
        raise StateRefused(state=plan.state.value, action="END_PLAN")
    await _end(viewer, plan, part, PlanEnd.NOT_WANTED)
    await _tell_others(MailKind.APPOINTMENTS_ENDED, ground.contract, part)
    return await AppointmentPlan.get(id=plan_id)


# What the history calls it, and what becomes of its dates.
_ENDINGS = {
    PlanEnd.NOT_WANTED: ("END_PLAN", CancelReason.NOT_NEEDED),
    PlanEnd.REPLACED: ("REPLACE_PLAN", CancelReason.PLAN_REPLACED),
}


async def _end(viewer: Viewer, plan: AppointmentPlan, part: Part, why: PlanEnd) -> None:
    action, reason = _ENDINGS[why]
    values = {"ended_at": clock.now(), "end_reason": why.value}
    await transition(PLAN, plan.id, action, viewer, values=values)
    open_ones = Appointment.filter(plan_id=plan.id, state__in=sorted(UNFIXED)).order_by("id")
    for row in await open_ones.select_for_update(no_key=True):
        side = side_of(part).value
        await cancel(viewer, row, reason, cancelled_by=side, quiet=True)


async def _enter(
    viewer: Viewer, plan_id: UUID, action: str
) -> tuple[Ground, Part, AppointmentPlan]:
    seen = await AppointmentPlan.visible_to(viewer).filter(id=plan_id).first()
    if seen is None:
        raise NotFound(field="planId")
    ground, part = await enter_contract(viewer, seen.contract_id, action)
    plan = await AppointmentPlan.filter(id=plan_id).select_for_update(no_key=True).get()
    return ground, part, plan


async def carry_out(plan_id: UUID) -> int | None:
    """Make the dates of the coming weeks, in the caller's transaction; how many are new.

    None: the plan or its contract has ended. Running it twice changes nothing. As long as the
    account of whoever comes is stopped, none is made; `promise_again` makes up for it.
    """
    found = await AppointmentPlan.get_or_none(id=plan_id)
    if found is None:
        return None
    ground = await ground_of(found.contract_id)
    plan = await AppointmentPlan.filter(id=plan_id).select_for_update(no_key=True).get()
    if plan.ended_at is not None or ground.contract.state is not ContractState.AGREED:
        return None
    await locked(plan.assistant_id)
    if await stopped(plan.assistant_id):
        return 0
    last = horizon(clock.today())
    missing = await _missing(ground, plan, last)
    for each in missing:
        await _make(plan, ground, each)
    await AppointmentPlan.filter(id=plan_id).update(planned_until=last)
    return len(missing)


async def _missing(ground: Ground, plan: AppointmentPlan, last: date) -> Sequence[Occurrence]:
    contract, today = ground.contract, clock.today()
    until = last if contract.ends_on is None else min(last, contract.ends_on)
    days = (max(today, contract.starts_on), until)
    holidays = public_holidays(ground.land, today, last)
    coming = [
        each for each in occurrences(plan.rule, days, holidays, BERLIN) if each.begins > clock.now()
    ]
    made = Appointment.filter(plan_id=plan.id, occurrence__in=[each.name for each in coming])
    known = {row.occurrence for row in await made}
    return [each for each in coming if each.name not in known]


async def _make(plan: AppointmentPlan, ground: Ground, each: Occurrence) -> Appointment:
    """A date of the plan: fixed where both have agreed to the rule and there is time."""
    client = plan.proposed_by is ContractSide.SEEKER
    agreed = plan.agreed_at is not None
    waits = AppointmentState.CLIENT_AGREED if client or agreed else AppointmentState.PROPOSED
    row = await Appointment.create(
        contract_id=plan.contract_id,
        seeker_id=ground.contract.seeker_id,
        assistant_id=plan.assistant_id,
        provider_id=ground.contract.provider_id,
        plan_id=plan.id,
        occurrence=each.name,
        state=waits,
        proposed_by=plan.proposed_by,
        agreed_at=clock.now() if waits is AppointmentState.PROPOSED else None,
        starts_at=each.begins,
        ends_at=each.ends,
        **asdict(await warnings_ahead(ground, plan.assistant_id, Span(each.begins, each.ends))),
    )
    await tell_lists(row)
    if agreed and not await _fix_planned(SYSTEM, ground, row):
        await tell(MailKind.APPOINTMENT_PROPOSED, row, parts=(Part.ACCEPTOR,))
    return row
