"""The lean way to read cannot write, waits with a limit, and hands on no broken connection."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from models import read_pool
from models.asyncpg_client import DatabaseAway, DatabaseBusy
from models.database import fetch
from models.read_pool import ReadPool

WHO = "SELECT pg_backend_pid() AS pid"


@pytest.fixture
async def reads(database: object, runtime_url: str) -> AsyncIterator[ReadPool]:
    pool = ReadPool(runtime_url, size=2, application_name="reads")
    await pool.open()
    yield pool
    await pool.close()


async def _pid(pool: ReadPool) -> int:
    (row,) = await pool.fetch(WHO)
    return int(row["pid"])


async def test_nothing_can_be_written(reads: ReadPool) -> None:
    with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
        await reads.fetch("INSERT INTO activities (code) VALUES ('NEW') RETURNING code")
    assert await reads.fetch("SELECT 1 FROM activities WHERE code = 'NEW'") == []


async def test_the_same_connection_serves_one_read_after_the_other(reads: ReadPool) -> None:
    assert len({await _pid(reads) for _ in range(5)}) == 1
    assert reads.in_use == 0


async def test_a_refused_statement_leaves_its_connection_usable(reads: ReadPool) -> None:
    before = await _pid(reads)
    with pytest.raises(asyncpg.UndefinedTableError):
        await reads.fetch("SELECT * FROM nowhere")
    assert await _pid(reads) == before


async def test_a_server_whose_socket_is_gone_is_away_and_not_a_missing_file() -> None:
    pool = ReadPool("postgres://portal@/portal?host=/nowhere", size=1, application_name="reads")
    with pytest.raises(DatabaseAway):
        await pool.fetch(WHO)
    assert pool.in_use == 0


async def _asleep() -> int:
    (row,) = await fetch(
        "SELECT count(*) AS number FROM pg_stat_activity"
        " WHERE state = 'active' AND query = 'SELECT pg_sleep(5)'"
    )
    return int(row["number"])


async def test_a_statement_that_was_broken_off_ends_on_the_server_too(reads: ReadPool) -> None:
    before = await _pid(reads)
    for _ in range(4):  # twice as often as there are places
        asleep = asyncio.create_task(reads.fetch("SELECT pg_sleep(5)"))
        while not await _asleep():  # noqa: ASYNC110  the server has no event
            await asyncio.sleep(0.01)
        asleep.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asleep
        while reads.in_use:  # noqa: ASYNC110  as above
            await asyncio.sleep(0.01)
        assert await _asleep() == 0
    assert await _pid(reads) != before


async def test_what_goes_wrong_between_two_statements_costs_no_connection(
    reads: ReadPool,
) -> None:
    before = await _pid(reads)
    with pytest.raises(KeyError):
        await _fails_after(reads)
    assert await _pid(reads) == before


async def _fails_after(reads: ReadPool) -> None:
    async with reads.connection() as reading:
        await reading.fetch(WHO)
        raise KeyError


async def test_a_connection_that_the_server_ended_is_replaced(reads: ReadPool) -> None:
    before = await _pid(reads)
    async with reads.connection() as killer:
        await killer.fetch(WHO)
        async with reads.connection() as other:
            ((victim,),) = await other.fetch(WHO)
            await killer.fetch("SELECT pg_terminate_backend($1)", victim)
    await asyncio.sleep(0.1)
    assert before != victim
    assert await _pid(reads) == before
    assert await reads.fetch("SELECT 1 AS one")


async def test_waiting_for_a_connection_has_an_end(
    reads: ReadPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_pool, "ACQUIRE_SECONDS", 0.05)
    async with reads.connection(), reads.connection():
        with pytest.raises(DatabaseBusy):
            await reads.fetch(WHO)
    assert await _pid(reads)


async def test_who_waits_gets_the_connection_that_becomes_free(reads: ReadPool) -> None:
    async with reads.connection(), reads.connection():
        waiting = asyncio.create_task(_pid(reads))
        await asyncio.sleep(0.05)
        assert not waiting.done()
    assert await waiting


async def test_after_the_end_nothing_is_kept_open(runtime_url: str, database: object) -> None:
    pool = ReadPool(runtime_url, size=2, application_name="leaving")
    await pool.open()
    async with pool.connection() as reading:
        await pool.close()
        assert reading.is_closed
    with pytest.raises(RuntimeError, match="closed"):
        await pool.fetch(WHO)
