"""What one subscriber has not read yet: bounded, coalesced, never silently shortened.

Events of the same (topic, key, aggregate) become one: it stands where the later one stood and
carries the higher version with its kind. Because the place moves back and never forward, a
subscriber that stops at any event id and resumes there misses nothing: every event before that id
was handed out, or stands, replaced by a newer one of the same object, behind it.

A burst may be longer than the queue, and an object that changes all the time may be pushed back
again and again. In both cases the queue lets go of everything and says that there is a gap; the
hub fills it from the database. Who has not caught up `PATIENCE` seconds later is cut.
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import ClassVar
from uuid import UUID

from domain.cursor import START, Position

CAPACITY = 64
PATIENCE = 10.0

Subject = tuple[str, UUID, UUID]


@dataclass(frozen=True, slots=True)
class LiveEvent:
    """One change as a subscriber gets it; `event_id` is the cursor to resume behind it."""

    event_id: str
    topic: str
    key: UUID
    aggregate: UUID
    version: int
    kind: str
    position: Position = field(repr=False)
    # What it is about: events with the same subject replace one another. Made once for all queues.
    subject: Subject = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "subject", (self.topic, self.key, self.aggregate))


@dataclass(frozen=True, slots=True)
class Resync:
    """The way back is lost: reload everything, then go on from `event_id`."""

    event_id: str


class SlowConsumer(Exception):
    """The subscriber read too slowly; it may come back with its last event id."""

    code: ClassVar[int] = 4413


def newest(older: LiveEvent, later: LiveEvent) -> LiveEvent:
    """The one event for two of the same subject: the later place, the higher version."""
    if older.version <= later.version:
        return later
    return replace(later, version=older.version, kind=older.kind)


def coalesced(events: Iterable[LiveEvent]) -> list[LiveEvent]:
    """One event per subject, in order."""
    kept: dict[Subject, LiveEvent] = {}
    for event in events:
        older = kept.pop(event.subject, None)
        kept[event.subject] = event if older is None else newest(older, event)
    return list(kept.values())


@dataclass(frozen=True, slots=True)
class Gap:
    """Everything after this position has to be read from the database."""

    position: Position


class Queue:
    """The unread events of one subscriber."""

    __slots__ = ("_behind_since", "_end", "_entries", "_gap", "_passed", "_resync", "_wake")

    def __init__(self, position: Position = START, wake: Callable[[], None] | None = None) -> None:
        self._passed = position
        self._wake = wake or _nobody
        self._entries: dict[Subject, tuple[LiveEvent, float]] = {}
        self._gap = False
        self._behind_since: float | None = None
        self._resync: Resync | None = None
        self._end = False

    def offer(self, event: LiveEvent) -> None:
        """Add an event."""
        if event.position <= self._passed or self._gap or self._end:
            return
        now = _now()
        older, since = self._entries.pop(event.subject, (None, now))
        if len(self._entries) >= CAPACITY or now - since > PATIENCE:
            self._let_go(now)
        else:
            merged = event if older is None else newest(older, event)
            self._entries[event.subject] = merged, since
        self._wake()

    def skip(self, position: Position) -> None:
        """Drop what stands at or before the position, now and later."""
        self._passed = max(self._passed, position)
        unread = self._entries.items()
        self._entries = {key: one for key, one in unread if one[0].position > self._passed}

    def restart(self, resync: Resync) -> None:
        """Positions are not comparable any more: drop everything, tell the subscriber."""
        self._entries.clear()
        self._passed = START
        self._gap = False
        self._resync = resync
        self._wake()

    def end(self) -> None:
        """No more events; what is unread can be had by resuming."""
        self._end = True
        self._wake()

    @property
    def ended(self) -> bool:
        """Whether nothing comes any more."""
        return self._end

    @property
    def pending(self) -> bool:
        """Whether `take` has something to give or to say."""
        return bool(self._entries) or self._gap or self._end or self._resync is not None

    def take(self) -> LiveEvent | Resync | Gap | None:
        """The next event in order, or what stands in its place; None when there is nothing now.

        Raises:
            SlowConsumer: there is a gap, and the subscriber has been behind for too long.
        """
        if self._end:
            return None
        if self._resync is not None:
            resync, self._resync = self._resync, None
            return resync
        if self._gap:
            return self._confess()
        if self._entries:
            event, _ = self._entries.pop(next(iter(self._entries)))
            self._passed = event.position
            return event
        self._behind_since = None
        return None

    def _let_go(self, now: float) -> None:
        self._entries.clear()
        self._gap = True
        if self._behind_since is None:
            self._behind_since = now

    def _confess(self) -> Gap:
        if self._behind_since is not None and _now() - self._behind_since > PATIENCE:
            raise SlowConsumer("the subscriber has not kept up with its events")
        self._gap = False
        return Gap(self._passed)


def _nobody() -> None:
    """Nobody is woken."""


def _now() -> float:
    return asyncio.get_running_loop().time()
