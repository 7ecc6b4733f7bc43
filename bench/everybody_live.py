"""A release in a running portal: how long until the seeker's page and an assistant's list show it.

An order is followed by server-sent events, without a browser; relay and worker are the product's.
"""

import asyncio
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager, contextmanager
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any
from uuid import UUID

from bench.client import body_of, connect, post
from bench.district import Size
from bench.peers import ROOT, python_peers
from bench.processes import Running, started
from bench.stage import Stage, staged
from domain.ids import uuid7
from domain.keys import Keys
from domain.states import OPEN_FOR_ANSWERS
from models.database import connect as open_pool
from models.database import disconnect, execute, fetch, transaction
from models.order import Order
from portal.failure import CommandError
from services.offer import forget_offers
from services.session import ABSOLUTE, token_of
from services.suggestion import SLICE, suggest_slice, suggest_to

Say = Callable[[str], None]

RELEASES, CHANGED = 12, 20
_OPEN_SHARE = 0.64  # of the generated orders are open for answers
_MATCHES = 5
_PATIENCE = 30.0
_CREATE = """mutation ($input: CreateOrderInput!) { createOrder(input: $input) {
  ... on Order { id } ... on Refusal { message } } }"""
_RELEASE = """mutation ($input: OrderInput!) { releaseOrder(input: $input) {
  ... on Order { id } ... on Refusal { message } } }"""
_FOLLOW = """subscription ($id: ID!) { orderChanged(orderId: $id) {
  ... on OrderChanged { kind order { suggestedCount } } } }"""
_LIST = "{ suggestedOrders(first: 100) { nodes { id } } }"
_WINDOWS = [{"weekday": day, "start": "08:00", "end": "18:00"} for day in range(1, 8)]


def measure(assistants: int, orders: int, say: Say) -> dict[str, Any]:
    """Milliseconds from a release to what people see, and what a slice costs with its writes."""
    made = int(orders / _OPEN_SHARE)
    size = Size(seekers=500, assistants=assistants, orders=made, matches=_MATCHES * made)
    with staged(os.environ, size, say) as stage, ExitStack() as stack:
        say(f"Comparing a slice of {SLICE} orders with everybody, writes included.")
        found = asyncio.run(_slice(stage))
        (server,) = stack.enter_context(
            started(python_peers()[:1], stage.environment(), stage.folder)
        )
        for role in ("relay", "worker"):
            stack.enter_context(_process(role, stage))
        say(f"Releasing {RELEASES} orders and looking on.")
        found |= asyncio.run(_releases(stage, server))
        say(f"Comparing {CHANGED} assistants with every open order, writes included.")
        return found | asyncio.run(_changes(stage))


