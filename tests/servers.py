"""Real servers for one test session: embedded ones of its own, or those the environment names.

Neither opens a network port: both listen on unix sockets in a private folder, so that any number
of sessions may run beside each other and beside a running portal.
"""

import asyncio
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

import asyncpg

from models.database import Address, parse_url
from portal.embedded import running, throwaway
from portal.embedded_redis import EmbeddedRedis


def url_of(address: Address) -> str:
    """The URL that parse_url reads."""
    login = f"{quote(address.user, safe='')}:{quote(address.password, safe='')}"
    query = {"host": address.host} | ({"sslmode": address.ssl} if address.ssl else {})
    return f"postgres://{login}@:{address.port}/{address.database}?{urlencode(query)}"


@dataclass(frozen=True)
class Session:
    """What every test process of one session must know; travels as plain strings."""

    token: str
    admin_url: str
    owner_url: str
    runtime_url: str
    redis_url: str
    template: str

    def database(self, worker: str) -> str:
        return f"portal_test_{self.token}_{worker}"

    def owner(self, database: str) -> str:
        return url_of(parse_url(self.owner_url).with_database(database))

    def runtime(self, database: str) -> str:
        return url_of(parse_url(self.runtime_url).with_database(database))

    def as_strings(self) -> dict[str, str]:
        return asdict(self)


class Servers:
    """The servers of one session; starts what the environment does not name."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._stack = ExitStack()
        token = secrets.token_hex(4)
        given = environment.get("DATABASE_OWNER_URL") or environment.get("DATABASE_URL")
        redis_url = environment.get("REDIS_URL", "")
        if given:
            urls = (given, given, _runtime_url(given, token))
        else:
            embedded = self._stack.enter_context(throwaway())
            urls = (embedded.admin_url, embedded.database_owner_url, embedded.database_url)
        self.session = Session(token, *urls, redis_url, f"portal_test_{token}_template")
        if given:
            asyncio.run(_make_role(self.session))
            self._stack.callback(lambda: asyncio.run(_remove(self.session)))

    def stop(self) -> None:
        self._stack.close()


def _runtime_url(given: str, token: str) -> str:
    there = parse_url(given)
    role = f"portal_test_{token}"
    password = secrets.token_urlsafe(18)
    return url_of(Address(there.host, there.port, role, password, there.database, there.ssl))


async def _make_role(session: Session) -> None:
    role = parse_url(session.runtime_url)
    connection = await asyncpg.connect(**parse_url(session.admin_url).arguments())
    try:
        await connection.execute(f"CREATE ROLE \"{role.user}\" LOGIN PASSWORD '{role.password}'")
    finally:
        await connection.close()


async def _remove(session: Session) -> None:
    """Take databases and role of this session away from a server that stays."""
    connection = await asyncpg.connect(**parse_url(session.admin_url).arguments())
    try:
        rows = await connection.fetch(
            "SELECT datname FROM pg_database WHERE starts_with(datname, $1)",
            f"portal_test_{session.token}_",
        )
        for row in rows:
            await connection.execute(f'DROP DATABASE "{row["datname"]}" WITH (FORCE)')
        await connection.execute(f'DROP ROLE "{parse_url(session.runtime_url).user}"')
    finally:
        await connection.close()


@contextmanager
def own_redis() -> Iterator[EmbeddedRedis]:
    """A Redis that belongs to the caller alone, to be flushed, killed and started again."""
    folder = Path(tempfile.gettempdir()) / f"assistenz-portal-{secrets.token_hex(6)}"
    try:
        with running(folder, postgres=False, throwaway=True) as embedded:
            assert embedded.redis is not None
            yield embedded.redis
    finally:
        shutil.rmtree(folder, ignore_errors=True)
