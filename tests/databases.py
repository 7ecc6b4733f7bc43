"""The session's databases: a migrated template, a clone per test process, emptied in between."""

import asyncpg

from models.database import parse_url
from models.migrate import migrate
from tests.servers import Session

_LOCK = 7_155_031
_LARGE = 256 * 1024  # bytes; of deleted rows, which stay in the file, too
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
    """Empties every table that was empty after the migrations; reference data stay.

    Rows are deleted without looking at triggers and foreign keys, for which one must be superuser;
    TRUNCATE, which makes new files for each table and index, takes a hundred times as long for the
    few rows of a test. It is for whoever is no superuser, and for tables that a test has filled.
    """

    def __init__(
        self, connection: asyncpg.Connection, tables: list[str], admin_url: str, *, powerful: bool
    ) -> None:
        self._connection = connection
        self._admin = parse_url(admin_url)
        self._powerful = powerful
        self.ended: list[str] = []
        # The names come from the catalogue and are quoted there.
        parts = [
            f"SELECT '{name}', pg_relation_size('{name}') WHERE EXISTS (SELECT FROM {name})"  # noqa: S608
            for name in tables
        ]
        self._question = " UNION ALL ".join(parts)

    @classmethod
    async def open(cls, owner_url: str, admin_url: str) -> "Cleaner":
        admin = parse_url(admin_url).with_database(parse_url(owner_url).database)
        connection = await asyncpg.connect(
            **admin.arguments(), server_settings={"lock_timeout": "5s"}
        )
        powerful = await connection.fetchval("SELECT current_setting('is_superuser') = 'on'")
        if powerful:
            await connection.execute("SET session_replication_role = replica")
        rows = await connection.fetch(
            "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'"
        )
        tables = [row["name"] for row in rows]
        reference = await cls(connection, tables, admin_url, powerful=powerful)._filled()
        own = [name for name in tables if name not in reference]
        return cls(connection, own, admin_url, powerful=powerful)

    async def _filled(self) -> dict[str, int]:
        """The tables with rows, and how many bytes they take."""
        return dict(await self._connection.fetch(self._question))

    async def clean(self) -> None:
        """Empty them; whoever still holds one after five seconds is ended, and told of at the end.

        A test that kills processes may leave a statement behind; the next ones are not to blame.
        """
        if not (filled := await self._filled()):
            return
        emptying = self._emptying(filled)
        try:
            await self._connection.execute(emptying)
        except asyncpg.LockNotAvailableError:
            self.ended += await self._end_holders()
            await self._connection.execute(emptying)

    def _emptying(self, filled: dict[str, int]) -> str:
        """Statements that asyncpg sends as one, which makes them one transaction."""
        large = [name for name, size in filled.items() if size > _LARGE or not self._powerful]
        small = [name for name in filled if name not in large]
        statements = [f"DELETE FROM {name}" for name in small]  # noqa: S608  see above
        if small:  # whoever has written and not ended is waited for
            statements.insert(0, f"LOCK TABLE {', '.join(small)} IN SHARE ROW EXCLUSIVE MODE")
        if large:
            statements.append(f"TRUNCATE {', '.join(large)} CASCADE")
        return "; ".join(statements)

    async def _end_holders(self) -> list[str]:
        admin = await asyncpg.connect(**self._admin.arguments())
        try:
            rows = await admin.fetch(_END_HOLDERS, self._connection.get_server_pid())
        finally:
            await admin.close()
        return [" ".join(f"{name}={value!s}" for name, value in row.items()) for row in rows]

    async def close(self) -> None:
        await self._connection.close()