@contextmanager
def _process(role: str, stage: Stage) -> Iterator[None]:
    process = subprocess.Popen(  # noqa: S603  our own command
        [sys.executable, "-m", "portal", role],
        cwd=ROOT,
        env=stage.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
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


async def _slice(stage: Stage) -> dict[str, float]:
    async with _database(stage):
        before = await _count()
        begin = time.perf_counter()
        async with transaction():
            await suggest_slice(UUID(int=0))
        return {
            "slice": SLICE,
            "slice_s": time.perf_counter() - begin,
            "slice_pairs": await _count() - before,
        }


async def _changes(stage: Stage) -> dict[str, float]:
    """What the job of a changed assistant takes, each in a transaction of its own."""
    async with _database(stage):
        rows = await fetch("SELECT id FROM assistants ORDER BY md5(id::text) LIMIT $1", CHANGED)
        times = []
        for row in rows:
            begin = time.perf_counter()
            async with transaction():
                await suggest_to(row["id"])
            times.append((time.perf_counter() - begin) * 1000)
        return {
            "open": await Order.filter(state__in=sorted(OPEN_FOR_ANSWERS)).count(),
            "changes": len(times),
            "to_p50": median(times),
            "to_max": max(times),
        }


async def _count() -> int:
    (row,) = await fetch("SELECT count(*) AS number FROM matches")
    return int(row["number"])


@asynccontextmanager
async def _database(stage: Stage) -> AsyncIterator[None]:
    forget_offers()
    await open_pool(stage.database_url, pool_size=2, application_name="bench")
    try:
        yield
    finally:
        await disconnect()
        forget_offers()


async def _releases(stage: Stage, server: Running) -> dict[str, float]:
    async with _database(stage):
        seekers = list(dict.fromkeys(seeker for _, seeker in stage.district.answered))
        times = [
            await _release(stage, server.port, stage.district.tokens[seekers[at % len(seekers)]])
            for at in range(RELEASES + 1)
        ][1:]  # the first one also lets the processes read the offers
    return {
        "count_ms": median(count for count, _ in times) * 1000,
        "count_max": max(count for count, _ in times) * 1000,
        "list_ms": median(seen for _, seen in times) * 1000,
        "list_max": max(seen for _, seen in times) * 1000,
    }


async def _release(stage: Stage, port: int, token: str) -> tuple[float, float]:
    """Seconds until a follower has a number, and until the best assistant's list has the order."""
    order = (await _ask(port, token, _CREATE, {"input": _draft()}))["createOrder"]["id"]
    following, page = await _follow(port, token, order)
    begin = time.perf_counter()
    await _ask(port, token, _RELEASE, {"input": {"orderId": order}})
    async with asyncio.timeout(_PATIENCE):
        counted, listed = await asyncio.gather(
            _told(following, begin), _listed(stage, port, order, begin)
        )
    page.close()
    return counted, listed


async def _told(following: asyncio.StreamReader, begin: float) -> float:
    while not await _number(following):
        pass
    return time.perf_counter() - begin


async def _listed(stage: Stage, port: int, order: str, begin: float) -> float:
    """Does not wait for the number; a session is made for whoever is asked first."""
    helper = None
    while helper is None:
        helper = await _session_of_first(stage, order)
    while order not in json.dumps(await _ask(port, helper, _LIST, {})):
        pass
    return time.perf_counter() - begin


def _draft() -> Mapping[str, Any]:
    return {
        "kind": "RECURRING",
        "description": "Hilfe beim Einkaufen",
        "activities": ["HAU_EINKAUFEN"],
        "qualities": [{"code": each, "must": False} for each in ("ALL_NICHTRAUCHER", "MOB_AUTO")],
        "windows": _WINDOWS,
        "startDate": str(date.today() + timedelta(days=14)),  # noqa: DTZ011  any day will do
        "interval": "WEEK",
        "count": 1,
    }


async def _ask(port: int, token: str, query: str, variables: Mapping[str, Any]) -> Any:
    connection = await connect(port)
    try:
        said = json.dumps({"query": query, "variables": variables}).encode()
        answer = json.loads(body_of(await connection.ask(post("/graphql", token, said))))
    finally:
        connection.close()
    if "errors" in answer or "message" in json.dumps(answer["data"]):
        raise CommandError(f"The portal refused an operation of the bench: {answer}")
    return answer["data"]


async def _follow(
    port: int, token: str, order: str
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """An open page, which has been told the present state."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    said = json.dumps({"query": _FOLLOW, "variables": {"id": order}}).encode()
    request = post("/graphql", token, said)
    writer.write(request.replace(b"Accept: application/json", b"Accept: text/event-stream"))
    while b'"SNAPSHOT"' not in await reader.readline():
        pass
    return reader, writer


async def _number(reader: asyncio.StreamReader) -> int:
    line = await reader.readline()
    if not line.startswith(b"data:") or b"suggestedCount" not in line:
        return 0
    told = json.loads(line.removeprefix(b"data:"))
    return int(told["data"]["orderChanged"]["order"]["suggestedCount"] or 0)


async def _session_of_first(stage: Stage, order: str) -> str | None:
    """A token of an assistant who sees the order among few others; None before anybody is asked."""
    rows = await fetch(
        "SELECT assistant_id FROM matches WHERE order_id = $1 AND assistant_id IS NOT NULL "
        "AND waits_until IS NULL ORDER BY score DESC, id LIMIT 1",
        UUID(hex=order.rpartition("_")[2]),
    )
    if not rows:
        return None
    identity, now = uuid7(), datetime.now(UTC)
    token = token_of(identity, Keys(stage.secret_key.encode()))
    await execute(
        "INSERT INTO sessions (id, token_hash, user_id, created_at, last_seen_at, expires_at) "
        "VALUES ($1, $2, $3, $4, $4, $5)",
        identity,
        hashlib.sha256(token.encode()).digest(),
        rows[0]["assistant_id"],
        now,
        now + ABSOLUTE,
    )
    return token
