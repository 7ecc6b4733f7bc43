"""The database itself refuses every way that no machine knows, with the services bypassed."""

from itertools import product
from uuid import UUID

import asyncpg
import pytest
from tortoise.exceptions import IntegrityError

from domain.appointment_state import APPOINTMENT, PLAN
from domain.contract_state import CONTRACT
from domain.funding_state import FUNDING
from domain.ids import uuid7
from domain.machine import Machine
from domain.states import (
    ACCOUNT,
    APPLICATION,
    DELEGATION,
    MACHINES,
    MATCH,
    MEETING,
    NOMINATION,
    ORDER,
    TALK,
)
from domain.window import FULL_WEEK
from models.database import execute, transaction
from tests.contract_rows import put_contract
from tests.people import (
    Place,
    make_assistant,
    make_provider,
    make_seeker,
)
from tests.staging import everything, guards_asleep, put_match, put_order, staged
from tests.talks import make_slot

STATES = [(machine, state) for machine in MACHINES for state in machine.states]
IDS = [f"{machine.name}-{state}" for machine, state in STATES]


async def constraint(sql: str, *values: object) -> str:
    """The name of the wall that refuses the statement."""
    with pytest.raises(IntegrityError) as refused:
        await execute(sql, *values)
    cause = refused.value.__cause__
    assert isinstance(cause, asyncpg.IntegrityConstraintViolationError)
    return str(cause.constraint_name)


@pytest.mark.slow
@pytest.mark.parametrize(("machine", "state"), STATES, ids=IDS)
async def test_every_illegal_pair_is_refused(
    owner_url: str, place: Place, machine: Machine, state: str
) -> None:
    row = await staged(owner_url, machine, state, place)
    targets = {each.value for each in machine.states} | {"", "NO_STATE", state.lower()}
    legal = {target for source, target in machine.pairs if source == state}
    before, tried = await everything(), 0
    for target in sorted(targets - legal - {state}):
        sql = f"UPDATE {machine.table} SET state = $2 WHERE id = $1"  # noqa: S608  our own name
        assert await constraint(sql, row, target) == "legal_transition", target
        tried += 1
    assert tried >= 3
    assert await everything() == before


def test_the_pairs_that_are_tried_are_all_that_there_are() -> None:
    pairs = {m: set(product(m.states, m.states)) for m in MACHINES}
    assert {m.name: len(pairs[m] - m.pairs) - len(m.states) for m in MACHINES} == {
        "ACCOUNT": 6 * 5 - 9,
        "ORDER": 11 * 10 - 26,
        "MATCH": 10 * 9 - 27,
        "TALK": 4 * 3 - 3,
        "APPLICATION": 7 * 6 - 8,
        "DELEGATION": 3 * 2 - 3,
        "NOMINATION": 4 * 3 - 6,
        "CONTRACT": 4 * 3 - 3,
        "MEETING": 5 * 4 - 6,
        "APPOINTMENT": 6 * 5 - 11,
        "PLAN": 3 * 2 - 3,
        "FUNDING": 5 * 4 - 4,
    }


