"""How live updates fan out: many subscribers of one order, ours beside Node's graphql-ws.

`python -m bench.subscriptions --quick` runs it alone. The server under test has core 0 to itself;
PostgreSQL, Redis and the load share core 1. A delay runs from before the change is written to the
receipt by a subscriber. The peer keeps the order in memory and asks for no session; ours writes
the event to PostgreSQL, checks every session and reads the order anew.
"""

import argparse
import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import quantiles
from typing import Any

import httpx
import orjson
import uvloop

from bench.subscription_client import Subscriber, Tally, connected
from bench.subscription_stage import Stage, staged
from portal.embedded import throwaway
from portal.probe import free_port

QUERY = """subscription Follow($id: ID!) { orderChanged(orderId: $id) { __typename
  ... on OrderChanged { eventId kind
    order { id version state kind description suggestedCount acceptedCount } } } }"""
PACKAGES = ("graphql-ws", "ws", "graphql")

_ROOT = Path(__file__).parents[1]
_SERVER_CORE, _LOAD_CORE = 0, 1
_HANDSHAKES = 10  # at the same time, as many as the pool has connections
_PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is measured."""

    subscribers: tuple[int, ...]
    seconds: int


FULL = Extent((1_000, 5_000), 20)
QUICK = Extent((1_000,), 5)


@dataclass(frozen=True, slots=True)
class Server:
    """A server under test: how it is started, and how a change is published to it."""

    name: str
    command: tuple[str, ...]
    environ: Mapping[str, str]
    publish: Callable[[int, Tally], Awaitable[None]]  # to the server on this port


async def run(quick: bool) -> dict[str, Any]:
    """Measure every server with every number of subscribers."""
    extent = QUICK if quick else FULL
    _pin(_LOAD_CORE)
    rows: list[dict[str, Any]] = []
    with throwaway() as embedded:
        async with staged(embedded, max(extent.subscribers)) as stage:
            servers = [_ours(stage, embedded.environment()), *_peers(stage)]
            for number in extent.subscribers:
                rows += [await _measured(each, stage, number, extent.seconds) for each in servers]
    missing = [] if len(servers) > 1 else [f"not measured: {', '.join(PACKAGES)} are missing"]
    return {"rows": rows, "notes": missing}


def table(results: Mapping[str, Any]) -> str:
    """The results for people."""
    columns = {
        "server": "server",
        "subscribers": "subscribers",
        "p50_ms": "p50 ms",
        "p99_ms": "p99 ms",
        "cpu_us_per_message": "server CPU µs per message",
        "kib_per_connection": "KiB per connection",
        "received": "received",
    }
    lines = [list(columns.values()), ["---"] * len(columns)]
    lines += [[str(row[name]) for name in columns] for row in results["rows"]]
    text = [f"| {' | '.join(line)} |" for line in lines]
    return "\n".join([*text, *results["notes"]])


def _ours(stage: Stage, environ: Mapping[str, str]) -> Server:
    async def publish(_port: int, tally: Tally) -> None:
        await stage.publish(tally)

    command = (sys.executable, "-m", "bench.subscription_server", "--port")
    return Server("assistenz-portal", command, environ, publish)


def _peers(stage: Stage) -> Iterator[Server]:
    """Node's graphql-ws, if it is there; BENCH_NODE_MODULES names another folder of packages."""

    versions = count(2)

    async def publish(port: int, tally: Tally) -> None:
        version = next(versions)
        tally.published[version] = tally.clock()
        async with httpx.AsyncClient() as client:
            await client.post(f"http://127.0.0.1:{port}/", json={"version": version})

    script = _node_script()
    if script is not None:
        environ = {"ORDER_ID": stage.order_id, "NODE_ENV": "production"}
        yield Server("Node graphql-ws", ("node", str(script)), environ, publish)


def _node_script() -> Path | None:
    """The peer's script, beside its packages: that is where Node looks for them."""
    here = Path(__file__).parent / "node"
    folder = Path(os.environ.get("BENCH_NODE_MODULES", here / "node_modules"))
    if shutil.which("node") is None or not all((folder / each).is_dir() for each in PACKAGES):
        return None
    if folder.parent != here:
        shutil.copy(here / "subscriptions.mjs", folder.parent)
    return folder.parent / "subscriptions.mjs"


