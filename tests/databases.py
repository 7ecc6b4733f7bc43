"""The session's databases: a migrated template, a clone per test process, emptied in between."""

import asyncpg

from models.database import parse_url
from models.migrate import migrate
from tests.servers import Session

_LOCK = 7_155_031


async def prepare(session: Session, worker: str) -> str:
    """The name of this test process's own database, cloned from the migrated template."""
    name = session.database(worker)
    connection = await asyncpg.connect(**parse_url(session.admin_url).arguments())
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", _LOCK)
        if not await _exists(connection, session.template):
            await _make_template(connection, session)
        if not await _exists(connection, name):
            await _create(connection, session, name, session.template)
    finally:
        await connection.close()
    return name


async def _exists(connection: asyncpg.Connection, database: str) -> bool:
    known = "SELECT count(*) FROM pg_database WHERE datname = $1"
    return bool(await connection.fetchval(known, database))


async def _create(
    connection: asyncpg.Connection, session: Session, name: str, template: str
) -> None:
    owner = parse_url(session.owner_url).user
    await connection.execute(f'CREATE DATABASE "{name}" OWNER "{owner}" TEMPLATE "{template}"')


async def _make_template(connection: asyncpg.Connection, session: Session) -> None:
    """Built beside and renamed at the end: a failed migration leaves no half template."""
    building = f"{session.template}_building"
    await connection.execute(f'DROP DATABASE IF EXISTS "{building}"')
    await _create(connection, session, building, "template0")
    await migrate(session.owner(building), parse_url(session.runtime_url).user)
    await connection.execute(f'ALTER DATABASE "{building}" RENAME TO "{session.template}"')


class Cleaner:
    """Empties every table that was empty after the migrations; reference data stay."""

    def __init__(self, connection: asyncpg.Connection, tables: list[str]) -> None:
        self._connection = connection
        # The names come from the catalogue and are quoted there.
        parts = [f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in tables]  # noqa: S608
        self._question = " UNION ALL ".join(parts)

    @classmethod
    async def open(cls, owner_url: str) -> "Cleaner":
        connection = await asyncpg.connect(
            **parse_url(owner_url).arguments(), server_settings={"lock_timeout": "5s"}
        )
        rows = await connection.fetch(
            "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'"
        )
        tables = [row["name"] for row in rows]
        reference = await cls(connection, tables)._filled()
        return cls(connection, [name for name in tables if name not in reference])

    async def _filled(self) -> list[str]:
        return [row[0] for row in await self._connection.fetch(self._question)]

    async def clean(self) -> None:
        if filled := await self._filled():
            await self._connection.execute(f"TRUNCATE {', '.join(filled)} CASCADE")

    async def close(self) -> None:
        await self._connection.close()
