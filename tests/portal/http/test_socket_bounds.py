"""What one socket, one viewer and one address may cost, and when a socket is closed."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from portal.http.wire import LeanSocket
from tests.portal.http.sockets import INIT, PROTOCOL, closing, hear, opened, ready, subscribe, tell
from tests.portal.http.toy import eventually, served, toy_app
from tests.portal.http.toy_graph import SESSION, World


async def test_a_slow_reader_is_closed_with_4413(world: World) -> None:
    async with ready(world) as socket:
        await subscribe(socket, "1", "subscription { overflowing { value } }")
        assert await closing(socket) == 4413


@pytest.mark.parametrize("awakes", [True, False])
async def test_who_stops_reading_costs_a_bounded_buffer_and_is_closed_with_4413(
    world: World, monkeypatch: pytest.MonkeyPatch, awakes: bool
) -> None:
    monkeypatch.setattr(LeanSocket, "patience", 0.5)
    app = toy_app(world)
    async with (
        served(app) as address,
        raw_subscriber(address, "subscription { flood { eventId } }") as reader,
    ):
        await eventually(lambda: world.executed > 3)
        await eventually(lambda: len(app.state.face.connections) == 0, seconds=20)
        assert world.executed < 150
        if awakes:
            async with asyncio.timeout(10):
                assert (await reader.read()).endswith(b"\x11\x3dSlow consumer")


async def test_a_slow_reader_who_goes_on_in_time_loses_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LeanSocket, "patience", 5.0)
    async with (
        served(toy_app(world)) as address,
        raw_subscriber(address, "subscription { flood { eventId } }") as reader,
    ):
        for _ in range(3):
            before = world.executed
            await asyncio.sleep(0.2)
            await reader.readexactly(8_000_000)
            await eventually(lambda: world.executed > before + 10)  # noqa: B023


@asynccontextmanager
async def raw_subscriber(address: str, query: str) -> AsyncIterator[asyncio.StreamReader]:
    """A subscriber that reads nothing by itself; its frames are masked with zeros."""
    host, port = address.split(":")
    reader, writer = await asyncio.open_connection(host, int(port), limit=1_000)
    lines = [
        "GET /graphql HTTP/1.1", f"Host: {address}", "Connection: Upgrade", "Upgrade: websocket",
        "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        f"Sec-WebSocket-Protocol: {PROTOCOL}", "", "",
    ]  # fmt: skip
    writer.write("\r\n".join(lines).encode())
    await reader.readuntil(b"\r\n\r\n")
    for message in (INIT, {"id": "1", "type": "subscribe", "payload": {"query": query}}):
        data = json.dumps(message).encode()
        writer.write(bytes((0x81, 0x80 | len(data))) + b"\0\0\0\0" + data)
    try:
        yield reader
    finally:
        writer.transport.abort()


async def test_a_socket_has_a_bounded_number_of_operations(world: World) -> None:
    async with ready(world) as socket:
        for number in range(21):
            await subscribe(socket, str(number), "subscription { endless { value } }")
        answers = [await hear(socket) for _ in range(21)]
        refused = [each for each in answers if each["type"] == "error"]
        assert [each["id"] for each in refused] == ["20"]
        assert refused[0]["payload"][0]["extensions"]["code"] == "LIMIT_EXCEEDED"
        assert world.alive == 20
    await eventually(lambda: world.alive == 0)
    assert world.finished == 20


async def test_a_lost_connection_ends_every_generator(world: World) -> None:
    app = toy_app(world)
    async with served(app) as address:
        socket = await connect(f"ws://{address}/graphql", subprotocols=[PROTOCOL])
        await tell(socket, INIT)
        for number in range(5):
            await subscribe(socket, str(number), "subscription { endless { value } }")
        await eventually(lambda: world.alive == 5)
        socket.transport.abort()
        await eventually(lambda: world.alive == 0)
        await eventually(lambda: len(app.state.face.connections) == 0)
    assert world.finished == 5


async def test_a_revoked_session_closes_its_sockets(world: World) -> None:
    app = toy_app(world)
    async with (
        served(app) as address,
        connect(f"ws://{address}/graphql", subprotocols=[PROTOCOL]) as socket,
        connect(f"ws://{address}/graphql", subprotocols=[PROTOCOL]) as other,
    ):
        await tell(socket, INIT | {"payload": {"authorization": "Bearer good"}})
        await tell(other, INIT)
        await hear(socket)
        await hear(other)
        await subscribe(socket, "1", "subscription { endless { value } }")
        await hear(socket)
        assert app.state.face.connections.revoke(SESSION) == 1
        assert await closing(socket) == 4403
        await subscribe(other, "1", "{ hello }")
        assert (await hear(other))["type"] == "next"
    assert world.alive == 0


async def test_rights_are_asked_about_again(world: World) -> None:
    async with opened(world, reauthenticate_seconds=0.02) as socket:
        await tell(socket, INIT | {"payload": {"authorization": "Bearer good"}})
        await hear(socket)
        world.context_error = ConnectionRefusedError()
        await asyncio.sleep(0.1)
        world.context_error = None
        await tell(socket, {"type": "ping"})
        assert await hear(socket) == {"type": "pong"}
        world.revoked = True
        assert await closing(socket) == 4403


async def test_stopping_the_server_closes_with_1012(world: World) -> None:
    app = toy_app(world)
    async with served(app) as address:
        socket = await connect(f"ws://{address}/graphql", subprotocols=[PROTOCOL])
        await tell(socket, INIT)
        await subscribe(socket, "1", "subscription { endless { value } }")
        await eventually(lambda: world.alive == 1)
    assert await closing(socket) == 1012
    assert (world.alive, world.finished) == (0, 1)


async def test_too_many_messages_close_with_4429(world: World) -> None:
    async with opened(world, message_burst=5, messages_per_second=0.001) as socket:
        for _ in range(6):
            await tell(socket, {"type": "pong"})
        assert await closing(socket) == 4429


async def test_a_big_message_closes_with_1009(world: World) -> None:
    async with opened(world) as socket:
        await tell(socket, {"type": "ping", "payload": {"a": "x" * 65_536}})
        assert await closing(socket) == 1009


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
async def test_a_foreign_page_opens_no_socket(world: World, origin: str) -> None:
    async with served(toy_app(world)) as address:
        with pytest.raises(InvalidStatus) as caught:
            await connect(
                f"ws://{address}/graphql",
                subprotocols=[PROTOCOL],
                additional_headers={"Origin": origin},
            )
    response = caught.value.response
    assert response.status_code == 403
    assert json.loads(response.body or b"")["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def test_the_own_page_opens_a_socket(world: World) -> None:
    async with (
        served(toy_app(world)) as address,
        connect(
            f"ws://{address}/graphql",
            subprotocols=[PROTOCOL],
            additional_headers={"Origin": f"http://{address}"},
        ) as socket,
    ):
        await tell(socket, INIT)
        assert await hear(socket) == {"type": "connection_ack"}


async def test_sockets_per_address_are_bounded(world: World) -> None:
    async with (
        served(toy_app(world, connections_per_address=1)) as address,
        connect(f"ws://{address}/graphql", subprotocols=[PROTOCOL]),
    ):
        with pytest.raises(InvalidStatus) as caught:
            await connect(f"ws://{address}/graphql", subprotocols=[PROTOCOL])
        assert caught.value.response.status_code == 429


async def test_sockets_per_viewer_are_bounded(world: World) -> None:
    good = INIT | {"payload": {"authorization": "Bearer good"}}
    async with (
        served(toy_app(world, connections_per_viewer=1)) as address,
        connect(f"ws://{address}/graphql", subprotocols=[PROTOCOL]) as first,
        connect(f"ws://{address}/graphql", subprotocols=[PROTOCOL]) as second,
    ):
        await tell(first, good)
        await hear(first)
        await tell(second, good)
        assert await closing(second) == 4429


async def test_signing_out_over_the_socket_closes_it(world: World) -> None:
    async with ready(world) as socket:
        await subscribe(socket, "1", "mutation { signOut }")
        assert await closing(socket) == 4403