async def _measured(server: Server, stage: Stage, number: int, seconds: int) -> dict[str, Any]:
    port = free_port(0)
    tally = Tally(asyncio.get_running_loop().time)
    with _running(server, port) as process:
        await _answering(process, port)
        await _warm(server, stage, port)
        before = _resident_kib(process.pid)
        subscribers = await _subscribed(tally, port, stage, stage.tokens[:number])
        await asyncio.sleep(2)
        memory = (_resident_kib(process.pid) - before) / number
        spent = _cpu_ns(process.pid)
        await _publish_all(server, port, tally, seconds)
        await _received(tally, number * seconds)
        spent = _cpu_ns(process.pid) - spent
        for each in subscribers:
            each.leave()
    return _row(server, number, seconds, tally, memory, spent)


def _row(  # noqa: PLR0913, PLR0917  what was measured, once
    server: Server, number: int, seconds: int, tally: Tally, memory: float, spent: int
) -> dict[str, Any]:
    cuts = quantiles(tally.delays, n=100)
    return {
        "server": server.name,
        "subscribers": number,
        "p50_ms": round(cuts[49] * 1e3, 1),
        "p99_ms": round(cuts[98] * 1e3, 1),
        "cpu_us_per_message": round(spent / 1e3 / len(tally.delays), 1),
        "kib_per_connection": round(memory, 1),
        "received": f"{len(tally.delays)} of {number * seconds}",
    }


async def _warm(server: Server, stage: Stage, port: int) -> None:
    """Let one subscriber come, hear an event and go, so that nothing is measured for the first."""
    tally = Tally(asyncio.get_running_loop().time)
    (first,) = await _subscribed(tally, port, stage, stage.tokens[:1])
    await _publish_all(server, port, tally, 1)
    first.leave()


async def _subscribed(
    tally: Tally, port: int, stage: Stage, tokens: Sequence[str]
) -> list[Subscriber]:
    payload = {"query": QUERY, "variables": {"id": stage.order_id}}
    message = orjson.dumps({"id": "1", "type": "subscribe", "payload": payload})
    turn = asyncio.Semaphore(_HANDSHAKES)

    async def one(token: str) -> Subscriber:
        async with turn:
            subscriber = await connected(tally, port)
            await subscriber.begin(port, "/graphql", token, message)
            return subscriber

    return list(await asyncio.gather(*(one(each) for each in tokens)))


async def _publish_all(server: Server, port: int, tally: Tally, seconds: int) -> None:
    """One change per second."""
    for _ in range(seconds):
        begun = tally.clock()
        await server.publish(port, tally)
        await asyncio.sleep(max(0.0, begun + 1 - tally.clock()))


async def _received(tally: Tally, number: int) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE):
            while len(tally.delays) < number:  # noqa: ASYNC110  counted by thousands of sockets
                await asyncio.sleep(0.1)


@contextmanager
def _running(server: Server, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    environ = {**os.environ, **server.environ, "PORT": str(port)}
    command = [*server.command, *([str(port)] if server.command[0] == sys.executable else [])]
    pinned = ["taskset", "-c", str(_SERVER_CORE)] if _can_pin() else []
    process = subprocess.Popen([*pinned, *command], env=environ, cwd=_ROOT)  # noqa: S603  our own
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


async def _answering(process: "subprocess.Popen[bytes]", port: int) -> None:
    async with asyncio.timeout(_PATIENCE):
        while process.poll() is None:
            with suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                return
            await asyncio.sleep(0.1)
    raise RuntimeError(f"the server ended with {process.returncode}")


def _can_pin() -> bool:
    cores = os.sched_getaffinity(0) | {_SERVER_CORE} if hasattr(os, "sched_getaffinity") else set()
    return len(cores) > 1 and shutil.which("taskset") is not None


def _pin(core: int) -> None:
    if _can_pin():
        os.sched_setaffinity(0, {core})


def _cpu_ns(pid: int) -> int:
    """The processor time of all threads."""
    threads = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((each / "schedstat").read_text().split()[0]) for each in threads)


def _resident_kib(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    print(table(uvloop.run(run(parser.parse_args().quick))))
