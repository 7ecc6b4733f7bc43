"""What the database demands of contracts, with the services bypassed."""

from uuid import UUID

import pytest

from models.database import execute, transaction
from tests.contract_rows import put_contract
from tests.models.test_walls_states import constraint
from tests.people import Place, make_assistant, make_provider, make_seeker
from tests.staging import guards_asleep, put_match, put_nomination, put_order

AGREE = "UPDATE contracts SET state = 'AGREED', agreed_at = now(), version = 2 WHERE id = $1"


async def drafted(owner_url: str, place: Place, order: str, *said: str) -> tuple[UUID, UUID, UUID]:
    """A draft with these yeses: order, match, contract."""
    seeker, helper = (await make_seeker(place)).id, (await make_assistant(place)).id
    async with guards_asleep(owner_url) as connection:
        row = await put_order(connection, seeker, place, order)
        match = await put_match(connection, row, "MEETING", assistant=helper)
        return row, match, await put_contract(connection, match, "DRAFT", *said)


@pytest.mark.parametrize("said", [(), ("SEEKER",), ("ACCEPTOR",)])
async def test_one_yes_is_no_contract(owner_url: str, place: Place, said: tuple[str, ...]) -> None:
    _order, _match, contract = await drafted(owner_url, place, "MEETING_HELD", *said)
    assert await constraint(AGREE, contract) == "contract_needs_two_consents"


async def test_a_yes_to_other_terms_is_none(owner_url: str, place: Place) -> None:
    _order, _match, contract = await drafted(owner_url, place, "MEETING_HELD", "SEEKER", "ACCEPTOR")
    await execute("UPDATE contracts SET version = 2, minutes = 60 WHERE id = $1", contract)
    assert await constraint(AGREE, contract) == "contract_needs_two_consents"


async def test_no_contract_without_a_held_meeting(owner_url: str, place: Place) -> None:
    _order, _match, contract = await drafted(owner_url, place, "MEETING_SET", "SEEKER", "ACCEPTOR")
    assert await constraint(AGREE, contract) == "contract_needs_held_meeting"


async def test_a_meeting_of_somebody_else_does_not_count(owner_url: str, place: Place) -> None:
    _order, match, contract = await drafted(owner_url, place, "MEETING_HELD", "SEEKER", "ACCEPTOR")
    await execute("DELETE FROM meetings WHERE match_id = $1", match)
    assert await constraint(AGREE, contract) == "contract_needs_held_meeting"


async def nominated(owner_url: str, place: Place) -> tuple[UUID, UUID]:
    """A draft with both yeses that names the chosen assistant: match, contract."""
    seeker, helper = (await make_seeker(place)).id, (await make_assistant(place)).id
    house = (await make_provider(place)).id
    async with guards_asleep(owner_url) as connection:
        row = await put_order(connection, seeker, place, "MEETING_HELD")
        match = await put_match(connection, row, "MEETING", provider=house)
        await put_nomination(connection, match, helper, "CHOSEN")
        return match, await put_contract(connection, match, "DRAFT", "SEEKER", "ACCEPTOR")


async def test_a_meeting_with_another_assistant_does_not_count(
    owner_url: str, place: Place
) -> None:
    _match, contract = await nominated(owner_url, place)
    other = (await make_assistant(place)).id
    await execute("UPDATE meeting_people SET user_id = $1 WHERE side = 'ASSISTANT'", other)
    assert await constraint(AGREE, contract) == "contract_needs_held_meeting"


@pytest.mark.parametrize("agreed", [False, True])
async def test_nobody_else_is_sent_while_a_contract_stands(
    owner_url: str, place: Place, *, agreed: bool
) -> None:
    match, contract = await nominated(owner_url, place)
    other = (await make_assistant(place)).id
    if agreed:
        async with guards_asleep(owner_url) as connection:
            await connection.execute(AGREE, contract)
    another = "UPDATE matches SET nominee_id = $2 WHERE id = $1"
    assert await constraint(another, match, other) == "contract_with_who_comes"
    left = "UPDATE matches SET nominee_id = NULL WHERE id = $1"
    if agreed:
        assert await execute(left, match) == 1
    else:
        assert await constraint(left, match) == "contract_with_who_comes"


async def test_no_contract_is_with_somebody_who_does_not_come(owner_url: str, place: Place) -> None:
    _match, contract = await nominated(owner_url, place)
    other = (await make_assistant(place)).id
    sql = "UPDATE contracts SET assistant_id = $2 WHERE id = $1"
    assert await constraint(sql, contract, other) == "contract_with_who_comes"
    assert await constraint(sql, contract, None) == "contract_with_who_comes"


async def test_orders_and_matches_are_contracted_by_a_contract_only(
    owner_url: str, place: Place
) -> None:
    order, match, _contract = await drafted(owner_url, place, "MEETING_HELD", "SEEKER", "ACCEPTOR")
    for table, row in (("orders", order), ("matches", match)):
        sql = f"UPDATE {table} SET state = 'CONTRACTED' WHERE id = $1"  # noqa: S608  our own names
        assert await constraint(sql, row) == "contracted_by_contract"


async def test_a_draft_does_not_outlive_its_match(owner_url: str, place: Place) -> None:
    _order, match, contract = await drafted(owner_url, place, "MEETING_HELD")
    sql = "UPDATE matches SET state = 'WITHDRAWN' WHERE id = $1"
    assert await constraint(sql, match) == "no_dangling_contract"
    async with transaction():
        await execute("UPDATE contracts SET state = 'WITHDRAWN' WHERE id = $1", contract)
        await execute(sql, match)


async def test_an_order_has_one_open_contract(owner_url: str, place: Place) -> None:
    _order, match, _contract = await drafted(owner_url, place, "MEETING_HELD")
    sql = (
        "INSERT INTO contracts (id, order_id, match_id, seeker_id, assistant_id, state, version, "
        "model, drafted_by, starts_on, interval, minutes, hourly_cents, created_at) "
        "SELECT portal_uuid7(), order_id, match_id, seeker_id, assistant_id, 'DRAFT', 1, model, "
        "drafted_by, starts_on, interval, minutes, hourly_cents, now() FROM contracts "
        "WHERE match_id = $1"
    )
    assert await constraint(sql, match) == "contracts_one_open"
