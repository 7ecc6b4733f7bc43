"""The relay: prompt, exact, tolerant of a Redis or a database that is away."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest
from redis.asyncio import Redis

from models.asyncpg_client import SafeClient
from models.database import execute, fetch, parse_url, transaction
from models.outbox import Outbox, enqueue
from services.live_signal import CHANNEL
from tests.servers import own_redis
from tests.workers.fleet import until
from workers.job import Handler
from workers.relay import Relay
from workers.runner import RunnerAway

pytestmark = pytest.mark.usefixtures("database")

# An idle relay that nobody wakes looks again after a second.
PROMPT = 0.6


class Recorder:
    """A runner that notes what was handed over, and may be away."""

    def __init__(self) -> None:
        self.taken: list[tuple[UUID, int, float]] = []
        self.away = False
        self.refused = asyncio.Event()

    def register(self, kind: str, handler: Handler) -> None:
        raise NotImplementedError

    async def submit(self, outbox_id: UUID, dispatch: int) -> None:
        if self.away:
            self.refused.set()
            raise RunnerAway("ConnectionError")
        self.taken.append((outbox_id, dispatch, time.time()))

    async def wait(self, count: int, seconds: float = 30) -> None:
        async with asyncio.timeout(seconds):
            while len(self.taken) < count:  # noqa: ASYNC110  a list has no event
                await asyncio.sleep(0.005)


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
async def relay(
    database: SafeClient, recorder: Recorder, runtime_url: str, redis_url: str
) -> AsyncIterator[Relay]:
    """A relay at work, idle since a moment."""
    relay = Relay(recorder, runtime_url, redis_url, asyncio.Event(), lease=0.5)
    task = asyncio.create_task(relay.run())
    await asyncio.sleep(0.15)
    yield relay
    relay.stopping.set()
    await asyncio.wait_for(task, 5)


async def promise(at: datetime | None = None) -> UUID:
    async with transaction():
        return await enqueue("test.kind", uuid4(), available_at=at)


async def listeners() -> list[int]:
    rows = await fetch(
        "SELECT pid FROM pg_stat_activity WHERE application_name = 'portal relay listening' "
        "AND datname = current_database()"
    )
    return [row["pid"] for row in rows]


@pytest.mark.usefixtures("relay")
async def test_a_promise_wakes_an_idle_relay(recorder: Recorder) -> None:
    row = await promise()
    begun = time.time()
    await recorder.wait(1)
    assert recorder.taken[0][:2] == (row, 1)
    assert recorder.taken[0][2] - begun < PROMPT


@pytest.mark.usefixtures("relay")
async def test_a_row_of_the_future_is_handed_over_at_its_instant(recorder: Recorder) -> None:
    due = datetime.now(UTC) + timedelta(seconds=0.3)
    await promise(due)
    await recorder.wait(1)
    late = recorder.taken[0][2] - due.timestamp()
    assert 0 <= late < PROMPT


@pytest.mark.usefixtures("relay")
async def test_a_row_whose_lease_is_over_is_handed_over_again(recorder: Recorder) -> None:
    row = await promise()
    await recorder.wait(2)
    assert [taken[:2] for taken in recorder.taken] == [(row, 1), (row, 2)]


@pytest.mark.usefixtures("relay")
async def test_rows_wait_while_the_runner_is_away(recorder: Recorder) -> None:
    recorder.away = True
    row = await promise()
    await asyncio.wait_for(recorder.refused.wait(), 5)
    async with asyncio.timeout(5):
        while not await Outbox.exists(id=row, lease_until=None):  # noqa: ASYNC110  a row has no event
            await asyncio.sleep(0.005)
    assert recorder.taken == []
    recorder.away = False
    await recorder.wait(1)
    assert recorder.taken[0][0] == row


async def test_what_could_not_be_handed_over_is_given_back(
    recorder: Recorder, runtime_url: str, redis_url: str
) -> None:
    relay = Relay(recorder, runtime_url, redis_url, asyncio.Event())
    for _ in range(3):
        await promise()
    recorder.away = True
    with pytest.raises(RunnerAway):
        await relay.step()
    recorder.away = False
    assert await relay.step() == 3
    assert {dispatch for _, dispatch, _ in recorder.taken} == {2}


async def test_a_backlog_waits_in_the_outbox_and_not_in_the_queue(
    recorder: Recorder, runtime_url: str, redis_url: str
) -> None:
    relay = Relay(recorder, runtime_url, redis_url, asyncio.Event(), window=3)
    for _ in range(5):
        await promise()
    assert [await relay.step(), await relay.step()] == [3, 0]
    await execute(
        "UPDATE outbox SET state = 1, finished_at = now() WHERE id = $1", recorder.taken[0][0]
    )
    assert await relay.step() == 1


@pytest.mark.usefixtures("relay")
async def test_a_relay_listens_again_after_its_connection_was_ended(recorder: Recorder) -> None:
    (pid,) = await listeners()
    await fetch("SELECT pg_terminate_backend($1)", pid)

    async def listening_again() -> bool:
        return await listeners() not in ([], [pid])

    await until(listening_again)
    begun = time.time()
    await promise()
    await recorder.wait(1)
    assert recorder.taken[0][2] - begun < PROMPT


@pytest.mark.usefixtures("relay")
async def test_events_are_announced_in_redis_and_a_burst_is_few_messages(redis: Redis) -> None:
    heard = 0
    subscription = redis.pubsub(ignore_subscribe_messages=True)
    await subscription.subscribe(CHANNEL)
    await subscription.get_message(timeout=1)
    for _ in range(50):
        await execute("SELECT pg_notify('events', '')")
    deadline = time.monotonic() + 0.5
    while time.monotonic() < deadline:
        heard += await subscription.get_message(timeout=0.1) is not None
    await subscription.aclose()  # type: ignore[no-untyped-call]
    assert 1 <= heard <= 25


async def test_events_are_announced_once_redis_is_back(
    recorder: Recorder, runtime_url: str
) -> None:
    with own_redis() as server:
        relay = Relay(recorder, runtime_url, server.url, asyncio.Event())
        server.kill()
        task = asyncio.create_task(relay.run())
        await asyncio.sleep(0.3)
        await execute("SELECT pg_notify('events', '')")
        await promise()
        await recorder.wait(1)
        server.start()
        client: Redis = Redis.from_url(server.url)
        subscription = client.pubsub(ignore_subscribe_messages=True)
        await subscription.subscribe(CHANNEL)
        heard = None
        deadline = time.monotonic() + 5
        while heard is None and time.monotonic() < deadline:
            heard = await subscription.get_message(timeout=0.2)
        await subscription.aclose()  # type: ignore[no-untyped-call]
        await client.aclose()
        relay.stopping.set()
        await asyncio.wait_for(task, 5)
    assert heard is not None


async def test_a_relay_survives_a_database_that_ends_all_its_connections(
    recorder: Recorder, relay: Relay, runtime_url: str
) -> None:
    other = await asyncpg.connect(**parse_url(runtime_url).arguments())
    try:
        await other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND datname = current_database() "
            "AND usename = current_user"
        )
    finally:
        await other.close()
    await asyncio.sleep(0.3)
    await promise()
    await recorder.wait(1)
    assert not relay.stopping.is_set()
