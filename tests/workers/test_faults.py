"""The invariants of jobs under real faults: `kill -9`, FLUSHALL, a Redis that dies and returns.

J1 no promise without a row; J2 everything ends; J3 once; J5 nothing vanishes; J6 Redis is a
cache; J8 nothing personal in Redis. J4 (fencing) stands in test_fencing.py.
"""

import asyncio
import random
import re
from collections.abc import AsyncIterator, Iterator

import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from models import outbox_upkeep
from models.database import fetch
from models.outbox import Outbox, State
from tests.workers.fleet import Fleet, fleet, is_running, nothing_waits, promise, until
from tests.workers.handlers import MARKER

pytestmark = [pytest.mark.usefixtures("traces"), pytest.mark.slow]

LEASE = 2.5
# An effect outside the database begins its lease anew: its timeout and five seconds.
LONGEST_LEASE = 6.5
ENDS = {
    "test.effect": State.DONE,
    "test.flaky": State.DONE,
    "test.outside": State.DONE,
    "test.cancelled": State.CANCELLED,
    "test.poison": State.DEAD,
}
ONCE = ("test.effect", "test.flaky", "test.slow")


@pytest.fixture
async def ships(traces: None, runtime_url: str) -> AsyncIterator[Fleet]:
    """A relay and a worker at work."""
    async with fleet(runtime_url, LEASE) as ships:
        ships.start("relay")
        ships.start("worker")
        yield ships


async def flush(ships: Fleet) -> None:
    redis: Redis = Redis.from_url(ships.redis.url)
    try:
        await redis.flushall()
    except (RedisError, OSError):
        return  # it is away at this moment, which forgets as much
    finally:
        await redis.aclose()


async def check_promises() -> None:
    """J1 and J5: each committed promise has its row, and each row its promise."""
    assert not await fetch(
        "SELECT 1 FROM test_promises AS p FULL JOIN outbox AS o ON o.aggregate = p.key "
        "WHERE p.key IS NULL OR o.id IS NULL"
    )


async def check_once(kills: int) -> None:
    """J3, and for effects outside the database: at most one more per kill."""
    rows = await fetch(
        "SELECT p.kind, count(e.key) AS n FROM test_promises AS p "
        "LEFT JOIN test_effects AS e ON e.key = p.key GROUP BY p.key, p.kind"
    )
    for row in rows:
        if row["kind"] in ONCE:
            assert row["n"] == 1, row
        elif row["kind"] == "test.outside":
            assert 1 <= row["n"] <= 1 + kills, row
        else:
            assert row["n"] == 0, row


async def check_ends() -> None:
    """J2: each kind has ended as it must."""
    for row in await fetch("SELECT DISTINCT kind, state FROM outbox"):
        assert row["state"] == ENDS.get(row["kind"], State.DONE), row


async def check_alarms(ships: Fleet) -> None:
    """J5: each dead letter raised an alarm, can be queued again, and then ends again."""
    alarmed = set(re.findall(r"CRITICAL workers\.execution ALERT job (\S+)", ships.said()))
    dead = {str(row["id"]) for row in await outbox_upkeep.dead_letters()}
    assert dead <= alarmed
    assert {str(row) for row in await outbox_upkeep.requeue(None)} == dead
    await until(nothing_waits, LONGEST_LEASE + 15)
    assert {str(row["id"]) for row in await outbox_upkeep.dead_letters()} == dead


async def test_a_job_whose_worker_is_killed_is_done_once_by_another(ships: Fleet) -> None:
    key = await promise("test.slow")
    await until(lambda: is_running(key))
    interrupted = (await Outbox.get(aggregate=key)).dispatch
    ships.kill("worker")
    assert await until(nothing_waits, LONGEST_LEASE + 15) > 1
    await check_once(ships.kills)
    assert (await Outbox.get(aggregate=key)).dispatch > interrupted
    assert ships.stop() == [0, 0]


