"""The commands' way to the database: what can go wrong with an address becomes a sentence."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import asyncpg

from models.database import Address, connect, disconnect, parse_url
from portal.failure import CommandError
from portal.settings import Settings

_PATIENCE = 10


@contextmanager
def reachable(url: str) -> Iterator[None]:
    """Check that a database answers at `url`; raise CommandError with the reason if not."""
    try:
        address = parse_url(url)
        asyncio.run(_probe(address.arguments()))
    except ValueError as error:
        raise CommandError(f"The database's address cannot be used: {error}") from None
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise CommandError(f"The database {_place(address)} cannot be reached: {error}") from None
    yield


@asynccontextmanager
async def connected(settings: Settings, application_name: str) -> AsyncIterator[None]:
    """Keep the pool open for the block."""
    await connect(
        settings.database_url, pool_size=settings.pool_size, application_name=application_name
    )
    try:
        yield
    finally:
        await disconnect()


def _place(address: Address) -> str:
    return f"{address.database} at {address.host}"


async def _probe(arguments: dict[str, Any]) -> None:
    connection = await asyncpg.connect(**arguments, timeout=_PATIENCE)
    await connection.close()
