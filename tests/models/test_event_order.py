"""Eight writers at once: the cursor loses nothing, a reader that follows the id loses some."""

import asyncio
import random
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from uuid import UUID

import pytest

from domain.cursor import START
from domain.ids import uuid7
from models import event
from models.database import fetch
from tests.models.event_support import (
    INSERT,
    KEY,
    connection,
)

pytestmark = pytest.mark.usefixtures("database")


WRITERS, ROUNDS, SHARED = 8, 30, 4


@dataclass
class Run:
    """What was written, and what the two readers saw."""

    written: set[tuple[UUID, int]] = field(default_factory=set)
    read: list[tuple[UUID, int]] = field(default_factory=list)
    naive: list[tuple[UUID, int]] = field(default_factory=list)
    done: bool = False


async def writer(run: Run, url: str, dice: random.Random, versions: dict[UUID, int]) -> None:
    """Transactions of random length; each changes an object of its own and a shared one.

    The advisory lock is taken before anything is written, so the shared object's versions follow
    the transactions' order.
    """
    own = uuid7()
    async with connection(url) as session:
        for version in range(1, ROUNDS + 1):
            shared = UUID(int=dice.randrange(SHARED))
            mine: list[tuple[UUID, int]] = []
            async with session.transaction():
                if dice.random() < 0.5:
                    await session.execute("SELECT pg_advisory_xact_lock(7155, $1)", shared.int)
                    versions[shared] += 1
                    mine.append((shared, versions[shared]))
                    await session.execute(INSERT, "order", KEY, *mine[-1], "shared")
                mine.append((own, version))
                await session.execute(INSERT, "order", KEY, *mine[-1], "own")
                await asyncio.sleep(dice.choice([0, 0.001, 0.005, 0.03]))
            run.written.update(mine)


async def cursor_reader(run: Run) -> None:
    position = START
    while True:
        ended = run.done
        page = await event.read_after(position, 20)
        run.read += [(one.change.aggregate, one.change.version) for one in page.events]
        position = page.events[-1].position if page.events else position
        if ended and not page.events and not page.pending:
            return
        await asyncio.sleep(0.002)


async def naive_reader(run: Run) -> None:
    last = 0
    while True:
        ended = run.done
        rows = await fetch(
            "SELECT id, aggregate, version FROM events WHERE id > $1 ORDER BY id LIMIT 20", last
        )
        run.naive += [(row["aggregate"], row["version"]) for row in rows]
        last = rows[-1]["id"] if rows else last
        if ended and not rows:
            return
        await asyncio.sleep(0.002)


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_eight_writers_lose_nothing_to_the_cursor_and_something_to_the_naive_reader(
    runtime_url: str, seed: int
) -> None:
    run, versions = Run(), defaultdict[UUID, int](int)
    readers = [asyncio.create_task(cursor_reader(run)), asyncio.create_task(naive_reader(run))]
    await asyncio.gather(
        *(writer(run, runtime_url, random.Random(f"{seed}/{n}"), versions) for n in range(WRITERS))
    )
    run.done = True
    async with asyncio.timeout(30):
        await asyncio.gather(*readers)
    assert len(run.read) == len(set(run.read))
    assert set(run.read) == run.written
    order = defaultdict[UUID, list[int]](list)
    for aggregate, version in run.read:
        order[aggregate].append(version)
    assert all(earlier < later for seen in order.values() for earlier, later in pairwise(seen))
    assert set(run.naive) < run.written
