"""What the measurements stand on: PostgreSQL with the generated district, Redis, a folder."""

import asyncio
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from bench.district import District, Size, load
from bench.machine import children_ns, parent_of
from domain.keys import Keys
from models.database import parse_url
from models.migrate import migrate
from portal.account import stand_in
from portal.database import reachable
from portal.embedded import Embedded, running, throwaway
from portal.failure import CommandError

SEED = 20_260_301
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Stage:
    """The addresses of the servers below, and the district that was loaded."""

    database_url: str
    owner_url: str
    redis_url: str
    secret_key: str
    postmaster: int | None
    folder: Path
    district: District

    def environment(self) -> dict[str, str]:
        """The settings of a server that is measured."""
        return {
            **os.environ,
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "SECRET_KEY": self.secret_key,
            "LOG_LEVEL": "WARNING",
        }

    def postgres_ns(self) -> int:
        """The nanoseconds that PostgreSQL's processes have run; 0 if it is not on this machine."""
        return 0 if self.postmaster is None else children_ns(self.postmaster)


@contextmanager
def staged(environ: Mapping[str, str], size: Size, say: Say) -> Iterator[Stage]:
    """The stage for one run; embedded servers leave nothing behind.

    Raises:
        CommandError: a named database is not empty, or something does not start.
    """
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="assistenz-bench-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        url, owner, embedded = _servers(environ, stack, say)
        asyncio.run(migrate(owner, parse_url(url).user))
        asyncio.run(_demand_empty(owner))
        keys = Keys(embedded.secret_key.encode())
        district = asyncio.run(load(owner, keys, size, SEED, say))
        yield Stage(
            database_url=url,
            owner_url=owner,
            redis_url=environ.get("REDIS_URL") or embedded.redis_url,
            secret_key=embedded.secret_key,
            postmaster=asyncio.run(_postmaster(owner)),
            folder=folder,
            district=district,
        )


def _servers(environ: Mapping[str, str], stack: ExitStack, say: Say) -> tuple[str, str, Embedded]:
    """The database's addresses for its users and its owner, and the embedded servers."""
    url = environ.get("DATABASE_URL")
    if url is None:
        say("Starting a PostgreSQL and a Redis of the bench's own.")
        embedded = stack.enter_context(throwaway())
        return embedded.database_url, embedded.database_owner_url, embedded
    embedded = stack.enter_context(_only_redis())
    owner = environ.get("DATABASE_OWNER_URL", url)
    with reachable(owner):
        return url, owner, embedded


@contextmanager
def _only_redis() -> Iterator[Embedded]:
    account, _ = stand_in()
    folder = Path(tempfile.gettempdir()) / f"assistenz-portal-{secrets.token_hex(6)}"
    if account is not None and not account.reaches(folder.parent):
        folder = Path("/tmp") / folder.name  # noqa: S108  private, with a name nobody can guess
    try:
        with running(folder, postgres=False, throwaway=True) as embedded:
            yield embedded
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _demand_empty(owner_url: str) -> None:
    connection = await asyncpg.connect(**parse_url(owner_url).arguments())
    try:
        if await connection.fetchval("SELECT EXISTS (SELECT FROM users)"):
            raise CommandError("DATABASE_URL names a database with people in it: name an empty one")
    finally:
        await connection.close()


async def _postmaster(url: str) -> int | None:
    """The process whose children serve the database, if it runs on this machine."""
    connection = await asyncpg.connect(**parse_url(url).arguments())
    try:
        return parent_of(await connection.fetchval("SELECT pg_backend_pid()"))
    finally:
        await connection.close()
