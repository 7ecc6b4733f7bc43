"""Puts rows of the demo's people straight into the database of the running portal."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import cast
from uuid import UUID

import asyncpg

from tests.appointment_rows import put_appointment
from tests.contract_rows import put_contract
from tests.people import Place
from tests.stage import Stage
from tests.staging import guards_asleep, put_match, put_order

_PERSON = "SELECT id, municipality_id FROM users WHERE email = $1 || '@assistenz-portal.example'"


async def demo_order(connection: asyncpg.Connection, state: str = "IN_PROGRESS") -> UUID:
    """Of the seeker of the demo."""
    seeker = await connection.fetchrow(_PERSON, "seeker")
    assert seeker
    place = SimpleNamespace(municipality=SimpleNamespace(id=seeker["municipality_id"]))
    return await put_order(connection, seeker["id"], cast("Place", place), state)


async def worked_contract(stage: Stage) -> UUID:
    """A contract of the seeker and the assistant of the demo, with an hour that waits for a yes."""
    async with guards_asleep(stage.environ["DATABASE_OWNER_URL"]) as connection:
        helper = await connection.fetchval(_PERSON, "self-employed")
        order = await demo_order(connection, "CONTRACTED")
        match = await put_match(connection, order, "CONTRACTED", assistant=helper)
        contract = await put_contract(connection, match, "AGREED", "SEEKER", "ACCEPTOR")
        await connection.execute(
            "UPDATE contracts SET starts_on = current_date - 40 WHERE id = $1", contract
        )
        taken = "SELECT count(*) FROM appointments WHERE assistant_id = $1"
        earlier = await connection.fetchval(taken, helper)  # nobody works twice at once
        begun = datetime.now(UTC) - timedelta(minutes=61 + 75 * earlier)
        await put_appointment(connection, contract, "WORKED", starts_at=begun)
        return contract
