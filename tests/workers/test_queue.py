"""arq behind its interface: what it carries, what it keeps, how it comes back."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from models import outbox
from models.database import fetch
from models.outbox import Outbox, State
from tests.servers import own_redis
from tests.workers.fleet import promise, until
from tests.workers.handlers import effect, leave_trace
from workers.job import Done, Handler, Job, Outcome
from workers.queue import QUEUE, ArqRunner
from workers.runner import RunnerAway

KIND = "test.kind"


def plain(function: object = effect) -> Handler:
    return Handler(function, 5, 3, 0.0, outside=False, every=None)  # type: ignore[arg-type]


@asynccontextmanager
async def working(redis_url: str, handler: Handler, max_jobs: int = 4) -> AsyncIterator[ArqRunner]:
    """A worker in this process; leaving the block drains it."""
    runner, stopping = ArqRunner(redis_url), asyncio.Event()
    runner.register(KIND, handler)
    task = asyncio.create_task(runner.work(stopping, max_jobs=max_jobs))
    try:
        yield runner
    finally:
        stopping.set()
        await asyncio.wait_for(task, 30)
        await runner.close()


async def hand_over(runner: ArqRunner) -> None:
    for one in await outbox.claim(limit=100, window=100, lease=30):
        await runner.submit(one.id, one.dispatch)


async def finished(count: int) -> None:
    async def so_many() -> bool:
        return await Outbox.filter(state=State.DONE).count() >= count

    await until(so_many)


async def empty(redis: Redis) -> None:
    async def nothing_queued() -> bool:
        return not await redis.zcard(QUEUE)

    await until(nothing_queued)


async def effects() -> int:
    return int((await fetch("SELECT count(*) AS n FROM test_effects"))[0]["n"])


@pytest.mark.usefixtures("traces")
async def test_jobs_travel_through_redis_and_leave_nothing_there(
    redis: Redis, redis_url: str
) -> None:
    for _ in range(20):
        await promise(KIND)
    async with working(redis_url, plain()) as runner:
        await hand_over(runner)
        await finished(20)
    keys = [key.decode() async for key in redis.scan_iter()]
    assert [key for key in keys if not key.startswith("portal:worker:")] == []
    assert await effects() == 20


async def test_what_lies_in_redis_is_an_id_and_a_number_as_json(
    redis: Redis, redis_url: str
) -> None:
    runner, row = ArqRunner(redis_url), uuid4()
    await runner.submit(row, 7)
    await runner.close()
    stored = await redis.get(f"arq:job:{row}:7")
    assert stored is not None
    assert json.loads(stored)["a"] == [str(row), 7]
    assert await redis.zrange(QUEUE, 0, -1) == [f"{row}:7".encode()]
    assert 0 < await redis.ttl(f"arq:job:{row}:7") <= 60


async def test_a_runner_without_redis_says_that_it_is_away() -> None:
    runner = ArqRunner("unix:///nowhere/redis.sock")
    with pytest.raises(RunnerAway):
        await runner.submit(uuid4(), 1)
    await runner.close()


@pytest.mark.usefixtures("traces")
async def test_the_same_handing_over_twice_runs_once(redis: Redis, redis_url: str) -> None:
    await promise(KIND)
    (one,) = await outbox.claim(limit=1, window=100, lease=30)
    async with working(redis_url, plain()) as runner:
        await runner.submit(one.id, one.dispatch)
        await finished(1)
        await runner.submit(one.id, one.dispatch)
        await empty(redis)
    assert await effects() == 1


@pytest.mark.usefixtures("traces", "redis")
async def test_a_worker_that_is_told_to_stop_finishes_what_it_has_begun(redis_url: str) -> None:
    begun = asyncio.Event()

    async def takes_its_time(job: Job) -> Outcome:
        begun.set()
        await asyncio.sleep(0.5)
        await leave_trace(job)
        return Done()

    await promise(KIND)
    async with working(redis_url, plain(takes_its_time)) as runner:
        await hand_over(runner)
        await begun.wait()
    assert await effects() == 1


@pytest.mark.usefixtures("traces")
async def test_a_worker_comes_back_with_its_redis() -> None:
    with own_redis() as server:
        async with working(server.url, plain()) as runner:
            await promise(KIND)
            await hand_over(runner)
            await finished(1)
            server.kill()
            await asyncio.sleep(0.5)
            server.start()
            await promise(KIND)
            begun = time.monotonic()
            while await Outbox.filter(state=State.DONE).count() < 2:
                assert time.monotonic() - begun < 10
                for one in await outbox.claim(limit=9, window=100, lease=2):
                    try:
                        await runner.submit(one.id, one.dispatch)
                    except RunnerAway:
                        await outbox.unclaim([one])
                await asyncio.sleep(0.05)
    assert await effects() == 2


@pytest.mark.usefixtures("traces")
async def test_a_foreign_message_does_not_end_the_worker(redis: Redis, redis_url: str) -> None:
    async with working(redis_url, plain()) as runner:
        await redis.set("arq:job:bad", b"\x80\x04not json")
        await redis.zadd(QUEUE, {"bad": 1})
        await asyncio.sleep(0.3)
        await promise(KIND)
        await hand_over(runner)
        await finished(1)
    assert await redis.zcard(QUEUE) == 0


@pytest.mark.usefixtures("database")
async def test_each_worker_shows_that_it_lives_under_a_key_of_its_own(
    redis: Redis, redis_url: str
) -> None:
    async def keys() -> list[bytes]:
        return [key async for key in redis.scan_iter("portal:worker:*")]

    async with working(redis_url, plain()):
        await until(keys)
        assert len(await keys()) == 1
