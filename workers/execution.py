"""One run of one job: fencing, the transaction around it, and how it is settled.

Nothing that a handler raises leaves this module, and only class names of exceptions are kept or
logged: their texts may quote what people have written.
"""

import asyncio
import logging
import random
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime

from models import outbox
from models.database import retrying, transaction
from models.outbox import Claimed, Row, State
from workers.job import Cancelled, Done, Handler, Job, Outcome, Snooze
from workers.period import promise_next

_log = logging.getLogger(__name__)

LONGEST_BACKOFF = 3600.0
ALARM_AFTER = 3
UNKNOWN_KIND = "UnknownKind"
_UNKNOWN_TRIES = 8
_SETTLE_SECONDS = 5.0


async def run(handlers: Mapping[str, Handler], claimed: Claimed) -> None:
    """Run the job that was handed over, once; an old dispatch number changes nothing."""
    try:
        row = await outbox.peek(claimed)
        if row is not None:
            await _run_row(handlers.get(row.kind), claimed, row)
    except asyncio.CancelledError:
        await asyncio.shield(_give_back(claimed))
        raise
    except Exception as error:  # noqa: BLE001  the lease brings the job back
        _log.warning("job %s could not be settled: %s", claimed.id, type(error).__name__)


async def _run_row(handler: Handler | None, claimed: Claimed, row: Row) -> None:
    if handler is None:
        await _fail(claimed, row, UNKNOWN_KIND, tries=_UNKNOWN_TRIES, backoff=2.0)
        return
    try:
        async with asyncio.timeout(handler.timeout):
            if handler.outside:
                await _outside(handler, claimed)
            else:
                await retrying(lambda: _inside(handler, claimed))
    except Exception as error:  # noqa: BLE001  whatever it is, the job is repeated later
        _report(row, error)
        name = type(error).__name__
        await _fail(claimed, row, name, tries=handler.tries, backoff=handler.backoff)
        if handler.every is not None and row.attempts + 1 >= handler.tries:
            await _keep_the_chain(handler, row)


async def _inside(handler: Handler, claimed: Claimed) -> None:
    """The database's work and its settlement in one transaction, under the row's lock."""
    async with transaction():
        row = await outbox.lock(claimed)
        if row is None:
            return
        await _settle(handler, claimed, row, await handler.function(_job(row)))


async def _outside(handler: Handler, claimed: Claimed) -> None:
    """An effect outside the database, then its settlement; the number is checked both times.

    The time in the queue has used up part of the lease, so it begins anew: nobody else may begin
    the same effect while this run can still be under way.
    """
    row = await outbox.renew(claimed, handler.timeout + _SETTLE_SECONDS)
    if row is None:
        return
    outcome = await handler.function(_job(row))
    async with transaction():
        await _settle(handler, claimed, row, outcome)


def _job(row: Row) -> Job:
    return Job(row.id, row.kind, row.aggregate, row.payload, row.attempts + 1)


async def _settle(handler: Handler, claimed: Claimed, row: Row, outcome: Outcome) -> None:
    match outcome:
        case Snooze(until):
            await outbox.snooze(claimed, until)
            return
        case Cancelled(reason):
            changed = await outbox.finish(claimed, State.CANCELLED, reason)
        case Done():
            changed = await outbox.finish(claimed, State.DONE)
    if changed and handler.every is not None:
        await promise_next(row.kind, handler.every, datetime.now(UTC))


async def _fail(claimed: Claimed, row: Row, error: str, *, tries: int, backoff: float) -> None:
    failures = row.attempts + 1
    if failures < tries:
        delay = min(backoff * 2 ** (failures - 1), LONGEST_BACKOFF) * random.uniform(0.75, 1.25)  # noqa: S311  jitter
        await retrying(lambda: outbox.reschedule(claimed, delay=delay, error=error))
    else:
        await retrying(lambda: _give_up(claimed, row, failures, error))


async def _give_up(claimed: Claimed, row: Row, failures: int, error: str) -> None:
    """The alarm comes before the commit: a worker that dies in between raises it once more."""
    async with transaction():
        if await outbox.lock(claimed) is None:
            return
        _log.critical(
            "ALERT job %s (%s) was given up after %d failures: %s",
            row.id,
            row.kind,
            failures,
            error,
        )
        await outbox.finish(claimed, State.DEAD, error)


async def _keep_the_chain(handler: Handler, row: Row) -> None:
    """A periodic duty that was given up for one period still has its next one."""
    if handler.every is not None:
        async with transaction():
            await promise_next(row.kind, handler.every, datetime.now(UTC))


async def _give_back(claimed: Claimed) -> None:
    """Interrupted by the end of the worker: another one may have the job at once."""
    try:
        await outbox.unclaim([claimed])
    except Exception as error:  # noqa: BLE001  the lease brings the job back
        _log.warning("job %s could not be given back: %s", claimed.id, type(error).__name__)


def _report(row: Row, error: Exception) -> None:
    """Say where it failed, frame by frame, without the exception's text."""
    frames = " < ".join(
        f"{frame.filename.rsplit('/', 2)[-1]}:{frame.lineno} {frame.name}"
        for frame in reversed(traceback.extract_tb(error.__traceback__)[-6:])
    )
    level = logging.WARNING if row.attempts + 1 < ALARM_AFTER else logging.ERROR
    _log.log(
        level,
        "job %s (%s) failed for the %d. time: %s at %s",
        row.id,
        row.kind,
        row.attempts + 1,
        type(error).__name__,
        frames,
    )
