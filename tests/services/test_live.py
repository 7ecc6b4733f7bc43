"""Live updates: what was committed arrives, soon, at those who asked for it, and nowhere else."""

import asyncio
import statistics
from contextlib import aclosing
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from redis.asyncio import Redis

from domain.cursor import decode
from domain.ids import uuid7
from models import event
from models.database import parse_url, transaction
from models.event import Topic
from services import live, live_queue
from services.live import Hub
from services.live_queue import LiveEvent, Resync, SlowConsumer
from services.live_signal import publish
from tests.services.live_support import (
    KEYS,
    TOPIC,
    count,
    listening,
    running,
    tell,
    until,
    write,
)

pytestmark = pytest.mark.usefixtures("database")


async def test_a_subscriber_hears_of_its_topics_only(hub: Hub, redis: Redis) -> None:
    offers: Topic = ("offers", UUID(int=0))
    async with listening(hub, [TOPIC, offers]) as listener:
        await tell(redis, "of another", topic=("order", UUID(int=2)))
        await tell(redis, "released")
        await tell(redis, "counted", topic=offers)
        await until(lambda: len(listener.items) == 2)
    assert listener.kinds == ["released", "counted"]


async def test_an_event_carries_the_change_and_a_cursor_to_resume_behind_it(
    hub: Hub, redis: Redis
) -> None:
    order = uuid7()
    async with listening(hub) as listener:
        await write("released", aggregate=order, version=4)
        await publish(redis)
        await until(lambda: listener.items)
    (item,) = listener.items
    assert isinstance(item, LiveEvent)
    assert (item.topic, item.key, item.aggregate) == (*TOPIC, order)
    assert (item.version, item.kind) == (4, "released")
    assert decode(item.event_id, KEYS).position == item.position


async def test_nobody_hears_of_what_was_rolled_back(hub: Hub, redis: Redis) -> None:
    async with listening(hub) as listener:
        with pytest.raises(ZeroDivisionError):  # noqa: PT012  the transaction is part of the matter
            async with transaction():
                await event.append(*TOPIC, uuid7(), 1, "never")
                _ = 1 // 0
        await tell(redis, "released")
        await until(lambda: listener.items)
        assert listener.kinds == ["released"]


async def test_a_new_subscriber_hears_nothing_of_the_past(hub: Hub, redis: Redis) -> None:
    async with listening(hub) as early:
        await tell(redis, "past")
        await until(lambda: early.items)
        async with listening(hub) as late:
            await tell(redis, "present")
            await until(lambda: late.items)
    assert late.kinds == ["present"]


async def test_an_event_above_the_horizon_comes_soon_after_the_slow_transaction_ends(
    database: Any, redis: Redis, redis_url: str, runtime_url: str
) -> None:
    slow = await asyncpg.connect(**parse_url(runtime_url).arguments())
    async with running(redis_url, poll=30) as hub, listening(hub) as listener:
        await slow.execute("BEGIN")
        await slow.execute("SELECT pg_current_xact_id()")
        await tell(redis, "committed first")
        await asyncio.sleep(0.3)
        assert listener.items == []
        await slow.execute("ROLLBACK")
        await until(lambda: listener.items, seconds=2)
    await slow.close()


async def test_an_event_takes_less_than_300_milliseconds(
    database: Any, redis: Redis, redis_url: str
) -> None:
    loop = asyncio.get_running_loop()
    delays: list[float] = []
    async with running(redis_url, poll=5) as hub, listening(hub) as listener:
        for number in range(40):
            await tell(redis, f"event {number}")
            committed = loop.time()
            await count(listener.items, number + 1)
            delays.append(loop.time() - committed)
    assert statistics.median(delays) < 0.3
    assert max(delays) < 2


# --- slow subscribers ----------------------------------------------------------------------------


async def test_a_burst_longer_than_the_queue_reaches_a_quick_subscriber(
    hub: Hub, redis: Redis
) -> None:
    kinds = [f"event {number}" for number in range(300)]
    start = hub.cursor_now()
    await tell(redis, "past")
    await until(lambda: hub.cursor_now() != start)
    async with listening(hub) as listener:
        await tell(redis, *kinds[:200])
        await count(listener.items, 200)
        await tell(redis, *kinds[200:])
        await count(listener.items, 300)
    assert listener.kinds == kinds
    assert listener.failure is None


async def test_a_subscriber_that_sleeps_through_a_burst_gets_everything_once(
    hub: Hub, redis: Redis
) -> None:
    got: list[LiveEvent | Resync] = []

    async def sleepy() -> None:
        async for item in hub.subscribe([TOPIC]):
            got.append(item)
            if len(got) % 50 == 1:
                await asyncio.sleep(0.2)

    reading = asyncio.create_task(sleepy())
    await until(lambda: hub.registrations)
    for number in range(30):
        await tell(redis, *(f"event {number}/{part}" for part in range(10)))
    await count(got, 300)
    await asyncio.sleep(0.1)
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    assert [item.kind for item in got if isinstance(item, LiveEvent)] == [
        f"event {number}/{part}" for number in range(30) for part in range(10)
    ]


async def test_who_does_not_keep_up_is_cut_and_comes_back_without_loss(
    hub: Hub, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_queue, "PATIENCE", 0.2)
    async with aclosing(hub.subscribe([TOPIC])) as stream:
        first = asyncio.ensure_future(anext(stream))
        await until(lambda: hub.registrations)
        await tell(redis, "event 0")
        last = await first
        await tell(redis, *(f"event {number}" for number in range(1, 80)))
        await asyncio.sleep(0.8)
        with pytest.raises(SlowConsumer):
            await anext(stream)
    assert hub.registrations == 0
    async with listening(hub, after=last.event_id) as resumed:
        await count(resumed.items, 79)
    assert resumed.kinds == [f"event {number}" for number in range(1, 80)]


async def test_a_subscriber_who_is_too_far_behind_is_told_to_reload(
    hub: Hub, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "LONGEST_BACKLOG", 90)
    async with listening(hub) as listener:
        await tell(redis, *(f"event {number}" for number in range(100)))
        await count(listener.items, 1)
        await tell(redis, *(f"live {number}" for number in range(80)))
        await count(listener.items, 81)
    assert listener.kinds == ["RESYNC", *(f"live {number}" for number in range(80))]


async def test_a_slow_subscriber_harms_no_other(hub: Hub, redis: Redis) -> None:
    async with aclosing(hub.subscribe([TOPIC])) as stream, listening(hub) as quick:
        asleep = asyncio.ensure_future(anext(stream))
        await until(lambda: hub.registrations == 2)
        for number in range(100):
            await tell(redis, f"event {number}")
        await asleep
        await count(quick.items, 100)
