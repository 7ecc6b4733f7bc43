"""Dates as calendar programs read them (RFC 5545): neutral words, because calendars are synced.

An entry keeps its UID for good; what does not hold any more says so with a higher SEQUENCE.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import icalendar

from domain.dates import BERLIN
from notifications.language import Language, text

_PRODUCT = "-//Assistenz-Portal//Termine//DE"
_REFRESH = "PT1H"


@dataclass(frozen=True, slots=True)
class Entry:
    """One date: `summary` is the key of a neutral text, `version` rises with every change."""

    id: UUID
    version: int
    begins_at: datetime
    ends_at: datetime
    changed_at: datetime
    summary: str
    place: str = field(default="", repr=False)
    cancelled: bool = False


def calendar(entries: Iterable[Entry], language: Language, host: str) -> bytes:
    """The calendar of a person, with the rules of its time zone; `host` makes the UIDs unique."""
    made = icalendar.Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("x-wr-calname", text("meetings.calendar.NAME", language))
    made.add("x-published-ttl", _REFRESH)
    for entry in entries:
        made.add_component(_event(entry, language, host))
    made.add_missing_timezones()
    content: bytes = made.to_ical()
    return content


def _event(entry: Entry, language: Language, host: str) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{entry.id}@{host}")
    event.add("sequence", entry.version)
    event.add("dtstamp", entry.changed_at)
    event.add("dtstart", entry.begins_at.astimezone(BERLIN))
    event.add("dtend", entry.ends_at.astimezone(BERLIN))
    event.add("summary", text(entry.summary, language), {"language": language.value})
    event.add("description", text("meetings.calendar.MORE", language))
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    if entry.place and not entry.cancelled:
        event.add("location", entry.place)
    return event
