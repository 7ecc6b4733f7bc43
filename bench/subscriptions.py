"""How live updates fan out: many subscribers of one order, ours beside Node's graphql-ws.

The server under test has core 0 to itself; PostgreSQL, Redis and the load share core 1. A delay
runs from before the change is written to the receipt by a subscriber. The peer keeps the order in
memory and asks for no session; ours writes the event to PostgreSQL, checks every session and reads
the order anew.
"""

import asyncio
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from statistics import quantiles
from typing import Any

import httpx
import orjson
import uvloop

from bench.machine import OTHERS_CORE, SERVER_CORE, on_core, processor_ns, resident_bytes
from bench.peers import NODE, ROOT, install_node
from bench.subscription_client import Subscriber, Tally, connected
from bench.subscription_stage import Stage, staged
from portal.embedded import throwaway
from portal.probe import free_port

QUERY = """subscription Follow($id: ID!) { orderChanged(orderId: $id) { __typename
  ... on OrderChanged { eventId kind
    order { id version state kind description suggestedCount acceptedCount } } } }"""

_HANDSHAKES = 10  # at the same time, as many as the pool has connections
_PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is measured."""

    subscribers: tuple[int, ...]
    seconds: int


_MOST_KIB, _MOST_MICROSECONDS = 25, 30
_COLUMNS = {
    "server": "server",
    "subscribers": "subscribers",
    "p50_ms": "p50 ms",
    "p99_ms": "p99 ms",
    "cpu_us_per_message": "server CPU µs per message",
    "kib_per_connection": "KiB per connection",
    "received": "received",
}
FULL = Extent((1_000, 5_000), 20)
QUICK = Extent((1_000,), 5)


@dataclass(frozen=True, slots=True)
class Server:
    """A server under test: how it is started, and how a change is published to it."""

    name: str
    command: tuple[str, ...]
    environ: Mapping[str, str]
    publish: Callable[[int, Tally], Awaitable[None]]  # to the server on this port


def measure(say: Callable[[str], None], *, quick: bool) -> dict[str, Any]:
    """Every server with every number of subscribers; without Node ours alone."""
    node = install_node(say)
    with on_core(OTHERS_CORE):
        rows: list[dict[str, Any]] = uvloop.run(_run(QUICK if quick else FULL, say, node=node))
    return {"rows": rows}


def tables(found: Mapping[str, Any]) -> Iterator[str]:
    """The figures as lines of Markdown."""
    if found["quick"]:
        yield from ("A quick trial: not to be quoted.", "")
    yield f"| {' | '.join(_COLUMNS.values())} |"
    yield f"| --- |{' ---: |' * (len(_COLUMNS) - 1)}"
    for row in found["rows"]:
        yield f"| {' | '.join(str(row[name]) for name in _COLUMNS)} |"
    most = max(row["subscribers"] for row in found["rows"])
    ours, *peers = [row for row in found["rows"] if row["subscribers"] == most]
    yield from ("", "**Targets**", "")
    for peer in peers:
        yield _target("p99 in ms", ours["p99_ms"], peer["p99_ms"], "of Node in the same run")
    yield _target("KiB per connection", ours["kib_per_connection"], _MOST_KIB, "at most")
    yield _target("µs per message", ours["cpu_us_per_message"], _MOST_MICROSECONDS, "at most")


def _target(name: str, value: float, wanted: float, word: str) -> str:
    reached = "reached" if value <= wanted else "NOT reached"
    return f"- {name}: {value}, {word} {wanted}: {reached}"


async def _run(extent: Extent, say: Callable[[str], None], *, node: bool) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    with throwaway() as embedded:
        async with staged(embedded, max(extent.subscribers)) as stage:
            servers = [_ours(stage, embedded.environment())]
            servers += [_peer(stage)] if node else []
            for number in extent.subscribers:
                for server in servers:
                    say(f"Following with {number:,} subscribers: {server.name}.")
                    rows.append(await _measured(server, stage, number, extent.seconds))
    return rows


def _ours(stage: Stage, environ: Mapping[str, str]) -> Server:
    async def publish(_port: int, tally: Tally) -> None:
        await stage.publish(tally)

    command = (sys.executable, "-m", "bench.subscription_server", "--port")
    return Server("this portal", command, environ, publish)


def _peer(stage: Stage) -> Server:
    """Node's graphql-ws."""
    versions = count(2)

    async def publish(port: int, tally: Tally) -> None:
        version = next(versions)
        tally.published[version] = tally.clock()
        async with httpx.AsyncClient() as client:
            await client.post(f"http://127.0.0.1:{port}/", json={"version": version})

    environ = {"ORDER_ID": stage.order_id, "NODE_ENV": "production"}
    return Server("Node graphql-ws", ("node", str(NODE / "subscriptions.mjs")), environ, publish)


async def _measured(server: Server, stage: Stage, number: int, seconds: int) -> dict[str, Any]:
    port = free_port(0)
    tally = Tally(asyncio.get_running_loop().time)
    with _running(server, port) as process:
        await _answering(process, port)
        await _warm(server, stage, port)
        before = resident_bytes(process.pid)
        subscribers = await _subscribed(tally, port, stage, stage.tokens[:number])
        await asyncio.sleep(2)
        memory = (resident_bytes(process.pid) - before) / 1024 / number
        spent = processor_ns(process.pid)
        await _publish_all(server, port, tally, seconds)
        await _received(tally, number * seconds)
        spent = processor_ns(process.pid) - spent
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
    with on_core(SERVER_CORE):
        process = subprocess.Popen(command, env=environ, cwd=ROOT)  # noqa: S603  our own
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
