"""How many SQL statements a read costs, counted on the wire between our server and PostgreSQL."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import UUID

from bench.client import body_of, connect, is_success, post
from bench.district import District
from bench.peers import OURS, python_peers
from bench.processes import started
from bench.stage import Stage
from domain.ids import encode
from models.database import Address, parse_url
from portal.failure import CommandError

LENGTHS = (1, 10, 100)
_REPEATS = 4
_STATEMENT = frozenset(b"EQ")  # Execute and simple Query of PostgreSQL's protocol

_PAGE = """query($first: Int!) { orders(first: $first) { nodes { id state seeker { firstName }
  activities { code } matches(first: 2) { nodes { id assistant { firstName } } } } } }"""
_SUGGESTED = """query($first: Int!) { suggestedOrders(first: $first) { nodes { id state
  activities { code label } municipality { name } seeker { firstName } myMatch { state } } } }"""
_MATCHES = """query($id: ID!, $first: Int!) { order(id: $id) { matches(first: $first) { nodes {
  id state assistant { firstName activities { code } municipality { name } } } } } }"""
_ENTITIES = """query($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on Order { id municipality { name } activities { code } } } }"""


class CountingProxy:
    """Passes everything on to PostgreSQL and counts the statements that go by."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self.count = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of the server."""
        address = self._address
        if address.host.startswith("/"):
            there = await asyncio.open_unix_connection(f"{address.host}/.s.PGSQL.{address.port}")
        else:
            there = await asyncio.open_connection(address.host, address.port)
        try:
            await asyncio.gather(self._requests(reader, there[1]), _answers(there[0], writer))
        finally:
            there[1].close()
            writer.close()

    async def _requests(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            start = await reader.readexactly(4)
            writer.write(start + await reader.readexactly(int.from_bytes(start) - 4))
            while True:
                head = await reader.readexactly(5)
                writer.write(head + await reader.readexactly(int.from_bytes(head[1:]) - 4))
                self.count += head[0] in _STATEMENT
        writer.close()


async def _answers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(65_536):
            writer.write(data)
    writer.close()


@asynccontextmanager
async def _counting(stage: Stage, folder: Path) -> AsyncIterator[tuple[CountingProxy, str]]:
    """A proxy beside PostgreSQL and the address that leads through it."""
    address = parse_url(stage.database_url)
    proxy = CountingProxy(address)
    socket = folder / ".s.PGSQL.5432"
    async with await asyncio.start_unix_server(proxy.serve, path=socket):
        yield (
            proxy,
            (f"postgres://{address.user}:{address.password}@/{address.database}?host={folder}"),
        )


@dataclass(frozen=True, slots=True)
class _Case:
    document: str
    viewer: Callable[[District], UUID]
    variables: Callable[[District, int], dict[str, Any]]


def _references(district: District, length: int) -> dict[str, Any]:
    ids = [encode("order", district.key, each) for each in district.orders[:length]]
    return {"representations": [{"__typename": "Order", "id": each} for each in ids]}


def _of_long(district: District, length: int) -> dict[str, Any]:
    return {"id": encode("order", district.key, district.long[0][0]), "first": length}


_CASES: Mapping[str, _Case] = MappingProxyType(
    {
        "orders (staff)": _Case(_PAGE, lambda d: d.staff[0], lambda _, n: {"first": n}),
        "suggestedOrders (coordinator)": _Case(
            _SUGGESTED, lambda d: d.coordinators[0][0], lambda _, n: {"first": n}
        ),
        "matches of an order (seeker)": _Case(_MATCHES, lambda d: d.long[0][1], _of_long),
        "_entities (gateway)": _Case(_ENTITIES, lambda d: d.staff[0], _references),
    }
)


async def count_statements(stage: Stage) -> dict[str, list[int]]:
    """The statements of each list read, for 1, 10 and 100 rows, the session's one included."""
    folder = stage.folder / "wire"
    folder.mkdir()
    async with _counting(stage, folder) as (proxy, url):
        environment = {**stage.environment(), "DATABASE_URL": url}
        ours = [peer for peer in python_peers() if peer.name == OURS]
        manager = started(ours, environment, folder)
        (server,) = await asyncio.to_thread(manager.__enter__)
        try:
            return {
                name: [await _least(proxy, server.port, stage.district, case, n) for n in LENGTHS]
                for name, case in _CASES.items()
            }
        finally:
            await asyncio.to_thread(manager.__exit__, None, None, None)


async def _least(
    proxy: CountingProxy, port: int, district: District, case: _Case, length: int
) -> int:
    """The least of a few tries: the server also looks for events once a second."""
    body = json.dumps({"query": case.document, "variables": case.variables(district, length)})
    request = post("/graphql", district.tokens[case.viewer(district)], body.encode())
    connection = await connect(port)
    counts = []
    for _ in range(_REPEATS):
        before = proxy.count
        answer = await connection.ask(request)
        if not is_success(answer):
            raise CommandError(f"The portal refuses a list: {body_of(answer)[:300].decode()}")
        counts.append(proxy.count - before)
    connection.close()
    return min(counts)
