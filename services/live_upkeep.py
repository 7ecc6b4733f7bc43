"""Upkeep of the events: forgetting old ones, beginning a new epoch after a restore."""

from datetime import datetime, timedelta
from uuid import UUID

from models import epoch, event

RETENTION = timedelta(days=7)
BATCH = 5_000


async def forget_old(now: datetime) -> int:
    """Delete events older than the retention, in short transactions; how many went."""
    total = 0
    while True:
        deleted = await event.delete_before(now - RETENTION, BATCH)
        total += deleted
        if deleted < BATCH:
            return total


async def renew_epoch() -> UUID:
    """Begin a new epoch after a restore from backup: every subscriber reloads."""
    return await epoch.renew()
