"""Fixtures for jobs: tables that keep what handlers did."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from models.asyncpg_client import SafeClient
from models.database import parse_url
from tests.workers.handlers import TABLES

_NAMES = "test_promises, test_effects, test_starts"


@pytest.fixture
async def traces(database: SafeClient, owner_url: str, runtime_url: str) -> AsyncIterator[None]:
    """The tables of `tests.workers.handlers`, empty."""
    role = parse_url(runtime_url).user
    owner = await asyncpg.connect(**parse_url(owner_url).arguments())
    try:
        await owner.execute(TABLES)
        await owner.execute(f'GRANT SELECT, INSERT ON {_NAMES} TO "{role}"')
        await owner.execute(f"TRUNCATE {_NAMES}")
        yield
        await owner.execute(f"DROP TABLE {_NAMES}")
    finally:
        await owner.close()
