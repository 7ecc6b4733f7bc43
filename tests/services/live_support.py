"""What the tests of live updates share: keys, writing events, collecting what a hub delivers."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence, Sized
from contextlib import aclosing, asynccontextmanager
from uuid import UUID

from redis.asyncio import Redis

from domain.ids import uuid7
from domain.keys import Keys
from models import event
from models.database import transaction
from models.event import Topic
from services.live import Hub
from services.live_queue import LiveEvent, Resync
from services.live_signal import publish

KEYS = Keys(b"k" * 32)
KEY = UUID(int=1)
TOPIC: Topic = ("order", KEY)


async def write(
    *kinds: str, topic: Topic = TOPIC, aggregate: UUID | None = None, version: int = 1
) -> None:
    """One transaction with an event per kind, each about an object of its own if none is named."""
    async with transaction():
        for kind in kinds:
            await event.append(*topic, aggregate or uuid7(), version, kind)


async def tell(redis: Redis, *kinds: str, topic: Topic = TOPIC) -> None:
    """Write and knock, as service and relay do."""
    await write(*kinds, topic=topic)
    await publish(redis)


async def until(condition: Callable[[], object], seconds: float = 30) -> None:
    """Wait for a condition; TimeoutError if it does not come."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110  any condition, without an event of its own
            await asyncio.sleep(0.005)


async def count(items: Sized, number: int, seconds: float = 30) -> None:
    """Wait until there are so many; TimeoutError if they do not come."""
    await until(lambda: len(items) >= number, seconds)


class Listener:
    """A subscriber that writes down what it gets, in a task of its own."""

    def __init__(
        self, hub: Hub, topics: Sequence[Topic] = (TOPIC,), after: str | None = None
    ) -> None:
        self.items: list[LiveEvent | Resync] = []
        self.failure: Exception | None = None
        self._stream = hub.subscribe(topics, after)
        self.task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        try:
            async with aclosing(self._stream) as stream:
                async for item in stream:
                    self.items.append(item)
        except Exception as error:  # noqa: BLE001  the test looks at it
            self.failure = error

    @property
    def kinds(self) -> list[str]:
        return [item.kind if isinstance(item, LiveEvent) else "RESYNC" for item in self.items]

    async def leave(self) -> None:
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)


@asynccontextmanager
async def listening(
    hub: Hub, topics: Sequence[Topic] = (TOPIC,), after: str | None = None
) -> AsyncIterator[Listener]:
    """A listener that is registered, and leaves at the end."""
    before = hub.registrations
    listener = Listener(hub, topics, after)
    await until(lambda: hub.registrations > before or listener.task.done())
    try:
        yield listener
    finally:
        await listener.leave()


@asynccontextmanager
async def running(redis_url: str, poll: float = 1.0) -> AsyncIterator[Hub]:
    """A hub as a process has it."""
    hub = Hub(KEYS, redis_url, poll=poll)
    await hub.start()
    try:
        yield hub
    finally:
        await hub.stop()


async def subscribed(client: Redis) -> int:
    """How many connections listen to the channel."""
    clients = await client.client_list()
    return sum(int(one["sub"]) > 0 for one in clients)
