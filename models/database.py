"""The way to the database: connecting, transactions, raw statements, repeating a unit of work."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from contextvars import copy_context
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, cast
from urllib.parse import parse_qs, unquote, urlsplit

from tortoise import Tortoise
from tortoise.connection import get_connection
from tortoise.exceptions import BaseORMException
from tortoise.transactions import in_transaction

from models import MODULES
from models.asyncpg_client import (
    CommitUncertain,
    DatabaseBusy,
    SafeClient,
    SafeTransaction,
    is_connection_loss,
)

__all__ = [
    "Address",
    "CommitUncertain",
    "DatabaseBusy",
    "connect",
    "disconnect",
    "execute",
    "fetch",
    "inside_transaction",
    "is_connection_loss",
    "learn_relations",
    "parse_url",
    "retrying",
    "tortoise_config",
    "transaction",
]

T = TypeVar("T")

CONNECTION = "default"
ATTEMPTS = 3

# The second line of defence: whatever the process forgets, the server ends.
SERVER_LIMITS: Mapping[str, str] = {
    "statement_timeout": "5s",
    "lock_timeout": "2s",
    "idle_in_transaction_session_timeout": "10s",
    "timezone": "UTC",
    "jit": "off",
}
COMMAND_SECONDS = 10

_RETRIED_STATES = {"40001", "40P01"}
_SCHEMES = {"postgres", "postgresql"}
# Trying TLS first costs a round trip per connection, and asyncpg's cancelling stumbles over it.
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_PARAMETERS = {"host", "sslmode"}


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database is and who asks; `host` may be the folder of a unix socket."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    database: str
    ssl: str | None = None

    def with_database(self, database: str) -> "Address":
        """The same server and user, another database."""
        return replace(self, database=database)

    def arguments(self) -> dict[str, Any]:
        """What asyncpg.connect and tortoise's credentials want."""
        wanted: dict[str, Any] = {
            "host": self.host,
            "port": self.port,
            "user": self.user,
            "password": self.password,
            "database": self.database,
        }
        return wanted if self.ssl is None else {**wanted, "ssl": self.ssl}


def parse_url(url: str) -> Address:
    """The parts of `postgres://user:password@host:port/database?host=/socket/folder`.

    Raises:
        ValueError: with one sentence that says what is wrong, without the password.
    """
    parts = urlsplit(url)
    if parts.scheme not in _SCHEMES:
        raise ValueError("it must begin with postgres://")
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    if unknown := sorted(set(query) - _PARAMETERS):
        raise ValueError(f"the parameter {unknown[0]!r} is not known, only host and sslmode are")
    database = unquote(parts.path.removeprefix("/"))
    if not database or not parts.username:
        raise ValueError("it must name a user and a database")
    host = query.get("host") or unquote(parts.hostname or "") or "127.0.0.1"
    return Address(
        host=host,
        port=parts.port or 5432,
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        database=database,
        ssl=query.get("sslmode") or ("disable" if host in _LOOPBACK else None),
    )


def tortoise_config(
    url: str,
    *,
    application_name: str,
    pool_size: int = 10,
    limits: Mapping[str, str] = SERVER_LIMITS,
    command_seconds: float = COMMAND_SECONDS,
) -> dict[str, Any]:
    """Tortoise's configuration; migrations pass limits of their own."""
    credentials = {
        **parse_url(url).arguments(),
        "minsize": 1,
        "maxsize": pool_size,
        "application_name": application_name,
        "command_timeout": command_seconds,
        "server_settings": dict(limits),
    }
    return {
        "connections": {
            CONNECTION: {"engine": "models.asyncpg_client", "credentials": credentials}
        },
        "apps": {
            "models": {
                "models": list(MODULES),
                "migrations": "models.migrations",
                "default_connection": CONNECTION,
            }
        },
        "use_tz": True,
        "timezone": "UTC",
    }


async def connect(url: str, *, pool_size: int = 10, application_name: str) -> None:
    """Open the pool; fails at once when the database cannot be reached."""
    config = tortoise_config(url, application_name=application_name, pool_size=pool_size)
    await Tortoise.init(config=config, _enable_global_fallback=True)
    try:
        await fetch("SELECT 1")
    except BaseException:
        await disconnect()
        raise


def learn_relations() -> None:
    """Let the models know each other without a database, as connecting does."""
    # Tortoise enters a context of its own and would stay in it.
    copy_context().run(Tortoise.init_models, list(MODULES), "models")


async def disconnect() -> None:
    """Close the pool and forget the configuration."""
    await Tortoise.close_connections()


def transaction() -> AbstractAsyncContextManager[Any]:
    """A transaction; inside another one a savepoint. Never two at once in one task."""
    return cast("AbstractAsyncContextManager[Any]", in_transaction(CONNECTION))


def _client() -> SafeClient | SafeTransaction:
    return cast("SafeClient | SafeTransaction", get_connection(CONNECTION))


def inside_transaction() -> bool:
    """Whether the current task is inside a transaction."""
    return isinstance(_client(), SafeTransaction)


async def fetch(sql: str, *values: object) -> list[dict[str, Any]]:
    """The rows of one statement, also of INSERT, UPDATE and DELETE with RETURNING."""
    rows: list[dict[str, Any]] = await _client().execute_query_dict(sql, list(values))
    return rows


async def execute(sql: str, *values: object) -> int:
    """Run one statement; the number of rows it touched."""
    count: int = await _client().execute_count(sql, values)
    return count


def _worth_retrying(error: BaseException) -> bool:
    """Serialisation failure, deadlock or a lost connection, raw or wrapped by tortoise.

    Not CommitUncertain: the work may be done already.
    """
    if getattr(error, "sqlstate", None) in _RETRIED_STATES or is_connection_loss(error):
        return True
    cause = error.__cause__
    return isinstance(error, BaseORMException) and cause is not None and _worth_retrying(cause)


async def retrying(unit: Callable[[], Awaitable[T]]) -> T:
    """Run a whole unit of work, up to three times when the database asks for a repeat.

    Inside a transaction the unit runs once: only the outermost unit can be repeated.
    """
    if inside_transaction():
        return await unit()
    for attempt in range(1, ATTEMPTS):
        try:
            return await unit()
        except Exception as error:
            if not _worth_retrying(error):
                raise
        await asyncio.sleep(random.uniform(0.02, 0.1) * attempt)  # noqa: S311  jitter, not a secret
    return await unit()
