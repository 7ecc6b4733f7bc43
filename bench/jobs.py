"""`python -m bench jobs`: how fast relay and arq drain jobs, with our settings and with arq's."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from statistics import median
from typing import Any

from bench.machine import OTHERS_CORE, SERVER_CORE, demand_two_cores, on_core
from bench.peers import ROOT
from domain.ids import uuid7
from models.database import connect, disconnect, execute, fetch, parse_url, transaction
from models.migrate import migrate
from models.outbox import enqueue
from portal.embedded import Embedded, throwaway
from portal.failure import CommandError

Say = Callable[[str], None]

_KIND = "bench.job"
_DRAINED, _QUICK_DRAINED = 2_000, 400
_SINGLE, _PAUSE = 60, 0.05
_PATIENCE = 120.0
_TITLES = {
    "worker": "as the product has it",
    "defaults": "with arq's defaults (10 jobs at once, a look every half second)",
}


def measure(say: Say, *, quick: bool) -> dict[str, Any]:
    """Jobs per second out of a full outbox, and the delay of single ones."""
    demand_two_cores()
    with on_core(OTHERS_CORE), throwaway() as embedded:
        asyncio.run(migrate(embedded.database_owner_url, parse_url(embedded.database_url).user))
        return {
            role: _measured(embedded, role, _QUICK_DRAINED if quick else _DRAINED, say)
            for role in _TITLES
        }


def tables(found: Mapping[str, Any]) -> Iterator[str]:
    """Lines of Markdown."""
    yield "| worker | jobs/s | p50 ms of a single job | p95 ms |"
    yield "| --- | ---: | ---: | ---: |"
    for role, title in _TITLES.items():
        row = found[role]
        yield f"| {title} | {row['per_second']:,.0f} | {row['p50']:.0f} | {row['p95']:.0f} |"


def _measured(embedded: Embedded, role: str, number: int, say: Say) -> dict[str, float]:
    say(f"Draining {number:,} jobs, then {_SINGLE} single ones, {_TITLES[role]}.")
    with _process("relay", embedded), _process(role, embedded):
        return asyncio.run(_measure(embedded.database_url, number))


@contextmanager
def _process(role: str, embedded: Embedded) -> Iterator[None]:
    command = [sys.executable, "-m", "bench.jobs_process", role]
    command += [embedded.database_url, embedded.redis_url]
    with on_core(SERVER_CORE):
        process = subprocess.Popen(  # noqa: S603  our own command
            command, cwd=ROOT, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


async def _measure(url: str, number: int) -> dict[str, float]:
    await connect(url, pool_size=4, application_name="bench")
    try:
        await _promise(1)
        await _until_done()  # both processes are there
        await _promise(number)
        begin = time.perf_counter()
        await _until_done()
        per_second = number / (time.perf_counter() - begin)
        delays = await _single()
        p95 = sorted(delays)[len(delays) * 95 // 100]
        return {"per_second": per_second, "p50": median(delays), "p95": p95}
    finally:
        await disconnect()


async def _promise(number: int) -> None:
    async with transaction():
        for _ in range(number):
            await enqueue(_KIND, uuid7())


async def _until_done() -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        rows = await fetch(
            "SELECT count(*) AS waiting FROM outbox WHERE state = 0 AND kind = $1", _KIND
        )
        if not rows[0]["waiting"]:
            return
        await asyncio.sleep(0.02)
    raise CommandError("Jobs were left undone for two minutes")


async def _single() -> list[float]:
    """The milliseconds from the promise of a job to its end, for jobs that come one by one."""
    await execute("DELETE FROM outbox WHERE kind = $1", _KIND)
    for _ in range(_SINGLE):
        await _promise(1)
        await asyncio.sleep(_PAUSE)
    await _until_done()
    rows = await fetch(
        "SELECT extract(epoch FROM finished_at - created_at)::float8 * 1000 AS delay "
        "FROM outbox WHERE kind = $1 AND state = 1",
        _KIND,
    )
    return [row["delay"] for row in rows]
