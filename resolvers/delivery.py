"""Thin events on their way to subscribers: what is read for them is read when they are delivered.

A subscription's source gives events, one after the other, and asks no database for them.
Whoever delivers one looks at the session again, and reads once for all subscribers who see alike.
"""

from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass

from domain.viewer import Viewer
from schema.context import Context
from services.live import Feed
from services.live_queue import LiveEvent, Resync


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What comes before every event: the present state, read after the place `event_id`."""

    event_id: str
    kind: str = "SNAPSHOT"


Event = LiveEvent | Resync | Snapshot
Payload = Callable[[Event, Context], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Opened:
    """What a subscription follows, now that it may, and how an event's payload is read.

    `pause` is how many seconds lie between two deliveries, so that what changes meanwhile is one.
    `reader` is whose own rows are read: nobody else gets the same answer, not even who sees alike.
    """

    feed: Feed
    payload: Payload
    first: Snapshot | None = None
    pause: float = 0.0
    reader: Hashable = None


class Following:
    """A subscription of the hub's as a source that is taken from without waiting.

    `opening` checks the rights; what it was given, loaders among it, is let go of with it.
    """

    __slots__ = ("_feed", "_first", "_opening", "_payload", "_reader", "pause")

    def __init__(self, opening: Callable[[], Awaitable[Opened]]) -> None:
        self._opening: Callable[[], Awaitable[Opened]] | None = opening
        self._feed: Feed
        self._payload: Payload
        self._first: Snapshot | None = None
        self._reader: Hashable = None
        self.pause = 0.0

    def __aiter__(self) -> "Following":
        """The library takes nothing but async iterables; nobody iterates."""
        return self

    @property
    def gap(self) -> bool:
        """Whether something has to be read before more can be taken."""
        return self._feed.gap is not None

    @property
    def ended(self) -> bool:
        """Whether nothing comes any more."""
        return self._first is None and self._feed.ended

    @property
    def pending(self) -> bool:
        """Whether there is something to take, to fill or to end."""
        return self._first is not None or self._feed.pending

    async def begin(self, wake: Callable[[], None]) -> None:
        """Check the rights and register; `wake` is called when there is something to take."""
        if self._opening is not None:
            opened = await self._opening()
            self._opening, self._feed, self._payload = None, opened.feed, opened.payload
            self._first, self.pause = opened.first, opened.pause
            self._reader = opened.reader
            await opened.feed.begin(wake)

    def take(self) -> Event | None:
        """The next event; None if there is none now. One change is one object for everybody."""
        if self._first is not None:
            first, self._first = self._first, None
            return first
        return self._feed.take()

    def key(self, event: Event) -> Hashable:
        """What tells two events of the same operation apart.

        An event that stands for merged ones has the place of the last and another's kind.
        """
        return event.event_id, "" if isinstance(event, Resync) else event.kind, self._reader

    async def payload(self, event: Event, context: Context) -> object:
        """What is delivered, read with the rights of the context."""
        return await self._payload(event, context)

    async def fill(self) -> None:
        """Read what is missing."""
        await self._feed.fill()

    async def aclose(self) -> None:
        """Leave the hub."""
        if self._opening is None:
            self._feed.close()


def audience(viewer: Viewer) -> Hashable:
    """Who gets the same answer to the same operation.

    Released officers of one role see every row and the same of it. No type below a subscription
    says anything about the officer who looks; `tests/resolvers/test_delivery.py` walks them.
    """
    if viewer.is_staff:
        return viewer.role
    return viewer.id, viewer.role, viewer.state, viewer.provider_id, viewer.acting
