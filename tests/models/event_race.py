"""Eight writers beside two readers: one that follows the cursor, one that follows the id."""

import asyncio
import random
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from uuid import UUID

from domain.cursor import Position
from domain.ids import uuid7
from models import event
from models.database import fetch
from tests.models.event_support import INSERT, KEY, connection

WRITERS, SHARED = 8, 4


@dataclass
class Run:
    """What was written, and what the two readers saw."""

    written: set[tuple[UUID, int]] = field(default_factory=set)
    read: list[tuple[UUID, int]] = field(default_factory=list)
    naive: list[tuple[UUID, int]] = field(default_factory=list)
    done: bool = False

    @property
    def in_order(self) -> bool:
        """Whether the cursor's reader saw the versions of each object rise."""
        order = defaultdict[UUID, list[int]](list)
        for aggregate, version in self.read:
            order[aggregate].append(version)
        return all(one < two for seen in order.values() for one, two in pairwise(seen))


async def race(url: str, seed: int, rounds: int) -> Run:
    """One race, over events that no other has written."""
    run, versions = Run(), defaultdict[UUID, int](int)
    position = (await event.head()).position
    (row,) = await fetch("SELECT coalesce(max(id), 0) AS last FROM events")
    readers = [
        asyncio.create_task(_cursor_reader(run, position)),
        asyncio.create_task(_naive_reader(run, row["last"])),
    ]
    dice = [random.Random(f"{seed}/{number}") for number in range(WRITERS)]
    await asyncio.gather(*(_writer(run, url, each, versions, rounds) for each in dice))
    run.done = True
    async with asyncio.timeout(30):
        await asyncio.gather(*readers)
    return run


async def _writer(
    run: Run, url: str, dice: random.Random, versions: dict[UUID, int], rounds: int
) -> None:
    """Transactions of random length; each changes an object of its own and a shared one.

    The advisory lock is taken before anything is written, so the shared object's versions follow
    the transactions' order.
    """
    own = uuid7()
    async with connection(url) as session:
        for version in range(1, rounds + 1):
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


async def _cursor_reader(run: Run, position: Position) -> None:
    while True:
        ended = run.done
        page = await event.read_after(position, 20)
        changes = [one.change for one in page.events]
        run.read += [(each.aggregate, each.version) for each in changes if each.key == KEY]
        position = page.events[-1].position if page.events else position
        if ended and not page.events and not page.pending:
            return
        await asyncio.sleep(0.002)


async def _naive_reader(run: Run, last: int) -> None:
    while True:
        ended = run.done
        rows = await fetch(
            "SELECT id, key, aggregate, version FROM events WHERE id > $1 ORDER BY id LIMIT 20",
            last,
        )
        run.naive += [(row["aggregate"], row["version"]) for row in rows if row["key"] == KEY]
        last = rows[-1]["id"] if rows else last
        if ended and not rows:
            return
        await asyncio.sleep(0.002)
