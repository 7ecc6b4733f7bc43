"""Use cases of how appointments end: cancelled, worked, confirmed; and with their contract."""

from datetime import date
from uuid import UUID

from domain.appointment import (
    BY_PORTAL,
    AppointmentAction,
    CancelReason,
    Part,
    record_problems,
    side_of,
)
from domain.appointment_plan import PlanEnd
from domain.appointment_state import APPOINTMENT, OPEN_APPOINTMENT, PLAN, UNFIXED, AppointmentState
from domain.contract import last_moment
from domain.errors import DomainError, ReasonForeign
from domain.meeting import Span
from domain.version import demand_version
from domain.viewer import SYSTEM, Viewer
from models.appointment import Appointment
from models.appointment_plan import AppointmentPlan
from notifications.message import MailKind
from services import clock
from services.appointment_gap import open_gap
from services.appointment_news import changed, tell
from services.appointment_people import enter
from services.appointment_time import unmark_beside, vacate
from services.funding_charge import recharge
from services.transition import transition
from services.use_case import for_another, use_case


@use_case
@for_another()
async def cancel_appointment(
    viewer: Viewer, appointment_id: UUID, reason: CancelReason, if_version: int | None = None
) -> Appointment:
    """Cancel an appointment; recorded hours that were not confirmed are taken back by it.

    Raises:
        NotFound, RoleNotAllowed, StateRefused, Stale: nothing that the viewer may cancel.
        ReasonForeign: a reason that only the portal gives.
    """
    if reason in BY_PORTAL:
        raise ReasonForeign(field="reason")
    entered = await enter(viewer, appointment_id, AppointmentAction.CANCEL_APPOINTMENT)
    row = entered.appointment
    demand_version(row.version, if_version)
    side = side_of(entered.part).value
    await cancel(viewer, row, reason, cancelled_by=side)
    if _leaves_gap(row, entered.part):
        await open_gap(await Appointment.get(id=row.id))
    else:
        await release_asked(row.id)
    return await Appointment.get(id=row.id)


def _leaves_gap(row: Appointment, part: Part) -> bool:
    """Whether the client is left alone: something fixed that lies ahead, not by the own wish."""
    ahead = row.state is AppointmentState.FIXED and row.starts_at > clock.now()
    return ahead and part is not Part.SEEKER and row.stands_in_for_id is None


async def cancel(
    viewer: Viewer,
    row: Appointment,
    reason: CancelReason,
    *,
    cancelled_by: str | None = None,
    quiet: bool = False,
) -> None:
    """Cancel a locked appointment and tell everybody else, in the caller's transaction."""
    await vacate(row.id)
    values = {"cancel_reason": reason.value, "cancelled_by": cancelled_by, "beside_another": False}
    await transition(APPOINTMENT, row.id, "CANCEL_APPOINTMENT", viewer, values=values)
    await unmark_beside(row)
    if not quiet:
        row = await Appointment.get(id=row.id)
        await tell(MailKind.APPOINTMENT_CANCELLED, row, but=viewer, parts=_concerned(row))


async def release_asked(gap_id: UUID, *, besides: UUID | None = None) -> None:
    """Nobody is asked any more to stand in for an appointment, in the caller's transaction."""
    asked = Appointment.filter(stands_in_for_id=gap_id, state__in=sorted(UNFIXED)).order_by("id")
    for row in await asked.select_for_update(no_key=True):
        if row.id != besides:
            await cancel(SYSTEM, row, CancelReason.ANOTHER_COMES)


def _concerned(row: Appointment) -> tuple[Part, ...]:
    """All; but a client is not told of each who was asked to stand in and did not come."""
    if row.stands_in_for_id is None or row.known_at is not None:
        return ()
    return (Part.ACCEPTOR, Part.COMER) if row.provider_id else (Part.SEEKER, Part.COMER)


@use_case
async def record_appointment(
    viewer: Viewer, appointment_id: UUID, worked: Span, if_version: int | None = None
) -> Appointment:
    """Say from when until when somebody worked; again, until the client has confirmed it.

    Raises:
        NotFound, RoleNotAllowed, StateRefused, Stale: nothing that the viewer records.
        AppointmentNotBegun: it lies ahead.
        DomainError: see `record_problems`.
    """
    entered = await enter(viewer, appointment_id, AppointmentAction.RECORD_APPOINTMENT)
    row = entered.appointment
    demand_version(row.version, if_version)
    contract, planned = entered.ground.contract, Span(row.starts_at, row.ends_at)
    days = (contract.starts_on, contract.ends_on)
    if found := record_problems(worked, planned, days, clock.now()):
        raise DomainError.of(found)
    values: dict[str, object] = {"worked_from": worked.begins, "worked_until": worked.ends}
    if row.state is AppointmentState.FIXED:
        await transition(APPOINTMENT, row.id, "RECORD_APPOINTMENT", viewer, values=values)
    else:
        await changed(row, **values)
    return await Appointment.get(id=row.id)


@use_case
@for_another()
async def confirm_appointment(viewer: Viewer, appointment_id: UUID, if_version: int) -> Appointment:
    """Say yes to the recorded hours, as they stood when they were read; sources pay for them.

    Raises:
        NotFound, RoleNotAllowed, StateRefused, Stale: no recorded hours of the viewer's.
    """
    entered = await enter(viewer, appointment_id, AppointmentAction.CONFIRM_APPOINTMENT)
    demand_version(entered.appointment.version, if_version)
    await transition(APPOINTMENT, appointment_id, "CONFIRM_APPOINTMENT", viewer)
    await recharge(entered.appointment.seeker_id)
    return await Appointment.get(id=appointment_id)


async def cancel_after(contract_id: UUID, last: date, *, ended: bool) -> None:
    """Cancel what lies behind a contract's last day, in the caller's transaction.

    With the order and the contract locked. Once it has ended, what was never fixed goes as well;
    what was fixed before that day can still be recorded.
    """
    rows = Appointment.filter(contract_id=contract_id, state__in=sorted(OPEN_APPOINTMENT))
    for row in await rows.order_by("id").select_for_update(no_key=True):
        if row.starts_at >= last_moment(last) or (ended and row.state in UNFIXED):
            await cancel(SYSTEM, row, CancelReason.CONTRACT_ENDED)
    if ended:
        await _end_plans(contract_id)


async def _end_plans(contract_id: UUID) -> None:
    values = {"ended_at": clock.now(), "end_reason": PlanEnd.CONTRACT_ENDED.value}
    for plan in await AppointmentPlan.filter(contract_id=contract_id, ended_at=None).order_by("id"):
        await transition(PLAN, plan.id, "END_PLAN", SYSTEM, values=values)
