"""Live updates: one reader per process takes events from PostgreSQL and hands them to subscribers.

Redis only wakes the reader; it also looks by itself once a second, so without Redis live updates
are slower, not silent. Rights are not checked here: whoever delivers an event re-reads the object
as the viewer may see it.

Leaving the generator of `subscribe` unregisters it; `contextlib.aclosing` makes that immediate.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Collection, Iterable, Sequence
from contextlib import suppress
from uuid import UUID

from domain.cursor import Cursor, Position, decode, encode
from domain.keys import Keys
from models import epoch, event
from models.event import Page, Stored, Topic
from services.live_queue import Gap, LiveEvent, Queue, Resync, coalesced
from services.live_signal import listen

PAGE = 500
LONGEST_BACKLOG = 2_000
BACKLOG_READERS = 3  # of the pool's connections, when everybody reconnects at once
BREATH = 0.005  # a burst of wake-ups is read together
HORIZON_POLL = 0.05

_log = logging.getLogger(__name__)


class Hub:
    """The subscribers of this process and the place up to which they have been served."""

    def __init__(self, keys: Keys, redis_url: str, *, poll: float = 1.0) -> None:
        self._keys = keys
        self._redis_url = redis_url
        self._poll = poll
        self._cursor: Cursor | None = None
        self._queues: dict[Topic, set[Queue]] = {}
        self._registered: set[Queue] = set()
        self._ended = False
        self._outage = False
        self._wake = asyncio.Event()
        self._backlog_readers = asyncio.Semaphore(BACKLOG_READERS)
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def registrations(self) -> int:
        """How many subscriptions are open."""
        return len(self._registered)

    async def start(self) -> None:
        """Follow the events from here on; fails when the database is away."""
        await epoch.confirm()
        self._cursor = await event.head()
        self._tasks = [
            asyncio.create_task(self._follow(), name="events: reader"),
            asyncio.create_task(listen(self._redis_url, self._wake.set), name="events: Redis"),
        ]

    async def stop(self) -> None:
        """End all subscriptions and both tasks."""
        self._ended = True
        for queue in self._registered:
            queue.end()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []

    def cursor_now(self) -> str:
        """An event id for an answer that is read from the database after this call."""
        return encode(self._here, self._keys)

    async def subscribe(
        self, topics: Iterable[Topic], after: str | None = None
    ) -> AsyncGenerator[LiveEvent | Resync, None]:
        """The events of the topics behind the cursor `after`, or from now on.

        Each event, or a newer one of the same object, comes once. A cursor whose way is lost
        (another epoch, deleted, too far back) gives one `Resync` first.

        Raises:
            CursorInvalid: this portal did not sign `after`.
            SlowConsumer: the subscriber fell behind and did not catch up in time.
        """
        ready = asyncio.Event()
        feed = self.follow(topics, after)
        try:
            await feed.begin(ready.set)
            while not feed.ended:
                ready.clear()
                item = feed.take()
                if item is not None:
                    yield item
                elif feed.gap:
                    await feed.fill()
                elif not feed.pending:
                    await ready.wait()
        finally:
            feed.close()

    def follow(self, topics: Iterable[Topic], after: str | None = None) -> "Feed":
        """The same events for a subscriber who has no task that waits for them.

        Raises:
            CursorInvalid: this portal did not sign `after`.
        """
        return Feed(self, frozenset(topics), None if after is None else decode(after, self._keys))

    @property
    def _here(self) -> Cursor:
        if self._cursor is None:
            raise RuntimeError("the hub has not been started")
        return self._cursor

    def register(self, topics: Collection[Topic], wake: Callable[[], None]) -> Queue:
        """A queue that gets the events of the topics from here on."""
        queue = Queue(self._here.position, wake)
        self._registered.add(queue)
        for topic in topics:
            self._queues.setdefault(topic, set()).add(queue)
        if self._ended:
            queue.end()
        return queue

    def unregister(self, queue: Queue, topics: Collection[Topic]) -> None:
        """Forget a queue."""
        if queue not in self._registered:
            return
        self._registered.remove(queue)
        for topic in topics:
            self._queues[topic].discard(queue)
            if not self._queues[topic]:
                del self._queues[topic]

    async def resumed(
        self, queue: Queue, topics: Collection[Topic], cursor: Cursor
    ) -> Sequence[LiveEvent | Resync]:
        """What stands between the cursor and the queue's first event."""
        here = self._here
        if cursor.epoch != here.epoch:
            return [Resync(encode(here, self._keys))]
        if cursor.position >= here.position:  # all that is missing is still to be dispatched
            queue.skip(cursor.position)
            return []
        return await self.missed(queue, topics, cursor.position)

    async def missed(
        self, queue: Queue, topics: Collection[Topic], position: Position
    ) -> Sequence[LiveEvent | Resync]:
        """What stands after the position in the database; the queue collects the rest already."""
        here = self._here
        async with self._backlog_readers:
            page = await event.backlog(topics, position, LONGEST_BACKLOG + 1)
        if self._here.epoch != here.epoch:
            return []  # the queue holds the Resync
        if page.epoch != here.epoch or position < page.floor or _is_long(page):
            queue.skip(here.position)
            return [Resync(encode(here, self._keys))]
        queue.skip(Position(page.horizon, 0))
        return coalesced(self._live(page.epoch, stored) for stored in page.events)

    async def _follow(self) -> None:
        pause = self._poll
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._wake.wait()
            self._wake.clear()
            pause = await self._catch_up_safely()
            await asyncio.sleep(BREATH)

    async def _catch_up_safely(self) -> float:
        """Read and dispatch; how long to wait for the next knock."""
        try:
            if self._outage:
                await epoch.confirm()
            pending = await self._catch_up()
        except Exception as error:  # noqa: BLE001  whatever happens to the database, the reader goes on
            if not self._outage:
                _log.warning("events: the database is away (%s)", type(error).__name__)
            self._outage = True
            return self._poll
        self._outage = False
        return min(HORIZON_POLL, self._poll) if pending else self._poll

    async def _catch_up(self) -> bool:
        while True:
            here = self._here
            page = await event.read_after(here.position, PAGE)
            if page.epoch != here.epoch:
                await self._restart()
                return False
            for stored in page.events:
                self._dispatch(page.epoch, stored)
            if len(page.events) < PAGE:
                return page.pending

    async def _restart(self) -> None:
        self._cursor = await event.head()
        resync = Resync(self.cursor_now())
        for queue in self._registered:
            queue.restart(resync)

    def _dispatch(self, era: UUID, stored: Stored) -> None:
        self._cursor = Cursor(era, stored.position)
        queues = self._queues.get((stored.change.topic, stored.change.key))
        if queues:
            live = self._live(era, stored)
            for queue in queues:
                queue.offer(live)

    def _live(self, era: UUID, stored: Stored) -> LiveEvent:
        change = stored.change
        return LiveEvent(
            event_id=encode(Cursor(era, stored.position), self._keys),
            topic=change.topic,
            key=change.key,
            aggregate=change.aggregate,
            version=change.version,
            kind=change.kind,
            position=stored.position,
        )


