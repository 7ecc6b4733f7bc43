"""What an order is: its two kinds, which input holds, what release needs, who may do what."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.dates import BERLIN, refusals
from domain.errors import (
    DateInPast,
    DomainError,
    FieldForeign,
    NumberMustBe,
    NumberOutOfRange,
)
from domain.quality import refusals as qualities
from domain.states import OPEN_FOR_ANSWERS, ORDER, OrderState
from domain.text import clean
from domain.viewer import Role

DESCRIPTION_LIMIT = 4000


class OrderKind(StrEnum):
    """One date, or dates that repeat."""

    ONE_OFF = "ONE_OFF"
    RECURRING = "RECURRING"


class Interval(StrEnum):
    """What a recurring order's count of appointments is counted in."""

    DAY = "DAY"
    WEEK = "WEEK"
    MONTH = "MONTH"


MIN_MINUTES, MAX_MINUTES = 15, 24 * 60
MAX_DISTANCE_KM = 500
MAX_COUNT = {Interval.DAY: 1, Interval.WEEK: 7, Interval.MONTH: 28}


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """Everything a person says about an order, as it would be after the change."""

    kind: OrderKind
    description: str
    activities: frozenset[str]
    week: bytes
    duration_minutes: int
    needs_driving: bool
    starts_at: datetime | None = None
    start_date: date | None = None
    interval: Interval | None = None
    count: int | None = None
    max_distance_km: int | None = None
    must: frozenset[str] = frozenset()
    wishes: frozenset[str] = frozenset()
    personal_reason: bool = False

    def asked_for(self, municipality_id: UUID) -> str:
        """The fingerprint of times and place: who declined is asked again once it is another."""
        said = (
            municipality_id,
            *(self.kind.value, self.week.hex(), self.duration_minutes, self.starts_at),
            *(self.start_date, self.interval, self.count),
        )
        return hashlib.sha256("|".join(map(str, said)).encode()).hexdigest()

    @property
    def demanded(self) -> tuple[object, ...]:
        """What it asks of people besides times and place: a yes may not hold once it is another."""
        return self.activities, self.must, self.needs_driving, self.max_distance_km


_OF_KIND = {
    OrderKind.ONE_OFF: {"startsAt": "starts_at"},
    OrderKind.RECURRING: {"startDate": "start_date", "interval": "interval", "count": "count"},
}


def foreign_fields(kind: OrderKind) -> dict[str, str]:
    """The fields of the other kind: the client's name to ours."""
    other = OrderKind.RECURRING if kind is OrderKind.ONE_OFF else OrderKind.ONE_OFF
    return _OF_KIND[other]


def problems(draft: OrderDraft, now: datetime) -> list[DomainError]:
    """Every reason not to save the draft; an incomplete draft is none."""
    found: list[DomainError] = []
    for check in (_text, _numbers, _foreign):
        found.extend(check(draft))
    found.extend(
        qualities(
            draft.must | draft.wishes, draft.activities, personal_reason=draft.personal_reason
        )
    )
    found.extend(_start(draft.starts_at, now, "startsAt"))
    found.extend(_start(draft.start_date, now, "startDate"))
    return found


def _start(given: date | None, now: datetime, field: str) -> Iterable[DomainError]:
    refused = list(refusals(given, now, field=field))
    if given is None or refused:
        yield from refused
    elif isinstance(given, datetime):
        if given <= now:
            yield DateInPast(field=field)
    elif given < now.astimezone(BERLIN).date():
        yield DateInPast(field=field)


def _text(draft: OrderDraft) -> Iterable[DomainError]:
    try:
        clean(draft.description, field="description", limit=DESCRIPTION_LIMIT, lines=True)
    except DomainError as refusal:
        yield refusal


