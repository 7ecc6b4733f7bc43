"""A look into a database from outside, past the portal's own pool."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from models.database import connect, disconnect, parse_url
from models.migrate import current
from tests.servers import Session


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection of its own to `url`."""
    connection = await asyncpg.connect(**parse_url(url).arguments())
    try:
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def admin(session: Session) -> AsyncIterator[asyncpg.Connection]:
    """A connection that may make and drop databases."""
    async with connected(session.admin_url) as connection:
        yield connection


async def ask(url: str, sql: str, *values: object) -> list[Any]:
    """The first column of a query's rows, in a connection of its own."""
    async with connected(url) as connection:
        return [row[0] for row in await connection.fetch(sql, *values)]


async def everything_in(url: str) -> list[Any]:
    """The names of all tables, indexes and functions."""
    return await ask(
        url,
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace UNION ALL "
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    )


async def walls_of(url: str) -> list[Any]:
    """The definitions of all constraints and triggers."""
    return await ask(
        url,
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE connamespace = 'public'::regnamespace UNION ALL "
        "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1",
    )


async def is_current(url: str) -> bool:
    """Whether the portal finds the database at the present schema."""
    await connect(url, pool_size=1, application_name="tests")
    try:
        return await current()
    finally:
        await disconnect()
