"""Crashing what the portal stands on: Redis forgets or is away, PostgreSQL stops at once."""

import asyncio
import os
import signal
from datetime import UTC, datetime
from pathlib import Path

from redis.asyncio import Redis
from redis.exceptions import RedisError

from portal.embedded import Embedded
from portal.embedded_postgres import EmbeddedPostgres
from portal.embedded_redis import EmbeddedRedis

_GLANCE = 0.02


class Servers:
    """The two servers, at the mercy of the suite."""

    def __init__(self, embedded: Embedded, folder: Path) -> None:
        self._embedded = embedded
        self.crashes: list[datetime] = []
        self._note = folder / "postmaster.pid"

    @property
    def redis_url(self) -> str:
        """Where Redis is, when it is there."""
        return self._embedded.redis_url

    async def flush(self) -> bool:
        """FLUSHALL; False if Redis is away, which forgets as much."""
        redis: Redis = Redis.from_url(self.redis_url)
        try:
            await redis.flushall()
        except (RedisError, OSError):
            return False
        finally:
            await redis.aclose()
        return True

    async def redis_away(self, seconds: float) -> None:
        """Kill Redis, and start an empty one after a while."""
        redis = _there(self._embedded.redis)
        await asyncio.to_thread(redis.kill)
        await asyncio.sleep(seconds)
        await asyncio.to_thread(redis.start)

    async def crash_postgres(self) -> None:
        """As `pg_ctl restart -m immediate`: no goodbye, and a recovery from the log."""
        postgres = _server(self._embedded.postgres)
        self.crashes.append(datetime.now(UTC))
        os.kill(int(self._note.read_text().split()[0]), signal.SIGQUIT)
        while postgres.running:  # noqa: ASYNC110  a process has no asyncio.Event
            await asyncio.sleep(_GLANCE)
        await asyncio.to_thread(postgres.start)


def _there(redis: EmbeddedRedis | None) -> EmbeddedRedis:
    if redis is None:
        raise RuntimeError("Redis was not started")
    return redis


def _server(postgres: EmbeddedPostgres | None) -> EmbeddedPostgres:
    if postgres is None:
        raise RuntimeError("PostgreSQL was not started")
    return postgres
