"""The chain over the history as rows: what waits for a seal, what is sealed, what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.audit import START, Codes, Entry, Head
from models.database import execute, fetch

_LOCK = 7155_0049
_ENTRY = ", ".join(f"t.{each.name}" for each in fields(Entry))
_HEAD = "SELECT sequence, hash, transition_id FROM audit_seals ORDER BY sequence DESC LIMIT 1"
# A committed row above the horizon gets its turn soon, unless it comes from before a restore: the
# transactions of another cluster may have higher numbers than this one will ever have.
_WAITING = f"""
SELECT {_ENTRY}, t.actor_id, t.principal_id FROM transitions t
WHERE t.id > $1
  AND (t.tx < pg_snapshot_xmin(pg_current_snapshot()) OR t.at < now() - interval '1 hour')
  AND NOT EXISTS (SELECT FROM audit_seals s WHERE s.transition_id = t.id)
ORDER BY t.tx, t.id LIMIT $2
"""  # noqa: S608  our own names
_SEAL = """
INSERT INTO audit_seals (sequence, transition_id, hash, actor_code, principal_code, sealed_at)
SELECT *, $6::timestamptz
FROM unnest($1::bigint[], $2::uuid[], $3::text[], $4::text[], $5::text[])
"""
_SEALED = f"""
SELECT s.sequence, s.hash, s.actor_code, s.principal_code, s.sealed_at, s.transition_id,
  t.actor_id, t.principal_id, {_ENTRY}
FROM audit_seals s LEFT JOIN transitions t ON t.id = s.transition_id
WHERE s.sequence > $1 ORDER BY s.sequence LIMIT $2
"""  # noqa: S608  our own names
_UNSEALED = """
SELECT t.id, t.at, EXISTS (SELECT FROM audit_seals s WHERE s.transition_id = t.id) AS sealed
FROM transitions t WHERE t.id > $1 ORDER BY t.id LIMIT $2
"""
# Only what is sealed: the pseudonyms are in the seal then.
_FORGET = """
WITH old AS (
  SELECT t.id, t.actor_id, t.principal_id FROM transitions t
  WHERE t.id > $1 AND t.id < $2 ORDER BY t.id LIMIT $3
), gone AS (
  UPDATE transitions t SET actor_id = NULL, principal_id = NULL FROM old
  WHERE t.id = old.id AND t.at < $4 AND (old.actor_id IS NOT NULL OR old.principal_id IS NOT NULL)
    AND EXISTS (SELECT FROM audit_seals s WHERE s.transition_id = t.id)
  RETURNING t.id
)
SELECT (SELECT id FROM old ORDER BY id DESC LIMIT 1) AS last, (SELECT count(*) FROM gone) AS number
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A transition without a seal."""

    entry: Entry
    actor_id: UUID | None
    principal_id: UUID | None


@dataclass(frozen=True, slots=True)
class Sealed:
    """A seal, and its transition if that is still there."""

    head: Head
    codes: Codes
    sealed_at: datetime
    transition_id: UUID
    waiting: Waiting | None


async def alone() -> bool:
    """Keep other sealers away until the transaction ends; False if there is one already."""
    (row,) = await fetch("SELECT pg_try_advisory_xact_lock($1) AS mine", _LOCK)
    return bool(row["mine"])


async def head() -> tuple[Head, UUID | None]:
    """Where the chain ends, and the transition that was sealed last."""
    rows = await fetch(_HEAD)
    if not rows:
        return START, None
    return Head(rows[0]["sequence"], rows[0]["hash"]), rows[0]["transition_id"]


async def waiting(above: UUID, limit: int) -> list[Waiting]:
    """The next transitions without a seal whose id lies above, in the order of transactions."""
    return [_waiting(row) for row in await fetch(_WAITING, above, limit)]


async def write(seals: Sequence[tuple[UUID, Head, Codes]], sealed_at: datetime) -> None:
    """Write seals in the caller's transaction."""
    await execute(
        _SEAL,
        [head.sequence for _, head, _ in seals],
        [transition for transition, _, _ in seals],
        [head.hash for _, head, _ in seals],
        [codes.actor for _, _, codes in seals],
        [codes.principal for _, _, codes in seals],
        sealed_at,
    )


async def sealed(after: int, limit: int) -> list[Sealed]:
    """The seals behind a number, with what they seal."""
    return [
        Sealed(
            head=Head(row["sequence"], row["hash"]),
            codes=Codes(row["actor_code"], row["principal_code"]),
            sealed_at=row["sealed_at"],
            transition_id=row["transition_id"],
            waiting=None if row["id"] is None else _waiting(row),
        )
        for row in await fetch(_SEALED, after, limit)
    ]


async def seen(above: UUID, limit: int) -> list[dict[str, Any]]:
    """The next transitions by id: when each was written, and whether it is sealed."""
    return await fetch(_UNSEALED, above, limit)


async def forget(above: UUID, below: UUID, before: datetime, limit: int) -> tuple[UUID | None, int]:
    """Forget who did it in the next sealed transitions; the last one looked at, and how many."""
    (row,) = await fetch(_FORGET, above, below, limit, before)
    return row["last"], int(row["number"])


def _waiting(row: dict[str, Any]) -> Waiting:
    entry = Entry(**{each.name: row[each.name] for each in fields(Entry)})
    return Waiting(entry, row["actor_id"], row["principal_id"])
