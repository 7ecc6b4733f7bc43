"""What the run-time role may do is only what the portal does."""

from collections.abc import AsyncIterator

import asyncpg
import pytest
from tortoise.exceptions import OperationalError

from domain.states import MACHINES
from models.database import execute, fetch, parse_url
from tests.people import Place, make_seeker
from tests.staging import everything

pytestmark = pytest.mark.usefixtures("database")

APPEND_ONLY = ("transitions", "audit_seals", "talks", "identity_checks")
READ_ONLY = (
    "legal_transitions",
    "activities",
    "qualities",
    "schema_state",
    "tortoise_migrations",
)


@pytest.fixture
async def owner(owner_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(**parse_url(owner_url).arguments())
    yield connection
    await connection.close()


async def forbidden(sql: str) -> None:
    with pytest.raises(OperationalError) as refused:
        await execute(sql)
    cause = refused.value.__cause__
    assert isinstance(cause, asyncpg.InsufficientPrivilegeError), (sql, cause)


async def a_history(place: Place) -> None:
    """One row at least in every append-only table."""
    seeker = await make_seeker(place)
    await execute(
        "INSERT INTO talk_answers (id, talk_id, care_grade) "
        "SELECT gen_random_uuid(), id, 2 FROM talks"
    )
    await execute(
        "INSERT INTO transitions (id, machine, aggregate, action, source, target, version, at) "
        "VALUES (gen_random_uuid(), 'ACCOUNT', $1, 'REGISTER', '', 'REGISTERED', 1, now())",
        seeker.id,
    )
    await execute(
        "INSERT INTO audit_seals (sequence, transition_id, hash, sealed_at) "
        "SELECT 1, id, repeat('0', 64), now() FROM transitions"
    )


@pytest.mark.parametrize("table", APPEND_ONLY)
async def test_records_are_written_once(place: Place, table: str) -> None:
    await a_history(place)
    before = await everything()
    key = "sequence = 2" if table == "audit_seals" else "id = gen_random_uuid()"
    await forbidden(f"UPDATE {table} SET {key}")  # noqa: S608  our own names
    await forbidden(f"DELETE FROM {table}")  # noqa: S608  our own names
    await forbidden(f"TRUNCATE {table} CASCADE")
    assert await everything() == before


@pytest.mark.parametrize("table", ["talks", "identity_checks"])
async def test_not_even_the_owner_rewrites_talks_and_checks(
    place: Place, owner: asyncpg.Connection, table: str
) -> None:
    await a_history(place)
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await owner.execute(f"UPDATE {table} SET created_at = now()")  # noqa: S608  our own names
    assert refused.value.constraint_name == "append_only"


async def test_records_of_an_account_go_with_it(place: Place) -> None:
    await a_history(place)
    await execute("DELETE FROM users WHERE role = 'SEEKER'")
    for table in ("talks", "talk_answers", "identity_checks"):
        assert await fetch(f"SELECT 1 FROM {table}") == []  # noqa: S608  our own names


@pytest.mark.parametrize("table", READ_ONLY)
async def test_reference_data_are_only_read(table: str) -> None:
    (row,) = await fetch(f"SELECT count(*) AS n FROM {table}")  # noqa: S608  our own names
    assert row["n"] > 0
    await forbidden(f"INSERT INTO {table} SELECT * FROM {table}")  # noqa: S608  our own names
    await forbidden(f"DELETE FROM {table}")  # noqa: S608  our own names
    await forbidden(f"TRUNCATE {table} CASCADE")
    columns = await fetch(
        "SELECT column_name AS name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND table_name = $1",
        table,
    )
    for column in columns:
        name = column["name"]
        await forbidden(f"UPDATE {table} SET {name} = {name}")  # noqa: S608  our own names


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE public.mine (id int)",
        "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE SCHEMA mine",
        "ALTER TABLE orders DISABLE TRIGGER ALL",
        "ALTER TABLE orders DROP CONSTRAINT orders_fields_of_kind",
        "ALTER TABLE orders ADD COLUMN mine int",
        "DROP TABLE orders CASCADE",
        "DROP TRIGGER orders_state ON orders",
        "DROP INDEX matches_one_commission",
        "CREATE TRIGGER mine BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION guard_state()",
        "CREATE OR REPLACE FUNCTION guard_state() RETURNS trigger LANGUAGE sql AS 'SELECT NEW'",
        "SET session_replication_role = replica",
        "ALTER ROLE CURRENT_USER SUPERUSER",
        "CREATE ROLE mine",
        "TRUNCATE users CASCADE",
    ],
)
async def test_the_walls_cannot_be_taken_down_from_inside(sql: str) -> None:
    before = await everything()
    await forbidden(sql)
    assert await everything() == before


async def test_the_run_time_role_owns_nothing_and_is_nobody_special(runtime_url: str) -> None:
    (row,) = await fetch(
        "SELECT rolname, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication "
        "FROM pg_roles WHERE rolname = current_user"
    )
    assert row.pop("rolname") == parse_url(runtime_url).user
    assert not any(row.values())
    owned = await fetch(
        "SELECT c.relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner "
        "WHERE r.rolname = current_user AND c.relnamespace = 'public'::regnamespace"
    )
    assert owned == []
    granted = await fetch(
        "SELECT 1 FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member "
        "WHERE r.rolname = current_user"
    )
    assert granted == []


async def test_the_grants_are_exactly_these() -> None:
    rows = await fetch(
        "SELECT table_name, string_agg(privilege_type, ' ' ORDER BY privilege_type) AS may "
        "FROM information_schema.role_table_grants "
        "WHERE grantee = current_user AND table_schema = 'public' GROUP BY 1"
    )
    special = dict.fromkeys(READ_ONLY, "SELECT") | dict.fromkeys(APPEND_ONLY, "INSERT SELECT")
    special["talk_answers"] = "DELETE INSERT SELECT"  # never changed, but forgotten
    tables = await fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    everywhere = {row["tablename"]: "DELETE INSERT SELECT UPDATE" for row in tables}
    assert {row["table_name"]: row["may"] for row in rows} == everywhere | special


async def test_the_legal_pairs_in_the_database_are_those_of_the_machines() -> None:
    rows = await fetch("SELECT machine, source, target FROM legal_transitions")
    found = {tuple(row.values()) for row in rows}
    pairs = {(m.name, *pair) for m in MACHINES for pair in m.pairs}
    begins = {(m.name, "", state.value) for m in MACHINES for state in m.initial}
    assert found == pairs | begins


async def test_a_deleted_actor_stays_in_history_without_a_name(place: Place) -> None:
    seeker = await make_seeker(place)
    await execute(
        "INSERT INTO transitions (id, machine, aggregate, action, source, target, version, at, "
        "actor_id) VALUES (gen_random_uuid(), 'ACCOUNT', $1, 'REGISTER', '', 'REGISTERED', 1, "
        "now(), $1)",
        seeker.id,
    )
    await execute("DELETE FROM users WHERE id = $1", seeker.id)
    assert await fetch("SELECT actor_id, target FROM transitions") == [
        {"actor_id": None, "target": "REGISTERED"}
    ]
