"""Plans of appointments: a rule in local time, and the occurrences that it gives.

A day that a month does not have is that month's last one. A time that the clocks skip in March is
the same time by the old clocks, an hour later on the wall; of a time that comes twice in October
the first one is meant. An appointment lasts in real time.
"""

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

from domain.dates import refusals
from domain.errors import (
    AppointmentOutsideContract,
    DateInPast,
    DomainError,
    NumberOutOfRange,
    PlanClockRefused,
    PlanDayRefused,
    PlanEmpty,
    PlanRefused,
    SpanRefused,
)
from domain.order import Interval

HORIZON = timedelta(weeks=8)
MOST_SLOTS = 31
MOST_SKIPPED = 100
MINUTES = (15, 24 * 60)
_DAYS = {Interval.WEEK: range(1, 8), Interval.MONTH: range(1, 32)}
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")


class Holidays(StrEnum):
    """What becomes of occurrences on public holidays of the Land."""

    SKIP = "SKIP"
    KEEP = "KEEP"


class PlanEnd(StrEnum):
    """Why a plan holds no longer."""

    NOT_WANTED = "NOT_WANTED"
    REPLACED = "REPLACED"
    CONTRACT_ENDED = "CONTRACT_ENDED"


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A local time "HH:MM"; of a week on an ISO weekday, of a month on a day, else every day."""

    day: int | None
    clock: str


@dataclass(frozen=True, slots=True)
class Rule:
    """So many slots per interval, from the first to the last day, with single exceptions."""

    interval: Interval
    slots: tuple[Slot, ...]
    minutes: int
    first_on: date
    last_on: date | None = None
    holidays: Holidays = Holidays.SKIP
    skipped: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date of a rule: `name` is its place in the plan, the local time as it was meant."""

    name: str
    begins: datetime
    ends: datetime


def problems(rule: Rule, now: datetime, today: date, last: date | None) -> list[DomainError]:
    """Every reason why nobody could plan like this for a contract that ends on a `last` day."""
    found: list[DomainError] = [
        *refusals(rule.first_on, now, field="firstOn"),
        *refusals(rule.last_on, now, field="lastOn"),
    ]
    if found:
        return found
    if rule.first_on < today:
        found.append(DateInPast(field="firstOn"))
    if rule.last_on is not None and rule.last_on < rule.first_on:
        found.append(SpanRefused(field="lastOn"))
    if last is not None:
        found.extend(_behind(rule, last))
    low, high = MINUTES
    if not low <= rule.minutes <= high:
        found.append(NumberOutOfRange(field="minutes", low=low, high=high))
    if len(rule.skipped) > MOST_SKIPPED:
        found.append(NumberOutOfRange(field="skipped", low=0, high=MOST_SKIPPED))
    found.extend(_of_slots(rule))
    return found


def _behind(rule: Rule, last: date) -> Iterator[DomainError]:
    days = {"firstOn": rule.first_on, "lastOn": rule.last_on}
    for field, day in days.items():
        if day is not None and day > last:
            yield AppointmentOutsideContract(field=field)


def _of_slots(rule: Rule) -> Iterator[DomainError]:
    if not rule.slots:
        yield PlanEmpty(field="slots")
        return
    if not 1 <= len(rule.slots) <= MOST_SLOTS:
        yield NumberOutOfRange(field="slots", low=1, high=MOST_SLOTS)
        return
    days = _DAYS.get(rule.interval)
    if not all(slot.day is None if days is None else slot.day in days for slot in rule.slots):
        yield PlanDayRefused(field="slots")
    elif not all(_CLOCK.fullmatch(slot.clock) for slot in rule.slots):
        yield PlanClockRefused(field="slots")
    elif len(set(rule.slots)) < len(rule.slots) or _overlap(rule):
        yield PlanRefused(field="slots")


def _overlap(rule: Rule) -> bool:
    """Whether two dates of a week would meet; tried on a month without holidays."""
    if not MINUTES[0] <= rule.minutes <= MINUTES[1]:
        return False
    start = date(2024, 1, 1)  # a Monday, and a month of 31 days
    sample = replace(rule, first_on=start, last_on=None, skipped=frozenset())
    found = list(occurrences(sample, (start, start + timedelta(days=40)), frozenset(), UTC_ZONE))
    return any(later.begins < earlier.ends for earlier, later in pairwise(found))


UTC_ZONE = ZoneInfo("UTC")


def occurrences(
    rule: Rule, days: tuple[date, date], holidays: Iterable[date], zone: ZoneInfo
) -> Iterator[Occurrence]:
    """The occurrences from the first to the last of the days, in order."""
    left_out = set(rule.skipped)
    if rule.holidays is Holidays.SKIP:
        left_out |= set(holidays)
    first, last = max(days[0], rule.first_on), days[1]
    if rule.last_on is not None:
        last = min(last, rule.last_on)
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day in left_out:
            continue
        for clock in sorted({slot.clock for slot in rule.slots if _falls_on(slot, day, rule)}):
            begins = datetime.combine(day, time.fromisoformat(clock), zone).astimezone(UTC)
            ends = begins + timedelta(minutes=rule.minutes)
            yield Occurrence(f"{day.isoformat()}T{clock}", begins, ends)


def _falls_on(slot: Slot, day: date, rule: Rule) -> bool:
    if rule.interval is Interval.DAY or slot.day is None:
        return True
    if rule.interval is Interval.WEEK:
        return slot.day == day.isoweekday()
    return min(slot.day, calendar.monthrange(day.year, day.month)[1]) == day.day


def horizon(today: date) -> date:
    """The last day for which occurrences should be there."""
    return today + HORIZON


def written(slots: Iterable[Slot]) -> str:
    """Slots as words with blanks between: "1@09:00", or "@09:00" for every day."""
    return " ".join(f"{slot.day or ''}@{slot.clock}" for slot in sorted(slots, key=str))


def slots_of(text: str) -> tuple[Slot, ...]:
    """The slots that were written like that."""
    pairs = (word.split("@") for word in text.split())
    return tuple(Slot(int(day) if day else None, clock) for day, clock in pairs)


def dates_of(text: str) -> frozenset[date]:
    """Days that were written as words with blanks between."""
    return frozenset(date.fromisoformat(word) for word in text.split())
