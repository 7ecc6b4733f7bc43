"""The session's databases: a migrated template, a clone per test process, emptied in between."""

import asyncpg

from models.database import parse_url
from models.migrate import migrate
from tests.servers import Session

_LOCK = 7_155_031
_END_HOLDERS = """
SELECT application_name, usename, backend_type, state, wait_event_type, wait_event,
       now() - xact_start AS open_for, left(query, 200) AS query,
       pg_terminate_backend(pid, 2000) AS ended
FROM pg_stat_activity
WHERE pid IN (
    SELECT holding.pid FROM pg_locks holding
    JOIN pg_stat_activity asking ON asking.datid = holding.database
    WHERE asking.pid = $1 AND holding.pid <> $1 AND holding.granted
      AND holding.locktype = 'relation')
"""


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

    def __init__(self, connection: asyncpg.Connection, tables: list[str], admin_url: str) -> None:
        self._connection = connection
        self._admin = parse_url(admin_url)
        self.ended: list[str] = []
        # The names come from the catalogue and are quoted there.
        parts = [f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in tables]  # noqa: S608
        self._question = " UNION ALL ".join(parts)

    @classmethod
    async def open(cls, owner_url: str, admin_url: str) -> "Cleaner":
        connection = await asyncpg.connect(
            **parse_url(owner_url).arguments(), server_settings={"lock_timeout": "5s"}
        )
        rows = await connection.fetch(
            "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'"
        )
        tables = [row["name"] for row in rows]
        reference = await cls(connection, tables, admin_url)._filled()
        return cls(connection, [name for name in tables if name not in reference], admin_url)

    async def _filled(self) -> list[str]:
        return [row[0] for row in await self._connection.fetch(self._question)]

    async def clean(self) -> None:
        """Empty them; whoever still holds one after five seconds is ended, and told of at the end.

        A test that kills processes may leave a statement behind; the next ones are not to blame.
        """
        if not (filled := await self._filled()):
            return
        emptying = f"TRUNCATE {', '.join(filled)} CASCADE"
        try:
            await self._connection.execute(emptying)
        except asyncpg.LockNotAvailableError:
            self.ended += await self._end_holders()
            await self._connection.execute(emptying)

    async def _end_holders(self) -> list[str]:
        admin = await asyncpg.connect(**self._admin.arguments())
        try:
            rows = await admin.fetch(_END_HOLDERS, self._connection.get_server_pid())
        finally:
            await admin.close()
        return [" ".join(f"{name}={value!s}" for name, value in row.items()) for row in rows]

    async def close(self) -> None:
        await self._connection.close()
