"""Appointments: when one can be, who decides what about it, and what the working hours say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.appointment_state import AppointmentState
from domain.contract import ContractModel, ContractSide
from domain.dates import BERLIN, refusals
from domain.errors import (
    AppointmentOutsideContract,
    AppointmentTooLong,
    AppointmentTooShort,
    DateInFuture,
    DateInPast,
    DateTooFar,
    DomainError,
    HoursElsewhere,
    SpanRefused,
)
from domain.meeting import Span
from domain.user import Employment
from domain.viewer import Role, Viewer

SHORTEST, LONGEST = timedelta(minutes=15), timedelta(hours=24)
FURTHEST_DAYS = 365
LONG_DAY = timedelta(hours=10)
WORKED_NEAR = timedelta(hours=6)  # before the appointment, or behind it


class CancelReason(StrEnum):
    """Why an appointment does not take place.

    Of the last three only the portal makes use: nobody else says them.
    """

    CLIENT_ILL = "CLIENT_ILL"
    ASSISTANT_ILL = "ASSISTANT_ILL"
    NOT_NEEDED = "NOT_NEEDED"
    NO_TIME = "NO_TIME"
    HOLIDAY = "HOLIDAY"
    OTHER = "OTHER"
    CONTRACT_ENDED = "CONTRACT_ENDED"
    ANOTHER_COMES = "ANOTHER_COMES"
    PLAN_REPLACED = "PLAN_REPLACED"


BY_PORTAL = frozenset(
    {CancelReason.CONTRACT_ENDED, CancelReason.ANOTHER_COMES, CancelReason.PLAN_REPLACED}
)


class Part(StrEnum):
    """What somebody has to do with an appointment.

    Whoever comes for a provider, or stands in for somebody, is not a party of the contract.
    """

    SEEKER = "SEEKER"
    ACCEPTOR = "ACCEPTOR"
    COMER = "COMER"


class AppointmentAction(StrEnum):
    """What can be done with an appointment, in the order of the buttons."""

    AGREE_APPOINTMENT = "AGREE_APPOINTMENT"
    MOVE_APPOINTMENT = "MOVE_APPOINTMENT"
    RECORD_APPOINTMENT = "RECORD_APPOINTMENT"
    CONFIRM_APPOINTMENT = "CONFIRM_APPOINTMENT"
    CANCEL_APPOINTMENT = "CANCEL_APPOINTMENT"


@dataclass(frozen=True, slots=True)
class People:
    """Whose appointment it is: `provider_id` where the provider is the party."""

    seeker_id: UUID
    assistant_id: UUID | None
    provider_id: UUID | None
    stands_in: bool = False


def part_of(viewer: Viewer, people: People) -> Part | None:
    """What the viewer has to do with it; None for nothing, and for staff."""
    if viewer.role is Role.SEEKER:
        return Part.SEEKER if viewer.id == people.seeker_id else None
    if people.provider_id is not None and viewer.speaks_for == people.provider_id:
        return Part.ACCEPTOR
    if viewer.role is not Role.ASSISTANT or viewer.id != people.assistant_id:
        return None
    comes_only = people.stands_in or people.provider_id is not None
    return Part.COMER if comes_only else Part.ACCEPTOR


@dataclass(frozen=True, slots=True)
class Standing:
    """All that decides about a button."""

    state: AppointmentState
    stands_in: bool
    acceptor_agreed: bool
    begun: bool
    gap: bool = False


def blocked_reason(action: AppointmentAction, part: Part, now: Standing) -> str | None:
    """The code of what is in the way of an action, None if nothing is."""
    rules = {
        AppointmentAction.AGREE_APPOINTMENT: _agreeing,
        AppointmentAction.MOVE_APPOINTMENT: _moving,
        AppointmentAction.RECORD_APPOINTMENT: _recording,
        AppointmentAction.CONFIRM_APPOINTMENT: _confirming,
        AppointmentAction.CANCEL_APPOINTMENT: _cancelling,
    }
    return rules[action](part, now)


def actions_of(part: Part, *, stands_in: bool) -> tuple[AppointmentAction, ...]:
    """The buttons that somebody in this part ever has."""
    agreeing, moving, recording, confirming, cancelling = AppointmentAction
    if part is Part.SEEKER:
        return (agreeing, moving, confirming, cancelling)
    if part is Part.ACCEPTOR:
        return (agreeing, moving, recording, cancelling)
    return (agreeing, recording, cancelling) if stands_in else (recording, cancelling)


def _agreeing(part: Part, now: Standing) -> str | None:
    """The client to what is proposed; the other side, or who stands in, to the rest."""
    if part is Part.SEEKER:
        if now.state is not AppointmentState.PROPOSED:
            return "STATE"
        return None if now.acceptor_agreed else "STAND_IN_SILENT"
    if part is (Part.ACCEPTOR if now.stands_in else Part.COMER):
        return "NOT_YOURS"
    waits = now.state is AppointmentState.CLIENT_AGREED or (
        now.state is AppointmentState.PROPOSED and not now.acceptor_agreed
    )
    return None if waits else "STATE"


def _moving(part: Part, now: Standing) -> str | None:
    if part is Part.COMER:
        return "NOT_YOURS"
    if now.stands_in:
        return "STANDS_IN"
    movable = {AppointmentState.PROPOSED, AppointmentState.CLIENT_AGREED, AppointmentState.FIXED}
    if now.state not in movable:
        return "STATE"
    return "BEGUN" if now.begun and now.state is AppointmentState.FIXED else None


def _recording(part: Part, now: Standing) -> str | None:
    """Also once more, until the client has confirmed it."""
    if part is Part.SEEKER:
        return "NOT_YOURS"
    if now.state not in {AppointmentState.FIXED, AppointmentState.WORKED}:
        return "STATE"
    return None if now.begun else "APPOINTMENT_NOT_BEGUN"


def _confirming(part: Part, now: Standing) -> str | None:
    if part is not Part.SEEKER:
        return "NOT_YOURS"
    return None if now.state is AppointmentState.WORKED else "STATE"


def _cancelling(part: Part, now: Standing) -> str | None:
    """Recorded hours are taken back by who recorded them, and only until they are confirmed."""
    if now.state is AppointmentState.WORKED:
        return "RECORDED" if part is Part.SEEKER else None
    open_ones = {AppointmentState.PROPOSED, AppointmentState.CLIENT_AGREED, AppointmentState.FIXED}
    return None if now.state in open_ones else "STATE"


def problems(wanted: Span, contract: tuple[date, date | None], now: datetime) -> list[DomainError]:
    """Every reason why there cannot be an appointment then."""
    found: list[DomainError] = [
        *refusals(wanted.begins, now, field="startsAt"),
        *refusals(wanted.ends, now, field="endsAt"),
    ]
    return found or list(_of_span(wanted, contract, now))


def _of_span(
    wanted: Span, contract: tuple[date, date | None], now: datetime
) -> Iterator[DomainError]:
    yield from _of_length(wanted.ends - wanted.begins, SHORTEST, "endsAt")
    if wanted.begins <= now:
        yield DateInPast(field="startsAt")
    elif wanted.begins > now + timedelta(days=FURTHEST_DAYS):
        yield DateTooFar(field="startsAt", days=FURTHEST_DAYS)
    if not within(wanted.begins, contract):
        yield AppointmentOutsideContract(field="startsAt")


def _of_length(lasts: timedelta, shortest: timedelta, field: str) -> Iterator[DomainError]:
    if lasts <= timedelta():
        yield SpanRefused(field=field)
    elif lasts < shortest:
        yield AppointmentTooShort(field=field, minutes=int(shortest / timedelta(minutes=1)))
    elif lasts > LONGEST:
        yield AppointmentTooLong(field=field, hours=int(LONGEST / timedelta(hours=1)))


def within(begins: datetime, contract: tuple[date, date | None]) -> bool:
    """Whether it begins between a contract's first and last day, on the district's clocks."""
    first, last = contract
    day = begins.astimezone(BERLIN).date()
    return first <= day and (last is None or day <= last)


def record_problems(
    worked: Span, planned: Span, contract: tuple[date, date | None], now: datetime
) -> list[DomainError]:
    """Every reason why this cannot be what was worked at the time that was planned."""
    found: list[DomainError] = [
        *refusals(worked.begins, now, field="startedAt"),
        *refusals(worked.ends, now, field="endedAt"),
    ]
    if found:
        return found
    if worked.ends > now:
        found.append(DateInFuture(field="endedAt"))
    length = list(_of_length(worked.ends - worked.begins, timedelta(minutes=1), "endedAt"))
    found.extend(length)
    if length:
        return found
    if worked.ends < planned.begins - WORKED_NEAR or worked.begins > planned.ends + WORKED_NEAR:
        hours = int(WORKED_NEAR / timedelta(hours=1))
        found.append(HoursElsewhere(field="startedAt", hours=hours))
    if not within(worked.begins, contract):
        found.append(AppointmentOutsideContract(field="startedAt"))
    return found


def minutes_of(worked: Span) -> int:
    """Whole minutes of real time, rounded down: nobody pays for what was not worked."""
    return int((worked.ends - worked.begins).total_seconds()) // 60


def employed(model: ContractModel, employment: Employment) -> bool:
    """Whether the law on working hours protects whoever comes: not the self-employed."""
    return model is ContractModel.EMPLOYER or employment is Employment.EMPLOYED


def lengthens_day(wanted: Span, work: Iterable[Span], zone: ZoneInfo) -> bool:
    """Whether somebody works more than ten hours on one of its days (§ 3 ArbZG): a warning."""
    spans = [*work, wanted]
    first, last = (each.astimezone(zone).date() for each in (wanted.begins, wanted.ends))
    days = {first, last}
    return any(
        sum((_on(day, each, zone) for each in spans), timedelta()) > LONG_DAY for day in days
    )


def _on(day: date, span: Span, zone: ZoneInfo) -> timedelta:
    """How much of a span lies on a day, in real time."""
    begin = datetime.combine(day, datetime.min.time(), zone)
    end = datetime.combine(day + timedelta(days=1), datetime.min.time(), zone)
    first = max(begin.timestamp(), span.begins.timestamp())
    last = min(end.timestamp(), span.ends.timestamp())
    return timedelta(seconds=max(last - first, 0))


def next_step(part: Part | None, now: Standing, *, fills: bool = False) -> str:
    """The code of what comes next, as somebody in this part sees it; None only looks on.

    `fills`: a gap is the reader's to fill.
    """
    if now.gap and not now.begun:
        return "FILL_GAP" if fills else "GAP"
    mine = part is Part.SEEKER
    match now.state:
        case AppointmentState.PROPOSED:
            return _proposed_step(part, now)
        case AppointmentState.CLIENT_AGREED:
            return "AGREE" if _agreeing(part or Part.SEEKER, now) is None else "OTHERS_AGREE"
        case AppointmentState.FIXED if now.begun:
            return "OTHERS_RECORD" if mine or part is None else "RECORD"
        case AppointmentState.WORKED:
            return "CONFIRM" if mine else "CLIENT_CONFIRMS"
        case _:
            return now.state.value


def _proposed_step(part: Part | None, now: Standing) -> str:
    if not now.acceptor_agreed:
        return "ANSWER" if part is Part.COMER else "STAND_IN_ASKED"
    mine = "AGREE_PERSON" if now.stands_in else "AGREE"
    return mine if part is Part.SEEKER else "CLIENT_AGREES"


def side_of(part: Part) -> ContractSide:
    """The side that somebody in this part belongs to."""
    return ContractSide.SEEKER if part is Part.SEEKER else ContractSide.ACCEPTOR
