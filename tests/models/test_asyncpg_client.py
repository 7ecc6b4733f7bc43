"""The safe client against real faults: cancellation, a failing BEGIN, an exhausted pool.

Each fault is shown on tortoise's plain client too, so that an upgrade which cures it is noticed.
"""

import asyncio
import logging
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from uuid import uuid4

import asyncpg
import pytest
from tortoise.backends.asyncpg.client import AsyncpgDBClient
from tortoise.connection import get_connections
from tortoise.exceptions import IntegrityError

from models import asyncpg_client
from models.asyncpg_client import DatabaseAway, SafeClient, pool_in_use
from models.database import CONNECTION, DatabaseBusy, fetch, parse_url, transaction

Install = Callable[[type[AsyncpgDBClient]], AsyncpgDBClient]
POOL = 3


@pytest.fixture
async def install(database: SafeClient, runtime_url: str) -> AsyncIterator[Install]:
    """Puts a small client of the given class in the place of the usual one."""
    made: list[AsyncpgDBClient] = []

    def put(cls: type[AsyncpgDBClient]) -> AsyncpgDBClient:
        client = cls(
            **parse_url(runtime_url).arguments(),
            minsize=1,
            maxsize=POOL,
            connection_name=CONNECTION,
        )
        made.append(client)
        get_connections().set(CONNECTION, client)
        return client

    yield put
    for client in made:
        if client._pool is not None:
            client._pool.terminate()
    get_connections().set(CONNECTION, database)


async def cancelled_transactions(client: AsyncpgDBClient, count: int) -> int:
    """Cancel transactions at random instants; how many connections stayed checked out."""
    chance = random.Random(3155)

    async def unit() -> None:
        async with transaction():
            await client.execute_query("SELECT 1")

    for _ in range(count):
        task = asyncio.create_task(unit())
        await asyncio.sleep(chance.uniform(0, 0.0015))
        task.cancel()
        await asyncio.wait([task], timeout=0.2)
        if not task.done():
            break
    await asyncio.sleep(0.3)
    return pool_in_use(client)


async def test_cancelled_transactions_give_their_connection_back(install: Install) -> None:
    client = install(SafeClient)
    await client.execute_query("SELECT 1")
    assert await cancelled_transactions(client, 600) == 0
    assert (await client.execute_query("SELECT 1"))[0] == 1


async def test_the_plain_client_leaks_under_the_same_cancellations(install: Install) -> None:
    client = install(AsyncpgDBClient)
    await client.execute_query("SELECT 1")
    assert await cancelled_transactions(client, 600) > 0


