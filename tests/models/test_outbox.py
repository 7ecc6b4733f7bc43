"""The outbox: promises in the caller's transaction, leases, fencing, dead letters, walls."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from tortoise.exceptions import IntegrityError

from models import outbox, outbox_upkeep
from models.database import execute, fetch, parse_url, transaction
from models.outbox import Claimed, NotInTransaction, Outbox, State, enqueue

pytestmark = pytest.mark.usefixtures("database")

NOW = datetime.now(UTC)


async def promise(kind: str = "test.kind", **options: Any) -> UUID:
    async with transaction():
        return await enqueue(kind, uuid4(), **options)


async def claim(lease: float = 30, window: int = 100) -> list[Claimed]:
    return await outbox.claim(limit=100, window=window, lease=lease)


async def claim_one() -> Claimed:
    (one,) = await claim()
    return one


async def state_of(row: UUID) -> State:
    return State((await Outbox.get(id=row)).state)


async def test_a_promise_outside_a_transaction_is_refused() -> None:
    with pytest.raises(NotInTransaction):
        await enqueue("test.kind", uuid4())
    assert await Outbox.all().count() == 0


async def _promise_then_fail() -> None:
    async with transaction():
        await enqueue("test.kind", uuid4())
        raise LookupError


async def test_a_promise_vanishes_with_its_transaction() -> None:
    with pytest.raises(LookupError):
        await _promise_then_fail()
    assert await Outbox.all().count() == 0


async def test_a_dedupe_key_promises_once() -> None:
    first = await promise(dedupe_key="order:1")
    assert await promise(dedupe_key="order:1") == first
    assert await Outbox.all().count() == 1


async def test_two_transactions_with_one_dedupe_key_promise_once() -> None:
    ids = await asyncio.gather(
        *(asyncio.create_task(promise(dedupe_key="order:1")) for _ in range(8))
    )
    assert len(set(ids)) == 1
    assert await Outbox.all().count() == 1


async def test_the_payload_comes_back_as_it_went() -> None:
    await promise(payload={"version": 3, "order": "x"})
    row = await outbox.peek(await claim_one())
    assert row is not None
    assert row.payload == {"version": 3, "order": "x"}


async def test_claimed_rows_are_not_claimed_again_under_their_lease() -> None:
    row = await promise()
    assert await claim() == [Claimed(row, 1)]
    assert await claim() == []


async def test_a_lease_that_is_over_gives_a_new_dispatch_number() -> None:
    row = await promise()
    await claim(lease=0.05)
    await asyncio.sleep(0.1)
    assert await claim() == [Claimed(row, 2)]


async def test_rows_of_the_future_wait() -> None:
    await promise(available_at=datetime.now(UTC) + timedelta(seconds=60))
    assert await claim() == []
    seconds = await outbox.seconds_until_due()
    assert seconds is not None
    assert 55 < seconds < 61


async def test_nothing_is_due_in_an_empty_outbox() -> None:
    assert await outbox.seconds_until_due() is None


async def test_no_more_rows_than_the_window_are_under_lease() -> None:
    for _ in range(5):
        await promise()
    assert len(await claim(window=3)) == 3
    assert await claim(window=3) == []
    seconds = await outbox.seconds_until_due()
    assert seconds is not None
    assert seconds <= 0


async def test_concurrent_relays_claim_disjoint_rows() -> None:
    for _ in range(20):
        await promise()
    parts = await asyncio.gather(
        *(asyncio.create_task(outbox.claim(limit=5, window=100, lease=30)) for _ in range(4))
    )
    ids = [one.id for part in parts for one in part]
    assert len(ids) == len(set(ids))


async def test_unclaimed_rows_are_due_again_at_once() -> None:
    row = await promise()
    assert await outbox.unclaim(await claim()) == 1
    assert await claim() == [Claimed(row, 2)]


async def test_an_old_dispatch_number_changes_nothing() -> None:
    row = await promise()
    old = await claim_one()
    await outbox.unclaim([old])
    await claim()
    before = await Outbox.get(id=row).values()
    assert await outbox.peek(old) is None
    async with transaction():
        assert await outbox.lock(old) is None
    assert await outbox.finish(old, State.DONE) == 0
    assert await outbox.finish(old, State.DEAD, "X") == 0
    assert await outbox.snooze(old, NOW) == 0
    assert await outbox.reschedule(old, delay=1, error="X") == 0
    assert await outbox.unclaim([old]) == 0
    assert await Outbox.get(id=row).values() == before


async def test_a_finished_row_stays_as_it_ended() -> None:
    row = await promise()
    one = await claim_one()
    assert await outbox.finish(one, State.CANCELLED, "STALE") == 1
    assert await outbox.finish(one, State.DONE) == 0
    assert await outbox.reschedule(one, delay=1, error="X") == 0
    assert await state_of(row) is State.CANCELLED


async def test_a_locked_row_is_skipped_by_runners_and_relays() -> None:
    await promise()
    one = (await claim(lease=0.05))[0]
    await asyncio.sleep(0.1)
    locked, looked = asyncio.Event(), asyncio.Event()

    async def holder() -> bool:
        async with transaction():
            found = await outbox.lock(one)
            locked.set()
            await looked.wait()
            return found is not None

    holding = asyncio.create_task(holder())
    await locked.wait()
    async with transaction():
        assert await outbox.lock(one) is None
        assert await claim() == []
    looked.set()
    assert await holding


async def dead(kind: str = "test.kind") -> UUID:
    row = await promise(kind)
    await outbox.finish(await claim_one(), State.DEAD, "ValueError")
    return row


async def test_dead_letters_are_listed_with_what_is_known() -> None:
    row = await dead()
    (letter,) = await outbox_upkeep.dead_letters()
    assert letter["id"] == row
    assert (letter["kind"], letter["attempts"]) == ("test.kind", 1)
    assert letter["last_error"] == "ValueError"
    assert letter["dead_since"] >= letter["created_at"]


async def test_a_requeued_letter_has_all_its_tries_again() -> None:
    first, second = await dead(), await dead()
    assert await outbox_upkeep.requeue([first, uuid4()]) == [first]
    assert await state_of(second) is State.DEAD
    row = await Outbox.get(id=first)
    assert (row.state, row.attempts, row.finished_at) == (State.WAITING, 0, None)
    assert [one.id for one in await claim()] == [first]


async def test_all_dead_letters_can_be_requeued() -> None:
    rows = {await dead(), await dead()}
    await promise()
    assert set(await outbox_upkeep.requeue(None)) == rows
    assert await outbox_upkeep.dead_letters() == []


@pytest.mark.parametrize("recent", [True, False])
async def test_retention_takes_only_old_done_and_cancelled_rows(*, recent: bool) -> None:
    rows = {state: await promise() for state in State}
    for state, row in rows.items():
        await execute(
            "UPDATE outbox SET state = $2::smallint, "
            "finished_at = CASE WHEN $2::smallint > 0 THEN $3::timestamptz END WHERE id = $1",
            row,
            state.value,
            NOW - timedelta(days=8),
        )
    before = NOW - timedelta(days=9 if recent else 7)
    assert await outbox_upkeep.delete_finished(before) == (0 if recent else 2)
    kept = {row.id for row in await Outbox.all()}
    assert kept >= {rows[State.WAITING], rows[State.DEAD]}


async def test_a_waiting_row_cannot_be_deleted() -> None:
    row = await promise()
    with pytest.raises((IntegrityError, asyncpg.PostgresError)):
        await execute("DELETE FROM outbox WHERE id = $1", row)
    assert await Outbox.all().count() == 1


@pytest.mark.parametrize(
    "change",
    [
        "state = 4",
        "state = 1",
        "finished_at = now()",
        "attempts = -1",
        "dispatch = -1",
        "payload = '[]'",
        "payload = jsonb_build_object('text', repeat('x', 1000))",
    ],
)
async def test_the_database_refuses_impossible_rows(change: str) -> None:
    await promise()
    with pytest.raises(IntegrityError):
        await execute(f"UPDATE outbox SET {change}")  # noqa: S608  the test's own words


@pytest.fixture
async def heard(runtime_url: str) -> AsyncIterator[list[str]]:
    """The channels on which something was said."""
    connection = await asyncpg.connect(**parse_url(runtime_url).arguments())
    channels: list[str] = []
    await connection.add_listener("outbox", lambda *said: channels.append(said[2]))
    yield channels
    await connection.close()


async def test_a_committed_promise_wakes_the_relays(heard: list[str]) -> None:
    async with transaction():
        await enqueue("test.kind", uuid4())
        await asyncio.sleep(0.05)
        assert heard == []
    await asyncio.sleep(0.05)
    assert heard == ["outbox"]


async def test_requeueing_wakes_the_relays(heard: list[str]) -> None:
    await dead()
    await asyncio.sleep(0.05)
    heard.clear()
    await outbox_upkeep.requeue(None)
    await asyncio.sleep(0.05)
    assert heard == ["outbox"]


async def test_claiming_uses_the_index_of_waiting_rows() -> None:
    await execute(
        "INSERT INTO outbox (id, kind, aggregate, state, finished_at) "
        "SELECT gen_random_uuid(), 'test.kind', gen_random_uuid(), 1, now() "
        "FROM generate_series(1, 2000)"
    )
    await promise()
    plan = await fetch(
        "EXPLAIN SELECT id FROM outbox WHERE state = 0 ORDER BY available_at LIMIT 1"
    )
    assert any("outbox_due" in str(row) for row in plan)
