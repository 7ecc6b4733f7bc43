"""Bringing a database up to date: once, whole or not at all, whoever else is at it."""

import logging
import shutil
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from tortoise import Tortoise
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.operations import AlterField
from tortoise.migrations.schema_generator.state_apps import StateApps

from domain.activity import CATALOGUE
from domain.quality import CATALOGUE as QUALITIES
from domain.states import MACHINES
from models import MODULES, baseline
from models import migrate as subject
from models.database import connect, disconnect, execute, fetch, parse_url, transaction
from models.migrate import apply_migrations, digest, migrate
from models.order import Order
from tests.models.bare import ask, everything_in, is_current, walls_of

ROOT = Path(__file__).parents[2]
APPS = {"models": {"models": list(MODULES), "migrations": "models.migrations"}}


@pytest.mark.slow
async def test_an_empty_database_is_not_current_a_migrated_one_is(
    empty: str, migrated: str
) -> None:
    assert not await is_current(empty)
    assert await everything_in(empty) == []
    assert await is_current(migrated)
    await ask(migrated, "UPDATE schema_state SET digest = 'of another time'")
    assert not await is_current(migrated)
    await ask(migrated, "DELETE FROM schema_state")
    assert not await is_current(migrated)


@pytest.mark.slow
async def test_a_second_run_does_nothing(migrated: str, role: str) -> None:
    written = "SELECT xmin::text FROM schema_state UNION ALL SELECT xmin::text FROM pg_class"
    before = await ask(migrated, written)
    assert await migrate(migrated, role) is False
    assert await ask(migrated, written) == before


@pytest.mark.slow
async def test_a_run_over_an_older_schema_brings_the_same_walls(migrated: str, role: str) -> None:
    before = await walls_of(migrated)
    for damage in (
        "ALTER TABLE orders DROP CONSTRAINT orders_duration",
        "DROP TRIGGER orders_no_dangling_match ON orders",
        "DROP TRIGGER users_state ON users",
        "DELETE FROM legal_transitions",
        "UPDATE schema_state SET digest = ''",
    ):
        await ask(migrated, damage)
    assert await migrate(migrated, role) is True
    assert await walls_of(migrated) == before
    assert await ask(migrated, "SELECT count(*) FROM legal_transitions") == [len(subject._legal())]


@pytest.mark.slow
async def test_a_wall_that_is_written_anew_replaces_the_old_one(
    migrated: str, role: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy(tmp_path, monkeypatch)
    for name, old, new in (
        ("10_constraints.sql", "BETWEEN 15 AND 1440", "BETWEEN 15 AND 999"),
        ("20_states.sql", "UPDATE OF state, order_id ON matches", "UPDATE ON matches"),
    ):
        file = tmp_path / "sql" / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
    assert await migrate(migrated, role) is True
    (duration,) = await ask(
        migrated, "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = $1",
        "orders_duration",
    )  # fmt: skip
    assert "999" in duration
    (trigger,) = await ask(
        migrated, "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = $1",
        "matches_no_dangling_match",
    )  # fmt: skip
    assert "INSERT OR UPDATE ON" in trigger


@pytest.mark.slow
async def test_a_role_that_comes_later_gets_its_rights(
    migrated: str, role: str, caplog: pytest.LogCaptureFixture
) -> None:
    owner = parse_url(migrated).user
    await ask(migrated, "UPDATE schema_state SET digest = 'of another time'")
    await ask(migrated, f'REVOKE ALL ON ALL TABLES IN SCHEMA public FROM "{role}"')
    with caplog.at_level(logging.WARNING):
        assert await migrate(migrated, owner) is True
    assert "DATABASE_OWNER_URL" in caplog.text
    may = "SELECT has_table_privilege($1, 'users', 'SELECT')"
    assert await ask(migrated, may, role) == [False]
    assert await migrate(migrated, role) is True
    assert await ask(migrated, may, role) == [True]


@pytest.mark.slow
@pytest.mark.no_cover
async def test_the_baseline_makes_what_the_migrations_make(
    empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Half of the time goes into queries that tortoise prepares for each step and no migration asks.
    monkeypatch.setattr(StateApps, "_build_initial_querysets", lambda _apps: None)
    await connect(empty, pool_size=1, application_name="tests")
    try:
        laid = await made_by(baseline.lay)
        applied = await made_by(apply_migrations)
    finally:
        await disconnect()
    assert len(laid) > 500
    assert laid == applied


def test_the_baseline_holds_the_newest_migration() -> None:
    script = baseline.FILE.read_text(encoding="utf-8")
    assert baseline.newest(script) == baseline.names()[-1], "python -m tests.tools.baseline"


async def made_by(*steps: Callable[[], Awaitable[None]]) -> list[Any]:
    """The tables as some steps make them, and what is noted of it; nothing of it stays."""
    with suppress(RollBack):
        async with transaction():
            await execute(subject.RECORDER)
            for step in steps:
                await step()
            found = await fetch(TABLES)
            raise RollBack
    return [row["line"] for row in found]


class RollBack(Exception):
    """What was made is looked at and taken back."""


TABLES = """
SELECT concat_ws(' ', attrelid::regclass, attnum, attname, format_type(atttypid, atttypmod),
    attnotnull, attidentity, pg_get_expr(adbin, adrelid), col_description(attrelid, attnum)) AS line
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE relnamespace = 'public'::regnamespace AND attnum > 0
UNION ALL SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT concat_ws(' ', objoid::regclass, description) FROM pg_description
WHERE classoid = 'pg_class'::regclass AND objsubid = 0
UNION ALL SELECT name FROM tortoise_migrations
ORDER BY line
"""


@pytest.mark.slow
@pytest.mark.no_cover
@pytest.mark.usefixtures("database")
async def test_the_migrations_make_what_the_models_say(monkeypatch: pytest.MonkeyPatch) -> None:
    """Finding the difference takes seconds, so it is looked for once, with one change made."""
    monkeypatch.setattr(Order._meta.fields_map["description"], "null", True)
    (writer,) = await MigrationAutodetector(Tortoise.apps, APPS).changes()
    (operation,) = writer.operations
    assert isinstance(operation, AlterField)
    assert (operation.model_name, operation.name) == ("Order", "description")


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
