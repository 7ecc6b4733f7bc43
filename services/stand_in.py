"""Use cases of stand-ins: who could come instead, and asking them.

A gap is an appointment that was fixed and to which its assistant cannot come. A provider looks
among its own people; where none is the party the client asks, and learns who it is with the yes.
A stand-in is an appointment of its own: who is asked answers first, then the client decides.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from uuid import UUID

from tortoise.queryset import QuerySet

from domain.appointment import Part, part_of
from domain.appointment_state import AppointmentState
from domain.contract import ContractSide
from domain.dates import BERLIN
from domain.errors import NoGap, NotFound, StandInRefused
from domain.match import AcceptorKind
from domain.matching.busy import span_weeks
from domain.matching.demand import Demand
from domain.matching.pairing import Suggestion, suggestions
from domain.meeting import Span
from domain.order import OrderKind
from domain.permissions import Doer, demand_role, left_to
from domain.viewer import PARTIES, Role, Viewer
from domain.window import FULL_WEEK, span_bits
from models.appointment import Appointment
from models.busy import Busy, BusyKind
from models.contract import Contract, ContractActivity
from models.demand import demand_row
from models.user import Assistant, User
from notifications.message import MailKind
from services import clock
from services.appointment_end import release_asked
from services.appointment_gap import may_ask, open_gap
from services.appointment_news import changed, tell, tell_lists
from services.appointment_people import ground_of, people_of
from services.appointment_time import stopped, warnings_ahead
from services.offer import offer_table
from services.use_case import for_another, use_case

MOST_ASKED = 5
_MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could stand in; no name for a client, who learns it with a yes."""

    assistant_id: UUID
    first_name: str | None
    distance_km: float | None
    met: str


async def stand_ins(viewer: Viewer, appointment_id: UUID) -> Sequence[Candidate]:
    """Who could come instead, the best first.

    Raises:
        NotFound, RoleNotAllowed: not an appointment whose gap the viewer fills.
        NoGap: nobody is missing.
    """
    row, part = await _seen(viewer, appointment_id)
    _demand_gap(row)
    found = await _fitting(row)
    by_provider = part is Part.ACCEPTOR
    ids = [each.acceptor_id for each in found]
    names = {user.id: user.first_name for user in await User.filter(id__in=ids)}
    return [
        Candidate(
            assistant_id=each.acceptor_id,
            first_name=names[each.acceptor_id] if by_provider else None,
            distance_km=each.distance_km,
            met=each.met,
        )
        for each in found[:_MOST_SHOWN]
    ]


async def _seen(viewer: Viewer, appointment_id: UUID) -> tuple[Appointment, Part]:
    demand_role(viewer, *PARTIES)
    row = await Appointment.visible_to(viewer).get_or_none(id=appointment_id)
    if row is None:
        raise NotFound(field="appointmentId")
    part = part_of(viewer, people_of(row))
    if part is None or not may_ask(part, by_provider=row.provider_id is not None):
        raise left_to(_filler(row, part))
    return row, part


def _filler(row: Appointment, part: Part | None) -> Role | Doer:
    """Who fills its gap, as somebody who does not would say it."""
    if row.provider_id is None:
        return Role.SEEKER
    return Doer.OWN_COORDINATOR if part is Part.COMER else Role.COORDINATOR


def _demand_gap(row: Appointment) -> None:
    if not row.gap or row.starts_at <= clock.now():
        raise NoGap(state=row.state.value)


