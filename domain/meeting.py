"""Meetings: who has to be there, who proposes and who chooses, and when one can be held."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.dates import BERLIN, refusals
from domain.errors import (
    DateInPast,
    DateTooFar,
    DomainError,
    MeetingHourRefused,
    NumberOutOfRange,
)
from domain.match import AcceptorKind
from domain.states import (
    AGREED_MATCH,
    COMMISSIONED_MATCH,
    MatchState,
    MeetingState,
    OrderState,
)
from domain.viewer import Role

MOST_DATES = 5
MINUTES = (15, 240)
PLACE_LIMIT = 300
EARLIEST, LATEST = time(6), time(22)
REST = timedelta(hours=11)


class MeetingKind(StrEnum):
    """What people meet for."""

    INTRODUCTION = "INTRODUCTION"
    VIDEO = "VIDEO"


class MeetingSide(StrEnum):
    """As what somebody comes to a meeting."""

    SEEKER = "SEEKER"
    ASSISTANT = "ASSISTANT"
    COORDINATOR = "COORDINATOR"


class MeetingParty(StrEnum):
    """One of the two who deal with each other: whoever proposes does not choose."""

    SEEKER = "SEEKER"
    ACCEPTOR = "ACCEPTOR"


class MeetingOutcome(StrEnum):
    """What became of a confirmed meeting."""

    HELD = "HELD"
    MISSED = "MISSED"


class MeetingReason(StrEnum):
    """Why a meeting was cancelled; nobody has to say more.

    `MATCH_ENDED` and `NOBODY_COMES` are the portal's.
    """

    NO_TIME = "NO_TIME"
    NOT_NEEDED = "NOT_NEEDED"
    OTHER = "OTHER"
    MATCH_ENDED = "MATCH_ENDED"
    NOBODY_COMES = "NOBODY_COMES"


class MeetingAction(StrEnum):
    """What can be done with a meeting, in the order of the buttons."""

    CHOOSE_MEETING = "CHOOSE_MEETING"
    CONFIRM_MEETING = "CONFIRM_MEETING"
    MOVE_MEETING = "MOVE_MEETING"
    CANCEL_MEETING = "CANCEL_MEETING"
    RECORD_MEETING = "RECORD_MEETING"


class MeetingNote(StrEnum):
    """No steps: what the history says of dates that come and go while a meeting is proposed."""

    PROPOSE_MEETINGS = "PROPOSE_MEETINGS"
    COUNTER_MEETING = "COUNTER_MEETING"
    CHOOSE_MEETING = "CHOOSE_MEETING"


@dataclass(frozen=True, slots=True)
class Span:
    """From one instant to another."""

    begins: datetime
    ends: datetime


SIDE_OF_ROLE = {
    Role.SEEKER: MeetingSide.SEEKER,
    Role.ASSISTANT: MeetingSide.ASSISTANT,
    Role.COORDINATOR: MeetingSide.COORDINATOR,
}
_SPOKEN_OF = {MeetingKind.INTRODUCTION: COMMISSIONED_MATCH, MeetingKind.VIDEO: AGREED_MATCH}
_BEFORE_IT = frozenset({OrderState.REQUESTED, OrderState.AWARDED, OrderState.MEETING_SET})


def party(side: MeetingSide) -> MeetingParty:
    """For whom somebody deals: an assistant and a coordinator for the same party."""
    return MeetingParty.SEEKER if side is MeetingSide.SEEKER else MeetingParty.ACCEPTOR


def required(
    kind: MeetingKind,
    acceptor: AcceptorKind,
    *,
    attached: bool,
    nominated: bool,
    with_coordinator: bool,
) -> frozenset[MeetingSide]:
    """Who has to be there.

    `attached` is an assistant whom a provider employs, `nominated` that a provider has said whom
    it sends, `with_coordinator` what the district has decided about introductory meetings.
    """
    in_person = acceptor is AcceptorKind.ASSISTANT
    sides = {MeetingSide.SEEKER}
    if kind is MeetingKind.VIDEO:
        return frozenset(sides | {MeetingSide.ASSISTANT if in_person else MeetingSide.COORDINATOR})
    if in_person or nominated:
        sides.add(MeetingSide.ASSISTANT)
    employed = attached if in_person else True
    if (with_coordinator and employed) or MeetingSide.ASSISTANT not in sides:
        sides.add(MeetingSide.COORDINATOR)
    return frozenset(sides)


def can_be_arranged(kind: MeetingKind, match: MatchState, order: OrderState) -> bool:
    """Whether two who have come so far may arrange a meeting of this kind.

    An acceptance on hold waits: its meetings stay, new ones come when it is its turn.
    """
    if match is MatchState.ON_HOLD or match not in _SPOKEN_OF[kind]:
        return False
    return kind is MeetingKind.VIDEO or order in _BEFORE_IT


def may_open(kind: MeetingKind, acceptor: AcceptorKind, side: MeetingSide) -> bool:
    """Whether this side may propose the first dates: a provider does so itself when asked."""
    if kind is MeetingKind.INTRODUCTION and acceptor is AcceptorKind.PROVIDER:
        return side is MeetingSide.COORDINATOR
    return True


def first_dates_wait_for(
    role: Role, acceptor: AcceptorKind, match: MatchState, order: OrderState
) -> bool:
    """Whether it is for this role to propose the first dates of an introductory meeting.

    A provider's coordinator joins in where an assistant has said yes, and does not begin.
    """
    side, kind = SIDE_OF_ROLE.get(role), MeetingKind.INTRODUCTION
    if side is None or not can_be_arranged(kind, match, order):
        return False
    in_person = acceptor is AcceptorKind.ASSISTANT
    return may_open(kind, acceptor, side) and not (in_person and side is MeetingSide.COORDINATOR)


def date_problems(
    starts: Sequence[datetime], minutes: int, now: datetime, horizon_days: int
) -> Iterator[DomainError]:
    """What is wrong with proposed dates, date by date."""
    low, high = MINUTES
    if not low <= minutes <= high:
        yield NumberOutOfRange(field="minutes", low=low, high=high)
        return
    if not 1 <= len(starts) <= MOST_DATES:
        yield NumberOutOfRange(field="dates", low=1, high=MOST_DATES)
        return
    for number, start in enumerate(starts):
        yield from _one_date(start, minutes, now, horizon_days, f"dates.{number}")


def _one_date(
    start: datetime, minutes: int, now: datetime, horizon_days: int, field: str
) -> Iterator[DomainError]:
    strange = list(refusals(start, now, field=field))
    if strange:
        yield from strange
    elif start <= now:
        yield DateInPast(field=field)
    elif start > now + timedelta(days=horizon_days):
        yield DateTooFar(field=field, days=horizon_days)
    elif not _at_a_fair_hour(start, minutes, BERLIN):
        yield MeetingHourRefused(field=field, low=f"{EARLIEST:%H:%M}", high=f"{LATEST:%H:%M}")


def _at_a_fair_hour(start: datetime, minutes: int, zone: ZoneInfo) -> bool:
    first = start.astimezone(zone)
    last = (start + timedelta(minutes=minutes)).astimezone(zone)
    return first.date() == last.date() and first.time() >= EARLIEST and last.time() <= LATEST


def clashes(wanted: Span, taken: Iterable[Span], travel: timedelta) -> bool:
    """Whether there is no time for it, with the way from and to what is there already."""
    return any(
        each.begins < wanted.ends + travel and each.ends > wanted.begins - travel for each in taken
    )


def shortens_rest(wanted: Span, work: Iterable[Span], zone: ZoneInfo) -> bool:
    """Whether fewer than eleven hours lie between it and the work of another day.

    § 5 Abs. 1 ArbZG. A warning, no refusal: who the employer is and which exception holds
    (§ 18 Abs. 1 Nr. 3 ArbZG) is not known here.
    """
    return any(_too_near(wanted, each, zone) for each in work)


def _too_near(one: Span, other: Span, zone: ZoneInfo) -> bool:
    first, second = sorted((one, other), key=lambda span: span.begins)
    another_day = first.ends.astimezone(zone).date() < second.begins.astimezone(zone).date()
    return another_day and second.begins - first.ends < REST


def next_step(  # noqa: PLR0913  as much as a button depends on
    state: MeetingState,
    *,
    chosen: bool,
    proposed_by: MeetingParty,
    side: MeetingSide | None,
    waits_for: frozenset[MeetingSide],
    begun: bool,
) -> str:
    """The code of what comes next, as `side` sees it; None is somebody who only looks on."""
    if state is MeetingState.CONFIRMED and begun:
        return "OTHERS_RECORD" if side is None else "RECORD"
    if state is not MeetingState.PROPOSED:
        return state.value
    if not chosen:
        theirs = side not in waits_for or party(side) is proposed_by
        return "OTHERS_CHOOSE" if theirs else "CHOOSE"
    return "CONFIRM" if side in waits_for else "OTHERS_CONFIRM"


def blocked_reason(  # noqa: PLR0913  all that a button depends on
    action: MeetingAction,
    state: MeetingState,
    *,
    chosen: bool,
    proposed_by: MeetingParty,
    side: MeetingSide,
    waits_for: frozenset[MeetingSide],
    begun: bool,
) -> str | None:
    """The code of what is in the way of an action, None if nothing is."""
    choosing, confirming = MeetingAction.CHOOSE_MEETING, MeetingAction.CONFIRM_MEETING
    obstacles = (
        ("STATE", state not in _LEGAL[action]),
        ("DATE_CHOSEN", action is choosing and chosen),
        ("OTHERS_CHOOSE", action is choosing and party(side) is proposed_by),
        ("DATE_NOT_CHOSEN", action is confirming and not chosen),
        ("CONFIRMED_ALREADY", action is confirming and side not in waits_for),
        ("MEETING_NOT_BEGUN", action is MeetingAction.RECORD_MEETING and not begun),
    )
    return next((code for code, blocks in obstacles if blocks), None)


_OPEN = frozenset({MeetingState.PROPOSED, MeetingState.CONFIRMED})
_LEGAL = {
    MeetingAction.CHOOSE_MEETING: frozenset({MeetingState.PROPOSED}),
    MeetingAction.CONFIRM_MEETING: frozenset({MeetingState.PROPOSED}),
    MeetingAction.MOVE_MEETING: _OPEN,
    MeetingAction.CANCEL_MEETING: _OPEN,
    MeetingAction.RECORD_MEETING: frozenset({MeetingState.CONFIRMED}),
}
