"""Puts an appointment, or a plan, straight into a state, with all that belongs to it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg

from domain.ids import uuid7

_CAN_BE_WORKED = {"FIXED", "WORKED", "CONFIRMED"}
_TAKES_TIME = {"CLIENT_AGREED", "FIXED", "WORKED", "CONFIRMED"}


async def put_appointment(
    connection: asyncpg.Connection,
    contract: UUID,
    state: str,
    *,
    starts_at: datetime | None = None,
) -> UUID:
    """Of a contract with an assistant, two hours ago unless said.

    One that can be fixed has taken its time already.
    """
    row, begins = uuid7(), starts_at or datetime.now(UTC) - timedelta(hours=2)
    ends = begins + timedelta(hours=1)
    worked = (begins, ends) if state in _CAN_BE_WORKED else (None, None)
    await connection.execute(
        """
        INSERT INTO appointments (id, contract_id, seeker_id, assistant_id, provider_id, state,
          version, proposed_by, starts_at, ends_at, agreed_at, known_at, worked_from, worked_until,
          cancel_reason, short_rest, long_day, beside_another, created_at)
        SELECT $1, id, seeker_id, assistant_id, provider_id, $3::text, 1, 'ACCEPTOR', $4, $5, now(),
          $4, $6, $7,
          CASE WHEN $3::text = 'CANCELLED' THEN 'OTHER' END, false, false, false, now()
        FROM contracts WHERE id = $2
        """,
        row,
        contract,
        state,
        begins,
        ends,
        *worked,
    )
    if state in _TAKES_TIME:
        await connection.execute(
            "INSERT INTO busy (id, assistant_id, kind, begins_at, ends_at, source, created_at) "
            "SELECT $2, assistant_id, 'APPOINTMENT', starts_at, ends_at, id, now() "
            "FROM appointments WHERE id = $1",
            row,
            uuid7(),
        )
    return row


async def put_plan(connection: asyncpg.Connection, contract: UUID, state: str) -> UUID:
    """Of a contract with an assistant; the client has proposed it."""
    row = uuid7()
    await connection.execute(
        """
        INSERT INTO appointment_plans (id, contract_id, assistant_id, state, version, proposed_by,
          "interval", slots, minutes, first_on, holidays, skipped, agreed_at, ended_at, end_reason,
          created_at)
        SELECT $1, id, assistant_id, $3::text, 1, 'SEEKER', 'DAY', '@09:00', 60, current_date,
          'SKIP', '', CASE WHEN $3::text = 'AGREED' THEN now() END,
          CASE WHEN $3::text = 'ENDED' THEN now() END,
          CASE WHEN $3::text = 'ENDED' THEN 'NOT_WANTED' END, now()
        FROM contracts WHERE id = $2
        """,
        row,
        contract,
        state,
    )
    return row