@use_case
@for_another()
async def ask_stand_in(viewer: Viewer, appointment_id: UUID, assistant_id: UUID) -> Appointment:
    """Ask somebody to stand in; twice is as once.

    Raises:
        NotFound, RoleNotAllowed: not an appointment whose gap the viewer fills.
        NoGap: nobody is missing.
        StandInRefused: this assistant does not fit, has said no, or enough were asked.
    """
    seen, _part = await _seen(viewer, appointment_id)
    ground = await ground_of(seen.contract_id)
    row = await Appointment.filter(id=appointment_id).select_for_update(no_key=True).get()
    _demand_gap(row)
    asked = await Appointment.filter(stands_in_for_id=row.id)
    open_ones = [each for each in asked if each.state is AppointmentState.PROPOSED]
    for known in open_ones:
        if known.assistant_id == assistant_id:
            return known
    fits = assistant_id in {each.acceptor_id for each in await _fitting(row)}
    if not fits or len(open_ones) >= MOST_ASKED:
        raise StandInRefused(state=row.state.value)
    made = await Appointment.create(
        contract_id=row.contract_id,
        seeker_id=row.seeker_id,
        assistant_id=assistant_id,
        provider_id=row.provider_id,
        stands_in_for_id=row.id,
        state=AppointmentState.PROPOSED,
        proposed_by=ContractSide.ACCEPTOR,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        **asdict(await warnings_ahead(ground, assistant_id, Span(row.starts_at, row.ends_at))),
    )
    await tell_lists(made)
    await tell(MailKind.STAND_IN_ASKED, made, parts=(Part.COMER,))
    return made


async def _fitting(row: Appointment) -> list[Suggestion]:
    """The matching engine with one gap: released, with proofs, free, not blocked, and not asked."""
    demand = await _demand(row)
    if demand is None:
        return []
    found = suggestions(demand, (await offer_table()).offers)
    allowed = set(await Assistant.filter(provider_id=row.provider_id).values_list("id", flat=True))
    asked = {each.assistant_id for each in await Appointment.filter(stands_in_for_id=row.id)}
    out = asked | {row.assistant_id}
    return [
        each
        for each in found
        if each.kind is AcceptorKind.ASSISTANT
        and each.acceptor_id in allowed
        and each.acceptor_id not in out
    ]


async def _demand(row: Appointment) -> Demand | None:
    """The order's wishes, with the contract's activities at this one time."""
    contract = await Contract.get(id=row.contract_id)
    known = await demand_row(contract.order_id, clock.today())
    if known is None:
        return None
    codes = await ContractActivity.filter(contract_id=row.contract_id)
    minutes = _minutes(row.starts_at, row.ends_at)
    return replace(
        known,
        kind=OrderKind.ONE_OFF,
        activities=frozenset(each.activity_id for each in codes),
        week=FULL_WEEK,
        span=span_bits(row.starts_at, minutes, BERLIN),
        calendar=span_weeks(row.starts_at, minutes, BERLIN),
        duration_minutes=minutes,
        interval=None,
        count=1,
        first_week=None,
    )


def _minutes(begins: datetime, ends: datetime) -> int:
    return -(-int((ends - begins).total_seconds()) // 60)


async def look_at_gaps(busy_id: UUID) -> int:
    """Open and close the gaps that an absence has made or left, in the caller's transaction.

    Whoever is there after all comes, and nobody is asked any more; how many have changed.
    """
    absence = await Busy.get(id=busy_id)
    rows = _ahead(absence.assistant_id)
    return await _look_at_all(
        rows.filter(starts_at__lt=absence.ends_at, ends_at__gt=absence.begins_at)
    )


async def look_at_absent(assistant_id: UUID) -> int:
    """The same for all that lies ahead of somebody whose account was stopped, or goes on."""
    return await _look_at_all(_ahead(assistant_id))


def _ahead(assistant_id: UUID) -> QuerySet[Appointment]:
    return Appointment.filter(
        assistant_id=assistant_id, state=AppointmentState.FIXED, starts_at__gt=clock.now()
    )


async def _look_at_all(rows: QuerySet[Appointment]) -> int:
    found = await rows.order_by("contract_id", "id")
    return sum([await _look_at(each.id, each.contract_id) for each in found])


async def _look_at(appointment_id: UUID, contract_id: UUID) -> bool:
    await ground_of(contract_id)
    row = await Appointment.filter(id=appointment_id).select_for_update(no_key=True).get()
    absences = Busy.filter(assistant_id=row.assistant_id, kind=BusyKind.ABSENCE, cancelled_at=None)
    away = await absences.filter(begins_at__lt=row.ends_at, ends_at__gt=row.starts_at).exists()
    away = away or await stopped(row.assistant_id)
    if row.state is not AppointmentState.FIXED or row.gap is away:
        return False
    if away:
        await open_gap(row)
    else:
        await changed(row, gap=False)
        await release_asked(row.id)
    return True
