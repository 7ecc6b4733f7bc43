"""What no row may say, whoever writes it: one case per constraint, as the run-time role."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest
from tortoise.exceptions import IntegrityError

from domain.window import FULL_WEEK
from models.database import execute, fetch
from tests.people import (
    Place,
    make_assistant,
    make_coordinator,
    make_provider,
    make_seeker,
    make_user,
)
from tests.staging import everything, guards_asleep, put_match, put_order


async def refused_by(sql: str, *values: object) -> str:
    with pytest.raises(IntegrityError) as refused:
        await execute(sql, *values)
    cause = refused.value.__cause__
    assert isinstance(cause, asyncpg.IntegrityConstraintViolationError)
    return str(cause.constraint_name)


ORDERS: list[tuple[str, str]] = [
    ("version = 0", "orders_version_positive"),
    ("week = '\\x00'", "orders_week_bits"),
    ("duration_minutes = 14", "orders_duration"),
    ("duration_minutes = 1441", "orders_duration"),
    ("max_distance_km = 0", "orders_max_distance"),
    ("max_distance_km = 501", "orders_max_distance"),
    ("count = 0", "orders_count_positive"),
    ("kind = 'SOMETIMES'", "orders_kind_known"),
    ("kind = 'ONE_OFF', starts_at = now()", "orders_fields_of_kind"),
    ("starts_at = now()", "orders_fields_of_kind"),
    ("interval = 'YEAR'", "orders_interval_known"),
    ("released_at = NULL", "orders_complete_when_released"),
    ("description = ''", "orders_complete_when_released"),
    ("start_date = NULL", "orders_complete_when_released"),
    ("interval = NULL", "orders_complete_when_released"),
    ("count = NULL", "orders_complete_when_released"),
    (
        "kind = 'ONE_OFF', start_date = NULL, interval = NULL, count = NULL",
        "orders_complete_when_released",
    ),
]


@pytest.mark.parametrize(("change", "wall"), ORDERS)
async def test_a_released_order_is_whole(
    owner_url: str, place: Place, change: str, wall: str
) -> None:
    seeker = (await make_seeker(place)).id
    async with guards_asleep(owner_url) as connection:
        order = await put_order(connection, seeker, place, "RELEASED")
    before = await everything()
    assert await refused_by(f"UPDATE orders SET {change} WHERE id = $1", order) == wall  # noqa: S608  from the list above
    assert await everything() == before


@pytest.mark.parametrize(("change", "wall"), ORDERS[-6:])
async def test_a_draft_may_be_unfinished_but_is_not_released_so(
    owner_url: str, place: Place, change: str, wall: str
) -> None:
    seeker = (await make_seeker(place)).id
    async with guards_asleep(owner_url) as connection:
        order = await put_order(connection, seeker, place, "DRAFT")
    assert await execute(f"UPDATE orders SET {change} WHERE id = $1", order) == 1  # noqa: S608  from the list above
    release = "UPDATE orders SET state = 'RELEASED', released_at = $2 WHERE id = $1"
    released_at = None if change.startswith("released_at") else place.officer.created_at
    assert await refused_by(release, order, released_at) == wall


PEOPLE: dict[str, tuple[str, str]] = {
    "users_version_positive": ("users", "version = 0"),
    "users_language_known": ("users", "language = 'fr'"),
    "seekers_id_is_user": ("seekers", "id = gen_random_uuid()"),
    "seekers_week_bits": ("seekers", "week = ''"),
    "assistants_id_is_user": ("assistants", "id = gen_random_uuid()"),
    "assistants_week_bits": ("assistants", "week = week || '\\x00'"),
    "assistants_radius": ("assistants", "radius_km = 501"),
    "assistants_provider_unless_self_employed": (
        "assistants",
        "employment = 'SELF_EMPLOYED', provider_id = (SELECT id FROM providers)",
    ),
    "coordinators_id_is_user": ("coordinators", "id = gen_random_uuid()"),
}


@pytest.mark.parametrize("wall", PEOPLE)
async def test_people_are_who_they_are(place: Place, wall: str) -> None:
    await make_seeker(place)
    await make_assistant(place)
    await make_coordinator(place, await make_provider(place))
    table, change = PEOPLE[wall]
    assert await refused_by(f"UPDATE {table} SET {change}") == wall  # noqa: S608  from the list above


async def test_an_address_belongs_to_one_account_whatever_its_capitals(place: Place) -> None:
    await make_user(place.officer.role, place, email="Erika@Beispiel.example")
    other = await make_user(place.officer.role, place)
    for address in ("erika@beispiel.example", "ERIKA@BEISPIEL.EXAMPLE"):
        sql = "UPDATE users SET email = $2 WHERE id = $1"
        assert await refused_by(sql, other.id, address) == "users_email_key"


async def test_a_self_employed_assistant_belongs_to_no_provider(place: Place) -> None:
    house = await make_provider(place)
    alone = (await make_assistant(place)).id
    wall = "assistants_provider_unless_self_employed"
    assert (
        await refused_by("UPDATE assistants SET provider_id = $2 WHERE id = $1", alone, house.id)
        == wall
    )


RECORDS: dict[str, str] = {
    "talk_answers_care_grade": "INSERT INTO talk_answers (id, talk_id, care_grade) "
    "SELECT gen_random_uuid(), id, 6 FROM talks LIMIT 1",
    "talks_outcome_known": "INSERT INTO talks SELECT gen_random_uuid() AS id, channel, 'GOOD', "
    "held_at, created_at, officer_id, user_id FROM talks LIMIT 1",
    "identity_checks_verdict_known": "INSERT INTO identity_checks (id, document, verdict, "
    "checked_on, created_at, officer_id, user_id) SELECT gen_random_uuid(), document, 'rejected', "
    "checked_on, created_at, officer_id, user_id FROM identity_checks LIMIT 1",
}


@pytest.mark.parametrize("wall", RECORDS)
async def test_records_use_known_words_and_grades(place: Place, wall: str) -> None:
    await make_seeker(place)
    assert await refused_by(RECORDS[wall]) == wall


MATCHES: list[tuple[str, str]] = [
    ("version = 0", "matches_version_positive"),
    ("assistant_id = NULL", "matches_one_acceptor"),
    ("provider_id = $2", "matches_one_acceptor"),
    ("kind = 'PROVIDER'", "matches_one_acceptor"),
    ("kind = 'NEIGHBOUR', assistant_id = NULL", "matches_kind_known"),
    ("state = 'REQUESTED'", "matches_commission_by_kind"),
]


@pytest.mark.parametrize(("change", "wall"), MATCHES)
async def test_a_match_has_one_acceptor_and_the_commission_of_its_kind(
    owner_url: str, place: Place, change: str, wall: str
) -> None:
    seeker, helper = (await make_seeker(place)).id, (await make_assistant(place)).id
    house = (await make_provider(place)).id
    async with guards_asleep(owner_url) as connection:
        order = await put_order(connection, seeker, place)
        match = await put_match(connection, order, "ACCEPTED", assistant=helper)
    values: tuple[Any, ...] = (match, house) if "$2" in change else (match,)
    assert await refused_by(f"UPDATE matches SET {change} WHERE id = $1", *values) == wall  # noqa: S608  from the list above


async def test_a_provider_is_never_awarded(owner_url: str, place: Place) -> None:
    seeker, house = (await make_seeker(place)).id, (await make_provider(place)).id
    async with guards_asleep(owner_url) as connection:
        order = await put_order(connection, seeker, place)
        match = await put_match(connection, order, "ACCEPTED", provider=house)
    sql = "UPDATE matches SET state = $2 WHERE id = $1"
    assert await refused_by(sql, match, "AWARDED") == "matches_commission_by_kind"
    assert await execute(sql, match, "REQUESTED") == 1


async def test_an_acceptor_is_asked_once_per_order(owner_url: str, place: Place) -> None:
    seeker, helper = (await make_seeker(place)).id, (await make_assistant(place)).id
    house = (await make_provider(place)).id
    async with guards_asleep(owner_url) as connection:
        order = await put_order(connection, seeker, place)
        await put_match(connection, order, "LAPSED", assistant=helper)
        await put_match(connection, order, "DECLINED", provider=house)
        for assistant, provider in ((helper, None), (None, house)):
            with pytest.raises(asyncpg.UniqueViolationError):
                async with connection.transaction():
                    await put_match(connection, order, assistant=assistant, provider=provider)


COMMISSIONS = ("REQUESTED", "AWARDED", "MEETING", "CONTRACTED")


@pytest.mark.parametrize("first", COMMISSIONS)
@pytest.mark.parametrize("second", COMMISSIONS)
async def test_an_order_has_at_most_one_open_commission(
    owner_url: str, place: Place, first: str, second: str
) -> None:
    seeker = (await make_seeker(place)).id
    helpers = [(await make_assistant(place)).id for _ in range(2)]
    houses = [(await make_provider(place)).id for _ in range(2)]
    async with guards_asleep(owner_url) as connection:

        async def put(order: UUID, state: str, number: int) -> UUID:
            if state == "REQUESTED":
                return await put_match(connection, order, state, provider=houses[number])
            return await put_match(connection, order, state, assistant=helpers[number])

        order, other = [await put_order(connection, seeker, place) for _ in range(2)]
        await put(order, first, 0)
        await put(other, second, 0)
        with pytest.raises(asyncpg.UniqueViolationError) as refused:
            async with connection.transaction():
                await put(order, second, 1)
        assert refused.value.constraint_name == "matches_one_commission"


async def test_two_awards_at_once_cannot_both_be(owner_url: str, place: Place) -> None:
    seeker = (await make_seeker(place)).id
    helpers = [(await make_assistant(place)).id for _ in range(2)]
    async with guards_asleep(owner_url) as connection:
        order = await put_order(connection, seeker, place)
        first, second = [
            await put_match(connection, order, "ACCEPTED", assistant=each) for each in helpers
        ]
    sql = "UPDATE matches SET state = 'AWARDED' WHERE id = $1"
    assert await execute(sql, first) == 1
    assert await refused_by(sql, second) == "matches_one_commission"
    found = await fetch("SELECT state FROM matches ORDER BY state")
    assert [row["state"] for row in found] == ["ACCEPTED", "AWARDED"]


async def test_an_order_s_windows_are_a_whole_week(owner_url: str, place: Place) -> None:
    seeker = (await make_seeker(place)).id
    async with guards_asleep(owner_url) as connection:
        await put_order(connection, seeker, place, "DRAFT")
    for week in (FULL_WEEK[:-1], FULL_WEEK + b"\x00", b""):
        assert await refused_by("UPDATE orders SET week = $1", week) == "orders_week_bits"
