"""Real relays and workers as processes, to be killed and replaced at will."""

import asyncio
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from uuid import UUID

from domain.ids import uuid7
from models.database import execute, fetch, transaction
from models.outbox import enqueue
from portal.embedded_redis import EmbeddedRedis
from tests.servers import own_redis
from tests.workers.handlers import MARKER

ROOT = Path(__file__).parents[2]


@dataclass
class Fleet:
    """Processes over one database and one Redis of their own."""

    database_url: str
    redis: EmbeddedRedis
    lease: float
    log: IO[bytes]
    running: list[tuple[str, "subprocess.Popen[bytes]"]] = field(default_factory=list)
    kills: int = 0

    def start(self, role: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "tests.workers.process", role]
        command += [self.database_url, self.redis.url, str(self.lease)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=self.log, stderr=self.log)
        self.running.append((role, process))
        return process

    def kill(self, role: str) -> None:
        """`kill -9` the oldest process of this role and start another in its place."""
        entry = next(one for one in self.running if one[0] == role)
        self.running.remove(entry)
        entry[1].send_signal(signal.SIGKILL)
        entry[1].wait(10)
        self.kills += 1
        self.start(role)

    def exits(self) -> list[int | None]:
        """Exit codes of the processes; None is one that still runs."""
        return [process.poll() for _, process in self.running]

    def stop(self) -> list[int]:
        """Ask all to end, as a supervisor would; their exit codes."""
        for _, process in self.running:
            process.send_signal(signal.SIGTERM)
        codes = [process.wait(30) for _, process in self.running]
        self.running.clear()
        return codes

    def kill_all(self) -> None:
        for _, process in self.running:
            process.kill()
            process.wait(10)
        self.running.clear()

    def said(self) -> str:
        self.log.seek(0)
        return self.log.read().decode(errors="replace")


@asynccontextmanager
async def fleet(database_url: str, lease: float) -> AsyncIterator[Fleet]:
    with own_redis() as redis, tempfile.TemporaryFile() as log:
        ships = Fleet(database_url, redis, lease, log)
        try:
            yield ships
        finally:
            ships.kill_all()


async def promise(kind: str, *, keep: bool = True) -> UUID:
    """A business row and its job in one transaction, which may be rolled back."""
    key = uuid7()
    with suppress(InterruptedError):
        async with transaction():
            await execute("INSERT INTO test_promises VALUES ($1, $2, $3)", key, kind, MARKER)
            await enqueue(kind, key)
            if not keep:
                raise InterruptedError
    return key


async def until(condition: Callable[[], Awaitable[object]], seconds: float = 30) -> float:
    """Wait until the condition holds; how long it took."""
    begun = time.monotonic()
    while not await condition():
        waited = time.monotonic() - begun
        if waited > seconds:
            raise AssertionError(f"not so after {waited:.1f} s; still waiting: {await _waiting()}")
        await asyncio.sleep(0.03)
    return time.monotonic() - begun


async def _waiting() -> list[dict[str, object]]:
    return await fetch(
        "SELECT kind, dispatch, attempts, last_error, available_at - now() AS due, "
        "lease_until - now() AS lease FROM outbox WHERE state = 0 LIMIT 5"
    )


async def nothing_waits() -> bool:
    rows = await fetch("SELECT count(*) AS n FROM outbox WHERE state = 0")
    return not rows[0]["n"]


async def is_running(key: UUID) -> bool:
    """Whether a worker holds the lock of this waiting job at this moment.

    The relay locks the row too while it hands it over; its number is still 0 then, so the number
    is read first.
    """
    handed_over = "SELECT id FROM outbox WHERE aggregate = $1 AND state = 0 AND dispatch > 0"
    async with transaction():
        if not await fetch(handed_over, key):
            return False
        free = await fetch(f"{handed_over} FOR UPDATE SKIP LOCKED", key)
        return not free and bool(await fetch(handed_over, key))
