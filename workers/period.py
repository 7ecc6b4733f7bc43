"""Periodic duties: outbox rows that promise their own next run.

The dedupe key names the period, so that two workers cannot promise it twice. When nobody was
there to run a duty its row stays due, so what was missed is caught up exactly once.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

from models.database import transaction
from models.outbox import enqueue
from workers.job import Handler

NOBODY = UUID(int=0)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def period_start(every: timedelta, now: datetime) -> datetime:
    """When the period began in which `now` lies; periods are counted from 1970 in UTC."""
    return now - (now - _EPOCH) % every


async def periodic(kind: str, every: timedelta, now: datetime) -> UUID:
    """Promise the duty of the period in which `now` lies; the id of its row."""
    start = period_start(every, now)
    return await enqueue(
        kind, NOBODY, dedupe_key=f"{kind}:{start:%Y-%m-%dT%H:%M:%SZ}", available_at=start
    )


async def promise_next(kind: str, every: timedelta, now: datetime) -> UUID:
    """Promise the duty of the period after the one in which `now` lies."""
    return await periodic(kind, every, now + every)


async def promise_all(handlers: Mapping[str, Handler], now: datetime) -> None:
    """Begin the chains of all periodic duties, for a worker that starts."""
    async with transaction():
        for kind, handler in sorted(handlers.items()):
            if handler.every is not None:
                await periodic(kind, handler.every, now)
