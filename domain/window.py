"""Weekly time windows as 672 bits, one per quarter of an hour of local wall time.

A week is `bytes` of length 84. The first bit (the highest of the first byte) is Monday 00:00 to
00:15; bits run through Sunday 23:45. A week repeats, so Sunday's midnight is followed by Monday.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.errors import ClockRefused, NumberOutOfRange, WeekdayRefused, WindowRefused

QUARTER_MINUTES = 15
DAY_QUARTERS = 96
WEEK_QUARTERS = 7 * DAY_QUARTERS
WEEK_BYTES = WEEK_QUARTERS // 8
WEEK_MINUTES = WEEK_QUARTERS * QUARTER_MINUTES

EMPTY_WEEK = bytes(WEEK_BYTES)
FULL_WEEK = b"\xff" * WEEK_BYTES

_CLOCK = re.compile(r"([01][0-9]|2[0-4]):(00|15|30|45)")


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """A time on one weekday (ISO, Monday is 1) that repeats every week.

    `start` and `end` read "HH:MM" on the quarter hour; `end` may be "24:00". A start after the end
    means across midnight into the next day, from Sunday into Monday.
    """

    weekday: int
    start: str
    end: str


def week_of(windows: Iterable[Window], *, field: str = "windows") -> bytes:
    """The week that the windows cover together; overlapping ones are merged.

    Raises:
        WeekdayRefused, ClockRefused, WindowRefused: a window is no time of a week; `field` counts
            the windows from zero.
    """
    quarters: set[int] = set()
    for number, window in enumerate(windows):
        quarters.update(_quarters_of(window, f"{field}.{number}"))
    return _packed(quarters)


def windows_of(week: bytes) -> list[Window]:
    """The week's windows in canonical form: merged, split at midnight, sorted."""
    found: list[Window] = []
    for day in range(7):
        found.extend(_windows_of_day(week, day))
    return found


def span_bits(starts_at: datetime, minutes: int, zone: ZoneInfo) -> bytes:
    """The quarter hours that a single span touches, in the zone's wall time, rounded outwards.

    The span is real time: on the Sunday in March an hour from 01:30 ends at 03:30 on the wall, on
    the Sunday in October the hour between two and three is touched once for both of its rounds.

    Raises:
        ValueError: `starts_at` has no offset.
        NumberOutOfRange: less than a minute or more than a week.
    """
    if starts_at.tzinfo is None:
        raise ValueError("starts_at needs an offset")
    if not 1 <= minutes <= WEEK_MINUTES:
        raise NumberOutOfRange(field="durationMinutes", low=1, high=WEEK_MINUTES)
    moment = starts_at.astimezone(UTC)
    end = moment + timedelta(minutes=minutes)
    moment -= timedelta(
        minutes=moment.minute % QUARTER_MINUTES,
        seconds=moment.second,
        microseconds=moment.microsecond,
    )
    quarters: set[int] = set()
    while moment < end:
        quarters.add(_quarter_at(moment.astimezone(zone)))
        moment += timedelta(minutes=QUARTER_MINUTES)
    return _packed(quarters)


def contains(week: bytes, span: bytes) -> bool:
    """Whether every quarter hour of `span` lies in `week`."""
    return not int.from_bytes(span) & ~int.from_bytes(week)


def _quarters_of(window: Window, field: str) -> Iterable[int]:
    start, end = _clock(window.start, field), _clock(window.end, field)
    if not 1 <= window.weekday <= 7:  # noqa: PLR2004  ISO weekdays
        raise WeekdayRefused(field=field)
    if start in (end, DAY_QUARTERS):
        raise WindowRefused(field=field)
    if end < start:
        end += DAY_QUARTERS
    first = (window.weekday - 1) * DAY_QUARTERS
    return (quarter % WEEK_QUARTERS for quarter in range(first + start, first + end))


def _clock(text: str, field: str) -> int:
    parts = _CLOCK.fullmatch(text)
    if parts is None or (parts[1] == "24" and parts[2] != "00"):
        raise ClockRefused(field=field)
    return int(parts[1]) * 4 + int(parts[2]) // QUARTER_MINUTES


def _packed(quarters: Iterable[int]) -> bytes:
    value = 0
    for quarter in quarters:
        value |= 1 << (WEEK_QUARTERS - 1 - quarter)
    return value.to_bytes(WEEK_BYTES)


def _windows_of_day(week: bytes, day: int) -> list[Window]:
    size = DAY_QUARTERS // 8
    bits = f"{int.from_bytes(week[day * size : (day + 1) * size]):0{DAY_QUARTERS}b}"
    return [
        Window(day + 1, _clock_text(run.start()), _clock_text(run.end()))
        for run in re.finditer("1+", bits)
    ]


def _clock_text(quarter: int) -> str:
    hours, quarters = divmod(quarter, 4)
    return f"{hours:02}:{quarters * QUARTER_MINUTES:02}"


def _quarter_at(local: datetime) -> int:
    minute = local.hour * 60 + local.minute
    return local.weekday() * DAY_QUARTERS + minute // QUARTER_MINUTES
