"""arq behind the runner's interface: the only module that knows arq.

arq only carries (row, dispatch number) from the relay to a worker. It never retries, keeps no
results and runs no cron; what it loses comes back through the lease.
"""

import asyncio
import json
import logging
import os
import socket
from typing import Any
from uuid import UUID

from arq.connections import ArqRedis
from arq.worker import Worker, func
from redis.asyncio import ConnectionPool
from redis.exceptions import RedisError

from models.outbox import Claimed
from workers.execution import run
from workers.job import MAX_SECONDS, Handler
from workers.pause import Backoff
from workers.runner import LEASE_SECONDS, RunnerAway

_log = logging.getLogger(__name__)

QUEUE = "portal:jobs"
_FUNCTION = "run"
_SOCKET_SECONDS = 5
_MARGIN_SECONDS = 5.0


def _serialize(value: dict[str, Any]) -> bytes:
    """JSON instead of pickle: who can write to Redis must not be able to run code here."""
    return json.dumps(value, default=lambda _: None).encode()


def _connect(url: str) -> ArqRedis:
    pool: ConnectionPool = ConnectionPool.from_url(
        url, socket_timeout=_SOCKET_SECONDS, socket_connect_timeout=1
    )
    return ArqRedis(
        pool,
        job_serializer=_serialize,
        job_deserializer=json.loads,
        default_queue_name=QUEUE,
    )


async def _disconnect(redis: ArqRedis) -> None:
    await redis.aclose()
    await redis.connection_pool.disconnect()


class ArqRunner:
    """Hands jobs over through Redis, and does those handed over by others."""

    def __init__(self, redis_url: str, *, lease: float = LEASE_SECONDS) -> None:
        self._url = redis_url
        self._lease = lease
        self._handlers: dict[str, Handler] = {}
        self._redis: ArqRedis | None = None

    def register(self, kind: str, handler: Handler) -> None:
        """Let the handler do the jobs of this kind."""
        self._handlers[kind] = handler

    async def submit(self, outbox_id: UUID, dispatch: int) -> None:
        """Hand a job over.

        Raises:
            RunnerAway: Redis cannot be reached.
        """
        if self._redis is None:
            self._redis = _connect(self._url)
        try:
            await self._redis.enqueue_job(
                _FUNCTION,
                str(outbox_id),
                dispatch,
                _job_id=f"{outbox_id}:{dispatch}",
                _expires=2 * self._lease,
            )
        except (RedisError, OSError) as error:
            raise RunnerAway(type(error).__name__) from None

    async def close(self) -> None:
        """Close the connections that `submit` opened."""
        if self._redis is not None:
            await _disconnect(self._redis)
            self._redis = None

    async def work(self, stopping: asyncio.Event, *, max_jobs: int) -> None:
        """Do jobs until told to stop; then let those under way come to their end.

        arq ends when its Redis goes away, so it is built anew until Redis is back.
        """
        backoff = Backoff()
        logging.getLogger("arq").setLevel(logging.ERROR)
        while not stopping.is_set():
            redis = _connect(self._url)
            try:
                await self._work_once(redis, stopping, max_jobs)
            except (RedisError, OSError) as error:
                _log.warning("Redis is away (%s), trying again", type(error).__name__)
            except Exception as error:  # noqa: BLE001  a worker does not end by one bad message
                _log.error("the job queue failed (%s), trying again", type(error).__name__)
            finally:
                await _disconnect(redis)
            await backoff.wait(stopping)

    async def _work_once(self, redis: ArqRedis, stopping: asyncio.Event, max_jobs: int) -> None:
        worker = self._worker(redis, max_jobs)
        main = asyncio.create_task(worker.main())
        stop = asyncio.create_task(stopping.wait())
        try:
            await asyncio.wait({main, stop}, return_when=asyncio.FIRST_COMPLETED)
            worker.allow_pick_jobs = False
            if worker.tasks:
                await asyncio.wait(worker.tasks.values(), timeout=MAX_SECONDS)
            if main.done():
                main.result()
        finally:
            await _end(main, stop, *worker.tasks.values())

    def _worker(self, redis: ArqRedis, max_jobs: int) -> Worker:
        async def job(ctx: dict[Any, Any], *given: Any, **_named: Any) -> None:  # noqa: ARG001  arq's name
            outbox_id, dispatch = given
            await run(self._handlers, Claimed(UUID(outbox_id), dispatch))

        return Worker(
            functions=[func(job, name=_FUNCTION)],
            queue_name=QUEUE,
            redis_pool=redis,
            handle_signals=False,
            max_jobs=max_jobs,
            # The handler's own limit must be the one that is noticed first.
            job_timeout=MAX_SECONDS + _MARGIN_SECONDS,
            keep_result=0,
            max_tries=1,
            retry_jobs=False,
            poll_delay=0.05,
            queue_read_limit=1000,
            health_check_interval=5,
            health_check_key=f"portal:worker:{socket.gethostname()}:{os.getpid()}",
            job_serializer=_serialize,
            job_deserializer=json.loads,
            log_results=False,
        )


async def _end(*tasks: "asyncio.Task[Any]") -> None:
    """Cancel what is left and wait for it; its exceptions were heard or do not matter.

    About one in a hundred cancellations is swallowed inside redis-py, so it is repeated.
    """
    waiting = set(tasks)
    while waiting:
        for task in waiting:
            task.cancel()
        _, waiting = await asyncio.wait(waiting, timeout=0.5)
    await asyncio.gather(*tasks, return_exceptions=True)
