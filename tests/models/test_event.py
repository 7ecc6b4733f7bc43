"""Events are written with their change and read in an order in which nothing appears later."""

import asyncio
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from tortoise.exceptions import BaseORMException

from domain.cursor import START
from domain.ids import uuid7
from models import event
from models.database import execute, fetch, transaction
from models.event import Change
from tests.models.event_support import (
    INSERT,
    KEY,
    connection,
    kinds_after,
    rolled_back,
    settled,
    write,
)

pytestmark = pytest.mark.usefixtures("database")


async def test_an_event_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        await event.append("order", KEY, uuid7(), 1, "released")
    assert await kinds_after() == []


async def test_an_event_of_a_transaction_that_is_rolled_back_never_happened() -> None:
    await rolled_back("released")
    assert await kinds_after() == []


async def test_many_events_are_written_with_one_statement_in_the_given_order(
    statements: Any,
) -> None:
    changes = [Change("order", KEY, uuid7(), number, f"kind {number}") for number in range(50)]
    async with transaction():
        statements.clear()
        await event.append_all(changes)
        await event.append_all([])
        assert len(statements) == 1
    await settled()
    page = await event.read_after(START, 100)
    assert [stored.change for stored in page.events] == changes


async def test_an_event_waits_for_every_transaction_that_began_before_it(runtime_url: str) -> None:
    async with connection(runtime_url) as slow:
        open_one = slow.transaction()
        await open_one.start()
        await slow.execute(INSERT, "order", KEY, uuid7(), 1, "began first")
        await write("committed first")
        page = await event.read_after(START, 100)
        assert (page.events, page.pending) == ([], True)
        assert (await event.head()).position == START
        await open_one.commit()
    await settled()
    assert await kinds_after() == ["began first", "committed first"]


async def test_nothing_is_pending_once_everything_can_be_read() -> None:
    await write("one")
    await settled()
    page = await event.read_after(START, 100)
    assert not page.pending
    assert (await event.head()).position == page.events[-1].position


async def test_a_page_ends_at_its_limit_and_the_next_one_goes_on_behind_it() -> None:
    await write("one", "two", "three")
    await settled()
    first = await event.read_after(START, 2)
    assert [stored.change.kind for stored in first.events] == ["one", "two"]
    assert await kinds_after(first.events[-1].position) == ["three"]


async def test_the_backlog_holds_only_the_wanted_topics_behind_the_position() -> None:
    other = UUID(int=2)
    await write("one")
    await settled()
    position = (await event.head()).position
    await write("two", "three")
    await write("offer", topic="offers")
    await write("of another order", key=other)
    await settled()
    page = await event.backlog([("order", KEY), ("offers", KEY)], position, 100)
    assert [stored.change.kind for stored in page.events] == ["two", "three", "offer"]
    assert all(stored.position.tx < page.horizon for stored in page.events)
    cut = await event.backlog([("order", KEY), ("offers", KEY)], position, 2)
    assert [stored.change.kind for stored in cut.events] == ["two", "three"]


async def test_the_backlog_ends_at_the_horizon(runtime_url: str) -> None:
    async with connection(runtime_url) as slow:
        open_one = slow.transaction()
        await open_one.start()
        await slow.execute(INSERT, "order", KEY, uuid7(), 1, "began first")
        await write("committed first")
        assert (await event.backlog([("order", KEY)], START, 100)).events == []
        await open_one.rollback()


async def test_a_backlog_without_topics_is_empty() -> None:
    await write("one")
    assert (await event.backlog([], START, 100)).events == []


async def test_postgres_announces_each_transaction_once_and_without_content(
    runtime_url: str,
) -> None:
    heard: list[str] = []
    async with connection(runtime_url) as listener:
        await listener.add_listener("events", lambda *arguments: heard.append(arguments[3]))
        await write("one", "two")
        await write("three")
        await rolled_back("never")
        await asyncio.sleep(0.3)
    assert heard == ["", ""]


async def test_an_event_holds_ids_and_a_kind_only() -> None:
    rows = await fetch(
        "SELECT column_name AS name, data_type AS type FROM information_schema.columns "
        "WHERE table_name = 'events' AND table_schema = 'public'"
    )
    assert {row["name"]: row["type"] for row in rows} == {
        "id": "bigint",
        "tx": "xid8",
        "topic": "character varying",
        "key": "uuid",
        "aggregate": "uuid",
        "version": "integer",
        "kind": "character varying",
        "at": "timestamp with time zone",
    }


async def test_a_written_event_cannot_be_changed() -> None:
    await write("one")
    with pytest.raises((BaseORMException, asyncpg.PostgresError), match="never changed"):
        await execute("UPDATE events SET kind = 'another'")
    await settled()
    assert await kinds_after() == ["one"]


async def test_reading_after_a_position_does_not_scan_what_lies_before_it() -> None:
    async with transaction():
        await event.append_all(Change("order", KEY, uuid7(), 1, "old") for _ in range(3000))
    await settled()
    position = (await event.head()).position
    await write("new")
    plan = await fetch(
        "EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM events WHERE (tx, id) > ($1::xid8, $2) "
        "AND tx < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY tx, id LIMIT 500",
        *position,
    )
    assert "events_in_order" in str(plan)
