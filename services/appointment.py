"""Use cases of appointments: propose, agree, move. Nobody decides over the client's head (P1)."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from domain.appointment import (
    AppointmentAction,
    CancelReason,
    Part,
    problems,
    side_of,
    within,
)
from domain.appointment_state import APPOINTMENT, AppointmentState
from domain.errors import AppointmentOutsideContract, DomainError
from domain.meeting import Span
from domain.version import demand_version
from domain.viewer import SYSTEM, Viewer
from models.appointment import Appointment
from models.contract import Contract
from notifications.message import MailKind
from services import clock
from services.appointment_end import cancel, release_asked
from services.appointment_news import changed, tell, tell_lists
from services.appointment_people import (
    Entered,
    Ground,
    enter,
    enter_contract,
    who_comes,
)
from services.appointment_reminder import promise_reminders
from services.appointment_time import (
    demand_time,
    mark_beside_another,
    occupy,
    unmark_beside,
    vacate,
    warnings_ahead,
)
from services.transition import transition
from services.use_case import for_another, use_case


@use_case
@for_another()
async def propose_appointment(
    viewer: Viewer, contract_id: UUID, span: Span, assistant_id: UUID | None = None
) -> Appointment:
    """Propose a date of a contract. The client's own proposal is the client's yes.

    Raises:
        NotFound, RoleNotAllowed, StateRefused: not a contract of the viewer's that holds.
        NobodyNamed: it is not said yet who comes.
        DomainError: see `problems`.
    """
    ground, part = await enter_contract(viewer, contract_id, "PROPOSE_APPOINTMENT")
    _check(span, ground.contract)
    comer = await who_comes(ground, part, assistant_id)
    row = await Appointment.create(
        contract_id=contract_id,
        seeker_id=ground.contract.seeker_id,
        assistant_id=comer,
        provider_id=ground.contract.provider_id,
        starts_at=span.begins,
        ends_at=span.ends,
        **said_by(part),
        **asdict(await warnings_ahead(ground, comer, span)),
    )
    await tell_lists(row)
    await tell(MailKind.APPOINTMENT_PROPOSED, row, but=viewer, parts=_others(part))
    return row


def said_by(part: Part) -> dict[str, Any]:
    """What somebody's own proposal says already."""
    client = part is Part.SEEKER
    return {
        "state": AppointmentState.CLIENT_AGREED if client else AppointmentState.PROPOSED,
        "proposed_by": side_of(part),
        "agreed_at": None if client else clock.now(),
    }


def _check(span: Span, contract: Contract) -> None:
    found = problems(span, (contract.starts_on, contract.ends_on), clock.now())
    if found:
        raise DomainError.of(found)


def _others(part: Part) -> tuple[Part, ...]:
    return (Part.ACCEPTOR,) if part is Part.SEEKER else (Part.SEEKER,)


@use_case
@for_another()
async def agree_appointment(viewer: Viewer, appointment_id: UUID, if_version: int) -> Appointment:
    """Say yes to a time and a person; with both yeses it is fixed and takes the time.

    Raises:
        NotFound, RoleNotAllowed, StateRefused, Stale: nothing that waits for the viewer's yes.
        StandInSilent: who was asked to stand in has not answered.
        TimeTaken: whoever comes has no time then.
    """
    entered = await enter(viewer, appointment_id, AppointmentAction.AGREE_APPOINTMENT)
    row = entered.appointment
    demand_version(row.version, if_version)
    if entered.part is Part.SEEKER:
        row.version = await transition(APPOINTMENT, row.id, "AGREE_APPOINTMENT", viewer)
        row.state = AppointmentState.CLIENT_AGREED
    elif row.state is AppointmentState.PROPOSED:
        return await _stand_in_says_yes(viewer, entered)
    return await fix(viewer, entered.ground, row)


async def _stand_in_says_yes(viewer: Viewer, entered: Entered) -> Appointment:
    """The client decides next: about the person."""
    row = entered.appointment
    warned = await demand_time(entered.ground, row.assistant_id, Span(row.starts_at, row.ends_at))
    await changed(row, agreed_at=clock.now(), **asdict(warned))
    row = await Appointment.get(id=row.id)
    await tell(MailKind.STAND_IN_DECISION, row, but=viewer, parts=(Part.SEEKER,))
    await tell(MailKind.STAND_IN_FOUND, row, but=viewer, parts=(Part.ACCEPTOR,))
    return row


async def fix(
    viewer: Viewer, ground: Ground, row: Appointment, *, quiet: bool = False
) -> Appointment:
    """Fix a locked appointment that both have said yes to, in the caller's transaction.

    `quiet`: nobody gets a mail of its own about it.

    Raises:
        AppointmentOutsideContract: the contract ends before it by now.
        TimeTaken: whoever comes has no time then.
    """
    contract = ground.contract
    if not within(row.starts_at, (contract.starts_on, contract.ends_on)):
        raise AppointmentOutsideContract(field="appointmentId")
    span = Span(row.starts_at, row.ends_at)
    warned = await demand_time(ground, row.assistant_id, span)
    await occupy(row)
    if row.stands_in_for_id is not None:  # first, or its gap would count as somebody beside it
        await _fill(row, row.stands_in_for_id)
    values = {
        "agreed_at": row.agreed_at or clock.now(),
        "known_at": row.starts_at,
        **asdict(warned),
        "beside_another": await mark_beside_another(row),
    }
    await transition(APPOINTMENT, row.id, "FIX_APPOINTMENT", viewer, values=values)
    row = await Appointment.get(id=row.id)
    await promise_reminders(row, ground.policy)
    if not quiet:
        await tell(MailKind.APPOINTMENT_FIXED, row, but=viewer)
    return row


async def _fill(row: Appointment, gap_id: UUID) -> None:
    """Somebody stands in: whoever was to come does not, and nobody else is asked any more."""
    gap = await Appointment.filter(id=gap_id).select_for_update(no_key=True).get()
    if gap.state is AppointmentState.FIXED:
        await cancel(SYSTEM, gap, CancelReason.ANOTHER_COMES)
    await Appointment.filter(id=gap_id).update(gap=False)
    await release_asked(gap_id, besides=row.id)


@use_case
@for_another()
async def move_appointment(
    viewer: Viewer, appointment_id: UUID, span: Span, if_version: int | None = None
) -> Appointment:
    """Propose another time: what was agreed to before holds no longer, the other side decides.

    Raises:
        NotFound, RoleNotAllowed, StateRefused, Stale: nothing that the viewer may move.
        DomainError: see `problems`.
    """
    entered = await enter(viewer, appointment_id, AppointmentAction.MOVE_APPOINTMENT)
    row = entered.appointment
    demand_version(row.version, if_version)
    _check(span, entered.ground.contract)
    said = said_by(entered.part)
    action = "MOVE_AS_CLIENT" if entered.part is Part.SEEKER else "MOVE_APPOINTMENT"
    await vacate(row.id)
    new: dict[str, object] = {
        "starts_at": span.begins,
        "ends_at": span.ends,
        "agreed_at": said["agreed_at"],
        **asdict(await warnings_ahead(entered.ground, row.assistant_id, span)),
        "beside_another": False,
        "gap": False,
    }
    await release_asked(row.id)
    if row.state is said["state"]:
        await changed(row, proposed_by=said["proposed_by"], **new)
    else:
        new["proposed_by"] = side_of(entered.part).value
        await transition(APPOINTMENT, row.id, action, viewer, values=new)
    await unmark_beside(row)
    row = await Appointment.get(id=row.id)
    await tell(MailKind.APPOINTMENT_MOVED, row, but=viewer)
    return row
