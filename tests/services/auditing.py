"""What the tests of the chain share: a history, sealing all of it, changing it as the owner."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg

from domain.audit import Head
from models.database import execute, fetch, parse_url
from services import clock
from services.audit import Look, Verdict, seal_some, verify
from tests.services.scenes import KEYS

WRITE = """
INSERT INTO transitions (id, machine, aggregate, action, source, target, version, at, actor_id,
  principal_id, role, on_behalf)
SELECT portal_uuid7(), 'ORDER', $1, 'RELEASE_ORDER', 'DRAFT', 'RELEASED', number, now(), $2, $3,
  'SEEKER', $3::uuid IS NOT NULL
FROM generate_series($4::int, $5::int) AS number
"""


async def write(
    aggregate: UUID, numbers: range, actor: UUID | None = None, principal: UUID | None = None
) -> None:
    """Transitions of one aggregate with these versions."""
    await execute(WRITE, aggregate, actor, principal, numbers[0], numbers[-1])


async def seal_all() -> None:
    """Until nothing waits; other tests on this server may hold the horizon back for a while."""
    async with asyncio.timeout(20):
        while await unsealed():
            await seal_some(KEYS, clock.now())
            await asyncio.sleep(0.005)


async def unsealed() -> int:
    (row,) = await fetch(
        "SELECT count(*) AS n FROM transitions t "
        "WHERE NOT EXISTS (SELECT FROM audit_seals WHERE transition_id = t.id)"
    )
    return int(row["n"])


async def seals() -> list[Head]:
    rows = await fetch("SELECT sequence, hash FROM audit_seals ORDER BY sequence")
    return [Head(row["sequence"], row["hash"]) for row in rows]


async def look(**more: object) -> Verdict:
    return await verify(KEYS, clock.now(), Look(**more))  # type: ignore[arg-type]  # its own names


@asynccontextmanager
async def tampering(owner_url: str) -> AsyncIterator[asyncpg.Connection]:
    """Whoever owns the tables and has put the triggers to sleep."""
    connection = await asyncpg.connect(**parse_url(owner_url).arguments())
    try:
        async with connection.transaction():
            for table in ("transitions", "audit_seals"):
                await connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield connection
            for table in ("transitions", "audit_seals"):
                await connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    finally:
        await connection.close()
