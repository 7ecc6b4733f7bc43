"""The lean way to the database for reading: plain rows, no ORM, nothing that could write.

Plans are made once per statement and connection and never for particular values: planning alone
would cost more than most reads. A page has few rows, each found by an index: joins that read whole
tables first (hash, merge, over a materialised or memoised copy) lose there, and are off here alone.

asyncpg's own pool makes two tasks and a proxy for each use, which cost as much as the statement.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from models.asyncpg_client import ACQUIRE_SECONDS, DatabaseAway, DatabaseBusy, is_connection_loss
from models.database import COMMAND_SECONDS, SERVER_LIMITS, parse_url

STATEMENTS = 256  # per connection; the server keeps a plan for each
BREAK_OFF_SECONDS = 2.0

_log = logging.getLogger(__name__)
_SETTINGS = {
    **SERVER_LIMITS,
    "default_transaction_read_only": "on",
    "plan_cache_mode": "force_generic_plan",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "enable_memoize": "off",
    "enable_material": "off",
    "random_page_cost": "1.1",
}


def is_passing(error: BaseException) -> bool:
    """Whether the database is away, busy or too slow: trying at once again makes it worse."""
    return isinstance(
        error, DatabaseBusy | TimeoutError | asyncpg.QueryCanceledError
    ) or is_connection_loss(error)


class Reading:
    """A connection that reads."""

    __slots__ = ("_connection",)

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    @property
    def is_closed(self) -> bool:
        """Whether the connection has ended."""
        return bool(self._connection.is_closed())

    async def fetch(self, text: str, *values: object) -> list[Any]:
        """The rows of one statement; values are never logged, they may be personal data."""
        _log.debug("%s", text)
        rows: list[Any] = await self._connection.fetch(text, *values)
        return rows

    def end(self) -> None:
        """Hang up, whatever is under way."""
        self._connection.terminate()

    async def close(self) -> None:
        """Say goodbye."""
        await self._connection.close()


class ReadPool:
    """A bounded number of connections that read, the last used one first."""

    def __init__(self, url: str, *, size: int, application_name: str) -> None:
        self._url = url
        self._settings = {**_SETTINGS, "application_name": application_name}
        self._free = asyncio.Semaphore(size)
        self._idle: list[Reading] = []
        self._used: set[Reading] = set()
        self._endings: set[asyncio.Task[None]] = set()
        self._taken = 0
        self._closed = False

    @property
    def in_use(self) -> int:
        """How many connections are handed out at this moment, or about to be."""
        return self._taken

    async def open(self) -> None:
        """Connect once; fails when the database cannot be reached."""
        self._idle.append(await self._connect())

    async def close(self) -> None:
        """Close the connections that nobody uses and end the others, now and later."""
        self._closed = True
        await asyncio.gather(*self._endings, return_exceptions=True)
        for reading in self._used:
            reading.end()
        idle, self._idle = self._idle, []
        for reading in idle:
            await reading.close()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Reading]:
        """One connection for a few statements in a row.

        Raises:
            DatabaseBusy: none became free in time.
        """
        reading = await self._take()
        try:
            yield reading
        except Exception as error:
            # What the server refused, or what went wrong between two statements, harms nobody.
            if is_passing(error):
                self._break_off(reading)
            else:
                self._give_back(reading)
            raise
        except BaseException:
            self._break_off(reading)
            raise
        else:
            self._give_back(reading)

    async def fetch(self, text: str, *values: object) -> list[Any]:
        """The rows of one statement."""
        async with self.connection() as reading:
            return await reading.fetch(text, *values)

    async def _take(self) -> Reading:
        if self._closed:
            raise RuntimeError("the read pool has been closed")
        await self._wait()
        self._taken += 1
        try:
            reading = self._last_idle() or await self._connect()
        except BaseException:
            self._free_place()
            raise
        self._used.add(reading)
        return reading

    def _give_back(self, reading: Reading) -> None:
        self._used.discard(reading)
        if self._closed:
            reading.end()
        else:
            self._idle.append(reading)
        self._free_place()

    def _break_off(self, reading: Reading) -> None:
        """A statement may still run: its place is free when the server has ended it."""
        self._used.discard(reading)
        task = asyncio.get_running_loop().create_task(self._broken_off(reading))
        self._endings.add(task)
        task.add_done_callback(self._endings.discard)

    async def _broken_off(self, reading: Reading) -> None:
        try:
            async with asyncio.timeout(BREAK_OFF_SECONDS):
                await reading.close()
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            reading.end()
        finally:
            self._free_place()

    def _free_place(self) -> None:
        self._taken -= 1
        self._free.release()

    async def _wait(self) -> None:
        if not self._free.locked():
            await self._free.acquire()
            return
        try:
            async with asyncio.timeout(ACQUIRE_SECONDS):
                await self._free.acquire()
        except TimeoutError:
            raise DatabaseBusy("no database connection became free in time") from None

    def _last_idle(self) -> Reading | None:
        while self._idle:
            reading = self._idle.pop()
            if not reading.is_closed:
                return reading
        return None

    async def _connect(self) -> Reading:
        try:
            connection = await asyncpg.connect(
                **parse_url(self._url).arguments(),
                timeout=ACQUIRE_SECONDS,
                command_timeout=COMMAND_SECONDS,
                statement_cache_size=STATEMENTS,
                max_cached_statement_lifetime=0,
                max_cacheable_statement_size=0,
                server_settings=self._settings,
            )
        except TimeoutError:
            raise
        except OSError as error:
            raise DatabaseAway("the database cannot be reached") from error
        return Reading(connection)
