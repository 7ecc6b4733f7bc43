"""Leaving: nothing of a subscriber stays behind, and the end of the process ends them all."""

import asyncio
import gc
import time
from contextlib import aclosing
from typing import Any
from uuid import UUID

import pytest
from redis.asyncio import Redis

from services.live import Hub
from services.live_queue import LiveEvent, Resync
from tests.services.live_support import (
    KEYS,
    TOPIC,
    Listener,
    listening,
    running,
    subscribed,
    tell,
    until,
)

pytestmark = pytest.mark.usefixtures("database")


async def test_closing_the_generator_unregisters_at_once(hub: Hub, redis: Redis) -> None:
    stream = hub.subscribe([TOPIC])
    waiting = asyncio.ensure_future(anext(stream))
    await until(lambda: hub.registrations == 1)
    await tell(redis, "one")
    await waiting
    await stream.aclose()
    assert hub.registrations == 0


async def test_a_cancelled_reader_unregisters(hub: Hub) -> None:
    listeners = [Listener(hub) for _ in range(50)]
    await until(lambda: hub.registrations == 50)
    for listener in listeners:
        listener.task.cancel()
    await asyncio.gather(*(listener.task for listener in listeners), return_exceptions=True)
    assert hub.registrations == 0


async def test_a_reader_that_breaks_off_without_closing_unregisters_too(
    hub: Hub, redis: Redis
) -> None:
    async def first_only() -> LiveEvent | Resync:
        async for item in hub.subscribe([TOPIC]):
            return item
        raise AssertionError("the hub ended")

    reading = asyncio.create_task(first_only())
    await until(lambda: hub.registrations == 1)
    await tell(redis, "one")
    await reading
    gc.collect()
    await until(lambda: hub.registrations == 0)


async def test_a_generator_that_was_never_read_is_not_registered(hub: Hub) -> None:
    stream = hub.subscribe([TOPIC])
    assert hub.registrations == 0
    await stream.aclose()


async def test_cancelling_while_the_backlog_is_read_unregisters(hub: Hub, redis: Redis) -> None:
    start = hub.cursor_now()
    await tell(redis, "one")
    await until(lambda: hub.cursor_now() != start)
    for turns in range(12):
        listener = Listener(hub, after=start)
        for _ in range(turns):
            await asyncio.sleep(0)
        await listener.leave()
        assert hub.registrations == 0


async def test_nothing_of_a_subscriber_is_left_in_the_hub(hub: Hub, redis: Redis) -> None:
    async with listening(hub, [TOPIC, ("suggested", UUID(int=3))]) as listener:
        await tell(redis, "one")
        await until(lambda: listener.items)
    assert hub._queues == {}
    assert hub._registered == set()


# --- the end of the process ----------------------------------------------------------------------


async def test_stopping_ends_every_subscription_without_an_error(
    database: Any, redis: Redis, redis_url: str
) -> None:
    async with running(redis_url) as hub:
        listeners = [Listener(hub) for _ in range(20)]
        await until(lambda: hub.registrations == 20)
    await asyncio.wait_for(asyncio.gather(*(one.task for one in listeners)), 2)
    assert hub.registrations == 0
    assert all(listener.failure is None for listener in listeners)
    deadline = time.monotonic() + 2
    while await subscribed(redis) and time.monotonic() < deadline:  # noqa: ASYNC110  Redis forgets when it hears of it
        await asyncio.sleep(0.01)
    assert await subscribed(redis) == 0


async def test_who_comes_after_the_end_is_sent_away(redis: Redis, redis_url: str) -> None:
    async with running(redis_url) as hub:
        pass
    async with asyncio.timeout(2), aclosing(hub.subscribe([TOPIC])) as stream:
        assert [item async for item in stream] == []
    assert hub.registrations == 0


async def test_stopping_twice_and_stopping_unstarted_is_harmless() -> None:
    hub = Hub(KEYS, "unix:///nowhere/redis.sock")
    await hub.stop()
    await hub.stop()


async def test_a_hub_that_was_not_started_says_so() -> None:
    with pytest.raises(RuntimeError, match="started"):
        Hub(KEYS, "unix:///nowhere/redis.sock").cursor_now()
