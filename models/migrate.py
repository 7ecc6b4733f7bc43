"""Bringing a database to the present schema: migrations, walls, reference data, rights.

All of it is one transaction under an advisory lock: two starts at once wait for each other, and a
start that is killed leaves the database as it was. The migrations create and change tables; the
walls in `models/sql/` (constraints, triggers, functions) are written to be run again, so they
follow the tables without a migration of their own.
"""

import hashlib
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

from tortoise import Tortoise
from tortoise.connection import get_connection
from tortoise.migrations.executor import MigrationExecutor

from domain.activity import CATALOGUE as ACTIVITIES
from domain.quality import CATALOGUE as QUALITIES
from domain.states import MACHINES
from models import MODULES, baseline
from models.database import (
    CONNECTION,
    disconnect,
    execute,
    fetch,
    parse_url,
    tortoise_config,
    transaction,
)

_log = logging.getLogger(__name__)

_LOCK = 7155_0315
_HERE = Path(__file__).parent
# An open migration holds back the events of the whole server, so one that was left behind ends;
# but tortoise is busy with its models for seconds between two statements.
_LIMITS = {
    "lock_timeout": "30s",
    "statement_timeout": "300s",
    "idle_in_transaction_session_timeout": "120s",
    "timezone": "UTC",
    "jit": "off",
}
# For `make migration`: comparing the models with the migrations needs no database.
OFFLINE = tortoise_config("postgres://offline@127.0.0.1/offline", application_name="offline")
# Tortoise asks for its table before it makes it, which would end our transaction.
RECORDER = """
CREATE TABLE IF NOT EXISTS tortoise_migrations (
  id serial PRIMARY KEY, app varchar(255) NOT NULL, name varchar(255) NOT NULL,
  applied_at timestamptz NOT NULL, UNIQUE (app, name))
"""
_READ_ONLY = ("legal_transitions", "activities", "qualities", "schema_state", "tortoise_migrations")
_APPEND_ONLY = ("transitions", "audit_seals", "talks", "identity_checks")
# Written once, and deleted when the consent that they rest on is withdrawn.
_NEVER_CHANGED = ("talk_answers",)
# What may be forgotten of a row that otherwise stays as it is; a trigger says when.
_FORGOTTEN = {"transitions": "actor_id, principal_id"}


def digest() -> str:
    """The fingerprint of everything `migrate` brings, hex; `current` compares it."""
    parts = [*sorted((_HERE / "migrations").glob("0*.py")), *_walls()]
    copied = repr((_legal(), _catalogues(), _READ_ONLY, _APPEND_ONLY, _NEVER_CHANGED, _FORGOTTEN))
    content = b"\0".join(path.read_bytes() for path in parts)
    return hashlib.sha256(content + copied.encode()).hexdigest()


async def current() -> bool:
    """Whether the connected database is at the present schema."""
    # Not to_regclass: a connection that waited for the lock may remember that nothing was there.
    found = await fetch(
        "SELECT FROM pg_class "
        "WHERE relname = 'schema_state' AND relnamespace = 'public'::regnamespace"
    )
    if not found:
        return False
    rows = await fetch("SELECT digest FROM schema_state")
    return bool(rows) and rows[0]["digest"] == digest()


async def migrate(owner_url: str, runtime_role: str) -> bool:
    """Bring the database of `owner_url` up to date; the run-time role gets its rights.

    Returns whether anything had to be done. Connects and disconnects by itself.
    """
    config = tortoise_config(
        owner_url, application_name="migrate", pool_size=2, limits=_LIMITS, command_seconds=300
    )
    await Tortoise.init(config=config, _enable_global_fallback=True)
    try:
        if await _done(runtime_role):
            return False
        async with transaction():
            await _wait_for_the_others()
            if await _done(runtime_role):  # by whoever held the lock
                return False
            await _bring_up_to_date(parse_url(owner_url).user, runtime_role)
        return True
    finally:
        await disconnect()


async def _done(runtime_role: str) -> bool:
    return await current() and await _may_run(runtime_role)


