"""Transactions, raw statements, repeating a unit of work, and the server's own limits."""

import asyncio
from uuid import UUID, uuid4

import asyncpg
import pytest
from tortoise.exceptions import ConfigurationError, IntegrityError

from models.database import (
    CommitUncertain,
    connect,
    execute,
    fetch,
    inside_transaction,
    parse_url,
    retrying,
    transaction,
)


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("statement_timeout", "5s"),
        ("lock_timeout", "2s"),
        ("idle_in_transaction_session_timeout", "10s"),
        ("application_name", "tests"),
        ("TimeZone", "UTC"),
        ("jit", "off"),
    ],
)
async def test_the_server_ends_what_the_process_forgets(setting: str, value: str) -> None:
    assert await fetch("SELECT current_setting($1) AS value", setting) == [{"value": value}]


async def _insert(kind: str) -> int:
    return await execute(
        "INSERT INTO outbox (id, kind, aggregate) VALUES ($1, $2, $3)", uuid4(), kind, uuid4()
    )


async def _insert_in_transaction(*kinds: str, then: type[Exception] | None = None) -> None:
    async with transaction():
        for kind in kinds:
            await _insert(kind)
        if then:
            raise then


async def _kinds() -> list[str]:
    return [row["kind"] for row in await fetch("SELECT kind FROM outbox ORDER BY kind")]


@pytest.mark.usefixtures("database")
async def test_execute_counts_inserted_updated_and_deleted_rows() -> None:
    assert await _insert("a") == 1
    assert await _insert("b") == 1
    assert await execute("UPDATE outbox SET state = 1, finished_at = now()") == 2
    assert await execute("DELETE FROM outbox WHERE kind = $1", "a") == 1
    assert await execute("DELETE FROM outbox WHERE kind = $1", "a") == 0


@pytest.mark.usefixtures("database")
async def test_fetch_returns_the_rows_of_an_insert() -> None:
    wanted = uuid4()
    rows = await fetch(
        "INSERT INTO outbox (id, kind, aggregate) VALUES ($1, 'a', $1) RETURNING id", wanted
    )
    assert rows == [{"id": wanted}]
    assert isinstance(rows[0]["id"], UUID)


@pytest.mark.usefixtures("database")
async def test_an_exception_rolls_the_transaction_back() -> None:
    with pytest.raises(LookupError):
        await _insert_in_transaction("a", then=LookupError)
    assert await _kinds() == []
    assert not inside_transaction()


@pytest.mark.usefixtures("database")
async def test_a_transaction_inside_another_is_a_savepoint() -> None:
    async with transaction():
        await _insert("a")
        with pytest.raises(LookupError):
            await _insert_in_transaction("b", then=LookupError)
        assert inside_transaction()
        await _insert("c")
    assert await _kinds() == ["a", "c"]


@pytest.mark.usefixtures("database")
async def test_a_broken_constraint_arrives_as_integrity_error_even_at_commit(
    owner_url: str,
) -> None:
    owner = await asyncpg.connect(**parse_url(owner_url).arguments())
    name = "outbox_test_deferred"
    await owner.execute(
        f"ALTER TABLE outbox ADD CONSTRAINT {name} UNIQUE (kind) DEFERRABLE INITIALLY DEFERRED"
    )
    try:
        with pytest.raises(IntegrityError):
            await _insert_in_transaction("same", "same")
    finally:
        await owner.execute(f"ALTER TABLE outbox DROP CONSTRAINT {name}")
        await owner.close()
    assert await _kinds() == []


async def _end_own_connection(url: str) -> None:
    pid = (await fetch("SELECT pg_backend_pid() AS pid"))[0]["pid"]
    other = await asyncpg.connect(**parse_url(url).arguments())
    try:
        await other.execute("SELECT pg_terminate_backend($1)", pid)
    finally:
        await other.close()
    await asyncio.sleep(0.05)


@pytest.mark.usefixtures("database")
async def test_a_unit_of_work_survives_the_loss_of_its_connection(runtime_url: str) -> None:
    runs = 0

    async def unit() -> None:
        nonlocal runs
        runs += 1
        async with transaction():
            await _insert("a")
            if runs == 1:
                await _end_own_connection(runtime_url)
            await _insert("b")

    await retrying(unit)
    assert (runs, await _kinds()) == (2, ["a", "b"])


