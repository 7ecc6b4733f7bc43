"""The safe database client: tortoise's asyncpg client without its three faults in the pool.

Tortoise 1.1 leaks the connection of a transaction that is cancelled while it begins, leaves a
dead connection behind in the task when BEGIN fails, and waits for a free connection without
limit. The module name keeps the word "asyncpg", because tortoise's migration executor picks its
schema editor by that substring.
"""

import logging
from collections.abc import Sequence
from types import TracebackType
from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import (
    PoolConnectionWrapper,
    TransactionalDBClient,
    TransactionContextPooled,
)
from tortoise.backends.base_postgres.client import translate_exceptions
from tortoise.connection import get_connections
from tortoise.exceptions import TransactionManagementError

ACQUIRE_SECONDS = 2.0

_log = logging.getLogger(__name__)
_statements = logging.getLogger("tortoise.db_client")
# Tortoise logs statements with their values, which are personal data, at DEBUG.
_statements.setLevel(logging.INFO)

_LOST_CONNECTION = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
)


class DatabaseBusy(Exception):
    """No database connection became free within two seconds."""


class DatabaseAway(ConnectionError):
    """The database cannot be reached."""


class CommitUncertain(Exception):
    """The connection was lost while COMMIT was under way: the work may be done or not."""


def is_connection_loss(error: BaseException) -> bool:
    """Whether the server or the way to it went away, in asyncpg's several spellings."""
    if isinstance(error, asyncpg.InterfaceError):
        # A connection that ends is taken from its holder; asyncpg then calls it released.
        return any(word in str(error) for word in ("closed", "released back to the pool"))
    return isinstance(error, _LOST_CONNECTION) and not isinstance(error, TimeoutError)


def _is_gone(connection: Any) -> bool:
    """Whether a pooled connection ended; asyncpg then empties the proxy that we hold."""
    return connection._con is None or connection.is_closed()  # noqa: SLF001  no accessor


async def _acquire(pool: asyncpg.Pool) -> Any:
    try:
        return await pool.acquire(timeout=ACQUIRE_SECONDS)
    except TimeoutError:
        raise DatabaseBusy("no database connection became free in time") from None
    except OSError as error:  # the socket of a server that is starting again is no file of ours
        raise DatabaseAway("the database cannot be reached") from error


async def _release(pool: asyncpg.Pool, connection: Any) -> None:
    """Give the connection back; asyncpg itself ends one that cannot be reset.

    A failure here must not turn a finished transaction into a failed one.
    """
    try:
        await pool.release(connection)
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
        _log.warning("a database connection was ended on release: %s", type(error).__name__)


async def _keep_session(_connection: Any) -> None:
    """Replaces asyncpg's reset statement, which costs a round trip per release.

    Safe because pooled connections carry no session state: settings are SET LOCAL, advisory
    locks are taken per transaction, LISTEN has its own connection. asyncpg rolls back a
    transaction left open before it calls this.
    """


class _Counting:
    """Adds a row count that is right for INSERT too."""

    acquire_connection: Any

    @translate_exceptions
    async def execute_count(self, query: str, values: Sequence[object]) -> int:
        """Run one statement; the number of rows it touched."""
        async with self.acquire_connection() as connection:
            _statements.debug("%s: %s", query, values)
            status = await connection.execute(query, *values)
        last = str(status).rsplit(" ", 1)[-1]
        return int(last) if last.isdigit() else 0


class SafeConnection(PoolConnectionWrapper[Any]):
    """One pooled connection for a single statement, waited for with a limit."""

    async def __aenter__(self) -> Any:
        await self.ensure_connection()
        self.connection = await _acquire(self.client._pool)  # noqa: SLF001  tortoise's extension point
        return self.connection

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        if self.client._pool is not None:  # noqa: SLF001  as above
            await _release(self.client._pool, self.connection)  # noqa: SLF001  as above


class SafeTransaction(_Counting, TransactionWrapper):
    """A transaction that says so when nobody can know whether it was committed."""

    @translate_exceptions
    async def _commit(self) -> None:
        await super().commit()

    async def commit(self) -> None:
        """Commit; a deferred constraint's refusal arrives as tortoise's IntegrityError.

        Raises:
            CommitUncertain: the connection was lost before the server's answer.
        """
        if _is_gone(self._connection):
            raise asyncpg.ConnectionDoesNotExistError("connection was closed before COMMIT")
        try:
            await self._commit()
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            if is_connection_loss(error) or isinstance(error, TimeoutError):
                raise CommitUncertain("the connection was lost during COMMIT") from error
            raise


class SafeTransactionContext(TransactionContextPooled):
    """Begins and ends a transaction without ever losing its connection."""

    async def __aenter__(self) -> TransactionalDBClient:
        await self.ensure_connection()
        pool = self.client._parent._pool  # noqa: SLF001  tortoise's extension point
        connection = await _acquire(pool)
        try:
            self.client._connection = connection  # noqa: SLF001  as above
            await self.client.begin()
        except BaseException:
            await _release(pool, connection)
            raise
        self.token = get_connections().set(self.connection_name, self.client)
        return self.client

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        connection = self.client._connection  # noqa: SLF001  tortoise's extension point
        pool = self.client._parent._pool  # noqa: SLF001  as above
        try:
            if exc_type is None:
                await self.client.commit()
            elif exc_type is not TransactionManagementError and not _is_gone(connection):
                await self.client.rollback()
        finally:
            get_connections().reset(self.token)
            if pool is not None:
                await _release(pool, connection)


class SafeClient(_Counting, AsyncpgDBClient):
    """Tortoise's asyncpg client with the faults of its pool fenced off."""

    async def create_pool(self, **kwargs: Any) -> asyncpg.Pool:
        """The pool, without the reset round trip on release."""
        return await super().create_pool(reset=_keep_session, **kwargs)

    def acquire_connection(self) -> SafeConnection:
        """One connection for a single statement."""
        return SafeConnection(self, self._pool_init_lock)

    def _in_transaction(self) -> SafeTransactionContext:
        return SafeTransactionContext(SafeTransaction(self), self._pool_init_lock)

    @translate_exceptions
    async def execute_many(self, query: str, values: list[Any]) -> None:
        """Run the statement for each row of values, all or none."""
        async with self.acquire_connection() as connection, connection.transaction():
            self.log.debug("%s: %s", query, values)
            await connection.executemany(query, values)


def pool_in_use(client: AsyncpgDBClient) -> int:
    """How many connections are checked out at this moment."""
    pool = client._pool  # noqa: SLF001  tortoise offers no accessor
    return 0 if pool is None else pool.get_size() - pool.get_idle_size()


client_class = SafeClient