async def begin_fails_once(client: AsyncpgDBClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the server end the connection between acquiring it and BEGIN."""
    await client.execute_query("SELECT 1")
    assert client._pool is not None
    real = client._pool.acquire

    async def acquire_then_lose(*, timeout: float | None = None) -> object:  # noqa: ASYNC109
        connection = await real(timeout=timeout)
        connection._con._transport.abort()
        await asyncio.sleep(0.01)
        return connection

    monkeypatch.setattr(type(client._pool), "acquire", lambda _pool, **k: acquire_then_lose(**k))
    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, OSError)):
        async with transaction():
            pass
    monkeypatch.undo()


async def test_a_failed_begin_leaves_the_task_clean(
    install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = install(SafeClient)
    await begin_fails_once(client, monkeypatch)
    assert await fetch("SELECT 1 AS one") == [{"one": 1}]
    async with transaction():
        assert await fetch("SELECT 2 AS two") == [{"two": 2}]
    assert pool_in_use(client) == 0


async def test_the_plain_client_poisons_the_task_after_a_failed_begin(
    install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = install(AsyncpgDBClient)
    await begin_fails_once(client, monkeypatch)
    with pytest.raises(asyncpg.InterfaceError):
        await fetch("SELECT 1 AS one")


def pool_of(client: AsyncpgDBClient) -> asyncpg.Pool:
    assert client._pool is not None
    return client._pool


async def _hold_all(client: AsyncpgDBClient) -> list[object]:
    await client.execute_query("SELECT 1")
    return [await pool_of(client).acquire() for _ in range(POOL)]


async def _one_statement() -> None:
    await fetch("SELECT 1")


async def _one_transaction() -> None:
    async with transaction():
        pass


@pytest.mark.parametrize("use", [_one_statement, _one_transaction])
async def test_an_exhausted_pool_is_refused_instead_of_waited_for(
    install: Install, monkeypatch: pytest.MonkeyPatch, use: Callable[[], Awaitable[None]]
) -> None:
    assert asyncpg_client.ACQUIRE_SECONDS == 2
    monkeypatch.setattr(asyncpg_client, "ACQUIRE_SECONDS", 0.3)
    client = install(SafeClient)
    held = await _hold_all(client)
    begun = time.monotonic()
    with pytest.raises(DatabaseBusy):
        await use()
    assert 0.2 < time.monotonic() - begun < 2
    for connection in held:
        await pool_of(client).release(connection)
    assert await fetch("SELECT 1 AS one") == [{"one": 1}]


@pytest.mark.slow
async def test_the_plain_client_waits_for_an_exhausted_pool_without_limit(
    install: Install,
) -> None:
    client = install(AsyncpgDBClient)
    await _hold_all(client)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(2.5):
            await client.execute_query("SELECT 1")


@pytest.mark.parametrize("use", [_one_statement, _one_transaction])
async def test_a_server_whose_socket_is_gone_is_away_and_not_a_missing_file(
    install: Install, monkeypatch: pytest.MonkeyPatch, use: Callable[[], Awaitable[None]]
) -> None:
    pool = pool_of(await _connected(install(SafeClient)))

    async def gone(_pool: object, **_named: object) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(type(pool), "acquire", gone)
    with pytest.raises(DatabaseAway):
        await use()


async def _connected(client: AsyncpgDBClient) -> AsyncpgDBClient:
    await client.execute_query("SELECT 1")
    return client


async def test_a_connection_is_given_back_without_a_round_trip(database: SafeClient) -> None:
    await fetch("SELECT 1")
    assert database._pool is not None
    connection = await database._pool.acquire()
    raw = connection._con
    before = raw._protocol.queries_count
    await database._pool.release(connection)
    assert raw._protocol.queries_count == before


async def test_a_transaction_left_open_is_rolled_back_before_reuse(database: SafeClient) -> None:
    await fetch("SELECT 1")
    assert database._pool is not None
    connection = await database._pool.acquire()
    raw = connection._con
    await connection.execute("BEGIN")
    loop = asyncio.get_running_loop()
    reported: list[object] = []
    loop.set_exception_handler(lambda _loop, context: reported.append(context))
    await database._pool.release(connection)
    loop.set_exception_handler(None)
    assert not raw.is_in_transaction()
    assert reported, "asyncpg says that somebody forgot a transaction"


async def test_a_failure_to_release_does_not_undo_a_finished_transaction(
    database: SafeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fetch("SELECT 1")
    pool = pool_of(database)
    real = pool.release

    async def released_badly(given: object, connection: object) -> None:
        assert given is pool
        await real(connection)
        raise asyncpg.InterfaceError("the reset failed")

    monkeypatch.setattr(type(pool), "release", released_badly)
    async with transaction():
        await fetch("INSERT INTO outbox (id, kind, aggregate) VALUES ($1, 'a', $1)", uuid4())
    assert await fetch("SELECT kind FROM outbox") == [{"kind": "a"}]


async def test_many_rows_are_stored_all_or_none(database: SafeClient) -> None:
    insert = "INSERT INTO outbox (id, kind, aggregate) VALUES ($1, 'a', $1)"
    first, second = uuid4(), uuid4()
    await database.execute_many(insert, [[first], [second]])
    with pytest.raises(IntegrityError):
        await database.execute_many(insert, [[uuid4()], [first]])
    assert await fetch("SELECT count(*) AS n FROM outbox") == [{"n": 2}]


async def test_statements_are_not_logged_with_their_values_even_when_debugging(
    database: SafeClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        await database.execute_query("SELECT $1::text", ["Marker-Erika"])
        await database.execute_count("SELECT $1::text", ["Marker-Erika"])
    assert "Marker-Erika" not in caplog.text
