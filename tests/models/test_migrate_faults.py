"""Bringing a database up to date while others are at it too, or while it is cut off."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import asyncpg
import pytest

from models import migrate as subject
from models.database import execute, parse_url
from models.migrate import digest, migrate
from tests.models.bare import admin, ask, connected, everything_in, is_current, walls_of
from tests.servers import Session

ROOT = Path(__file__).parents[2]
SCRIPT = """
import asyncio, os
from models.migrate import migrate
print(asyncio.run(migrate(os.environ["OWNER"], os.environ["ROLE"])))
"""
WAITING = """
SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database
WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()
"""


async def in_a_process(url: str, role: str) -> str:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        SCRIPT,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OWNER": url, "ROLE": role},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    return out.decode().strip()


async def starts_waiting(
    connection: asyncpg.Connection, count: int, url: str, role: str
) -> list[asyncio.Task[str]]:
    """Starts that found nothing and wait for the lock, which `connection` holds."""
    await connection.execute("SELECT pg_advisory_lock($1)", subject._LOCK)
    starts = [asyncio.create_task(in_a_process(url, role)) for _ in range(count)]
    while await connection.fetchval(WAITING) < count:
        assert not any(start.done() for start in starts)
        await asyncio.sleep(0.05)
    return starts


@pytest.mark.slow
async def test_of_several_starts_at_once_one_migrates_and_all_succeed(
    empty: str, role: str
) -> None:
    async with connected(empty) as connection:
        starts = await starts_waiting(connection, 2, empty, role)
    assert sorted(await asyncio.gather(*starts)) == ["False", "True"]
    assert await is_current(empty)


@pytest.mark.slow
async def test_a_start_that_waited_looks_again_and_does_not_trust_what_it_remembers(
    empty: str, role: str
) -> None:
    async with connected(empty) as connection:
        (start,) = await starts_waiting(connection, 1, empty, role)
        async with connection.transaction():  # few enough changes for a server to keep to itself
            await connection.execute(
                "CREATE TABLE schema_state AS SELECT $1::text AS digest", digest()
            )
            await connection.execute("CREATE TABLE users ()")
            await connection.execute(f'GRANT SELECT ON users TO "{role}"')
    assert await start == "False"


def held_after(step: str, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Let a step do its work and then hang inside the database; set once it does."""
    done: Callable[..., Awaitable[None]] = getattr(subject, step)
    reached = asyncio.Event()

    async def hang(*arguments: str) -> None:
        await done(*arguments)
        reached.set()
        await execute("SELECT pg_sleep(60)")

    monkeypatch.setattr(subject, step, hang)
    return reached


async def cut_off(session: Session, url: str) -> None:
    async with admin(session) as connection:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = 'migrate' AND datname = $1",
            parse_url(url).database,
        )


@pytest.mark.slow
async def test_a_first_run_that_is_cut_off_leaves_nothing_and_the_next_one_succeeds(
    empty: str, role: str, server_session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        reached = held_after("_migrate_tables", patched)
        run = asyncio.create_task(migrate(empty, role))
        await reached.wait()
        await cut_off(server_session, empty)
        with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, OSError)):
            await run
    assert await everything_in(empty) == []
    assert await migrate(empty, role) is True
    assert await is_current(empty)


async def state_of(url: str) -> list[object]:
    """What a later run could change: walls, reference data, rights and the fingerprint."""
    rights = "SELECT relname || relacl::text FROM pg_class WHERE relacl IS NOT NULL ORDER BY 1"
    copied = "SELECT digest FROM schema_state UNION ALL SELECT code FROM activities ORDER BY 1"
    return [await walls_of(url), await ask(url, rights), await ask(url, copied)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("step", "cancelled"),
    [("_raise_walls", False), ("_copy_reference", True), ("_grant", False)],
)
async def test_a_later_run_that_is_cut_off_changes_nothing_and_the_next_one_succeeds(  # noqa: PLR0913  the fixtures
    migrated: str,
    role: str,
    server_session: Session,
    monkeypatch: pytest.MonkeyPatch,
    *,
    step: str,
    cancelled: bool,
) -> None:
    whole = await state_of(migrated)
    for damage in (
        "DROP TRIGGER users_state ON users",
        "DELETE FROM activities",
        f'REVOKE ALL ON users FROM "{role}"',
        "UPDATE schema_state SET digest = 'of another time'",
    ):
        await ask(migrated, damage)
    before = await state_of(migrated)
    with monkeypatch.context() as patched:
        reached = held_after(step, patched)
        run = asyncio.create_task(migrate(migrated, role))
        await reached.wait()
        if cancelled:
            run.cancel()
        else:
            await cut_off(server_session, migrated)
        with pytest.raises(
            (asyncio.CancelledError, asyncpg.PostgresError, asyncpg.InterfaceError, OSError)
        ):
            await run
    assert await state_of(migrated) == before
    assert await migrate(migrated, role) is True
    assert await state_of(migrated) == whole
