"""Dates that people give: with a zone, and within a hundred years of now."""

import calendar
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.errors import DateRefused

BERLIN = ZoneInfo("Europe/Berlin")
FURTHEST = timedelta(days=36_525)


def refusals(given: date | None, now: datetime, *, field: str) -> Iterable[DateRefused]:
    """The refusal of a date that nothing could be reckoned with; none for no date."""
    if given is not None and not _can_be_reckoned_with(given, now):
        yield DateRefused(field=field)


def _can_be_reckoned_with(given: date, now: datetime) -> bool:
    if isinstance(given, datetime):
        return given.tzinfo is not None and abs(given - now) <= FURTHEST
    return abs(given - now.date()) <= FURTHEST


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or that month's last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