INSERTS = {
    ACCOUNT: "INSERT INTO users (id, email, email_version, email_confirmed_at, role, state, "
    "version, language, first_name, last_name, created_at) "
    "VALUES ($1, $1::uuid::text, 1, now(), 'ADMINISTRATION', $2, 1, 'de', 'A', 'B', now())",
    ORDER: "INSERT INTO orders (id, state, seeker_id, municipality_id, version, kind, "
    "description, duration_minutes, needs_driving, starts_at, week, created_at, released_at) "
    "VALUES ($1, $2, $3, $4, 1, 'ONE_OFF', 'Hilfe', 60, false, now(), $5, now(), now())",
    MATCH: "INSERT INTO matches (id, state, order_id, kind, assistant_id, version, created_at) "
    "VALUES ($1, $2, $3, 'ASSISTANT', $4, 1, now())",
    TALK: "INSERT INTO talk_bookings (id, state, user_id, slot_id, channel, wishes, version, "
    "to_call, created_at) VALUES ($1, $2, $3, $4, 'PHONE', '{}', 1, false, now())",
    APPLICATION: "INSERT INTO applications (id, state, user_id, provider_id, coordinator_role, "
    "version, created_at) VALUES ($1, $2, $3, $4, 'COORDINATOR', 1, now())",
    DELEGATION: "INSERT INTO delegations (id, state, principal_id, delegate_id, kind, email, "
    "version, created_at) VALUES ($1, $2, $3, $4, 'RELATIVE', 'v@anderswo.example', 1, now())",
    CONTRACT: "INSERT INTO contracts (id, state, order_id, match_id, seeker_id, assistant_id, "
    "version, model, drafted_by, starts_on, interval, minutes, hourly_cents, created_at) VALUES "
    "($1, $2, $3, $4, $5, $6, 1, 'SERVICE', 'SEEKER', current_date, 'WEEK', 120, 2500, now())",
    NOMINATION: "INSERT INTO nominations (id, state, match_id, assistant_id, version, fits, "
    "created_at) VALUES ($1, $2, $3, $4, 1, true, now())",
    APPOINTMENT: "INSERT INTO appointments (id, state, contract_id, seeker_id, assistant_id, "
    "version, proposed_by, starts_at, ends_at, short_rest, long_day, beside_another, created_at) "
    "VALUES ($1, $2, $3, $4, $5, 1, 'ACCEPTOR', now(), now() + interval '1 hour', false, false, "
    "false, now())",
    PLAN: "INSERT INTO appointment_plans (id, state, contract_id, assistant_id, version, "
    "proposed_by, interval, slots, minutes, first_on, holidays, skipped, agreed_at, ended_at, "
    "end_reason, created_at) VALUES ($1, $2::text, $3, $4, 1, 'SEEKER', 'DAY', '09:00', 60, "
    "current_date, 'SKIP', '', CASE WHEN $2::text <> 'PROPOSED' THEN now() END, "
    "CASE WHEN $2::text = 'ENDED' THEN now() END, "
    "CASE WHEN $2::text = 'ENDED' THEN 'NOT_WANTED' END, now())",
    FUNDING: "INSERT INTO funding_sources (id, state, seeker_id, version, instrument, payer, "
    "cents, per, valid_from, valid_until, approved_on, created_at) VALUES ($1, $2::text, $3, 1, "
    "'OTHER', 'OTHER', 500, 'MONTH', current_date, current_date, "
    "CASE WHEN $2::text IN ('APPROVED', 'ENDED') THEN current_date END, now())",
    MEETING: "INSERT INTO meetings (id, state, match_id, kind, version, proposed_by, minutes, "
    "place, short_rest, created_at) "
    "VALUES ($1, $2, $3, 'INTRODUCTION', 1, 'SEEKER', 60, '', false, now())",
}


@pytest.mark.slow
@pytest.mark.parametrize(("machine", "state"), STATES, ids=IDS)
async def test_a_row_begins_in_an_initial_state_or_not_at_all(
    owner_url: str, place: Place, machine: Machine, state: str
) -> None:
    seeker, helper = (await make_seeker(place)).id, (await make_assistant(place)).id
    house = (await make_provider(place)).id
    async with guards_asleep(owner_url) as connection:
        order = await put_order(connection, seeker, place)
        match = await put_match(connection, order, provider=house)
        met_order = await put_order(connection, seeker, place, "MEETING_HELD")
        met = await put_match(connection, met_order, "MEETING", assistant=helper)
        awarded = await put_order(connection, seeker, place, "AWARDED")
        agreed = await put_match(connection, awarded, "AWARDED", assistant=helper)
        filled = await put_order(connection, seeker, place, "CONTRACTED")
        match_of_it = await put_match(connection, filled, "CONTRACTED", assistant=helper)
        contract = await put_contract(connection, match_of_it, "AGREED", "SEEKER", "ACCEPTOR")
    more: dict[str, tuple[object, ...]] = {
        "ACCOUNT": (),
        "ORDER": (seeker, place.municipality.id, FULL_WEEK),
        "MATCH": (order, helper),
        "TALK": (seeker, (await make_slot(place)).id),
        "APPLICATION": (helper, house),
        "DELEGATION": (seeker, (await make_seeker(place)).id),
        "NOMINATION": (match, helper),
        "CONTRACT": (met_order, met, seeker, helper),
        "MEETING": (agreed,),
        "APPOINTMENT": (contract, seeker, helper),
        "PLAN": (contract, helper),
        "FUNDING": (seeker,),
    }
    values = (uuid7(), state, *more[machine.name])
    if state in machine.initial:
        assert await execute(INSERTS[machine], *values) == 1
    else:
        assert await constraint(INSERTS[machine], *values) == "legal_transition"


async def test_a_temporary_table_does_not_stand_in_for_the_legal_pairs(
    owner_url: str, place: Place
) -> None:
    row = await staged(owner_url, ORDER, "WITHDRAWN", place)
    with pytest.raises(IntegrityError, match="illegal transition"):
        await behind_temporary_tables(row)


async def behind_temporary_tables(row: UUID) -> None:
    async with transaction():
        for table in ("legal_transitions", "orders", "talks", "identity_checks"):
            await execute(f"CREATE TEMP TABLE {table} (LIKE public.{table}) ON COMMIT DROP")
        await execute(
            "INSERT INTO pg_temp.legal_transitions "
            "VALUES (gen_random_uuid(), 'ORDER', 'WITHDRAWN', 'RELEASED')"
        )
        await execute("UPDATE public.orders SET state = 'RELEASED' WHERE id = $1", row)
