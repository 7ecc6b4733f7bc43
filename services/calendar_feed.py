"""Calendar feeds: a secret address per person, and the dates that it shows.

The address ends in the row's id and a signature over it, so nothing secret is stored. What is
shown is what the person comes to; a source per noun, and more can be added to `_SOURCES`.
"""

import base64
import re
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.appointment_state import TAKES_TIME
from domain.errors import NotFound
from domain.keys import Keys
from domain.permissions import demand_role
from domain.states import MeetingState
from domain.viewer import PARTIES, AccountState, Viewer
from models.calendar_feed import CalendarFeed
from models.database import fetch
from models.user import User
from notifications.calendar import Entry
from services import clock
from services.use_case import use_case

_TOKEN = re.compile(r"[A-Za-z0-9_-]{64}")
_ID_BYTES = 16
_PAST = timedelta(days=365)
_MOST = 1_000
# Only what was confirmed once: proposals are no dates yet.
_MEETINGS = """
SELECT g.id, g.version, g.kind, g.state, g.place, g.known_at AS begins_at,
  g.known_at + make_interval(mins => g.minutes) AS ends_at, coalesce(
    (SELECT max(at) FROM transitions WHERE machine = 'MEETING' AND aggregate = g.id), g.created_at
  ) AS changed_at
FROM meetings g
WHERE g.known_at > $2 AND g.id IN (SELECT meeting_id FROM meeting_people WHERE user_id = $1)
ORDER BY g.known_at DESC, g.id LIMIT $3
"""
_APPOINTMENTS = """
SELECT a.id, a.version, a.state, a.known_at AS begins_at,
  a.known_at + (a.ends_at - a.starts_at) AS ends_at, coalesce(
    (SELECT max(at) FROM transitions WHERE machine = 'APPOINTMENT' AND aggregate = a.id),
    a.created_at
  ) AS changed_at
FROM appointments a
WHERE a.known_at > $2 AND (a.seeker_id = $1 OR a.assistant_id = $1)
ORDER BY a.known_at DESC, a.id LIMIT $3
"""
_HOLDS = (MeetingState.CONFIRMED, MeetingState.HELD)


@use_case
async def create_calendar_feed(viewer: Viewer) -> CalendarFeed:
    """The viewer's feed; a new one unless there is one that was not revoked."""
    person = demand_role(viewer, *PARTIES)
    await User.select_for_update(no_key=True).get(id=person)
    known = await CalendarFeed.get_or_none(user_id=person, revoked_at=None)
    return known or await CalendarFeed.create(user_id=person, created_at=clock.now())


@use_case
async def revoke_calendar_feed(viewer: Viewer) -> None:
    """Let the viewer's address open nothing any more; without one nothing is changed."""
    person = demand_role(viewer, *PARTIES, released=False)
    open_ones = CalendarFeed.filter(user_id=person, revoked_at=None)
    await open_ones.update(revoked_at=clock.now())


def token_of(feed: CalendarFeed, keys: Keys) -> str:
    """The secret of a feed's address: 16 bytes of id and 32 of signature, 64 characters."""
    return base64.urlsafe_b64encode(feed.id.bytes + _signature(feed, keys)).decode()


async def holder_of(token: str, keys: Keys) -> User:
    """Whose feed a token opens.

    Raises:
        NotFound: none of ours, revoked, or of somebody whose account does not hold.
    """
    if _TOKEN.fullmatch(token) is None:
        raise NotFound(field="token")
    raw = base64.urlsafe_b64decode(token)
    feed = await CalendarFeed.get_or_none(id=UUID(bytes=raw[:_ID_BYTES]), revoked_at=None)
    if feed is None or not keys.verify("calendar-feed", raw[_ID_BYTES:], *_parts(feed)):
        raise NotFound(field="token")
    user = await User.get_or_none(id=feed.user_id, state=AccountState.RELEASED)
    if user is None:
        raise NotFound(field="token")
    return user


async def entries_of(user: User) -> list[Entry]:
    """The dates that a person comes to, a year back and all that lie ahead."""
    return [entry for source in _SOURCES for entry in await source(user)]


async def _meetings(user: User) -> Sequence[Entry]:
    rows = await fetch(_MEETINGS, user.id, clock.now() - _PAST, _MOST)
    return [
        _entry(row, f"enums.meeting_kind.{row['kind']}", _HOLDS, place=row["place"]) for row in rows
    ]


async def _appointments(user: User) -> Sequence[Entry]:
    rows = await fetch(_APPOINTMENTS, user.id, clock.now() - _PAST, _MOST)
    return [_entry(row, "meetings.calendar.APPOINTMENT", TAKES_TIME) for row in rows]


def _entry(row: Mapping[str, Any], summary: str, holds: Collection[str], place: str = "") -> Entry:
    return Entry(
        id=row["id"],
        version=row["version"],
        begins_at=row["begins_at"],
        ends_at=row["ends_at"],
        changed_at=row["changed_at"],
        summary=summary,
        place=place,
        cancelled=row["state"] not in holds,
    )


_SOURCES: tuple[Callable[[User], Awaitable[Sequence[Entry]]], ...] = (
    _meetings,
    _appointments,
)


def _signature(feed: CalendarFeed, keys: Keys) -> bytes:
    return keys.sign("calendar-feed", *_parts(feed))


def _parts(feed: CalendarFeed) -> tuple[bytes, ...]:
    return feed.id.bytes, feed.user_id.bytes
