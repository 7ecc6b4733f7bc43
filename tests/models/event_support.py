"""What the tests of events share: writing them, reading them, a connection beside the pool."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from domain.cursor import START, Position
from domain.ids import uuid7
from models import event
from models.database import parse_url, transaction

KEY = UUID(int=1)
INSERT = "INSERT INTO events (topic, key, aggregate, version, kind) VALUES ($1, $2, $3, $4, $5)"


@asynccontextmanager
async def connection(url: str) -> AsyncIterator[Any]:
    """A connection beside the pool, for transactions that stay open as long as a test wants."""
    opened = await asyncpg.connect(**parse_url(url).arguments())
    try:
        yield opened
    finally:
        await opened.close()


async def write(*kinds: str, topic: str = "order", key: UUID = KEY) -> None:
    async with transaction():
        for kind in kinds:
            await event.append(topic, key, uuid7(), 1, kind)


async def rolled_back(kind: str) -> None:
    """A transaction that writes an event and fails."""
    with pytest.raises(ZeroDivisionError):  # noqa: PT012  the transaction is part of the matter
        async with transaction():
            await event.append("order", KEY, uuid7(), 1, kind)
            _ = 1 // 0


async def kinds_after(position: Position = START) -> list[str]:
    page = await event.read_after(position, 100)
    return [stored.change.kind for stored in page.events]


async def settled() -> None:
    """Wait until no writing transaction of anybody holds the horizon back."""
    while (await event.read_after(START, 1)).pending:  # noqa: ASYNC110  the database has no asyncio.Event
        await asyncio.sleep(0.01)
