"""What the database demands of funding, with the services bypassed."""

from uuid import UUID

import pytest

from domain.funding import ONCE, FundingInstrument
from domain.ids import uuid7
from models.database import execute, fetch
from tests.funding_rows import put_funding
from tests.models.test_walls_states import constraint
from tests.people import Place, make_seeker
from tests.services.dating import served
from tests.services.funding import worked
from tests.staging import guards_asleep

CHARGE = (
    "INSERT INTO funding_charges (id, source_id, appointment_id, day, first_minute, minutes, "
    "cents, payer) SELECT $1, $2, id, (worked_from AT TIME ZONE 'Europe/Berlin')::date, $4, $5, 1, "
    "'OTHER' FROM appointments WHERE id = $3"
)


async def paid_for(owner_url: str, place: Place, state: str = "APPROVED") -> tuple[UUID, UUID]:
    """A source, and an hour of the same seeker's that was confirmed."""
    house = await served(owner_url, place)
    (row,) = await worked(owner_url, house.contract, 1)
    async with guards_asleep(owner_url) as connection:
        await connection.execute("UPDATE appointments SET state = 'CONFIRMED'")
        return await put_funding(connection, house.seeker.id or uuid7(), state), row.id


async def test_no_minute_is_paid_twice(owner_url: str, place: Place) -> None:
    source, hour = await paid_for(owner_url, place)
    assert await execute(CHARGE, uuid7(), source, hour, 0, 30) == 1
    wall = "funding_charges_no_minute_twice"
    assert await constraint(CHARGE, uuid7(), source, hour, 29, 1) == wall
    assert await execute(CHARGE, uuid7(), source, hour, 30, 30) == 1


@pytest.mark.parametrize(
    ("change", "first"),
    [
        ("UPDATE appointments SET state = 'WORKED'", 0),
        ("UPDATE funding_sources SET valid_from = current_date", 0),
        ("UPDATE funding_sources SET state = 'APPLIED', approved_on = NULL", 0),
        ("SELECT 1", 31),
    ],
)
async def test_only_confirmed_hours_of_its_days_are_paid(
    owner_url: str, place: Place, change: str, first: int
) -> None:
    source, hour = await paid_for(owner_url, place)
    async with guards_asleep(owner_url) as connection:
        await connection.execute(change)
    found = await constraint(CHARGE, uuid7(), source, hour, first, 30)
    assert found == "charge_of_confirmed_hours"


async def test_nobody_pays_for_hours_of_another_seeker(owner_url: str, place: Place) -> None:
    _source, hour = await paid_for(owner_url, place)
    seeker = (await make_seeker(place)).id
    async with guards_asleep(owner_url) as connection:
        source = await put_funding(connection, seeker, "APPROVED")
    found = await constraint(CHARGE, uuid7(), source, hour, 0, 30)
    assert found == "charge_of_confirmed_hours"


async def test_hours_that_are_changed_are_paid_no_longer(owner_url: str, place: Place) -> None:
    source, hour = await paid_for(owner_url, place)
    await execute(CHARGE, uuid7(), source, hour, 0, 30)
    await execute("UPDATE appointments SET worked_until = worked_until - interval '1 minute'")
    assert not await fetch("SELECT 1 FROM funding_charges")


@pytest.mark.parametrize(
    ("values", "wall"),
    [
        ("cents = NULL", "funding_sources_budget"),
        ("minutes = 5", "funding_sources_budget"),
        ("cents = 0", "funding_sources_amounts"),
        ("valid_until = valid_from - 1", "funding_sources_in_order"),
        ("applied_on = approved_on + 1", "funding_sources_approved_after_applied"),
        ("approved_on = NULL", "funding_sources_approved_has_day"),
        ("instrument = 'MAGIC'", "funding_sources_words_known"),
        ("payer = 'MAGIC'", "funding_sources_payer_known"),
    ],
)
async def test_a_source_says_how_much_of_what_since_when(
    owner_url: str, place: Place, values: str, wall: str
) -> None:
    await paid_for(owner_url, place)
    assert await constraint(f"UPDATE funding_sources SET {values}") == wall  # noqa: S608  our own words


async def test_a_benefit_of_everybody_is_there_once_at_a_time(owner_url: str, place: Place) -> None:
    seeker = (await make_seeker(place)).id
    async with guards_asleep(owner_url) as connection:
        first, second = [await put_funding(connection, seeker, "APPROVED") for _ in range(2)]
    month = "UPDATE funding_sources SET instrument = 'CONVERSION'"
    assert await constraint(month) == "funding_sources_once"
    await execute("UPDATE funding_sources SET valid_until = valid_from WHERE id = $1", first)
    await execute("UPDATE funding_sources SET valid_from = valid_from + 1 WHERE id = $1", second)
    assert await execute(month) == 2


async def test_the_walls_know_the_benefits_of_the_domain_and_which_are_there_once(
    owner_url: str, place: Place
) -> None:
    seeker = (await make_seeker(place)).id
    async with guards_asleep(owner_url) as connection:
        for _ in range(2):
            await put_funding(connection, seeker, "APPROVED")
    for instrument in FundingInstrument:
        change = f"UPDATE funding_sources SET instrument = '{instrument.value}'"  # noqa: S608  our own words
        if instrument in ONCE:
            assert await constraint(change) == "funding_sources_once"
        else:
            assert await execute(change) == 2
