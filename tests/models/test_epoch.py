"""The floor of what is kept and the epoch of the order: how far back a cursor may reach."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from tortoise.exceptions import BaseORMException

from domain.cursor import START
from models import epoch, event
from models.database import execute, transaction
from tests.models.event_support import (
    KEY,
    kinds_after,
    settled,
    write,
)

pytestmark = pytest.mark.usefixtures("database")


async def write_old(*kinds: str) -> None:
    """Events of eight days ago."""
    async with transaction():
        for kind in kinds:
            await execute(
                "INSERT INTO events (topic, key, aggregate, version, kind, at) "
                "VALUES ('order', $1, $1, 1, $2, now() - interval '8 days')",
                KEY,
                kind,
            )


async def test_old_events_go_and_the_floor_remembers_how_far() -> None:
    await write_old("old")
    await write("new", "newer")
    await settled()
    old, *_ = (await event.read_after(START, 100)).events
    assert await event.delete_before(datetime.now(UTC) - timedelta(days=7), 100) == 1
    assert await kinds_after() == ["new", "newer"]
    assert (await event.read_after(START, 1)).floor == old.position


async def test_one_deletion_takes_no_more_than_its_limit() -> None:
    await write_old("old", "old", "old")
    instant = datetime.now(UTC) - timedelta(days=7)
    assert [await event.delete_before(instant, 2) for _ in range(3)] == [2, 1, 0]


async def test_the_head_does_not_fall_back_when_everything_is_deleted() -> None:
    await write_old("old")
    await settled()
    before = await event.head()
    await event.delete_before(datetime.now(UTC), 100)
    assert await event.head() == before


async def test_the_epoch_stays_while_the_database_stays() -> None:
    await epoch.confirm()
    before = (await event.head()).epoch
    await write("one")
    await settled()
    await epoch.confirm()
    assert (await event.head()).epoch == before
    assert await kinds_after() == ["one"]


async def test_a_new_epoch_begins_when_the_database_was_restored_elsewhere() -> None:
    await epoch.confirm()
    before = (await event.head()).epoch
    await write("of the old cluster")
    await execute("UPDATE portal_epoch SET cluster = 'another', floor_tx = '9', floor_id = 9")
    await settled()
    await asyncio.gather(*(epoch.confirm() for _ in range(3)))
    head = await event.head()
    assert head.epoch != before
    assert head.position == START
    await epoch.confirm()
    assert (await event.head()).epoch == head.epoch


async def test_the_epoch_is_renewed_on_demand_and_the_old_order_is_gone() -> None:
    await write("one")
    await settled()
    before = (await event.head()).epoch
    renewed = await epoch.renew()
    assert renewed != before
    assert (await event.head()).epoch == renewed
    assert await kinds_after() == []


async def test_there_is_one_epoch_only() -> None:
    await epoch.confirm()
    with pytest.raises(BaseORMException):
        await execute("INSERT INTO portal_epoch (one) VALUES (false)")


async def test_a_missing_epoch_is_said_and_made_good() -> None:
    await execute("DELETE FROM portal_epoch")
    with pytest.raises(RuntimeError, match="portal_epoch"):
        await event.head()
    with pytest.raises(RuntimeError, match="portal_epoch"):
        await event.read_after(START, 1)
    await epoch.confirm()
    assert (await event.head()).position == START
