"""Dates that people give: with a zone, and within a hundred years of now."""

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
