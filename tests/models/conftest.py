"""A database of its own for a test that migrates, and the role that gets its rights."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from models.database import parse_url
from tests.databases import prepare
from tests.models.bare import admin
from tests.servers import Session


@pytest.fixture
async def empty(server_session: Session, worker_name: str) -> AsyncIterator[str]:
    """The owner's URL of a database without a table."""
    async with _made(server_session, f"{worker_name}_empty", "template0") as url:
        yield url


@pytest.fixture
async def migrated(server_session: Session, worker_name: str) -> AsyncIterator[str]:
    """The owner's URL of a database at the present schema, without a row of its own."""
    await prepare(server_session, worker_name)
    async with _made(server_session, f"{worker_name}_migrated", server_session.template) as url:
        yield url


@asynccontextmanager
async def _made(session: Session, name: str, template: str) -> AsyncIterator[str]:
    database = session.database(name)
    owner = parse_url(session.owner_url).user
    async with admin(session) as connection:
        await connection.execute(
            f'CREATE DATABASE "{database}" OWNER "{owner}" TEMPLATE "{template}"'
        )
        yield session.owner(database)
        await connection.execute(f'DROP DATABASE "{database}" WITH (FORCE)')


@pytest.fixture
def role(server_session: Session) -> str:
    """The run-time role that a migration gives its rights to."""
    return parse_url(server_session.runtime_url).user
