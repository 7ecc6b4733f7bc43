"""The time of whoever comes: looked at, taken and given back in the caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from tortoise.exceptions import IntegrityError
from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from domain.appointment import employed, lengthens_day
from domain.appointment_state import TAKES_TIME
from domain.dates import BERLIN
from domain.errors import TimeTaken
from domain.meeting import Span, clashes, shortens_rest
from domain.viewer import AccountState
from models.appointment import Appointment
from models.busy import Busy, BusyKind
from models.user import Assistant, Seeker, User
from services.appointment_news import changed
from services.appointment_people import Ground
from services.busy_time import NO_WAY, busy_around, busy_near, give_back, spans_of, take


@dataclass(frozen=True, slots=True)
class Warnings:
    """What people should think of; no refusal, because the law knows exceptions.

    Under the names of an appointment's columns.
    """

    short_rest: bool
    long_day: bool


async def demand_time(
    ground: Ground, assistant_id: UUID, span: Span, *, besides: UUID | None = None
) -> Warnings:
    """Refuse a time at which an assistant is away or elsewhere; lock their times.

    Between appointments of one contract nobody travels. `besides` does not count.

    Raises:
        TimeTaken: absent, elsewhere, on the way from or to elsewhere, or suspended.
    """
    assistant, rows = await busy_near(assistant_id, span, besides)
    if await stopped(assistant_id):  # with the lock that a suspension takes too
        raise TimeTaken(field="startsAt")
    here = await _of_contract(ground, rows)
    travel = timedelta(minutes=ground.policy.travel_minutes)
    without_way = [row for row in rows if row.kind is BusyKind.ABSENCE or row.source in here]
    with_way = [row for row in rows if row not in without_way]
    if clashes(span, spans_of(without_way), NO_WAY) or clashes(span, spans_of(with_way), travel):
        raise TimeTaken(field="startsAt")
    return _warnings(ground, assistant, span, rows)


async def warnings_ahead(ground: Ground, assistant_id: UUID, span: Span) -> Warnings:
    """What to think of before anybody says yes to a time: it is none yet, nothing is refused."""
    assistant = await Assistant.get(id=assistant_id)
    return _warnings(ground, assistant, span, await busy_around(assistant_id, span))


def _warnings(ground: Ground, assistant: Assistant, span: Span, rows: Sequence[Busy]) -> Warnings:
    if not employed(ground.contract.model, assistant.employment):
        return Warnings(short_rest=False, long_day=False)
    work = spans_of([row for row in rows if row.kind is not BusyKind.ABSENCE])
    return Warnings(shortens_rest(span, work, BERLIN), lengthens_day(span, work, BERLIN))


async def stopped(assistant_id: UUID) -> bool:
    """Whether an account is suspended: whoever has it comes to nothing meanwhile."""
    return await User.exists(id=assistant_id, state=AccountState.SUSPENDED)


async def _of_contract(ground: Ground, rows: Sequence[Busy]) -> set[UUID]:
    sources = [row.source for row in rows if row.kind is BusyKind.APPOINTMENT]
    own = Appointment.filter(id__in=sources, contract_id=ground.contract.id)
    return set(await own.values_list("id", flat=True))  # type: ignore[arg-type]  # of one column


async def occupy(row: Appointment) -> None:
    """Take the time of whoever comes.

    Raises:
        TimeTaken: elsewhere then.
    """
    try:
        await take(row.assistant_id, BusyKind.APPOINTMENT, Span(row.starts_at, row.ends_at), row.id)
    except IntegrityError:
        raise TimeTaken(field="startsAt") from None


async def vacate(appointment_id: UUID) -> None:
    """Give the time of an appointment back."""
    await give_back(BusyKind.APPOINTMENT, appointment_id)


async def mark_beside_another(row: Appointment) -> bool:
    """Whether the client has somebody else there at the same time; those are marked as well.

    Two at once can be meant (lifting, handing over), so it is told to both sides and not refused.
    What is fixed of a client at the same moment waits here, or neither would see the other.
    """
    await Seeker.select_for_update(no_key=True).get(id=row.seeker_id)
    found = await _beside(row)
    for each in found:
        if not each.beside_another:
            await changed(each, beside_another=True)
    return bool(found)


async def unmark_beside(row: Appointment) -> None:
    """Take the mark from those that stood beside an appointment which is no longer at its time.

    The row as it was before: what never took time stood beside nobody, and locks nobody here.
    """
    if row.state not in TAKES_TIME:
        return
    for each in await _beside(row):
        if each.beside_another and not await _beside(each).exists():
            await changed(each, beside_another=False)


def _beside(row: Appointment) -> QuerySet[Appointment]:
    """The others of the client that overlap with it, locked in an order that all keep to."""
    others = Appointment.filter(
        ~Q(id=row.id),
        ~Q(assistant_id=row.assistant_id),
        seeker_id=row.seeker_id,
        state__in=sorted(TAKES_TIME),
        starts_at__lt=row.ends_at,
        ends_at__gt=row.starts_at,
    )
    return others.order_by("id").select_for_update(no_key=True)
