"""The history changes in one way only: who did it is forgotten, in time or with the account."""

from collections.abc import AsyncIterator
from itertools import pairwise
from uuid import UUID

import asyncpg
import pytest

from domain.ids import uuid7
from models.database import execute, fetch, parse_url
from tests.people import Place, make_seeker
from tests.staging import everything

pytestmark = pytest.mark.usefixtures("database")

INSERT = """
INSERT INTO transitions (id, machine, aggregate, action, source, target, version, at, actor_id,
  principal_id)
VALUES ($1, 'ORDER', $1, 'EXPIRE', 'RELEASED', 'EXPIRED', 1, now() - $2::text::interval, $3, $4)
"""


@pytest.fixture
async def owner(owner_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(**parse_url(owner_url).arguments())
    yield connection
    await connection.close()


@pytest.fixture
async def people(place: Place) -> tuple[UUID, UUID]:
    return (await make_seeker(place)).id, (await make_seeker(place)).id


async def refused(connection: asyncpg.Connection, sql: str) -> None:
    before = await everything()
    with pytest.raises(asyncpg.CheckViolationError) as found:
        await connection.execute(sql)
    assert found.value.constraint_name == "append_only"
    assert await everything() == before


async def test_not_even_the_owner_changes_or_deletes_an_entry(
    owner: asyncpg.Connection, people: tuple[UUID, UUID]
) -> None:
    await execute(INSERT, uuid7(), "2 years", *people)
    columns = await fetch(
        "SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1",
        "transitions",
    )
    for column in {each["name"] for each in columns} - {"actor_id", "principal_id"}:
        other = {
            "version": "2",
            "on_behalf": "true",
            "at": "now()",
            "tx": "'7'",
            **dict.fromkeys(("machine", "action", "source", "target", "role"), "'OTHER'"),
        }.get(column, "gen_random_uuid()")
        await refused(owner, f"UPDATE transitions SET {column} = {other}, actor_id = NULL")  # noqa: S608  our own names
    await refused(owner, "DELETE FROM transitions")
    await refused(owner, "UPDATE transitions SET actor_id = principal_id")
    await refused(owner, "UPDATE transitions SET principal_id = actor_id")


async def test_nobody_is_put_where_nobody_stood(
    owner: asyncpg.Connection, people: tuple[UUID, UUID]
) -> None:
    await execute(INSERT, uuid7(), "2 years", None, None)
    await refused(owner, f"UPDATE transitions SET actor_id = '{people[0]}'")  # noqa: S608  an id
    await refused(owner, f"UPDATE transitions SET principal_id = '{people[0]}'")  # noqa: S608  an id


@pytest.mark.parametrize("column", ["actor_id", "principal_id"])
async def test_who_did_it_is_not_forgotten_within_a_year(
    owner: asyncpg.Connection, people: tuple[UUID, UUID], column: str
) -> None:
    await execute(INSERT, uuid7(), "364 days", *people)
    await refused(owner, f"UPDATE transitions SET {column} = NULL")  # noqa: S608  our own names


async def test_the_portal_itself_forgets_after_a_year_and_nothing_else(
    people: tuple[UUID, UUID],
) -> None:
    await execute(INSERT, uuid7(), "366 days", *people)
    assert await execute("UPDATE transitions SET actor_id = NULL, principal_id = NULL") == 1


async def test_both_go_with_their_accounts_one_after_the_other(people: tuple[UUID, UUID]) -> None:
    await execute(INSERT, uuid7(), "1 minute", *people)
    await execute("DELETE FROM users WHERE id = $1", people[0])
    assert await fetch("SELECT actor_id, principal_id FROM transitions") == [
        {"actor_id": None, "principal_id": people[1]}
    ]
    await execute("DELETE FROM users WHERE id = $1", people[1])
    assert await fetch("SELECT actor_id, principal_id FROM transitions") == [
        {"actor_id": None, "principal_id": None}
    ]


async def test_a_seal_is_written_once(owner: asyncpg.Connection) -> None:
    await execute(INSERT, uuid7(), "1 minute", None, None)
    await execute(
        "INSERT INTO audit_seals (sequence, transition_id, hash, sealed_at) "
        "SELECT 1, id, repeat('0', 64), now() FROM transitions"
    )
    await refused(owner, "UPDATE audit_seals SET sequence = 2")
    await refused(owner, "DELETE FROM audit_seals")


async def test_ids_that_sql_makes_are_sorted_as_they_were_made() -> None:
    rows = await fetch("SELECT portal_uuid7() AS id FROM generate_series(1, 3000)")
    ids = [row["id"] for row in rows]
    assert {each.version for each in ids} == {7}
    assert len(set(ids)) == len(ids)
    backwards = sum(second < first for first, second in pairwise(ids))
    assert backwards < len(ids) / 20
    assert abs((ids[0].int >> 80) - (uuid7().int >> 80)) < 60_000
