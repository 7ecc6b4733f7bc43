"""Fixtures for the services."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from redis.asyncio import Redis

from domain.viewer import Role
from models.database import fetch
from notifications.audience import RECEIVERS
from notifications.message import MailKind
from services.live import Hub
from tests.services.live_support import (
    running,
)

# Goes to whoever has an address, so that nobody learns who that is; few of them can do anything.
_BY_ADDRESS = {MailKind.DELEGATION_ASKED, MailKind.COORDINATOR_INVITED}
_TOLD = """
SELECT DISTINCT n.kind, u.role FROM notifications n JOIN users u ON u.id = n.receiver_id
"""


@pytest.fixture
async def hub(database: Any, redis: Redis, redis_url: str) -> AsyncIterator[Hub]:
    async with running(redis_url, poll=0.2) as hub:
        yield hub


@pytest.fixture(autouse=True)
async def _news_reaches_only_roles_that_can_choose_about_it(
    request: pytest.FixtureRequest, anyio_backend: str
) -> AsyncIterator[None]:
    """What the services announce is listed for the role that it goes to."""
    yield
    if "database" in request.fixturenames:
        told = [(MailKind[row["kind"]], Role(row["role"])) for row in await fetch(_TOLD)]
        listed = [(kind, role) for kind in MailKind for role in RECEIVERS.get(kind, ())]
        unlisted = [each for each in told if each not in listed and each[0] not in _BY_ADDRESS]
        assert unlisted == [], "notifications/audience.py lists who is told what"
