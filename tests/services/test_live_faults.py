"""Live updates under faults: Redis or PostgreSQL away, a thousand subscribers at once."""

import asyncio
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from redis.asyncio import Redis

from portal.embedded_redis import EmbeddedRedis
from services.live import Hub
from services.live_signal import CHANNEL, publish
from tests.models.event_support import connection
from tests.servers import own_redis
from tests.services.live_support import (
    Listener,
    count,
    listening,
    running,
    subscribed,
    tell,
    until,
    write,
)

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("database")]


@pytest.fixture
def mortal_redis() -> Iterator[EmbeddedRedis]:
    """A Redis that a test may kill."""
    with own_redis() as server:
        yield server


async def listened_to(client: Redis, seconds: float = 30) -> None:
    """Wait until a hub listens to that Redis."""
    async with asyncio.timeout(seconds):
        while not await subscribed(client):  # noqa: ASYNC110  Redis has no asyncio.Event
            await asyncio.sleep(0.01)


# --- Redis ---------------------------------------------------------------------------------------


async def test_without_redis_events_come_by_the_poll(database: Any) -> None:
    async with running("unix:///nowhere/redis.sock", poll=1.0) as hub, listening(hub) as listener:
        await write("slower, not silent")
        await until(lambda: listener.items, seconds=3)


@pytest.mark.slow
async def test_redis_killed_in_between_makes_events_slower_not_silent(
    database: Any, mortal_redis: EmbeddedRedis
) -> None:
    async with running(mortal_redis.url, poll=1.0) as hub, listening(hub) as listener:
        async with Redis.from_url(mortal_redis.url) as client:
            await listened_to(client)
        mortal_redis.kill()
        for number in range(3):
            await write(f"event {number}")
            await count(listener.items, number + 1, seconds=3)
    assert listener.kinds == ["event 0", "event 1", "event 2"]


async def test_the_return_of_redis_counts_as_a_gap_and_is_read_at_once(
    database: Any, mortal_redis: EmbeddedRedis
) -> None:
    async with running(mortal_redis.url, poll=60) as hub, listening(hub) as listener:
        async with Redis.from_url(mortal_redis.url) as client:
            await listened_to(client)
        mortal_redis.kill()
        await write("while Redis was away")
        await asyncio.sleep(0.3)
        assert listener.items == []
        mortal_redis.start()
        await until(lambda: listener.items, seconds=8)
        async with Redis.from_url(mortal_redis.url) as client:
            await tell(client, "as before")
        await until(lambda: len(listener.items) == 2, seconds=2)


async def test_a_severed_connection_to_redis_is_made_anew(
    database: Any, mortal_redis: EmbeddedRedis
) -> None:
    async with (
        running(mortal_redis.url, poll=60) as hub,
        listening(hub) as listener,
        Redis.from_url(mortal_redis.url) as client,
    ):
        for number in range(3):
            await listened_to(client)
            await client.client_kill_filter(_type="pubsub")
            await write(f"event {number}")
            await count(listener.items, number + 1, seconds=5)


async def test_a_thousand_subscribers_share_one_redis_connection(hub: Hub, redis: Redis) -> None:
    await listened_to(redis)
    listeners = [Listener(hub) for _ in range(1_000)]
    await until(lambda: hub.registrations == 1_000)
    await tell(redis, "to all")
    await until(lambda: all(listener.items for listener in listeners))
    assert await subscribed(redis) == 1
    assert len(await redis.client_list()) == 2  # the hub's and the test's own
    await asyncio.gather(*(listener.leave() for listener in listeners))
    assert hub.registrations == 0


async def test_a_thousand_subscribers_come_back_at_once_without_loss(
    hub: Hub, redis: Redis
) -> None:
    start = hub.cursor_now()
    await tell(redis, "one", "two")
    await until(lambda: hub.cursor_now() != start)
    listeners = [Listener(hub, after=start) for _ in range(1_000)]
    await until(lambda: all(len(one.items) >= 2 or one.failure for one in listeners), seconds=20)
    assert all(listener.kinds == ["one", "two"] for listener in listeners)
    await asyncio.gather(*(listener.leave() for listener in listeners))


async def test_nothing_about_anybody_passes_through_redis(hub: Hub, redis: Redis) -> None:
    async with redis.pubsub() as tap:
        await tap.psubscribe("*")
        async with listening(hub) as listener:
            await tell(redis, "released", "matched")
            await until(lambda: len(listener.items) == 2)
        messages = [await tap.get_message(timeout=1) for _ in range(2)]
    assert [one["data"] for one in messages if one and one["type"] == "pmessage"] == [b""]
    assert await redis.keys() == []


async def test_knocking_without_an_event_delivers_nothing(hub: Hub, redis: Redis) -> None:
    async with listening(hub) as listener:
        for _ in range(50):
            await redis.publish(CHANNEL, b'{"forged": "message"}')
        await publish(redis)
        await asyncio.sleep(0.3)
    assert listener.items == []


# --- PostgreSQL ----------------------------------------------------------------------------------


async def test_lost_database_connections_lose_no_event(
    redis: Redis, redis_url: str, runtime_url: str
) -> None:
    async with (
        connection(runtime_url) as axe,
        running(redis_url, poll=0.05) as hub,
        listening(hub) as listener,
    ):
        for number in range(5):
            cut = await axe.fetch(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE usename = current_user AND pid <> pg_backend_pid() "
                "AND datname = current_database()"
            )
            assert cut
            await asyncio.sleep(0.2)
            await tell(redis, f"event {number}")
        await count(listener.items, 5)
    assert listener.kinds == [f"event {number}" for number in range(5)]


async def test_a_reader_that_fails_goes_on_and_says_so_once(
    hub: Hub, redis: Redis, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with listening(hub) as listener:
        with monkeypatch.context() as patch, caplog.at_level(logging.WARNING):

            async def broken(*_: object) -> None:
                raise OSError("marker-of-the-cause")

            patch.setattr("models.event.read_after", broken)
            await tell(redis, "while it failed")
            await asyncio.sleep(0.7)
        await until(lambda: listener.items)
    said = [record.getMessage() for record in caplog.records if record.name == "services.live"]
    assert said == ["events: the database is away (OSError)"]
