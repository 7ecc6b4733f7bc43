"""Looking after the outbox: what was given up, and what is done with."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from models.database import execute, fetch


async def dead_letters(*, limit: int = 1000) -> list[dict[str, Any]]:
    """The rows that were given up, newest first: ids and class names, nothing personal."""
    return await fetch(
        """
        SELECT id, kind, aggregate, attempts, last_error, created_at, finished_at AS dead_since
        FROM outbox WHERE state = 2 ORDER BY finished_at DESC, id LIMIT $1
        """,
        limit,
    )


async def requeue(ids: Sequence[UUID] | None) -> list[UUID]:
    """Make dead rows (all of them for None) due again with all their tries; their ids."""
    rows = await fetch(
        """
        WITH revived AS (
            UPDATE outbox SET state = 0, attempts = 0, available_at = now(), lease_until = NULL,
                finished_at = NULL
            WHERE state = 2 AND ($1::uuid[] IS NULL OR id = ANY ($1::uuid[]))
            RETURNING id)
        SELECT id, pg_notify('outbox', '') FROM revived
        """,
        None if ids is None else list(ids),
    )
    return [row["id"] for row in rows]


async def delete_finished(before: datetime, *, limit: int = 5000) -> int:
    """Delete done and cancelled rows that ended before the instant; how many."""
    return await execute(
        """
        DELETE FROM outbox WHERE id IN (
            SELECT id FROM outbox WHERE state IN (1, 3) AND finished_at < $1 LIMIT $2)
        """,
        before,
        limit,
    )
