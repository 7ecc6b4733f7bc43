"""What the tests of the socket share: opening one, telling, hearing, how it closes."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from tests.portal.http.toy import served, toy_app
from tests.portal.http.toy_graph import World

PROTOCOL = Subprotocol("graphql-transport-ws")
INIT = {"type": "connection_init"}


@asynccontextmanager
async def opened(world: World, **changes: Any) -> AsyncIterator[ClientConnection]:
    async with (
        served(toy_app(world, **changes)) as address,
        connect(f"ws://{address}/graphql", subprotocols=[PROTOCOL]) as socket,
    ):
        yield socket


@asynccontextmanager
async def ready(world: World, **changes: Any) -> AsyncIterator[ClientConnection]:
    async with opened(world, **changes) as socket:
        await tell(socket, INIT)
        assert await hear(socket) == {"type": "connection_ack"}
        yield socket


async def tell(socket: ClientConnection, message: Any) -> None:
    await socket.send(message if isinstance(message, str | bytes) else json.dumps(message))


async def hear(socket: ClientConnection) -> Any:
    async with asyncio.timeout(5):
        return json.loads(await socket.recv())


async def subscribe(socket: ClientConnection, operation: str, query: str, **more: Any) -> None:
    payload = {"query": query, **more}
    await tell(socket, {"id": operation, "type": "subscribe", "payload": payload})


async def closing(socket: ClientConnection) -> int:
    """The close code, after whatever else was still under way."""
    async with asyncio.timeout(5):
        with suppress(ConnectionClosed):
            while True:
                await socket.recv()
    return socket.close_code or 0
