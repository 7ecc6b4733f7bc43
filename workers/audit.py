"""The duties that seal the history, tell where its chain ends, and forget who did what."""

import logging
from datetime import timedelta

from domain.keys import Keys
from models import audit as rows
from services.audit import BATCH, forget_names, seal_some
from services.clock import now
from workers.job import Done, Job, Outcome, handler

_log = logging.getLogger(__name__)
_ROUNDS = 20
_keys: list[Keys] = []


def seal_with(keys: Keys) -> None:
    """Say what the worker seals with."""
    _keys[:] = [keys]


# Outside, because every batch is a transaction of its own: a long one would hold up the events.
@handler("audit.seal", tries=5, outside=True, every=timedelta(minutes=1))
async def seal_history(_job: Job) -> Outcome:
    """Seal what was committed since; two at once are safe, the second one leaves."""
    await _seal(everything=False)
    return Done()


@handler("audit.head", tries=5, outside=True, every=timedelta(days=1))
async def tell_head(_job: Job) -> Outcome:
    """Seal whatever was left behind, and write down where the chain ends."""
    await _seal(everything=True)
    head, _ = await rows.head()
    _log.info("audit head %d:%s", head.sequence, head.hash)
    return Done()


@handler("audit.forget", tries=5, outside=True, every=timedelta(days=1))
async def forget_who(_job: Job) -> Outcome:
    """Forget who did what more than a year ago; the seals stand for them."""
    await forget_names(now())
    return Done()


async def _seal(*, everything: bool) -> None:
    (keys,) = _keys
    for _ in range(_ROUNDS):
        sealed = await seal_some(keys, now(), everything=everything)
        if sealed is None or sealed < BATCH:
            break
