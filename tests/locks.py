"""Races that are decided by locks: a test goes on when its rivals wait, not after some time."""

import asyncio

from models.database import fetch

_WAITING = """
SELECT count(*) AS n FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


async def blocked(number: int = 1) -> None:
    """Return as soon as so many rivals wait for a lock in this test's database."""
    for _ in range(500):
        await fetch("SELECT pg_stat_clear_snapshot()")  # inside a transaction it would stay
        (row,) = await fetch(_WAITING)
        if row["n"] >= number:
            return
        await asyncio.sleep(0.01)
    raise AssertionError("the rival never had to wait")