def _numbers(draft: OrderDraft) -> Iterable[DomainError]:
    if not MIN_MINUTES <= draft.duration_minutes <= MAX_MINUTES:
        yield NumberOutOfRange(field="durationMinutes", low=MIN_MINUTES, high=MAX_MINUTES)
    if draft.max_distance_km is not None and not 1 <= draft.max_distance_km <= MAX_DISTANCE_KM:
        yield NumberOutOfRange(field="maxDistanceKm", low=1, high=MAX_DISTANCE_KM)
    most = MAX_COUNT[draft.interval] if draft.interval else max(MAX_COUNT.values())
    if draft.count is not None and not 1 <= draft.count <= most:
        out = NumberOutOfRange(field="count", low=1, high=most)
        yield out if most > 1 else NumberMustBe(field="count", number=most)


def _foreign(draft: OrderDraft) -> Iterable[DomainError]:
    for theirs, ours in foreign_fields(draft.kind).items():
        if getattr(draft, ours) is not None:
            yield FieldForeign(field=theirs)


_NEEDED: dict[OrderKind, dict[str, Callable[[OrderDraft], object]]] = {
    OrderKind.ONE_OFF: {"startsAt": lambda draft: draft.starts_at},
    OrderKind.RECURRING: {
        "startDate": lambda draft: draft.start_date,
        "interval": lambda draft: draft.interval,
        "count": lambda draft: draft.count,
    },
}
_NEEDED_ALWAYS: dict[str, Callable[[OrderDraft], object]] = {
    "description": lambda draft: draft.description.strip(),
    "activities": lambda draft: draft.activities,
    "windows": lambda draft: any(draft.week),
}


def missing_for_release(draft: OrderDraft) -> list[str]:
    """The client's names of the fields that a released order needs and this draft lacks."""
    needed = _NEEDED_ALWAYS | _NEEDED[draft.kind]
    return [name for name, value in needed.items() if not value(draft)]


REMINDED_BEFORE = timedelta(days=7)


def expiry(starts_at: datetime | None, now: datetime, days: int) -> datetime:
    """When an order that is released or renewed now stops being open; at its date at the latest."""
    ends = now + timedelta(days=days)
    return ends if starts_at is None else min(ends, starts_at)


def renewable(starts_at: datetime | None, ends: datetime | None) -> bool:
    """Whether there is a later end to be had: nothing is open beyond its own date."""
    return starts_at is None or ends is None or ends < starts_at


def reminder(ends: datetime) -> datetime:
    """When the seeker is reminded of an order's end."""
    return ends - REMINDED_BEFORE


class OrderAction(StrEnum):
    """What the people of an order can do with it."""

    UPDATE_ORDER = "UPDATE_ORDER"
    TAKE_OVER_NEEDS = "TAKE_OVER_NEEDS"
    RELEASE_ORDER = "RELEASE_ORDER"
    AMEND_ORDER = "AMEND_ORDER"
    RENEW_ORDER = "RENEW_ORDER"
    COPY_ORDER = "COPY_ORDER"
    WITHDRAW_ORDER = "WITHDRAW_ORDER"


# What moves no state: the states in which the seeker may do it.
_STATES_OF: dict[OrderAction, frozenset[OrderState]] = {
    OrderAction.UPDATE_ORDER: frozenset({OrderState.DRAFT}),
    OrderAction.TAKE_OVER_NEEDS: frozenset({OrderState.DRAFT}),
    OrderAction.AMEND_ORDER: OPEN_FOR_ANSWERS,
    OrderAction.RENEW_ORDER: OPEN_FOR_ANSWERS,
    OrderAction.COPY_ORDER: frozenset(OrderState),
}


def allows(action: OrderAction, state: OrderState, role: Role) -> bool:
    """Whether the role may do the action in this state."""
    if action in _STATES_OF:
        return state in _STATES_OF[action] and role is Role.SEEKER
    return ORDER.allows(action.value, state, role)


def blocked_reason(
    action: OrderAction,
    state: OrderState,
    role: Role,
    missing: Sequence[str],
    *,
    lasting: bool = False,
) -> str | None:
    """Why the action is not possible now, as a code; None if it is."""
    if not allows(action, state, role):
        return "STATE" if role is Role.SEEKER else "ROLE"
    if action is OrderAction.RENEW_ORDER and lasting:
        return "OPEN_TO_ITS_DATE"
    return "INCOMPLETE" if action is OrderAction.RELEASE_ORDER and missing else None
