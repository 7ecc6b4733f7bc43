"""Introductory talks: when one can be held, how it is wished for, and what is missing for one."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.policy import MOST_REMINDERS
from domain.viewer import Role
from domain.window import Window, windows_of

_LAST_WORKDAY = 5
_MIDNIGHT = "24:00"


class TalkWish(StrEnum):
    """What somebody needs so that a talk succeeds."""

    INTERPRETER = "INTERPRETER"
    PLAIN_LANGUAGE = "PLAIN_LANGUAGE"
    SIGN_LANGUAGE = "SIGN_LANGUAGE"


class TalkFailure(StrEnum):
    """Why a booked talk did not come about. Only `NO_SHOW` counts as missed by the person."""

    NO_SHOW = "NO_SHOW"
    TECHNICAL = "TECHNICAL"
    OTHER = "OTHER"


def beginnings(
    days: tuple[date, date], week: bytes, minutes: int, holidays: frozenset[date], zone: ZoneInfo
) -> Iterator[datetime]:
    """When talks can begin on the workdays from the first to the last day, in order.

    The windows of the week are wall time of the zone; within one, talks follow each other in real
    time, so that none is longer or shorter on a day on which the clocks are changed.
    """
    first, last = days
    windows = windows_of(week)
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day.isoweekday() > _LAST_WORKDAY or day in holidays:
            continue
        for window in windows:
            if window.weekday == day.isoweekday():
                yield from _within(day, window, timedelta(minutes=minutes), zone)


def _within(day: date, window: Window, length: timedelta, zone: ZoneInfo) -> Iterator[datetime]:
    begins, end = _instant(day, window.start, zone), _instant(day, window.end, zone)
    while begins + length <= end:
        yield begins
        begins += length


def _instant(day: date, clock: str, zone: ZoneInfo) -> datetime:
    if clock == _MIDNIGHT:
        return _instant(day + timedelta(days=1), "00:00", zone)
    return datetime.combine(day, time.fromisoformat(clock), zone).astimezone(UTC)


def last_moment(starts_at: datetime, notice_minutes: int) -> datetime:
    """Until when a talk can be booked, moved and cancelled."""
    return starts_at - timedelta(minutes=notice_minutes)


def reminders(
    starts_at: datetime, hours: tuple[int, ...], now: datetime
) -> Iterator[tuple[int, datetime]]:
    """The lead times of the reminders that still lie ahead, in hours, and when each is due."""
    for lead in sorted(set(hours)):
        due = starts_at - timedelta(hours=lead)
        if due > now:
            yield lead, due


def needs_talk(role: Role) -> bool:
    """Whether customer service gets to know people in this role first."""
    return role in {Role.SEEKER, Role.ASSISTANT}


def next_talk(*, booked: bool, missed: bool, to_call: bool) -> str:
    """The code of what comes next with somebody who has not held the talk yet."""
    if booked:
        return "TALK_BOOKED"
    if to_call:
        return "TALK_CALL"
    return "TALK_MISSED" if missed else "TALK_OPEN"


def reminder_version(version: int, number: int) -> int:
    """The version of a message that is one of several reminders of one version of a date."""
    return version * MOST_REMINDERS + number


def reminded_version(message_version: int) -> int:
    """The version of the date that a reminder is about."""
    return message_version // MOST_REMINDERS
