"""The outbox: jobs as rows, written in the transaction whose promise they are.

A row exists exactly if its business transaction was committed. Relays hand due rows to the job
runner under a lease; each hand-over has a new dispatch number, which fences off late runs of an
older one. Payloads hold ids only, never personal data.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.fields.db_defaults import Now
from tortoise.models import Model

from domain.ids import uuid7
from models.database import execute, fetch, inside_transaction

NOTHING: Mapping[str, str | int] = MappingProxyType({})


class State(IntEnum):
    """How far a row has come; only WAITING rows are handed out."""

    WAITING = 0
    DONE = 1
    DEAD = 2
    CANCELLED = 3


class Outbox(Model):
    """One job. Constraints, indexes and the wake-up trigger stand in sql/outbox.sql."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    kind = fields.CharField(max_length=64)
    aggregate = fields.UUIDField()
    payload: Any = fields.JSONField(db_default="{}")
    dedupe_key = fields.CharField(max_length=200, null=True, unique=True)
    merges = fields.BooleanField(db_default=False)
    state = fields.SmallIntField(db_default=State.WAITING.value)
    available_at = fields.DatetimeField(db_default=Now())
    lease_until = fields.DatetimeField(null=True)
    dispatch = fields.IntField(db_default=0)
    attempts = fields.IntField(db_default=0)
    last_error = fields.CharField(max_length=100, null=True)
    created_at = fields.DatetimeField(db_default=Now())
    finished_at = fields.DatetimeField(null=True)

    class Meta:
        """The table's name."""

        table = "outbox"


class NotInTransaction(RuntimeError):
    """Something was to be announced outside the transaction that it belongs to."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row handed out: its id, and the number that fences off other runs of it."""

    id: UUID
    dispatch: int


@dataclass(frozen=True, slots=True)
class Row:
    """What a runner needs to know of a row; `attempts` counts the failures so far."""

    id: UUID
    kind: str
    aggregate: UUID
    payload: Mapping[str, str | int]
    dispatch: int
    attempts: int


async def enqueue(
    kind: str,
    aggregate: UUID,
    *,
    payload: Mapping[str, str | int] = NOTHING,
    dedupe_key: str | None = None,
    available_at: datetime | None = None,
) -> UUID:
    """Promise a job in the caller's transaction; the id of its row.

    A dedupe key that is taken already gives the id of the older row and changes nothing.

    Raises:
        NotInTransaction: there is no transaction that the promise could belong to.
    """
    if not inside_transaction():
        raise NotInTransaction("jobs are promised inside the transaction that they belong to")
    rows = await fetch(
        """
        INSERT INTO outbox (id, kind, aggregate, payload, dedupe_key, available_at)
        VALUES ($1, $2, $3, $4::jsonb, $5, coalesce($6, now()))
        ON CONFLICT (dedupe_key) DO NOTHING RETURNING id
        """,
        uuid7(),
        kind,
        aggregate,
        json.dumps(dict(payload)),
        dedupe_key,
        available_at,
    )
    if not rows:
        rows = await fetch("SELECT id FROM outbox WHERE dedupe_key = $1", dedupe_key)
    found: UUID = rows[0]["id"]
    return found


async def merge(kind: str, aggregate: UUID, *, available_at: datetime) -> None:
    """Promise a job that does the work of all promises made before it is handed out.

    Whoever finds one waiting locks it until the own commit: nobody can hand it out before what it
    is to look at can be seen. One that has been handed out is left alone, and a new one follows.

    Raises:
        NotInTransaction: there is no transaction that the promise could belong to.
    """
    if not inside_transaction():
        raise NotInTransaction("jobs are promised inside the transaction that they belong to")
    await execute(
        """
        INSERT INTO outbox (id, kind, aggregate, merges, available_at)
        VALUES ($1, $2, $3, true, $4)
        ON CONFLICT (kind, aggregate) WHERE merges AND state = 0 AND dispatch = 0
        DO UPDATE SET available_at = least(outbox.available_at, excluded.available_at)
        """,
        uuid7(),
        kind,
        aggregate,
        available_at,
    )