@pytest.mark.usefixtures("database")
async def test_a_connection_lost_before_commit_is_safe_to_repeat(runtime_url: str) -> None:
    runs = 0

    async def unit() -> None:
        nonlocal runs
        runs += 1
        async with transaction():
            await _insert("a")
            if runs == 1:
                await _end_own_connection(runtime_url)

    await retrying(unit)
    assert (runs, await _kinds()) == (2, ["a"])


async def _lose_connection_then_refuse(url: str) -> None:
    async with transaction():
        await _insert("a")
        await _end_own_connection(url)
        raise LookupError


@pytest.mark.usefixtures("database")
async def test_a_lost_connection_does_not_hide_why_the_work_was_given_up(
    runtime_url: str,
) -> None:
    with pytest.raises(LookupError):
        await _lose_connection_then_refuse(runtime_url)
    assert await _kinds() == []


@pytest.mark.usefixtures("database")
async def test_a_connection_lost_during_commit_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    runs = 0

    async def lose(_self: object) -> None:
        raise asyncpg.ConnectionDoesNotExistError("connection was closed in the middle")

    async def unit() -> None:
        nonlocal runs
        runs += 1
        async with transaction():
            await _insert("a")
            monkeypatch.setattr(asyncpg.transaction.Transaction, "commit", lose)

    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _loop, _context: None)
    with pytest.raises(CommitUncertain):
        await retrying(unit)
    loop.set_exception_handler(None)
    assert runs == 1


@pytest.mark.usefixtures("database")
async def test_two_units_in_deadlock_both_succeed() -> None:
    for kind in ("a", "b"):
        await _insert(kind)
    met = asyncio.Barrier(2)
    runs = 0

    async def unit(first: str, second: str) -> None:
        nonlocal runs
        runs += 1
        async with transaction():
            await execute("UPDATE outbox SET attempts = attempts + 1 WHERE kind = $1", first)
            if runs <= 2:
                await met.wait()
            await execute("UPDATE outbox SET attempts = attempts + 1 WHERE kind = $1", second)

    await asyncio.gather(
        asyncio.create_task(retrying(lambda: unit("a", "b"))),
        asyncio.create_task(retrying(lambda: unit("b", "a"))),
    )
    assert await fetch("SELECT DISTINCT attempts FROM outbox") == [{"attempts": 2}]
    assert runs == 3


@pytest.mark.usefixtures("database")
async def test_a_refusal_is_not_repeated() -> None:
    runs = 0

    async def unit() -> None:
        nonlocal runs
        runs += 1
        raise LookupError

    with pytest.raises(LookupError):
        await retrying(unit)
    assert runs == 1


@pytest.mark.usefixtures("database")
async def test_only_the_outermost_unit_is_repeated() -> None:
    runs = 0

    async def unit() -> None:
        nonlocal runs
        runs += 1
        raise asyncpg.DeadlockDetectedError

    async with transaction():
        with pytest.raises(asyncpg.DeadlockDetectedError):
            await retrying(unit)
    assert runs == 1


def test_a_url_names_a_socket_folder_and_quoted_characters() -> None:
    address = parse_url("postgres://me:p%40ss@localhost:5433/portal?host=/run/pg")
    assert address.host == "/run/pg"
    assert (address.user, address.password, address.port) == ("me", "p@ss", 5433)
    assert "p@ss" not in repr(address)


@pytest.mark.parametrize(
    "url",
    ["mysql://me@host/db", "postgres://host/db", "postgres://me@host/", "postgres://me@h/d?x=1"],
)
def test_an_unusable_url_is_refused_with_a_sentence(url: str) -> None:
    with pytest.raises(ValueError, match=r"must|not known"):
        parse_url(url)


@pytest.mark.usefixtures("database")
async def test_a_database_that_cannot_be_reached_fails_at_once_and_leaves_no_rest(
    runtime_url: str,
) -> None:
    with pytest.raises(OSError, match="No such file"):
        await connect("postgres://me:x@/portal?host=/nowhere", application_name="tests")
    with pytest.raises(ConfigurationError):
        await fetch("SELECT 1")
    await connect(runtime_url, application_name="tests")
    assert await fetch("SELECT 1 AS one") == [{"one": 1}]
