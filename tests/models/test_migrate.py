"""Bringing a database up to date: once, whole or not at all, whoever else is at it."""

import asyncio
import logging
import os
import shutil
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

import asyncpg
import pytest
from tortoise import Tortoise
from tortoise.migrations.autodetector import MigrationAutodetector

from domain.activity import CATALOGUE
from domain.quality import CATALOGUE as QUALITIES
from domain.states import MACHINES
from models import MODULES
from models import migrate as subject
from models.database import connect, disconnect, execute, parse_url
from models.migrate import current, digest, migrate
from models.order import Order
from tests.servers import Session

ROOT = Path(__file__).parents[2]
SCRIPT = """
import asyncio, os
from models.migrate import migrate
print(asyncio.run(migrate(os.environ["OWNER"], os.environ["ROLE"])))
"""
APPS = {"models": {"models": list(MODULES), "migrations": "models.migrations"}}


@asynccontextmanager
async def admin(session: Session) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(**parse_url(session.admin_url).arguments())
    try:
        yield connection
    finally:
        await connection.close()


@pytest.fixture
async def empty(server_session: Session, worker_name: str) -> AsyncIterator[str]:
    """The owner's URL of a database without a table."""
    name = f"{server_session.database(worker_name)}_empty"
    owner = parse_url(server_session.owner_url).user
    async with admin(server_session) as connection:
        await connection.execute(f'CREATE DATABASE "{name}" OWNER "{owner}" TEMPLATE template0')
        yield server_session.owner(name)
        await connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def role(server_session: Session) -> str:
    return parse_url(server_session.runtime_url).user


async def ask(url: str, sql: str, *values: object) -> list[Any]:
    """The first column of a query's rows, in a connection of its own."""
    connection = await asyncpg.connect(**parse_url(url).arguments())
    try:
        return [row[0] for row in await connection.fetch(sql, *values)]
    finally:
        await connection.close()


async def everything_in(url: str) -> list[Any]:
    return await ask(
        url,
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace UNION ALL "
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    )


async def is_current(url: str) -> bool:
    await connect(url, pool_size=1, application_name="tests")
    try:
        return await current()
    finally:
        await disconnect()


@pytest.mark.slow
async def test_an_empty_database_is_not_current_a_migrated_one_is(empty: str, role: str) -> None:
    assert not await is_current(empty)
    assert await everything_in(empty) == []
    assert await migrate(empty, role) is True
    assert await is_current(empty)
    await ask(empty, "UPDATE schema_state SET digest = 'of another time'")
    assert not await is_current(empty)
    await ask(empty, "DELETE FROM schema_state")
    assert not await is_current(empty)


@pytest.mark.slow
async def test_a_second_run_does_nothing(empty: str, role: str) -> None:
    written = "SELECT xmin::text FROM schema_state UNION ALL SELECT xmin::text FROM pg_class"
    assert await migrate(empty, role) is True
    before = await ask(empty, written)
    assert await migrate(empty, role) is False
    assert await ask(empty, written) == before


@pytest.mark.slow
async def test_a_run_over_an_older_schema_brings_the_same_walls(empty: str, role: str) -> None:
    await migrate(empty, role)
    walls = (
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE connamespace = 'public'::regnamespace UNION ALL "
        "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1"
    )
    before = await ask(empty, walls)
    for damage in (
        "ALTER TABLE orders DROP CONSTRAINT orders_duration",
        "DROP TRIGGER orders_no_dangling_match ON orders",
        "DROP TRIGGER users_state ON users",
        "DELETE FROM legal_transitions",
        "UPDATE schema_state SET digest = ''",
    ):
        await ask(empty, damage)
    assert await migrate(empty, role) is True
    assert await ask(empty, walls) == before
    assert await ask(empty, "SELECT count(*) FROM legal_transitions") == [len(subject._legal())]


