"""Fixtures for the services."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from redis.asyncio import Redis

from services.live import Hub
from tests.services.live_support import (
    running,
)


@pytest.fixture
async def hub(database: Any, redis: Redis, redis_url: str) -> AsyncIterator[Hub]:
    async with running(redis_url, poll=0.2) as hub:
        yield hub
