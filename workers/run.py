"""The two processes of this room: `relay` and `worker`, from start to an orderly end."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from importlib import import_module

import asyncpg

from models.database import DatabaseBusy, connect, disconnect, retrying
from workers.job import HANDLERS
from workers.pause import Backoff
from workers.period import promise_all
from workers.queue import ArqRunner
from workers.relay import Relay
from workers.runner import LEASE_SECONDS, JobRunner

_log = logging.getLogger(__name__)

# Every module with a @handler; importing them fills HANDLERS.
HANDLER_MODULES = (
    "workers.account",
    "workers.appointment",
    "workers.audit",
    "workers.contract",
    "workers.conversation",
    "workers.event",
    "workers.evidence",
    "workers.funding",
    "workers.idempotency",
    "workers.meeting",
    "workers.message",
    "workers.notification",
    "workers.offer",
    "workers.order",
    "workers.report",
    "workers.retention",
    "workers.session",
    "workers.talk",
)


async def run_relay(
    database_url: str, redis_url: str, *, lease: float = LEASE_SECONDS, pool_size: int = 2
) -> None:
    """Relay until SIGTERM or SIGINT."""
    stopping = _stop_on_signals()
    async with _connected(database_url, pool_size, "portal relay", stopping):
        runner = ArqRunner(redis_url, lease=lease)
        try:
            await Relay(runner, database_url, redis_url, stopping, lease=lease).run()
        finally:
            await runner.close()


async def run_worker(
    database_url: str,
    redis_url: str,
    *,
    pool_size: int = 10,
    modules: Iterable[str] = HANDLER_MODULES,
) -> None:
    """Do jobs until SIGTERM or SIGINT, then finish those under way."""
    stopping = _stop_on_signals()
    runner = ArqRunner(redis_url)
    register_all(runner, modules)
    async with _connected(database_url, pool_size, "portal worker", stopping):
        if not stopping.is_set():
            await retrying(lambda: promise_all(HANDLERS, datetime.now(UTC)))
        # A job needs one connection, its failure another one while the first is given back.
        await runner.work(stopping, max_jobs=max(1, pool_size - 2))


def register_all(runner: JobRunner, modules: Iterable[str] = HANDLER_MODULES) -> None:
    """Load the modules of handlers and make all handlers known to the runner."""
    for module in modules:
        import_module(module)
    for kind, handler in HANDLERS.items():
        runner.register(kind, handler)


def _stop_on_signals() -> asyncio.Event:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    return stopping


@asynccontextmanager
async def _connected(
    url: str, pool_size: int, name: str, stopping: asyncio.Event
) -> AsyncIterator[None]:
    """Open the pool, and wait for a database that is not there yet."""
    backoff = Backoff()
    connected = False
    while not connected and not stopping.is_set():
        try:
            await connect(url, pool_size=pool_size, application_name=name)
            connected = True
        except (OSError, DatabaseBusy, asyncpg.CannotConnectNowError) as error:
            _log.warning("waiting for the database: %s", type(error).__name__)
            await backoff.wait(stopping)
    try:
        yield
    finally:
        if connected:
            await disconnect()
