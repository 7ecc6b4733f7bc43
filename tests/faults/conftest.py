"""Fixtures for the checker: a database with the traces of jobs, to be spoilt."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from faults.tables import GONE
from models.database import parse_url
from tests.workers.conftest import traces

__all__ = ["gone", "traces"]


@pytest.fixture
async def gone(traces: None, owner_url: str, runtime_url: str) -> AsyncIterator[None]:
    """The note of jobs that were deleted."""
    owner = await asyncpg.connect(**parse_url(owner_url).arguments())
    try:
        await owner.execute(GONE)
        await owner.execute(
            f'GRANT SELECT, INSERT ON faults_gone TO "{parse_url(runtime_url).user}"'
        )
        yield
        await owner.execute("DROP TABLE faults_gone; DROP FUNCTION faults_note_gone CASCADE")
    finally:
        await owner.close()
