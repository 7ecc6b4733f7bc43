"""Thin events on their way to subscribers: what is read for them is read when they are delivered.

A subscription's source gives deliveries, one after the other, and asks no database for them.
Whoever delivers one looks at the session again, and reads once for all subscribers who see alike.
"""

from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass

from domain.viewer import Viewer
from schema.context import Context
from services.live import Feed
from services.live_queue import LiveEvent, Resync

Read = Callable[[Context], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Delivery:
    """An event, and how its payload is read with the rights of whoever gets it.

    Two deliveries to the same operation with the same `key` have the same payload for the same
    rights.
    """

    key: Hashable
    read: Read


@dataclass(frozen=True, slots=True)
class Opened:
    """What a subscription follows, now that it may: `first` comes before every event.

    `pause` is how many seconds lie between two deliveries, so that what changes meanwhile is one.
    """

    feed: Feed
    deliver: Callable[[LiveEvent | Resync], Delivery]
    first: Sequence[Delivery] = ()
    pause: float = 0.0


class Following:
    """A subscription of the hub's as a source that is taken from without waiting.

    `opening` checks the rights; what it was given, loaders among it, is let go of with it.
    """

    __slots__ = ("_first", "_opened", "_opening")

    def __init__(self, opening: Callable[[], Awaitable[Opened]]) -> None:
        self._opening: Callable[[], Awaitable[Opened]] | None = opening
        self._opened: Opened | None = None
        self._first: list[Delivery] = []

    def __aiter__(self) -> "Following":
        """The library takes nothing but async iterables; nobody iterates."""
        return self

    @property
    def _following(self) -> Opened:
        if self._opened is None:
            raise RuntimeError("the subscription has not begun")
        return self._opened

    @property
    def pause(self) -> float:
        """Seconds between two deliveries."""
        return self._following.pause

    @property
    def gap(self) -> bool:
        """Whether something has to be read before more can be taken."""
        return self._following.feed.gap is not None

    @property
    def ended(self) -> bool:
        """Whether nothing comes any more."""
        return not self._first and self._following.feed.ended

    @property
    def pending(self) -> bool:
        """Whether there is something to take, to fill or to end."""
        return bool(self._first) or self._following.feed.pending

    async def begin(self, wake: Callable[[], None]) -> None:
        """Check the rights and register; `wake` is called when there is something to take."""
        if self._opening is not None:
            opened = await self._opening()
            self._opening, self._opened, self._first = None, opened, list(opened.first)
            await opened.feed.begin(wake)

    def take(self) -> Delivery | None:
        """The next delivery; None if there is none now."""
        if self._first:
            return self._first.pop(0)
        event = self._following.feed.take()
        return None if event is None else self._following.deliver(event)

    async def fill(self) -> None:
        """Read what is missing."""
        await self._following.feed.fill()

    async def aclose(self) -> None:
        """Leave the hub."""
        if self._opened is not None:
            self._opened.feed.close()


def audience(viewer: Viewer) -> Hashable:
    """Who gets the same answer to the same operation.

    Released officers of one role see every row and the same of it. No type below a subscription
    says anything about the officer who looks; `tests/resolvers/test_delivery.py` walks them.
    """
    if viewer.is_staff:
        return viewer.role
    return viewer.id, viewer.role, viewer.state, viewer.provider_id
