"""Operations that are cancelled at a random instant, as a time limit or a stop would."""

import asyncio
from collections.abc import Iterator, Sequence
from random import Random

from tortoise.connection import get_connection

from domain.errors import DomainError
from faults.cast import Ground, keys_of
from faults.scenario import Found
from faults.stage import Stage
from models.asyncpg_client import SafeClient, pool_in_use
from models.database import CONNECTION, fetch
from services.commission import award_order

_AT_ONCE = 6
_LATEST = 0.06
_SETTLING = 100
_STUCK = """
SELECT count(*) AS number FROM pg_stat_activity
WHERE state LIKE 'idle in transaction%' AND datname = current_database()
  AND state_change < now() - interval '1 second'
"""


async def operations_cancelled(stage: Stage) -> Found:
    """Awards are cancelled at random instants: every connection comes back, none stays open."""
    grounds = await stage.stock.accepted(stage.sizes.cancellations, 1)
    chance = stage.chance("cancel")
    keys = dict(zip((each.order for each in grounds), keys_of(stage.seed, "cancel"), strict=False))
    cut = 0
    begun = list[Ground]()
    for some in stage.in_time(_batches(grounds)):
        cut += sum(await asyncio.gather(*(_cancelled(g, keys[g.order], chance) for g in some)))
        begun += some
    held = await _settled()
    stuck = await fetch(_STUCK)
    for ground in begun:
        await award_order(ground.seeker.viewer, keys[ground.order], ground.matches[0])
    figures = {"operations": len(begun), "cut off": cut, "connections held": held}
    broken = [f"{held} connections did not come back to the pool"] if held else []
    if stuck[0]["number"]:
        broken.append(f"{stuck[0]['number']} connections are idle in a transaction")
    return Found(dict(figures), faults=cut, broken=broken)


def _batches(grounds: Sequence[Ground]) -> Iterator[Sequence[Ground]]:
    for begin in range(0, len(grounds), _AT_ONCE):
        yield grounds[begin : begin + _AT_ONCE]


async def _cancelled(ground: Ground, key: str, chance: Random) -> bool:
    """Whether the operation was still under way."""
    task = asyncio.ensure_future(award_order(ground.seeker.viewer, key, ground.matches[0]))
    await asyncio.wait([task], timeout=chance.uniform(0, _LATEST))
    task.cancel()
    await asyncio.wait([task])
    if not task.cancelled() and isinstance(task.exception(), DomainError):
        raise RuntimeError("an award was refused") from task.exception()
    return task.cancelled()


async def _settled() -> int:
    """How many connections are checked out once everything has come to rest."""
    client = get_connection(CONNECTION)
    if not isinstance(client, SafeClient):
        raise TypeError("the suite runs on the portal's client")
    for _ in range(_SETTLING):
        if not pool_in_use(client):
            return 0
        await asyncio.sleep(0.02)
    return pool_in_use(client)
