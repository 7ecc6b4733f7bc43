"""Redis forgets or is away, PostgreSQL crashes, while clients go on."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from faults.cast import Ground, keys_of
from faults.checks.calls import answers_differ, stale_reads
from faults.clients import READ, Client
from faults.scenario import Found
from faults.stage import Stage

_CLIENTS = 4
_STOCK = 1_500
_PAUSE = 0.05


async def redis_forgets(stage: Stage) -> Found:
    """FLUSHALL at random instants under load."""
    chance = stage.chance("flush")
    flushed = 0
    async with _load(stage, "redis forgets"):
        for _ in stage.in_time(range(stage.sizes.flushes)):
            await asyncio.sleep(chance.uniform(0.05, 0.8))
            flushed += await stage.servers.flush()
    return _found(stage, "redis forgets", {"flushes": flushed})


async def redis_away(stage: Stage) -> Found:
    """Redis is killed under load, and an empty one comes after a while."""
    seconds = stage.sizes.redis_seconds
    async with _load(stage, "redis away"):
        await asyncio.sleep(1)
        await stage.servers.redis_away(seconds)
        await asyncio.sleep(1)
    return _found(stage, "redis away", {"outages": 1, "seconds": seconds})


async def postgres_crashes(stage: Stage) -> Found:
    """PostgreSQL is stopped at once and started again (`restart -m immediate`) under load."""
    chance = stage.chance("crash")
    crashed = 0
    async with _load(stage, "postgres crashes"):
        for _ in stage.in_time(range(stage.sizes.crashes)):
            await asyncio.sleep(chance.uniform(1, 4))
            await stage.servers.crash_postgres()
            crashed += 1
        await asyncio.sleep(2)
    return _found(stage, "postgres crashes", {"crashes": crashed})


@asynccontextmanager
async def _load(stage: Stage, scenario: str) -> AsyncIterator[None]:
    """Clients that accept, award and read without a break while the block lasts."""
    share = _STOCK // _CLIENTS if stage.sizes.settles else 100
    ended = asyncio.Event()
    tasks = []
    for client in stage.clients(scenario, _CLIENTS):
        accepted = await stage.stock.accepted(share, 1)
        suggested = await stage.stock.suggested(share)
        work = _works(client, accepted, suggested, ended.is_set)
        tasks.append(asyncio.create_task(work))
    try:
        yield
    finally:
        ended.set()
        await asyncio.gather(*tasks)


async def _works(
    client: Client,
    accepted: Sequence[Ground],
    suggested: Sequence[Ground],
    ended: Callable[[], bool],
) -> None:
    keys = keys_of(0, f"{client.scenario}-{client.who}")
    for award, accept in zip(accepted, suggested, strict=True):
        if ended():
            break
        seeker, helper = award.seeker.token, accept.acceptors[0].token
        await client.change("awardOrder", seeker, award.ids[0], next(keys))
        await client.insist(seeker, "match", READ, {"id": award.ids[0]})
        await client.change("acceptOrder", helper, accept.ids[0], next(keys))
        await asyncio.sleep(client.chance.uniform(0, _PAUSE))
    client.close()


def _found(stage: Stage, scenario: str, figures: dict[str, int | float]) -> Found:
    calls = stage.history.of(scenario)
    keys = {each.key for each in calls if each.key}
    done = {each.key for each in calls if each.is_done and each.key}
    tries = sum(not each.is_settled for each in calls)
    broken = [*answers_differ(calls), *stale_reads(calls)]
    broken += [f"the key {key} was never acknowledged" for key in sorted(keys - done)]
    faults = int(next(iter(figures.values())))
    return Found({**figures, "acknowledged": len(done), "tried again": tries}, faults, broken)