@pytest.mark.slow
async def test_a_wall_that_is_written_anew_replaces_the_old_one(
    empty: str, role: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await migrate(empty, role)
    copy(tmp_path, monkeypatch)
    for name, old, new in (
        ("10_constraints.sql", "BETWEEN 15 AND 1440", "BETWEEN 15 AND 999"),
        ("20_states.sql", "UPDATE OF state, order_id ON matches", "UPDATE ON matches"),
    ):
        file = tmp_path / "sql" / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
    assert await migrate(empty, role) is True
    (duration,) = await ask(
        empty, "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = $1",
        "orders_duration",
    )  # fmt: skip
    assert "999" in duration
    (trigger,) = await ask(
        empty, "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = $1",
        "matches_no_dangling_match",
    )  # fmt: skip
    assert "INSERT OR UPDATE ON" in trigger


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


@pytest.mark.slow
async def test_of_several_starts_at_once_one_migrates_and_all_succeed(
    empty: str, role: str
) -> None:
    said = await asyncio.gather(*(in_a_process(empty, role) for _ in range(3)))
    assert sorted(said) == ["False", "False", "True"]
    assert await is_current(empty)


STEPS = ("_migrate_tables", "_raise_walls", "_copy_reference", "_grant")


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


@pytest.mark.slow
async def test_a_run_that_is_cut_off_or_cancelled_leaves_nothing_and_the_next_one_succeeds(
    empty: str, role: str, server_session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    for step in STEPS:
        with monkeypatch.context() as patched:
            reached = held_after(step, patched)
            run = asyncio.create_task(migrate(empty, role))
            await reached.wait()
            await _cut_off(server_session, empty)
            with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, OSError)):
                await run
        assert await everything_in(empty) == [], step
    with monkeypatch.context() as patched:
        reached = held_after("_raise_walls", patched)
        run = asyncio.create_task(migrate(empty, role))
        await reached.wait()
        run.cancel()
        with pytest.raises(asyncio.CancelledError):
            await run
    assert await everything_in(empty) == []
    assert await migrate(empty, role) is True
    assert await is_current(empty)


async def _cut_off(server_session: Session, url: str) -> None:
    async with admin(server_session) as connection:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = 'migrate' AND datname = $1",
            parse_url(url).database,
        )


@pytest.mark.slow
async def test_a_role_that_comes_later_gets_its_rights(
    empty: str, role: str, server_session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    owner = parse_url(empty).user
    with caplog.at_level(logging.WARNING):
        assert await migrate(empty, owner) is True
    assert "DATABASE_OWNER_URL" in caplog.text
    may = "SELECT has_table_privilege($1, 'users', 'SELECT')"
    assert await ask(empty, may, role) == [False]
    assert await migrate(empty, role) is True
    assert await ask(empty, may, role) == [True]


async def changes() -> list[Any]:
    return await MigrationAutodetector(Tortoise.apps, APPS).changes()


@pytest.mark.usefixtures("database")
async def test_the_migrations_make_what_the_models_say(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [writer.operations for writer in await changes()] == []
    monkeypatch.setattr(Order._meta.fields_map["description"], "null", True)
    assert len(await changes()) == 1


def copy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the migration read its files from a copy."""
    for part in ("sql", "migrations"):
        shutil.copytree(ROOT / "models" / part, folder / part)
    monkeypatch.setattr(subject, "_HERE", folder)


def test_the_digest_changes_with_every_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = digest()
    copy(tmp_path, monkeypatch)
    assert digest() == original
    seen = {original}
    files = [*(tmp_path / "sql").glob("*.sql"), *(tmp_path / "migrations").glob("0*.py")]
    assert len(files) > 5
    for file in files:
        file.write_bytes(file.read_bytes() + b"\n")
        assert digest() not in seen, file.name
        seen.add(digest())
    (tmp_path / "sql" / "99_new.sql").write_text("SELECT 1;")
    assert digest() not in seen


def test_the_digest_changes_with_everything_that_is_copied(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = {digest()}
    fewer = MappingProxyType({code: CATALOGUE[code] for code in list(CATALOGUE)[1:]})
    for name, value in (
        ("MACHINES", MACHINES[1:]),
        ("ACTIVITIES", fewer),
        ("QUALITIES", MappingProxyType({code: QUALITIES[code] for code in list(QUALITIES)[1:]})),
        ("_READ_ONLY", subject._READ_ONLY[1:]),
        ("_APPEND_ONLY", subject._APPEND_ONLY[1:]),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(subject, name, value)
            assert digest() not in seen, name
            seen.add(digest())