async def _bring_up_to_date(owner: str, runtime_role: str) -> None:
    steps: list[tuple[str, Callable[[], Awaitable[None]]]] = [
        ("tables", _migrate_tables),
        ("walls", _raise_walls),
        ("reference data", _copy_reference),
        ("rights", lambda: _grant(owner, runtime_role)),
    ]
    for label, step in steps:
        _log.info("migrating: %s", label)
        await step()


async def _migrate_tables() -> None:
    await execute(RECORDER)
    await baseline.lay()
    await apply_migrations()


async def apply_migrations() -> None:
    """Apply what `tortoise_migrations` does not note.

    On the transaction's own connection, so that a migration and the note that it was applied are
    committed together; tortoise by itself commits them one after the other.
    """
    apps = {"models": {"models": list(MODULES), "migrations": "models.migrations"}}
    await MigrationExecutor(get_connection(CONNECTION), apps).migrate(direction="forward")


def _walls() -> list[Path]:
    return sorted((_HERE / "sql").glob("*.sql"))


async def _raise_walls() -> None:
    for path in _walls():
        await _script(path.read_text(encoding="utf-8"))


async def _script(sql: str) -> None:
    await get_connection(CONNECTION).execute_script(sql)


def _legal() -> list[tuple[str, str, str]]:
    """Every legal pair with its machine; a row begins in the state "", which is none."""
    return sorted(
        (machine.name, source, target)
        for machine in MACHINES
        for source, target in [
            *(("", state.value) for state in machine.initial),
            *machine.pairs,
        ]
    )


def _catalogues() -> dict[str, dict[str, bool]]:
    """The tables of catalogues: each code, and whether it is retired."""
    return {
        "activities": {code: entry.retired for code, entry in ACTIVITIES.items()},
        "qualities": {code: entry.retired for code, entry in QUALITIES.items()},
    }


async def _copy_reference() -> None:
    await execute("DELETE FROM legal_transitions")
    await execute(
        "INSERT INTO legal_transitions (id, machine, source, target) "
        "SELECT portal_uuid7(), * FROM unnest($1::text[], $2::text[], $3::text[])",
        *(list(column) for column in zip(*_legal(), strict=True)),
    )
    for table, retired in _catalogues().items():
        await execute(
            f"INSERT INTO {table} (code, retired) SELECT * FROM unnest($1::text[], $2::bool[]) "  # noqa: S608  our own names
            "ON CONFLICT (code) DO UPDATE SET retired = excluded.retired",
            list(retired),
            list(retired.values()),
        )
    await execute("DELETE FROM schema_state")
    await execute("INSERT INTO schema_state (digest) VALUES ($1)", digest())


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


async def _grant(owner: str, runtime_role: str) -> None:
    if runtime_role == owner:
        _log.warning("the run-time role owns the tables; set DATABASE_OWNER_URL to part them")
        return
    role = _quoted(runtime_role)
    tables = ", ".join(_quoted(name) for name in _READ_ONLY)
    records = ", ".join(_quoted(name) for name in _APPEND_ONLY)
    for statement in (
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {tables} FROM {role}",
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {records} FROM {role}",
        f"REVOKE UPDATE, TRUNCATE ON {', '.join(_NEVER_CHANGED)} FROM {role}",
        *(f"GRANT UPDATE ({names}) ON {table} TO {role}" for table, names in _FORGOTTEN.items()),
    ):
        await execute(statement)


async def _wait_for_the_others() -> None:
    """Take the lock, for however long another start migrates: longer than a row may wait."""
    await execute("SET LOCAL lock_timeout = '280s'")
    await execute("SELECT pg_advisory_xact_lock($1)", _LOCK)
    await execute(f"SET LOCAL lock_timeout = '{_LIMITS['lock_timeout']}'")


async def _may_run(runtime_role: str) -> bool:
    rows = await fetch(
        "SELECT has_table_privilege(rolname, 'users', 'SELECT') AS may "
        "FROM pg_roles WHERE rolname = $1",
        runtime_role,
    )
    return bool(rows) and bool(rows[0]["may"])
