"""Puts a meeting straight into a state, with all that belongs to it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg

from domain.ids import uuid7


async def put_meeting(  # noqa: PLR0913  a meeting is of many parts
    connection: asyncpg.Connection,
    match: UUID,
    state: str,
    people: Mapping[str, UUID],
    *,
    kind: str = "INTRODUCTION",
    starts_at: datetime | None = None,
) -> UUID:
    """With one chosen date, an hour ago unless said, that all who come have confirmed."""
    meeting, begins = uuid7(), starts_at or datetime.now(UTC) - timedelta(hours=1)
    ends = begins + timedelta(minutes=60)
    await connection.execute(
        """
        INSERT INTO meetings (id, match_id, kind, state, version, proposed_by, minutes, place,
          starts_at, ends_at, known_at, reason, short_rest, created_at)
        VALUES ($1, $2, $3, $4::text, 1, 'ACCEPTOR', 60, 'Rathaus', $5, $6, $5,
          CASE WHEN $4::text = 'CANCELLED' THEN 'OTHER' END, false, now())
        """,
        meeting,
        match,
        kind,
        state,
        begins,
        ends,
    )
    await connection.execute(
        "INSERT INTO meeting_dates (id, meeting_id, starts_at, ends_at, chosen) "
        "VALUES ($1, $2, $3, $4, true)",
        uuid7(),
        meeting,
        begins,
        ends,
    )
    for side, user in people.items():
        await connection.execute(
            "INSERT INTO meeting_people (id, meeting_id, side, user_id, confirmed_at, begins_at,"
            " ends_at) VALUES ($1, $2, $3, $4, now(), $5, $6)",
            uuid7(),
            meeting,
            side,
            user,
            begins,
            ends,
        )
    return meeting


async def put_introduction(connection: asyncpg.Connection, match: UUID) -> UUID:
    """A meeting that was held with whoever would come; others are held at the same hour."""
    meeting = await put_meeting(connection, match, "HELD", {})
    await connection.execute(
        "INSERT INTO meeting_people (id, meeting_id, side, user_id, confirmed_at) "
        "SELECT $1, $2, 'ASSISTANT', coalesce(assistant_id, nominee_id), now() FROM matches "
        "WHERE id = $3 AND coalesce(assistant_id, nominee_id) IS NOT NULL",
        uuid7(),
        meeting,
        match,
    )
    return meeting
