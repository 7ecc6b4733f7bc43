"""A relay or a worker as a process: `python -m bench.jobs_process relay|worker|defaults DB REDIS`.

`defaults` is our worker with what arq itself would choose.
"""

import asyncio
import signal
import sys
from typing import Any

from arq.connections import ArqRedis
from arq.worker import Worker

from models.database import connect, disconnect, fetch
from workers.job import Done, Job, Outcome, handler
from workers.queue import ArqRunner
from workers.run import register_all, run_relay, run_worker

KIND = "bench.job"
MODULES = (__name__,)
# arq's own defaults (arq.worker.Worker).
_MAX_JOBS, _POLL_DELAY, _READ_LIMIT = 10, 0.5, 100
_POOL_SIZE = 12


class DefaultArq(ArqRunner):
    """Ours, with the defaults of arq."""

    def _worker(self, redis: ArqRedis, max_jobs: int) -> Worker:
        worker: Any = super()._worker(redis, max_jobs)
        worker.poll_delay_s, worker.queue_read_limit = _POLL_DELAY, _READ_LIMIT
        return worker  # type: ignore[no-any-return]  # arq's own class, loosely typed


async def _defaults(database_url: str, redis_url: str) -> None:
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    runner = DefaultArq(redis_url)
    register_all(runner, MODULES)
    await connect(database_url, pool_size=_POOL_SIZE, application_name="bench worker")
    try:
        await runner.work(stopping, max_jobs=_MAX_JOBS)
    finally:
        await disconnect()


async def small(_job: Job) -> Outcome:
    """A job that does next to nothing: what remains is what carrying a job costs."""
    await fetch("SELECT 1")
    return Done()


def main() -> None:
    """Run until told to end."""
    handler(KIND)(small)
    role, database_url, redis_url = sys.argv[1:]
    if role == "relay":
        asyncio.run(run_relay(database_url, redis_url))
    elif role == "defaults":
        asyncio.run(_defaults(database_url, redis_url))
    else:
        asyncio.run(run_worker(database_url, redis_url, modules=MODULES))


if __name__ == "__main__":
    main()
