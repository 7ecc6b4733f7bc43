"""The relay: hands due outbox rows to the job runner and tells the API that there are events.

Any number of relays may run at once. PostgreSQL is the truth: a relay may die at any instant, and
what it had taken comes back when the lease is over. Redis may be away: rows wait meanwhile.
"""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

import asyncpg
from redis.asyncio import Redis
from redis.exceptions import RedisError
from tortoise.exceptions import BaseORMException

from models import outbox
from models.database import DatabaseBusy, parse_url
from services.live_signal import publish
from workers.pause import Backoff, wait_any
from workers.runner import LEASE_SECONDS, JobRunner, RunnerAway

_log = logging.getLogger(__name__)

BATCH = 200
_BUSY_SECONDS, _IDLE_SECONDS = 0.2, 1.0
_DEBOUNCE_SECONDS = 0.02
_HEARTBEAT_SECONDS = 10.0
_SOCKET_SECONDS = 2

_DATABASE_AWAY = (
    OSError,
    DatabaseBusy,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    BaseORMException,
)


@dataclass(frozen=True, slots=True)
class Relay:
    """One relay; `window` is how many rows may be under lease at once."""

    runner: JobRunner
    database_url: str
    redis_url: str
    stopping: asyncio.Event
    lease: float = LEASE_SECONDS
    window: int = BATCH
    jobs: asyncio.Event = field(default_factory=asyncio.Event)
    events: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Relay until told to stop."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._listen())
            tasks.create_task(self._dispatch())
            tasks.create_task(self._publish())

    async def step(self) -> int:
        """Hand over what is due; how many rows.

        Raises:
            RunnerAway: the rest was given back.
        """
        claimed = await outbox.claim(limit=BATCH, window=self.window, lease=self.lease)
        for index, one in enumerate(claimed):
            try:
                await self.runner.submit(one.id, one.dispatch)
            except RunnerAway:
                await outbox.unclaim(claimed[index:])
                raise
        return len(claimed)

    async def _dispatch(self) -> None:
        backoff = Backoff()
        while not self.stopping.is_set():
            self.jobs.clear()
            try:
                handed_over = await self.step()
                rest = _BUSY_SECONDS if handed_over else await _rest()
            except RunnerAway as error:
                _log.warning("jobs wait, Redis is away: %s", error)
                await backoff.wait(self.stopping)
            except _DATABASE_AWAY as error:
                _log.warning("jobs wait, the database is away: %s", type(error).__name__)
                await backoff.wait(self.stopping)
            else:
                await wait_any(rest, self.jobs, self.stopping)

    async def _publish(self) -> None:
        """Wake the API processes; several events in a short time are one message."""
        backoff = Backoff()
        redis: Redis = Redis.from_url(
            self.redis_url, socket_timeout=_SOCKET_SECONDS, socket_connect_timeout=_SOCKET_SECONDS
        )
        try:
            while not self.stopping.is_set():
                await wait_any(None, self.events, self.stopping)
                self.events.clear()
                try:
                    await publish(redis)
                except (RedisError, OSError) as error:
                    _log.warning("events are not announced: %s", type(error).__name__)
                    self.events.set()
                    await backoff.wait(self.stopping)
                else:
                    await wait_any(_DEBOUNCE_SECONDS, self.stopping)
        finally:
            await redis.aclose()

    async def _listen(self) -> None:
        """Hear NOTIFY on a connection of its own, which is opened anew when it breaks."""
        backoff = Backoff()
        signals = {"outbox": self.jobs, "events": self.events}
        while not self.stopping.is_set():
            try:
                await _listen_once(self.database_url, signals, self.stopping)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                _log.warning("not listening, the database is away: %s", type(error).__name__)
            await backoff.wait(self.stopping)


async def _rest() -> float:
    """Sleep exactly until the next row is due, a second at most."""
    seconds = await outbox.seconds_until_due()
    if seconds is None:
        return _IDLE_SECONDS
    return min(seconds, _IDLE_SECONDS) if seconds > 0 else _BUSY_SECONDS


async def _listen_once(
    url: str, signals: Mapping[str, asyncio.Event], stopping: asyncio.Event
) -> None:
    connection = await asyncpg.connect(
        **parse_url(url).arguments(),
        timeout=5,
        command_timeout=5,
        server_settings={"application_name": "portal relay listening"},
    )
    try:
        lost = asyncio.Event()
        connection.add_termination_listener(lambda _connection: lost.set())
        for channel, signal in signals.items():
            await connection.add_listener(channel, _setter(signal))
        for signal in signals.values():
            signal.set()  # something may have been said before anybody listened
        while not (stopping.is_set() or lost.is_set()):
            await wait_any(_HEARTBEAT_SECONDS, lost, stopping)
            await connection.execute("SELECT 1")
    finally:
        connection.terminate()


def _setter(signal: asyncio.Event) -> "asyncpg.connection.Listener":
    def heard(_connection: object, _pid: int, _channel: str, _payload: str) -> None:
        signal.set()

    return heard