async def test_flushing_redis_during_a_job_and_before_it_costs_time_only(ships: Fleet) -> None:
    running = await promise("test.slow")
    await until(lambda: is_running(running))
    queued = [await promise("test.effect") for _ in range(5)]
    await flush(ships)
    await until(nothing_waits, LONGEST_LEASE + 15)
    assert len(queued) == 5
    await check_once(ships.kills)
    await check_promises()


async def test_a_worker_that_is_told_to_end_finishes_its_job_first(ships: Fleet) -> None:
    key = await promise("test.slow")
    await until(lambda: is_running(key))
    begun = (await Outbox.get(aggregate=key)).dispatch
    assert ships.stop() == [0, 0]
    row = await Outbox.get(aggregate=key)
    assert (row.state, row.dispatch) == (State.DONE, begun)


async def seen_by_redis(redis: Redis, seen: list[str]) -> None:
    """Every command that anybody sends to Redis."""
    async with redis.monitor() as monitor:
        async for command in monitor.listen():
            seen.append(str(command["command"]))  # noqa: PERF401  read while it grows


async def dump(redis: Redis) -> bytes:
    parts = [key + (await redis.dump(key) or b"") async for key in redis.scan_iter()]
    return b"".join(parts)


async def test_nothing_personal_ever_reaches_redis_or_the_logs(ships: Fleet) -> None:
    redis: Redis = Redis.from_url(ships.redis.url)
    seen: list[str] = []
    watching = asyncio.create_task(seen_by_redis(redis, seen))
    keys = [await promise(kind) for kind in ENDS for _ in range(3)]
    dumps = [await dump(redis)]
    while not await nothing_waits():
        dumps.append(await dump(redis))
        await asyncio.sleep(0.05)
    watching.cancel()
    await asyncio.wait([watching])
    await redis.aclose()
    row = await Outbox.get(aggregate=keys[0])
    assert str(row.id) in "".join(seen), "the watch has seen the jobs"
    assert MARKER not in "".join(seen)
    assert MARKER.encode() not in b"".join(dumps)
    assert MARKER not in ships.said()
    assert MARKER not in str(await Outbox.all().values())


def faults(chance: random.Random) -> Iterator[str]:
    """Every kind of fault in each round, in another order each time."""
    while True:
        kinds = ["kill worker", "kill relay", "flush", "redis"]
        chance.shuffle(kinds)
        yield from kinds


async def cause(fault: str, ships: Fleet, chance: random.Random) -> None:
    if fault == "flush":
        await flush(ships)
    elif fault == "redis":
        ships.redis.kill()
        await asyncio.sleep(chance.uniform(0.2, 1.0))
        await asyncio.to_thread(ships.redis.start)
    else:
        await asyncio.to_thread(ships.kill, fault.removeprefix("kill "))


async def storm(ships: Fleet, *, seed: int, rounds: int, pause: float) -> None:
    """Promise jobs without a break while one fault follows the other."""
    chance = random.Random(seed)
    ended = asyncio.Event()

    async def promising() -> None:
        while not ended.is_set():
            await promise(chance.choice(list(ENDS)), keep=chance.random() > 0.15)
            await asyncio.sleep(chance.uniform(0, 0.08))

    task = asyncio.create_task(promising())
    for _, fault in zip(range(rounds), faults(chance), strict=False):
        await asyncio.sleep(chance.uniform(0.2, 1.0) * pause)
        await cause(fault, ships, chance)
    ended.set()
    await task


async def survive(ships: Fleet, *, seed: int, rounds: int, pause: float) -> None:
    ships.start("relay")
    ships.start("worker")
    await storm(ships, seed=seed, rounds=rounds, pause=pause)
    await until(nothing_waits, LONGEST_LEASE + 15)
    assert await Outbox.all().count() > 3 * rounds
    await check_promises()
    await check_once(ships.kills)
    await check_ends()
    await check_alarms(ships)
    assert set(ships.stop()) == {0}


async def test_jobs_survive_kills_and_a_redis_that_forgets_or_dies(ships: Fleet) -> None:
    await survive(ships, seed=3155, rounds=8, pause=1.0)


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_jobs_survive_a_long_storm(ships: Fleet, seed: int) -> None:
    await survive(ships, seed=seed, rounds=40, pause=1.5)