class Feed:
    """The events of one subscriber, taken without waiting: `wake` says that there is something."""

    __slots__ = ("_cursor", "_hub", "_items", "_queue", "_topics", "gap")

    def __init__(self, hub: Hub, topics: Collection[Topic], cursor: Cursor | None) -> None:
        self._hub = hub
        self._topics = topics
        self._cursor = cursor
        self._queue = Queue()  # of nobody, until it begins
        self._items: list[LiveEvent | Resync] = []
        self.gap: Gap | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing comes any more."""
        return self._queue.ended and not self._items

    @property
    def pending(self) -> bool:
        """Whether there is something to take, to fill or to end."""
        return bool(self._items) or self.gap is not None or self._queue.pending

    async def begin(self, wake: Callable[[], None]) -> None:
        """Register, and read what was missed."""
        queue = self._queue = self._hub.register(self._topics, wake)
        if self._cursor is not None:
            missed = await self._hub.resumed(queue, self._topics, self._cursor)
            self._items = list(reversed(missed))
            self._cursor = None

    def take(self) -> LiveEvent | Resync | None:
        """The next event; None if there is none now, or a `gap` to fill first.

        Raises:
            SlowConsumer: the subscriber fell behind and did not catch up in time.
        """
        if self._items:
            return self._items.pop()
        taken = self._queue.take()
        if isinstance(taken, Gap):
            self.gap = taken
            return None
        return taken

    async def fill(self) -> None:
        """Read from the database what the queue let go of."""
        if self.gap is not None:
            missed = await self._hub.missed(self._queue, self._topics, self.gap.position)
            self._items, self.gap = list(reversed(missed)), None

    def close(self) -> None:
        """Leave; what is unread can be had by resuming."""
        self._hub.unregister(self._queue, self._topics)
        self._queue.end()


def _is_long(page: Page) -> bool:
    return len(page.events) > LONGEST_BACKLOG
