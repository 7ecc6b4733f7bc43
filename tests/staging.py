"""Puts rows straight into a state, as the owner with the guards asleep, and says what changed."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg

from domain.ids import uuid7
from domain.machine import Machine
from domain.window import FULL_WEEK
from models.database import fetch, parse_url
from tests.appointment_rows import put_appointment, put_plan
from tests.contract_rows import put_contract
from tests.funding_rows import put_funding
from tests.meeting_rows import put_meeting
from tests.people import SHOPPING, Place, make_assistant, make_provider, make_seeker

GUARDED = (
    *("users", "orders", "matches", "talk_bookings", "applications", "delegations"),
    *("nominations", "contracts", "meetings", "conversation_messages", "appointments"),
    *("funding_sources", "appointment_plans"),
)
WATCHED = (
    *GUARDED,
    *("contract_funding", "funding_charges", "contract_consents"),
    *("certificate_letters", "evidence", "identity_checks", "busy", "calendar_feeds"),
    "events",
    "meeting_dates",
    "meeting_people",
    "messages",
    "order_activities",
    "outbox",
    "reports",
    "sessions",
    "talk_answers",
    "talk_slots",
    "talks",
    "transitions",
    "trust",
)


@asynccontextmanager
async def guards_asleep(owner_url: str) -> AsyncIterator[asyncpg.Connection]:
    """A transaction in which the triggers of people's tables do not fire.

    Everybody else waits for it, so whatever needs the pool is made before.
    """
    connection = await asyncpg.connect(**parse_url(owner_url).arguments())
    try:
        async with connection.transaction():
            for table in GUARDED:
                await connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield connection
            for table in GUARDED:
                await connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    finally:
        await connection.close()


async def put_order(
    connection: asyncpg.Connection, seeker: UUID, place: Place, state: str = "IN_PROGRESS"
) -> UUID:
    """A complete recurring order for the one activity of `tests.people`."""
    order = uuid7()
    await connection.execute(
        """
        INSERT INTO orders (id, seeker_id, municipality_id, state, version, kind, description,
          duration_minutes, needs_driving, start_date, "interval", count, week, created_at,
          released_at)
        VALUES ($1, $2, $3, $4::text, 1, 'RECURRING', 'Hilfe', 60, false, current_date + 7, 'WEEK',
          2, $5, now(), CASE WHEN $4::text <> 'DRAFT' THEN now() END)
        """,
        order,
        seeker,
        place.municipality.id,
        state,
        FULL_WEEK,
    )
    await connection.execute(
        "INSERT INTO order_activities (id, order_id, activity_id) VALUES ($1, $2, $3)",
        uuid7(),
        order,
        SHOPPING,
    )
    return order


async def put_booking(
    connection: asyncpg.Connection, person: UUID, place: Place, state: str
) -> UUID:
    """A booking of a slot far ahead."""
    slot, booking = uuid7(), uuid7()
    await connection.execute(
        "INSERT INTO talk_slots (id, officer_id, starts_at, ends_at, minutes, created_at) VALUES "
        "($1, $2, now() + interval '9 days', now() + interval '9 days 30 minutes', 30, now())",
        slot,
        place.officer.id,
    )
    await connection.execute(
        "INSERT INTO talk_bookings (id, slot_id, user_id, channel, wishes, state, version, failure,"
        " to_call, created_at) VALUES ($1, $2, $3, 'PHONE', '{}', $4::text, 1,"
        " CASE WHEN $4::text = 'MISSED' THEN 'OTHER' END, false, now())",
        booking,
        slot,
        person,
        state,
    )
    return booking


async def put_application(
    connection: asyncpg.Connection, person: UUID, provider: UUID, state: str
) -> UUID:
    application = uuid7()
    await connection.execute(
        "INSERT INTO applications (id, user_id, provider_id, coordinator_role, state, version, "
        "created_at) VALUES ($1, $2, $3, 'COORDINATOR', $4, 1, now())",
        application,
        person,
        provider,
        state,
    )
    return application


async def put_delegation(
    connection: asyncpg.Connection, principal: UUID, delegate: UUID, state: str
) -> UUID:
    """Of a relative."""
    delegation = uuid7()
    await connection.execute(
        "INSERT INTO delegations (id, principal_id, delegate_id, kind, email, state, version, "
        "created_at) VALUES ($1, $2, $3, 'RELATIVE', 'vera@anderswo.example', $4, 1, now())",
        delegation,
        principal,
        delegate,
        state,
    )
    return delegation


async def put_match(
    connection: asyncpg.Connection,
    order: UUID,
    state: str = "SUGGESTED",
    *,
    assistant: UUID | None = None,
    provider: UUID | None = None,
) -> UUID:
    match = uuid7()
    await connection.execute(
        "INSERT INTO matches (id, order_id, kind, assistant_id, provider_id, state, version, "
        "created_at) VALUES ($1, $2, $3, $4, $5, $6, 1, now())",
        match,
        order,
        "ASSISTANT" if assistant else "PROVIDER",
        assistant,
        provider,
        state,
    )
    return match


async def put_nomination(
    connection: asyncpg.Connection, match: UUID, assistant: UUID, state: str = "NOMINATED"
) -> UUID:
    nomination = uuid7()
    await connection.execute(
        "INSERT INTO nominations (id, match_id, assistant_id, state, version, fits, created_at) "
        "VALUES ($1, $2, $3, $4, 1, true, now())",
        nomination,
        match,
        assistant,
        state,
    )
    if state == "CHOSEN":
        await connection.execute(
            "UPDATE matches SET nominee_id = $2 WHERE id = $1", match, assistant
        )
    return nomination


async def put_account(connection: asyncpg.Connection, user: UUID, state: str) -> UUID:
    await connection.execute("UPDATE users SET state = $2 WHERE id = $1", user, state)
    return user


_OF_CONTRACT = {"APPOINTMENT": put_appointment, "PLAN": put_plan}


async def staged(
    owner_url: str, machine: Machine, state: str, place: Place, *, provider: bool = False
) -> UUID:
    """A row of the machine in the state, with all that belongs to it."""
    seeker, helper = (await make_seeker(place)).id, (await make_assistant(place)).id
    other, house = (await make_seeker(place)).id, (await make_provider(place)).id
    async with guards_asleep(owner_url) as connection:

        async def match() -> UUID:
            order = await put_order(connection, seeker, place)
            if provider or state == "REQUESTED":
                return await put_match(connection, order, state, provider=house)
            row = await put_match(connection, order, state, assistant=helper)
            if state == "MEETING":
                await put_contract(connection, row, "AGREED")
            return row

        async def order() -> UUID:
            row = await put_order(connection, seeker, place, state)
            if state == "MEETING_HELD":
                over = await put_match(connection, row, "WITHDRAWN", assistant=helper)
                await put_contract(connection, over, "AGREED")
            return row

        async def contract() -> UUID:
            agreed = state in {"AGREED", "ENDED"}
            order = await put_order(
                connection, seeker, place, "CONTRACTED" if agreed else "MEETING_HELD"
            )
            match = await put_match(
                connection, order, "CONTRACTED" if agreed else "MEETING", assistant=helper
            )
            return await put_contract(connection, match, state, "SEEKER", "ACCEPTOR")

        async def of_agreed() -> UUID:
            order = await put_order(connection, seeker, place, "CONTRACTED")
            match = await put_match(connection, order, "CONTRACTED", assistant=helper)
            contract = await put_contract(connection, match, "AGREED", "SEEKER", "ACCEPTOR")
            await connection.execute(
                "UPDATE contracts SET starts_on = current_date - 7 WHERE id = $1", contract
            )
            return await _OF_CONTRACT[machine.name](connection, contract, state)

        async def nomination() -> UUID:
            order = await put_order(connection, seeker, place, "REQUESTED")
            match = await put_match(connection, order, "REQUESTED", provider=house)
            return await put_nomination(connection, match, helper, state)

        async def meeting() -> UUID:
            order = await put_order(connection, seeker, place, "AWARDED")
            match = await put_match(connection, order, "AWARDED", assistant=helper)
            people = {"SEEKER": seeker, "ASSISTANT": helper}
            return await put_meeting(connection, match, state, people)

        puts: dict[str, Callable[[], Awaitable[UUID]]] = {
            "ACCOUNT": lambda: put_account(connection, seeker, state),
            **dict.fromkeys(_OF_CONTRACT, of_agreed),
            "APPLICATION": lambda: put_application(connection, helper, house, state),
            "CONTRACT": contract,
            "DELEGATION": lambda: put_delegation(connection, seeker, other, state),
            "FUNDING": lambda: put_funding(connection, seeker, state),
            "MATCH": match,
            "NOMINATION": nomination,
            "ORDER": order,
            "MEETING": meeting,
            "TALK": lambda: put_booking(connection, seeker, place, state),
        }
        return await puts[machine.name]()


async def everything(tables: Sequence[str] = WATCHED) -> dict[str, str]:
    """A fingerprint per table, as the current transaction sees it."""
    parts = ", ".join(
        f"(SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {table} t)"  # noqa: S608  our own names
        f" AS {table}"
        for table in tables
    )
    (row,) = await fetch(f"SELECT {parts}")
    return row