async def claim(*, limit: int, window: int, lease: float) -> list[Claimed]:
    """Lease up to `limit` due rows, oldest first, in one statement.

    No more than `window` rows are under lease at once. A backlog then waits here rather than in
    the runner's queue, where its leases would expire before its turn comes.
    """
    rows = await fetch(
        """
        UPDATE outbox SET dispatch = dispatch + 1, lease_until = now() + make_interval(secs => $3)
        WHERE id IN (
            SELECT id FROM outbox
            WHERE state = 0 AND available_at <= now()
              AND (lease_until IS NULL OR lease_until < now())
            ORDER BY available_at
            LIMIT greatest(0, least($1::int, $2::int - (
                SELECT count(*) FROM outbox WHERE state = 0 AND lease_until >= now())))
            FOR UPDATE SKIP LOCKED)
        RETURNING id, dispatch
        """,
        limit,
        window,
        lease,
    )
    return [Claimed(row["id"], row["dispatch"]) for row in rows]


async def unclaim(claimed: Sequence[Claimed]) -> int:
    """Give rows back that could not be handed over; they are due again at once."""
    return await execute(
        """
        UPDATE outbox SET lease_until = NULL
        FROM unnest($1::uuid[], $2::int[]) AS given (id, dispatch)
        WHERE outbox.id = given.id AND outbox.dispatch = given.dispatch AND state = 0
        """,
        [one.id for one in claimed],
        [one.dispatch for one in claimed],
    )


async def seconds_until_due() -> float | None:
    """How long until the next row that nobody has; negative when it is due, None without one."""
    rows = await fetch(
        """
        SELECT extract(epoch FROM available_at - clock_timestamp())::float8 AS seconds
        FROM outbox WHERE state = 0 AND (lease_until IS NULL OR lease_until < now())
        ORDER BY available_at LIMIT 1
        """
    )
    return float(rows[0]["seconds"]) if rows else None


def _row(found: Mapping[str, Any]) -> Row:
    return Row(
        id=found["id"],
        kind=found["kind"],
        aggregate=found["aggregate"],
        payload=json.loads(found["payload"]),
        dispatch=found["dispatch"],
        attempts=found["attempts"],
    )


async def peek(claimed: Claimed) -> Row | None:
    """The row, if it is still waiting under this very dispatch number."""
    rows = await fetch(
        "SELECT * FROM outbox WHERE id = $1 AND dispatch = $2 AND state = 0",
        claimed.id,
        claimed.dispatch,
    )
    return _row(rows[0]) if rows else None


async def renew(claimed: Claimed, lease: float) -> Row | None:
    """Begin the lease anew for a run without lock; None if finished or handed out anew."""
    rows = await fetch(
        """
        UPDATE outbox SET lease_until = now() + make_interval(secs => $3)
        WHERE id = $1 AND dispatch = $2 AND state = 0 RETURNING *
        """,
        claimed.id,
        claimed.dispatch,
        lease,
    )
    return _row(rows[0]) if rows else None


async def lock(claimed: Claimed) -> Row | None:
    """Lock the row for this transaction; None if it is locked, finished or handed out anew."""
    rows = await fetch(
        """
        SELECT * FROM outbox WHERE id = $1 AND dispatch = $2 AND state = 0
        FOR UPDATE SKIP LOCKED
        """,
        claimed.id,
        claimed.dispatch,
    )
    return _row(rows[0]) if rows else None


async def finish(claimed: Claimed, state: State, reason: str | None = None) -> int:
    """End the row as done, dead or cancelled; 0 if the dispatch number is an old one."""
    return await execute(
        """
        UPDATE outbox SET state = $3::smallint, lease_until = NULL,
            last_error = coalesce($4, last_error),
            finished_at = now(),
            attempts = attempts + CASE WHEN $3::smallint = 2 THEN 1 ELSE 0 END
        WHERE id = $1 AND dispatch = $2 AND state = 0
        """,
        claimed.id,
        claimed.dispatch,
        state.value,
        reason,
    )


async def snooze(claimed: Claimed, until: datetime) -> int:
    """Make the row due later without counting a failure; 0 for an old dispatch number."""
    return await execute(
        """
        UPDATE outbox SET available_at = $3, lease_until = NULL
        WHERE id = $1 AND dispatch = $2 AND state = 0
        """,
        claimed.id,
        claimed.dispatch,
        until,
    )


async def reschedule(claimed: Claimed, *, delay: float, error: str) -> int:
    """Count a failure and make the row due after `delay` seconds; 0 for an old number."""
    return await execute(
        """
        UPDATE outbox SET attempts = attempts + 1, lease_until = NULL, last_error = $4,
            available_at = now() + make_interval(secs => $3)
        WHERE id = $1 AND dispatch = $2 AND state = 0
        """,
        claimed.id,
        claimed.dispatch,
        delay,
        error,
    )
