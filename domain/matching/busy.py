"""Busy spans (absences, meetings, appointments) laid onto the calendar's weeks.

A calendar week is its number: whole weeks since Monday 1970-01-05, in local wall time.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.window import QUARTER_MINUTES, WEEK_BYTES, WEEK_QUARTERS

_FIRST_MONDAY = date(1970, 1, 5)
_BEGIN = datetime.combine(_FIRST_MONDAY, time())
_QUARTER = timedelta(minutes=QUARTER_MINUTES)
_DAYS = 7
# A recurring order is not turned away by one week of absence, but by what comes again: a quarter
# hour is taken if it is busy in two of the four weeks from the order's first day on.
WEEKS_LOOKED_AT = 4


@dataclass(frozen=True, slots=True)
class BusySpan:
    """From `begin` until `end` (aware instants) somebody has no time."""

    begin: datetime
    end: datetime


def week_number(day: date) -> int:
    """The calendar week that a day lies in."""
    return (day - _FIRST_MONDAY).days // _DAYS


def calendar_weeks(spans: Iterable[BusySpan], zone: ZoneInfo) -> dict[int, bytes]:
    """The quarter hours that the spans touch on the wall clock, week by week, rounded outwards.

    A span over the hour that the clock repeats in October takes up to an hour more on both ends.
    """
    found: dict[int, int] = defaultdict(int)
    for span in spans:
        begin, end = _quarters(span, zone)
        for week in range(begin // WEEK_QUARTERS, -(-end // WEEK_QUARTERS)):
            first = max(begin - week * WEEK_QUARTERS, 0)
            last = min(end - week * WEEK_QUARTERS, WEEK_QUARTERS)
            found[week] |= ((1 << (last - first)) - 1) << (WEEK_QUARTERS - last)
    return {week: bits.to_bytes(WEEK_BYTES) for week, bits in found.items()}


def span_weeks(starts_at: datetime, minutes: int, zone: ZoneInfo) -> dict[int, bytes]:
    """The quarter hours of one appointment in the calendar."""
    end = starts_at.astimezone(UTC) + timedelta(minutes=minutes)
    return calendar_weeks([BusySpan(starts_at, end)], zone)


def _quarters(span: BusySpan, zone: ZoneInfo) -> tuple[int, int]:
    """The first quarter hour since the first Monday, and the first that is free again."""
    begin, end = span.begin.astimezone(zone), span.end.astimezone(zone)
    repeated = max(_offset(begin) - _offset(end), timedelta())
    return (_wall(begin) - repeated) // _QUARTER, -(-(_wall(end) + repeated) // _QUARTER)


def _wall(local: datetime) -> timedelta:
    return local.replace(tzinfo=None) - _BEGIN


def _offset(local: datetime) -> timedelta:
    return local.utcoffset() or timedelta()
