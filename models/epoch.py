"""The epoch of the event order: a new one begins wherever positions stop being comparable.

A dump restored on another server, a failover and a cloned database are noticed by themselves,
because the row remembers the cluster it was written in. A dump restored over the same database is
not: the operator's command renews the epoch then.
"""

from uuid import UUID

from models.database import execute, fetch, retrying, transaction

# System identifier: another server. Timeline: failover or recovery to a point in time.
# Database: restored or cloned under the same server.
_CLUSTER = """
SELECT concat_ws('/', system_identifier, timeline_id, pg_database.oid) AS cluster
FROM pg_control_system(), pg_control_checkpoint(), pg_database
WHERE datname = current_database()
"""

_RENEW = """
INSERT INTO portal_epoch (cluster) VALUES ($1)
ON CONFLICT (one) DO UPDATE
    SET epoch = gen_random_uuid(), cluster = excluded.cluster, floor_tx = '0', floor_id = 0
    WHERE portal_epoch.cluster <> excluded.cluster OR $2
RETURNING epoch
"""


async def confirm() -> None:
    """Begin a new epoch if the database is not where its events were written."""
    await _begin(forced=False)


async def renew() -> UUID:
    """Begin a new epoch; every subscriber is told to reload."""
    await _begin(forced=True)
    (row,) = await fetch("SELECT epoch FROM portal_epoch")
    return UUID(str(row["epoch"]))


async def _begin(*, forced: bool) -> None:
    async def unit() -> None:
        async with transaction():
            (here,) = await fetch(_CLUSTER)
            # The old transaction numbers may lie above the new cluster's horizon.
            if await fetch(_RENEW, here["cluster"], forced):
                await execute("DELETE FROM events")

    await retrying(unit)
