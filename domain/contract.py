"""Contracts: who is party to one, what it may say, and who carries which duty."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from domain.activity import CATALOGUE
from domain.dates import BERLIN, months_later, refusals
from domain.errors import (
    ActivitiesMissing,
    ActivityNotAsked,
    ActivityUnknown,
    DateInPast,
    DomainError,
    NumberOutOfRange,
    SpanRefused,
)
from domain.match import AcceptorKind
from domain.order import Interval
from domain.user import Payer


class ContractModel(StrEnum):
    """Who employs: the seeker (Arbeitgeber-Modell), or whoever serves (Dienstleistungs-Modell)."""

    EMPLOYER = "EMPLOYER"
    SERVICE = "SERVICE"


class ContractSide(StrEnum):
    """The two whose yes a contract needs."""

    SEEKER = "SEEKER"
    ACCEPTOR = "ACCEPTOR"


class ContractEnd(StrEnum):
    """Why a contract ends, as far as that is anybody's business."""

    BY_AGREEMENT = "BY_AGREEMENT"
    BY_SEEKER = "BY_SEEKER"
    BY_ACCEPTOR = "BY_ACCEPTOR"
    NO_LONGER_NEEDED = "NO_LONGER_NEEDED"
    RUN_OUT = "RUN_OUT"


class Duty(StrEnum):
    """What somebody has to see to while a contract lasts."""

    WAGES = "WAGES"
    SOCIAL_INSURANCE = "SOCIAL_INSURANCE"
    ACCIDENT_INSURANCE = "ACCIDENT_INSURANCE"
    LIABILITY_INSURANCE = "LIABILITY_INSURANCE"
    ROSTER = "ROSTER"
    SICK_COVER = "SICK_COVER"
    INSTRUCTION = "INSTRUCTION"
    INVOICE = "INVOICE"


# § 29 Abs. 1 Satz 6 SGB IX: whoever chose the budget is bound to it for six months.
BOUND_MONTHS = 6
REMINDED_BEFORE = (30, 7)  # days before the end
_REMINDED_AT = time(9)
MINUTES = {Interval.DAY: 24 * 60, Interval.WEEK: 168 * 60, Interval.MONTH: 744 * 60}
LEAST_MINUTES = 15
HOURLY_CENTS = (1, 50_000)

_SEEKER, _ACCEPTOR = ContractSide.SEEKER, ContractSide.ACCEPTOR
# P2: the model decides who carries what. Whoever employs pays wages, insures and finds cover.
CARRIED_BY: dict[ContractModel, dict[Duty, ContractSide]] = {
    ContractModel.EMPLOYER: {
        Duty.WAGES: _SEEKER,
        Duty.SOCIAL_INSURANCE: _SEEKER,
        Duty.ACCIDENT_INSURANCE: _SEEKER,
        Duty.LIABILITY_INSURANCE: _SEEKER,
        Duty.ROSTER: _SEEKER,
        Duty.SICK_COVER: _SEEKER,
        Duty.INSTRUCTION: _SEEKER,
    },
    ContractModel.SERVICE: {
        Duty.WAGES: _ACCEPTOR,
        Duty.SOCIAL_INSURANCE: _ACCEPTOR,
        Duty.ACCIDENT_INSURANCE: _ACCEPTOR,
        Duty.LIABILITY_INSURANCE: _ACCEPTOR,
        Duty.ROSTER: _ACCEPTOR,
        Duty.SICK_COVER: _ACCEPTOR,
        Duty.INSTRUCTION: _SEEKER,
        Duty.INVOICE: _ACCEPTOR,
    },
}


# What only one side says of itself, and of the last one only the portal.
ENDED_BY: dict[ContractEnd, ContractSide | None] = {
    ContractEnd.BY_SEEKER: _SEEKER,
    ContractEnd.BY_ACCEPTOR: _ACCEPTOR,
    ContractEnd.RUN_OUT: None,
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What a contract says; `minutes` are those of one interval. No payer means unclear."""

    model: ContractModel
    starts_on: date
    ends_on: date | None
    interval: Interval
    minutes: int
    hourly_cents: int
    payer: Payer | None
    activities: frozenset[str]


def problems(
    terms: Terms, offered: frozenset[str], today: date, now: datetime
) -> list[DomainError]:
    """Every reason not to write it down; `offered` are the order's activities."""
    found: list[DomainError] = [
        *refusals(terms.starts_on, now, field="startsOn"),
        *refusals(terms.ends_on, now, field="endsOn"),
    ]
    if not found:
        found.extend(_span(terms, today))
    found.extend(_numbers(terms))
    found.extend(_activities(terms.activities, offered))
    return found


def _activities(chosen: frozenset[str], offered: frozenset[str]) -> Iterable[DomainError]:
    if not chosen:
        yield ActivitiesMissing(field="activities")
    elif not chosen <= CATALOGUE.keys():
        yield ActivityUnknown(field="activities")
    elif not chosen <= offered:
        yield ActivityNotAsked(field="activities")


def _span(terms: Terms, today: date) -> Iterable[DomainError]:
    if terms.starts_on < today:
        yield DateInPast(field="startsOn")
    if terms.ends_on is not None and terms.ends_on < terms.starts_on:
        yield SpanRefused(field="endsOn")


def _numbers(terms: Terms) -> Iterable[DomainError]:
    most = MINUTES[terms.interval]
    if not LEAST_MINUTES <= terms.minutes <= most:
        yield NumberOutOfRange(field="minutes", low=LEAST_MINUTES, high=most)
    low, high = HOURLY_CENTS
    if not low <= terms.hourly_cents <= high:
        yield NumberOutOfRange(field="hourlyCents", low=low, high=high)


def models_of(kind: AcceptorKind) -> frozenset[ContractModel]:
    """The models that a match can lead to: a provider only ever serves."""
    if kind is AcceptorKind.PROVIDER:
        return frozenset({ContractModel.SERVICE})
    return frozenset(ContractModel)


def provider_is_party(model: ContractModel, *, has_provider: bool) -> bool:
    """Whether the acceptor's side is the provider: it serves, unless the seeker employs."""
    return has_provider and model is ContractModel.SERVICE


def bound_until(model: ContractModel, starts_on: date) -> date | None:
    """Until when the seeker is bound to the choice of a budget; None for the service model."""
    return months_later(starts_on, BOUND_MONTHS) if model is ContractModel.EMPLOYER else None


def may_say(side: ContractSide, reason: ContractEnd) -> bool:
    """Whether this side may give the reason of a contract's end."""
    return ENDED_BY.get(reason, side) is side


def last_moment(ends_on: date) -> datetime:
    """The instant at which a contract's last day is over, on the district's clocks."""
    return datetime.combine(ends_on + timedelta(days=1), time(), BERLIN)


def reminders(ends_on: date, now: datetime) -> Iterable[tuple[int, datetime]]:
    """The reminders of an end that still lie ahead: days before it, and when each is due."""
    for days in REMINDED_BEFORE:
        due = datetime.combine(ends_on - timedelta(days=days), _REMINDED_AT, BERLIN)
        if due > now:
            yield days, due
