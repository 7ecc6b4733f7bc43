"""Fixtures for every room: real PostgreSQL and Redis, a clean database, counted statements."""

import asyncio
import logging
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from redis.asyncio import Redis
from tortoise.connection import get_connection
from tortoise.exceptions import ConfigurationError

from models.asyncpg_client import SafeClient, pool_in_use
from models.database import CONNECTION, connect, disconnect, fetch, parse_url
from services.offer import forget_offers
from tests.databases import Cleaner, prepare
from tests.servers import Servers, Session, own_redis
from workers.run import register_all
from workers.runner import LocalRunner

pytest_plugins = ["tests.graph"]

settings.register_profile(  # a busy machine is no failure
    "unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("unhurried")

_started: dict[str, Servers] = {}
_ended: list[str] = []


def _servers() -> Servers:
    """Start the session's servers once, in the process that leads the session."""
    if "servers" not in _started:
        _started["servers"] = Servers(os.environ)
    return _started["servers"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """For tools that only want to know whether something fails."""
    parser.addoption(
        "--as-found", action="store_true", help="do not make what fails smaller before it is shown"
    )


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a pytest-xdist worker where the session's servers are."""
    node.workerinput["servers"] = _servers().session.as_strings()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a pytest-xdist worker has to say at the end."""
    _ended.extend(getattr(node, "workeroutput", {}).get("ended", []))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Tell of every database connection that had to be ended between two tests."""
    for connection in _ended:
        terminalreporter.write_line(f"held a table and was ended between two tests: {connection}")


def pytest_unconfigure() -> None:
    """Stop what this process started."""
    if "servers" in _started:
        _started.pop("servers").stop()


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """One event loop for the whole session, so that the pool is opened once."""
    return "asyncio"


@pytest.fixture(scope="session")
def server_session(request: pytest.FixtureRequest) -> Session:
    """Where the servers are, with or without pytest-xdist."""
    handed_over = getattr(request.config, "workerinput", None)
    return Session(**handed_over["servers"]) if handed_over else _servers().session


@pytest.fixture(scope="session")
async def database_name(server_session: Session, worker_name: str) -> str:
    """This process's own clone of the migrated template."""
    return await prepare(server_session, worker_name)


@pytest.fixture(scope="session")
def worker_name() -> str:
    """The name of this test process: gw0, gw1, … or alone."""
    return os.environ.get("PYTEST_XDIST_WORKER", "alone")


@pytest.fixture(scope="session")
def owner_url(server_session: Session, database_name: str) -> str:
    """The clone, as the owner of its tables."""
    return server_session.owner(database_name)


@pytest.fixture(scope="session")
def runtime_url(server_session: Session, database_name: str) -> str:
    """The clone, as the role that the portal runs under."""
    return server_session.runtime(database_name)


@pytest.fixture(scope="session")
async def unplugged_at_the_end() -> AsyncIterator[None]:
    """The client that all tests of this process share is closed after the last one."""
    yield
    await disconnect()


@pytest.fixture
async def pool(runtime_url: str, unplugged_at_the_end: None) -> SafeClient:
    """The tortoise client that all tests of this process share."""
    return await _plugged_in(runtime_url)


async def _plugged_in(url: str) -> SafeClient:
    """The shared client; opened anew after a test that connected to something else."""
    try:
        (found,) = await fetch("SELECT current_user AS me, current_database() AS here")
    except (ConfigurationError, RuntimeError):
        found = {}
    wanted = parse_url(url)
    if found != {"me": wanted.user, "here": wanted.database}:
        await connect(url, pool_size=10, application_name="tests")
    return _client()


@pytest.fixture(scope="session")
async def cleaner(
    owner_url: str, server_session: Session, request: pytest.FixtureRequest
) -> AsyncIterator[Cleaner]:
    """Empties the tables as their owner."""
    cleaner = await Cleaner.open(owner_url, server_session.admin_url)
    yield cleaner
    await cleaner.close()
    _ended.extend(cleaner.ended)
    if (output := getattr(request.config, "workeroutput", None)) is not None:
        output["ended"] = cleaner.ended


def _client() -> SafeClient:
    client = get_connection(CONNECTION)
    assert isinstance(client, SafeClient)
    return client


@pytest.fixture
async def database(pool: SafeClient, cleaner: Cleaner) -> AsyncIterator[SafeClient]:
    """A connected, empty database; a test that leaks a connection fails."""
    await cleaner.clean()
    forget_offers()
    yield pool
    deadline = time.monotonic() + 2
    while pool_in_use(pool) and time.monotonic() < deadline:  # noqa: ASYNC110  the pool has no event
        await asyncio.sleep(0.01)
    assert pool_in_use(pool) == 0, "a connection was not given back to the pool"


@pytest.fixture
async def clean_database(cleaner: Cleaner) -> None:
    """An empty database for tests whose connections live in other processes."""
    await cleaner.clean()


@pytest.fixture(scope="session")
def redis_url(server_session: Session, worker_name: str) -> Iterator[str]:
    """A Redis of this process's own, or a numbered database of REDIS_URL."""
    if server_session.redis_url:
        digits = worker_name.removeprefix("gw")
        number = int(digits) + 1 if digits.isdigit() else 0
        yield f"{server_session.redis_url.split('?')[0].rstrip('/')}?db={number}"
        return
    with own_redis() as server:
        yield server.url


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator["Redis"]:
    """A client of an empty Redis."""
    client: Redis = Redis.from_url(redis_url)
    await client.flushdb()
    yield client
    await client.aclose()


@pytest.fixture
def run_jobs(database: SafeClient) -> Callable[[], Awaitable[int]]:
    """Runs the jobs that are due, and those they make due, in this process; how many runs."""
    runner = LocalRunner()
    register_all(runner)
    return runner.drain


class Statements(logging.Handler):
    """The SQL statements that the tortoise client and the read pool sent."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        sql = record.args[0] if isinstance(record.args, tuple) and record.args else record.msg
        self.texts.append(str(sql))

    def __len__(self) -> int:
        return len(self.texts)

    def clear(self) -> None:
        self.texts.clear()


@pytest.fixture
def statements() -> Iterator[Statements]:
    """Counts statements: `statements.clear(); …; assert len(statements) == 2`."""
    counter = Statements()
    loggers = [logging.getLogger(name) for name in ("tortoise.db_client", "models.read_pool")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(counter)
        logger.setLevel(logging.DEBUG)
    yield counter
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)
        logger.removeHandler(counter)
