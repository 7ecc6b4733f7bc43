"""Sealing the history after the commit, and finding what was changed behind the portal's back.

Nothing here takes part in a business transaction: a sealer reads what is committed, in the order
of transactions and below the horizon where nothing can appear later (as `models.event` does), and
adds to the chain alone.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.audit import (
    BEGINNING,
    KEPT_WITH_NAMES,
    SEALED_WITHIN,
    Codes,
    Head,
    codes,
    seal,
)
from domain.ids import uuid7_at
from domain.keys import Keys
from models import audit as rows
from models.audit import Sealed, Waiting
from models.database import retrying, transaction

BATCH = 1_000
_NOTHING = UUID(int=0)
# An id is made before its row is committed, and clocks differ; nothing takes as long as this.
_MARGIN = timedelta(hours=1)


class Fault(StrEnum):
    """What can be wrong with the chain."""

    CHANGED = "CHANGED"
    SEAL_MISSING = "SEAL_MISSING"
    ENTRY_MISSING = "ENTRY_MISSING"
    NOT_SEALED = "NOT_SEALED"
    CUT_OFF = "CUT_OFF"
    OTHER_HEAD = "OTHER_HEAD"


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place that is not as it was sealed."""

    fault: Fault
    sequence: int | None
    transition_id: UUID | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a look at the chain has found.

    `unsealed` transitions wait for a seal. `late` ones were sealed long after they say they were
    written: no worker was there, or somebody has written into the past.
    """

    head: Head
    checked: int
    unsealed: int
    late: int
    broken: Broken | None


@dataclass(frozen=True, slots=True)
class Look:
    """What to look at: all of it, or the part behind `after` and up to `until`.

    Without a remembered head nobody can tell whether the end of the chain was cut off.
    """

    after: int = 0
    until: int | None = None
    remembered: Head | None = None
    within: timedelta = SEALED_WITHIN


async def seal_some(keys: Keys, now: datetime, *, everything: bool = False) -> int | None:
    """Seal the next transitions in a transaction of their own; None if somebody else is at it.

    Looks at ids from shortly before the last seal on; at `everything` once in a while.
    """

    async def unit() -> int | None:
        async with transaction():
            if not await rows.alone():
                return None
            head, last = await rows.head()
            above = _NOTHING if everything or last is None else _shortly_before(last, now)
            return await _seal(keys, head, await rows.waiting(above, BATCH), now)

    return await retrying(unit)


async def _seal(keys: Keys, head: Head, waiting: list[Waiting], now: datetime) -> int:
    seals = []
    for each in waiting:
        who = codes(keys, each.actor_id, each.principal_id)
        head = seal(keys, head, each.entry, who, now)
        seals.append((each.entry.id, head, who))
    if seals:
        await rows.write(seals, now)
    return len(seals)


def _shortly_before(last: UUID, now: datetime) -> UUID:
    """The least id of an hour before the last one; no later than that of an hour ago."""
    margin = int(_MARGIN / timedelta(milliseconds=1)) << 80
    return min(UUID(int=max(last.int - margin, 0)), uuid7_at(now - _MARGIN))


async def forget_names(now: datetime) -> int:
    """Forget who did what more than a year ago, in short transactions; how many entries."""
    above: UUID | None = _NOTHING
    below, total = uuid7_at(now), 0
    while above is not None:
        above, number = await rows.forget(above, below, now - KEPT_WITH_NAMES, BATCH)
        total += number
    return total


async def verify(keys: Keys, now: datetime, look: Look) -> Verdict:
    """Look whether everything is as it was sealed, and nothing is missing."""
    head, checked, late, broken = Head(look.after, BEGINNING), 0, 0, None
    async for each in _seals(look.after):
        if each.head.sequence == look.after:
            head = each.head
            continue
        if look.until is not None and each.head.sequence > look.until:
            break
        broken = _fault(keys, head, each) or _other_head(each, look.remembered)
        if broken is not None:
            break
        head, checked = each.head, checked + 1
        late += each.waiting is not None and each.sealed_at - each.waiting.entry.at > look.within
    unsealed, unknown = await _unsealed(now - look.within)
    broken = broken or _cut_off(head, look) or unknown
    return Verdict(head, checked, unsealed, late, broken)


def _cut_off(head: Head, look: Look) -> Broken | None:
    known = look.remembered
    if known is None or look.until is not None or known.sequence <= head.sequence:
        return None
    return Broken(Fault.CUT_OFF, head.sequence + 1, None)


async def _seals(after: int) -> AsyncIterator[Sealed]:
    """The seals from the one at `after` on."""
    above = after - 1
    while some := await rows.sealed(above, BATCH):
        for each in some:
            yield each
        above = some[-1].head.sequence


def _fault(keys: Keys, before: Head, each: Sealed) -> Broken | None:
    if each.head.sequence != before.sequence + 1:
        return Broken(Fault.SEAL_MISSING, before.sequence + 1, None)
    if each.waiting is None:
        return Broken(Fault.ENTRY_MISSING, each.head.sequence, each.transition_id)
    entry, now = each.waiting.entry, codes(keys, each.waiting.actor_id, each.waiting.principal_id)
    same = seal(keys, before, entry, each.codes, each.sealed_at) == each.head
    if same and _stands_for(each.codes, now):
        return None
    return Broken(Fault.CHANGED, each.head.sequence, entry.id)


def _stands_for(sealed: Codes, present: Codes) -> bool:
    """Who did it may have been forgotten since, but not become somebody else."""
    pairs = ((sealed.actor, present.actor), (sealed.principal, present.principal))
    return all(now is None or now == then for then, now in pairs)


def _other_head(each: Sealed, remembered: Head | None) -> Broken | None:
    """A chain that was made anew is right in itself, but it is not the one that was remembered."""
    same = remembered is None or remembered.sequence != each.head.sequence
    if same or remembered == each.head:
        return None
    return Broken(Fault.OTHER_HEAD, each.head.sequence, each.transition_id)


async def _unsealed(before: datetime) -> tuple[int, Broken | None]:
    """How many transitions have no seal, and the first that should have one by now."""
    above, number, first = _NOTHING, 0, None
    while some := await rows.seen(above, BATCH):
        missing = [row for row in some if not row["sealed"]]
        late = [row["id"] for row in missing if row["at"] < before]
        first = first or next(iter(late), None)
        above, number = some[-1]["id"], number + len(missing)
    return number, first and Broken(Fault.NOT_SEALED, None, first)
