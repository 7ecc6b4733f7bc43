"""Puts a contract straight into a state, with the meeting before it."""

from uuid import UUID

import asyncpg

from domain.ids import uuid7
from tests.meeting_rows import put_introduction


async def put_contract(
    connection: asyncpg.Connection, match: UUID, state: str = "DRAFT", *said: str
) -> UUID:
    """Of a match whose meeting was held, with a yes of each of the sides that are named."""
    await put_introduction(connection, match)
    contract = uuid7()
    await connection.execute(
        """
        INSERT INTO contracts (id, order_id, match_id, seeker_id, assistant_id, provider_id, state,
          version, model, drafted_by, starts_on, "interval", minutes, hourly_cents, created_at,
          agreed_at, ended_at)
        SELECT $1, o.id, m.id, o.seeker_id, coalesce(m.assistant_id, m.nominee_id), m.provider_id,
          $3::text, 1, 'SERVICE', 'SEEKER', current_date + 7, 'WEEK', 120, 2500, now(),
          CASE WHEN $3::text IN ('AGREED', 'ENDED') THEN now() END,
          CASE WHEN $3::text = 'ENDED' THEN now() END
        FROM matches m JOIN orders o ON o.id = m.order_id WHERE m.id = $2
        """,
        contract,
        match,
        state,
    )
    for side in said:
        await connection.execute(
            "INSERT INTO contract_consents (id, contract_id, side, version, at) "
            "VALUES ($1, $2, $3, 1, now())",
            uuid7(),
            contract,
            side,
        )
    return contract
