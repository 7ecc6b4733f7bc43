"""J1 to J6 and J8: what the outbox, the traces of jobs and Redis must say."""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from redis.asyncio import Redis
from redis.exceptions import RedisError

from domain.ids import uuid7
from faults.cast import MARKERS
from models import outbox_upkeep
from models.database import execute, fetch, retrying, transaction
from models.outbox import Claimed, enqueue
from tests.workers.handlers import MARKER
from workers.execution import run
from workers.job import Done, Handler, Job, Outcome
from workers.runner import LEASE_SECONDS

GRACE = 15.0
_BACKLOG = 180.0  # seconds that a slow machine may need for what was promised before a fault
ONCE = ("faults.work", "test.effect", "test.flaky")
_POISON = "test.poison"

_PROMISED = """
SELECT 'a job of the suite' AS what, p.key AS id FROM test_promises p
  LEFT JOIN outbox o ON o.aggregate = p.key WHERE o.id IS NULL
UNION ALL SELECT 'a message', m.id FROM messages m
  LEFT JOIN outbox o ON o.kind = 'mail.send' AND o.aggregate = m.id
  WHERE o.id IS NULL AND NOT m.in_digest
UNION ALL SELECT 'a confirmed meeting', m.id FROM meetings m
  LEFT JOIN outbox o ON o.kind = 'meeting.remind' AND o.aggregate = m.id
    AND (o.payload->>'version')::int = m.version
  WHERE m.state = 'CONFIRMED' AND o.id IS NULL
"""
_UNPROMISED = """
SELECT o.id FROM outbox o LEFT JOIN test_promises p ON p.key = o.aggregate
WHERE (o.kind LIKE 'test.%' OR o.kind LIKE 'faults.%') AND p.key IS NULL
"""
_DUE = """
SELECT kind, count(*) AS number FROM outbox WHERE state = 0 AND available_at <= now() GROUP BY 1
"""
_EFFECTS = """
SELECT p.key, p.kind, count(e.key) AS number FROM test_promises p
LEFT JOIN test_effects e ON e.key = p.key GROUP BY p.key, p.kind
"""
_LATEST = "SELECT id, dispatch FROM outbox WHERE kind = ANY($1) AND dispatch > 0 LIMIT $2"


async def j1_no_promise_without_a_row() -> list[str]:
    """Every business row that promises a job has it, and no job of the suite is unpromised."""
    missing = [f"{row['what']} {row['id']} has no job" for row in await fetch(_PROMISED)]
    strays = [f"the job {row['id']} was promised by nobody" for row in await fetch(_UNPROMISED)]
    return [*missing, *strays]


async def j2_everything_ends(since: float) -> tuple[list[str], float]:
    """Within lease and 15 seconds after the last fault nothing that is due waits; how long."""
    deadline = since + LEASE_SECONDS + GRACE
    while waiting := await retrying(lambda: fetch(_DUE)):
        if time.monotonic() > deadline:
            return [
                f"{row['number']} {row['kind']} still wait" for row in waiting
            ], deadline - since
        await asyncio.sleep(0.1)
    return [], max(0.0, time.monotonic() - since)


async def at_rest() -> None:
    """Wait until nothing is due, so that only what comes next has to do with what comes next."""
    deadline = time.monotonic() + _BACKLOG
    while await retrying(lambda: fetch(_DUE)) and time.monotonic() < deadline:  # noqa: ASYNC110  the database has no event
        await asyncio.sleep(0.1)


async def j3_once(kills: int) -> list[str]:
    """A job's effect is there once; one outside the database at most once more per kill."""
    broken = []
    for row in await fetch(_EFFECTS):
        least, most = 0, 0
        if row["kind"] in ONCE:
            least = most = 1
        elif row["kind"] == "test.outside":
            least, most = 1, 1 + kills
        if not least <= row["number"] <= most:
            broken.append(f"{row['kind']} {row['key']} had its effect {row['number']} times")
    return broken


async def j4_fencing() -> list[str]:
    """A late run with an old number changes nothing; one with the present number does."""
    key = uuid7()
    async with transaction():
        await execute("INSERT INTO test_promises VALUES ($1, 'test.effect', '')", key)
        row = await enqueue("test.effect", key)
        await execute(
            "UPDATE outbox SET dispatch = 7, lease_until = now() + interval '1 hour' WHERE id = $1",
            row,
        )
    handlers = {"test.effect": Handler(_trace, 5.0, 3, 0.0, outside=False, every=None)}
    before = await _traces(key)
    await run(handlers, Claimed(row, 6))
    fenced = await _traces(key) == before
    await run(handlers, Claimed(row, 7))
    broken = [] if fenced else ["an old number had an effect"]
    if await _traces(key) != before + 1:
        broken.append("the present number had no effect, so this shows nothing")
    for each in await fetch(_LATEST, list(ONCE), 50):
        await run(handlers, Claimed(each["id"], each["dispatch"] - 1))
        await run(handlers, Claimed(each["id"], each["dispatch"]))
    return broken


async def _trace(job: Job) -> Outcome:
    await execute("INSERT INTO test_effects (key) VALUES ($1)", job.aggregate)
    return Done()


async def _traces(key: object) -> int:
    (row,) = await fetch("SELECT count(*) AS number FROM test_effects WHERE key = $1", key)
    return int(row["number"])


async def j5_nothing_vanishes(logs: str) -> list[str]:
    """Rows leave by retention only; what was given up raised an alarm and can be queued again."""
    gone = await fetch("SELECT id, state FROM faults_gone WHERE state = 0 OR state = 2")
    broken = [f"the job {row['id']} was deleted in state {row['state']}" for row in gone]
    dead = {str(row["id"]): row for row in await outbox_upkeep.dead_letters()}
    alarmed = set(re.findall(r"CRITICAL workers\.execution: ALERT job (\S+)", logs))
    broken += [
        f"{row['kind']} {key} died without an alarm"
        for key, row in dead.items()
        if key not in alarmed
    ]
    broken += [
        f"{row['kind']} was given up: {row['last_error']}"
        for row in dead.values()
        if row["kind"] != _POISON
    ]
    again = {str(each) for each in await outbox_upkeep.requeue(None)}
    if again != dead.keys():
        broken.append("what was given up cannot all be queued again")
    return broken


@dataclass(slots=True)
class Eavesdropper:
    """J8: nothing personal in Redis. Looks at every key again and again."""

    url: str
    looks: int = 0
    keys: int = 0
    found: set[str] = field(default_factory=set)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Look while the block lasts."""
        task = asyncio.create_task(self._listen())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait([task])

    async def _listen(self) -> None:
        while True:
            with suppress(RedisError, OSError):
                await self.look()
            await asyncio.sleep(0.5)

    async def look(self) -> None:
        """Look at every key once."""
        redis: Redis = Redis.from_url(self.url)
        try:
            async for key in redis.scan_iter():
                held = key + (await redis.dump(key) or b"")
                self.keys += 1
                self.found |= {each for each in (*MARKERS, MARKER) if each.encode() in held}
            self.looks += 1
        finally:
            await redis.aclose()

    def j8_nothing_personal(self, logs: str) -> list[str]:
        """What was found of what people have written, in Redis and in the processes' logs."""
        said = [f"a log holds {each!r}" for each in (*MARKERS, MARKER) if each in logs]
        seen = said + [f"Redis held {each!r}" for each in sorted(self.found)]
        return seen if self.keys else ["Redis never held anything, so this shows nothing"]
