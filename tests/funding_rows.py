"""Puts a funding source straight into a state."""

from uuid import UUID

import asyncpg

from domain.ids import uuid7


async def put_funding(connection: asyncpg.Connection, seeker: UUID, state: str) -> UUID:
    """Of something that can be there several times, since forty days."""
    row = uuid7()
    await connection.execute(
        """
        INSERT INTO funding_sources (id, seeker_id, state, version, instrument, payer, cents, per,
          valid_from, valid_until, approved_on, created_at)
        VALUES ($1, $2, $3::text, 1, 'OTHER', 'OTHER', 50000, 'MONTH', current_date - 40,
          CASE WHEN $3::text = 'ENDED' THEN current_date END,
          CASE WHEN $3::text IN ('APPROVED', 'ENDED') THEN current_date - 40 END, now())
        """,
        row,
        seeker,
        state,
    )
    return row
