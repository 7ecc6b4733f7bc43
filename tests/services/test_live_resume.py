"""Resuming: nothing is lost, nothing comes twice, or the subscriber is told to reload."""

import asyncio
import random
from collections import defaultdict
from collections.abc import Collection
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

import pytest
from redis.asyncio import Redis

from domain.cursor import Cursor, Position, decode, encode
from domain.errors import CursorInvalid
from domain.ids import uuid7
from domain.keys import Keys
from models import epoch, event
from models.database import execute, transaction
from models.event import Page, Topic
from services import live
from services.live import Hub
from services.live_queue import LiveEvent
from services.live_signal import publish
from tests.services.live_support import (
    KEYS,
    TOPIC,
    listening,
    running,
    tell,
    until,
    write,
)

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("database")]


async def test_a_subscriber_resumes_behind_its_cursor(hub: Hub, redis: Redis) -> None:
    start = hub.cursor_now()
    await tell(redis, "one", "two", "three")
    async with listening(hub, after=start) as listener:
        await until(lambda: len(listener.items) == 3)
    async with listening(hub, after=listener.items[0].event_id) as resumed:
        await tell(redis, "four")
        await until(lambda: len(resumed.items) == 3)
    assert resumed.kinds == ["two", "three", "four"]


async def test_a_cursor_of_now_costs_no_statement_and_misses_nothing(
    hub: Hub, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def forbidden(*_: object) -> Page:
        raise AssertionError("the backlog was read")

    monkeypatch.setattr(event, "backlog", forbidden)
    async with listening(hub, after=hub.cursor_now()) as listener:
        await tell(redis, "one")
        await until(lambda: listener.items or listener.failure)
    assert listener.kinds == ["one"]


async def test_a_cursor_of_a_process_that_is_ahead_gives_no_double(
    database: Any, redis: Redis, redis_url: str
) -> None:
    async with running(redis_url, poll=0.05) as ahead:
        behind = Hub(KEYS, "unix:///nowhere", poll=0.5)
        await behind.start()
        async with listening(ahead) as listener:
            await tell(redis, "one")
            await until(lambda: listener.items)
        async with listening(behind, after=listener.items[0].event_id) as resumed:
            await tell(redis, "two")
            await until(lambda: resumed.items)
            assert resumed.kinds == ["two"]
        await behind.stop()


async def test_what_is_in_the_backlog_and_in_the_queue_comes_once(
    hub: Hub, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = hub.cursor_now()
    await tell(redis, "before")
    await until(lambda: hub.cursor_now() != start)
    backlog = event.backlog

    async def dispatched(kind: str) -> None:
        before = hub.cursor_now()
        await tell(redis, kind)
        await until(lambda: hub.cursor_now() != before)

    async def slowly(topics: Collection[Topic], position: Position, limit: int) -> Page:
        await dispatched("queued and in the backlog")
        page = await backlog(topics, position, limit)
        await dispatched("queued only")
        return page

    monkeypatch.setattr(event, "backlog", slowly)
    async with listening(hub, after=start) as listener:
        await until(lambda: len(listener.items) >= 3)
        await tell(redis, "live")
        await until(lambda: len(listener.items) >= 4)
    assert listener.kinds == ["before", "queued and in the backlog", "queued only", "live"]


async def test_the_backlog_holds_each_object_once_in_its_newest_version(
    hub: Hub, redis: Redis
) -> None:
    start, order = hub.cursor_now(), uuid7()
    async with transaction():  # they come below the horizon together
        await event.append(*TOPIC, order, 1, "released")
        await event.append(*TOPIC, uuid7(), 1, "match")
        await event.append(*TOPIC, order, 2, "matched")
    await publish(redis)
    await until(lambda: hub.cursor_now() != start)
    async with listening(hub, after=start) as listener:
        await until(lambda: len(listener.items) == 2)
    assert listener.kinds == ["match", "matched"]


EVENTS, OBJECTS = 240, 4


async def _write_many(redis: Redis, dice: random.Random, written: list[tuple[UUID, int]]) -> None:
    """Objects of their own that change once, and a few that change all the time."""
    versions = defaultdict[UUID, int](int)
    while len(written) < EVENTS:
        async with transaction():
            for _ in range(dice.randint(1, 3)):
                changing = UUID(int=dice.randrange(OBJECTS))
                aggregate = changing if dice.random() < 0.5 else uuid7()
                versions[aggregate] += 1
                written.append((aggregate, versions[aggregate]))
                await event.append(*TOPIC, aggregate, versions[aggregate], "changed")
            await asyncio.sleep(dice.random() * 0.01)
        if dice.random() < 0.7:
            await publish(redis)


async def _stay(hub: Hub, after: str, dice: random.Random, got: list[LiveEvent]) -> str:
    """Read until a random instant; the last event id."""
    last = after

    async def read() -> None:
        nonlocal last
        async for item in hub.subscribe([TOPIC], after):
            assert isinstance(item, LiveEvent)
            got.append(item)
            last = item.event_id
            if dice.random() < 0.3:
                await asyncio.sleep(dice.random() * 0.02)

    task = asyncio.create_task(read())
    await asyncio.sleep(dice.random() * 0.08)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return last


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
async def test_a_subscriber_that_leaves_at_random_instants_loses_nothing_and_sees_no_double(
    database: Any, redis: Redis, redis_url: str, seed: int
) -> None:
    dice = random.Random(seed)
    written: list[tuple[UUID, int]] = []
    got: list[LiveEvent] = []
    async with running(redis_url, poll=0.05) as one, running(redis_url, poll=0.08) as other:
        last = one.cursor_now()
        writing = asyncio.create_task(_write_many(redis, random.Random(f"w{seed}"), written))
        while not writing.done():
            last = await _stay(dice.choice([one, other]), last, dice, got)
        await writing
        end = uuid7()
        await write("the end", aggregate=end)
        async with listening(one, after=last) as listener:
            await until(lambda: listener.kinds[-1:] == ["the end"])
        got += [item for item in listener.items if isinstance(item, LiveEvent)]
        await until(lambda: one.registrations + other.registrations == 0)
    positions = [item.position for item in got]
    assert positions == sorted(set(positions))
    seen = defaultdict[UUID, list[int]](list)
    for item in got:
        seen[item.aggregate].append(item.version)
    assert {aggregate: versions[-1] for aggregate, versions in seen.items()} == {
        **dict(written),
        end: 1,
    }
    assert all(early < late for versions in seen.values() for early, late in pairwise(versions))


# --- the way back is lost ------------------------------------------------------------------------


async def _kinds_of_resuming(hub: Hub, redis: Redis, after: str) -> list[str]:
    async with listening(hub, after=after) as listener:
        await until(lambda: listener.items)
        await tell(redis, "live")
        await until(lambda: len(listener.items) > 1)
    first = listener.items[0]
    async with listening(hub, after=first.event_id) as again:
        await until(lambda: again.items)
    assert again.kinds == ["live"]
    return listener.kinds


async def test_a_cursor_of_another_epoch_gives_one_resync_and_then_live_events(
    hub: Hub, redis: Redis
) -> None:
    foreign = encode(Cursor(uuid4(), Position(5, 5)), KEYS)
    assert await _kinds_of_resuming(hub, redis, foreign) == ["RESYNC", "live"]


async def test_a_cursor_older_than_what_is_kept_gives_one_resync_and_then_live_events(
    hub: Hub, redis: Redis
) -> None:
    old = hub.cursor_now()
    await tell(redis, "one")
    await until(lambda: hub.cursor_now() != old)
    here = decode(hub.cursor_now(), KEYS).position
    await execute("UPDATE portal_epoch SET floor_tx = $1::xid8, floor_id = $2", here.tx, here.id)
    assert await _kinds_of_resuming(hub, redis, old) == ["RESYNC", "live"]


async def test_a_cursor_that_is_too_far_back_gives_one_resync(
    hub: Hub, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "LONGEST_BACKLOG", 2)
    start = hub.cursor_now()
    await tell(redis, "one", "two", "three")
    await until(lambda: hub.cursor_now() != start)
    assert await _kinds_of_resuming(hub, redis, start) == ["RESYNC", "live"]


async def test_a_new_epoch_tells_everybody_who_listens_to_reload(hub: Hub, redis: Redis) -> None:
    async with listening(hub) as listener:
        await tell(redis, "before")
        await until(lambda: listener.items)
        await epoch.renew()
        await until(lambda: len(listener.items) == 2)
        await tell(redis, "after")
        await until(lambda: len(listener.items) == 3)
    assert listener.kinds == ["before", "RESYNC", "after"]


@pytest.mark.parametrize("text", ["", "nonsense", "A" * 64])
async def test_a_forged_cursor_is_refused(hub: Hub, text: str) -> None:
    with pytest.raises(CursorInvalid):
        await anext(hub.subscribe([TOPIC], text))
    assert hub.registrations == 0


async def test_a_cursor_signed_with_another_secret_is_refused(hub: Hub) -> None:
    here = decode(hub.cursor_now(), KEYS)
    with pytest.raises(CursorInvalid):
        await anext(hub.subscribe([TOPIC], encode(here, Keys(b"x" * 32))))
