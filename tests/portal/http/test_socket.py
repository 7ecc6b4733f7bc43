"""The graphql-transport-ws protocol over a real server, with its close codes."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Subprotocol

from domain.errors import NotFound
from portal.http.wire import LeanSocket
from tests.portal.http.toy import MARKER, SESSION, World, eventually, served, toy_app

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


async def test_queries_mutations_and_subscriptions(world: World) -> None:
    async with ready(world) as socket:
        await subscribe(socket, "1", "{ hello }")
        answer = await hear(socket)
        assert (answer["id"], answer["type"]) == ("1", "next")
        assert answer["payload"]["data"] == {"hello": "hello world"}
        assert answer["payload"]["extensions"]["cost"] == {"requested": 1, "limit": 5_000}
        assert await hear(socket) == {"id": "1", "type": "complete"}
        await subscribe(socket, "1", "mutation { touch }")
        assert (await hear(socket))["payload"]["data"] == {"touch": 2}
        assert await hear(socket) == {"id": "1", "type": "complete"}
        await subscribe(socket, "1", "subscription { count(to: 2) { value } }")
        values = [(await hear(socket))["payload"]["data"]["count"]["value"] for _ in range(2)]
        assert values == [1, 2]
        assert await hear(socket) == {"id": "1", "type": "complete"}


async def test_every_operation_gets_a_fresh_context(world: World) -> None:
    async with ready(world) as socket:
        before = len(world.callers)
        for operation in ("1", "2"):
            await subscribe(socket, operation, "{ hello }")
            await hear(socket)
            await hear(socket)
        assert len(world.callers) == before + 2
        assert {each.transport for each in world.callers} == {"websocket"}


@pytest.mark.parametrize(
    "message",
    [
        "{", "null", "7", '"x"', "[]", "[" * 20_000, b"binary", "{}", {"type": 7},
        {"type": "start"},
        {"type": "connection_init", "payload": "x"}, {"type": "ping", "payload": []},
        {"type": "connection_init", "payload": {"authorization": 7}},
        {"type": "subscribe", "id": {}, "payload": {"query": "{hello}"}},
        {"type": "subscribe", "id": "", "payload": {"query": "{hello}"}},
        {"type": "subscribe", "id": "x" * 129, "payload": {"query": "{hello}"}},
        {"type": "subscribe", "payload": {"query": "{hello}"}}, {"type": "complete"},
        {"type": "complete", "id": 1},
    ],
)  # fmt: skip
async def test_an_invalid_message_closes_with_4400(world: World, message: Any) -> None:
    async with opened(world) as socket:
        await tell(socket, message)
        assert await closing(socket) == 4400


@pytest.mark.parametrize(
    "payload",
    [
        None,
        {},
        {"query": 1},
        {"query": "{hello}", "variables": []},
        {"query": "{a}", "operationName": 1},
    ],
)
async def test_a_malformed_operation_closes_with_4400(world: World, payload: Any) -> None:
    async with ready(world) as socket:
        await tell(socket, {"id": "1", "type": "subscribe", "payload": payload})
        assert await closing(socket) == 4400


async def test_nothing_is_executed_before_the_acknowledgement(world: World) -> None:
    async with opened(world) as socket:
        await subscribe(socket, "1", "{ hello }")
        assert await closing(socket) == 4401
    assert world.executed == 0


async def test_initialisation_has_a_time_limit(world: World) -> None:
    async with opened(world, init_seconds=0.05) as socket:
        assert await closing(socket) == 4408


async def test_initialisation_happens_once(world: World) -> None:
    async with ready(world) as socket:
        await tell(socket, INIT)
        assert await closing(socket) == 4429


async def test_an_id_in_use_closes_with_4409(world: World) -> None:
    async with ready(world) as socket:
        await subscribe(socket, "1", "subscription { endless { value } }")
        await hear(socket)
        await subscribe(socket, "1", "{ hello }")
        assert await closing(socket) == 4409
    assert (world.alive, world.finished) == (0, 1)


async def test_an_id_is_free_again_after_complete(world: World) -> None:
    async with ready(world) as socket:
        for _ in range(3):
            await subscribe(socket, "1", "subscription { endless { value } }")
            await hear(socket)
            await tell(socket, {"id": "1", "type": "complete"})
        await eventually(lambda: world.finished == 3)
        await tell(socket, {"id": "unknown", "type": "complete"})
        await subscribe(socket, "1", "{ hello }")
        assert (await hear(socket))["type"] == "next"


@pytest.mark.parametrize("offered", [None, [Subprotocol("graphql-ws")]])
async def test_other_subprotocols_are_refused(
    world: World, offered: list[Subprotocol] | None
) -> None:
    async with (
        served(toy_app(world)) as address,
        connect(f"ws://{address}/graphql", subprotocols=offered) as socket,
    ):
        assert await closing(socket) == 4406


@pytest.mark.parametrize("payload", [None, {"a": 1}])
async def test_a_ping_is_answered(world: World, payload: Any) -> None:
    async with opened(world) as socket:
        await tell(socket, {"type": "ping", "payload": payload})
        expected = {"type": "pong"} if payload is None else {"type": "pong", "payload": payload}
        assert await hear(socket) == expected
        await tell(socket, {"type": "pong"})
        await tell(socket, INIT)
        assert await hear(socket) == {"type": "connection_ack"}


@pytest.mark.parametrize(
    ("token", "language"),
    [("authorization", "acceptLanguage"), ("Authorization", "Accept-Language")],
)
async def test_the_first_message_may_carry_the_token_and_the_language(
    world: World, token: str, language: str
) -> None:
    async with opened(world) as socket:
        payload = {token: "Bearer good", language: "en"}
        await tell(socket, INIT | {"payload": payload})
        await hear(socket)
        await subscribe(socket, "1", "{ role language }")
        assert (await hear(socket))["payload"]["data"] == {"role": "SEEKER", "language": "en"}


@pytest.mark.parametrize("authorization", ["Bearer wrong", "good", ""])
async def test_a_token_that_is_none_closes_with_4403(world: World, authorization: str) -> None:
    async with opened(world) as socket:
        await tell(socket, INIT | {"payload": {"authorization": authorization}})
        assert await closing(socket) == 4403


async def test_the_cookie_of_the_handshake_counts(world: World) -> None:
    async with (
        served(toy_app(world)) as address,
        connect(
            f"ws://{address}/graphql",
            subprotocols=[PROTOCOL],
            additional_headers={"Cookie": "sid=good"},
        ) as socket,
    ):
        await tell(socket, INIT)
        await hear(socket)
        await subscribe(socket, "1", "{ role }")
        assert (await hear(socket))["payload"]["data"] == {"role": "SEEKER"}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("query ($n: Int!) { number(value: $n) }", "BAD_USER_INPUT"),
        ("{ " + "hello " * 21 + "}", "LIMIT_EXCEEDED"),
        ("mutation { signIn touch }", "LIMIT_EXCEEDED"),
        ("{ orders(first: 101) { totalCount } }", "LIMIT_EXCEEDED"),
        ("subscription { count { value } }", "GRAPHQL_VALIDATION_FAILED"),
    ],
)
async def test_a_refused_operation_ends_with_an_error(world: World, query: str, code: str) -> None:
    async with ready(world) as socket:
        await subscribe(socket, "1", query)
        answer = await hear(socket)
        assert (answer["id"], answer["type"]) == ("1", "error")
        assert answer["payload"][0]["extensions"]["code"] == code
        await subscribe(socket, "1", "{ hello }")
        assert (await hear(socket))["type"] == "next"


async def test_an_unexpected_error_is_masked(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    async with ready(world) as socket:
        await subscribe(socket, "1", "{ broken }")
        answers = [await hear(socket), await hear(socket)]
        assert answers[1] == {"id": "1", "type": "complete"}
        assert "INTERNAL" in json.dumps(answers)
        assert MARKER not in json.dumps(answers) + caplog.text


@pytest.mark.parametrize("field", ["failing", "away"])
async def test_a_subscription_that_fails_closes_the_socket_so_that_its_reader_resumes(
    world: World, caplog: pytest.LogCaptureFixture, field: str
) -> None:
    async with ready(world) as socket:
        await subscribe(socket, "1", f"subscription {{ {field} {{ value }} }}")
        assert (await hear(socket))["payload"]["data"] == {field: {"value": 1}}
        with pytest.raises(ConnectionClosed):
            await hear(socket)
        assert socket.close_code == 1012
    assert MARKER not in caplog.text


async def test_a_subscription_that_cannot_begin_closes_the_socket(world: World) -> None:
    async with ready(world) as socket:
        world.context_error = ConnectionRefusedError(MARKER)
        await subscribe(socket, "1", "subscription { endless { value } }")
        with pytest.raises(ConnectionClosed):
            await hear(socket)
        assert socket.close_code == 1012


async def test_a_subscription_that_may_not_be_opened_has_errors_and_no_data(world: World) -> None:
    world.opening_error = NotFound(field="orderId")
    async with ready(world) as socket:
        await subscribe(socket, "1", "subscription { mine: shared { value } }")
        refusal = await hear(socket)
        assert (refusal["id"], refusal["type"]) == ("1", "error")
        (error,) = refusal["payload"]
        assert error["path"] == ["mine"]
        assert error["extensions"]["code"] == "NOT_FOUND"
        world.opening_error = None
        await subscribe(socket, "1", "{ hello }")
        assert (await hear(socket))["type"] == "next"


async def test_a_subscription_that_fails_to_open_closes_the_socket(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.opening_error = ConnectionRefusedError(MARKER)
    async with ready(world) as socket:
        await subscribe(socket, "1", "subscription { shared { value } }")
        with pytest.raises(ConnectionClosed):
            await hear(socket)
        assert socket.close_code == 1012
    assert MARKER not in caplog.text


async def test_an_expected_refusal_is_told_and_ends_the_subscription_alone(world: World) -> None:
    async with ready(world) as socket:
        await subscribe(socket, "1", "subscription { refusing { value } }")
        await hear(socket)
        refusal = await hear(socket)
        assert refusal["payload"]["errors"][0]["extensions"]["code"] == "NOT_FOUND"
        assert await hear(socket) == {"id": "1", "type": "complete"}
        await subscribe(socket, "1", "{ hello }")
        assert (await hear(socket))["type"] == "next"


@pytest.mark.parametrize(
    "query", ["mutation { signIn }", "mutation { ...F } fragment F on Mutation { a: signIn }"]
)
async def test_nobody_signs_in_over_a_socket(world: World, query: str) -> None:
    async with ready(world) as socket:
        contexts = len(world.callers)
        await subscribe(socket, "1", query)
        answer = await hear(socket)
        assert (answer["id"], answer["type"]) == ("1", "error")
        assert answer["payload"][0]["extensions"]["code"] == "TRANSPORT_REFUSED"
        assert "use HTTP" in answer["payload"][0]["message"]
        assert len(world.callers) == contexts


async def test_an_idempotency_key_belongs_to_no_socket(world: World) -> None:
    async with served(toy_app(world)) as address:
        with pytest.raises(InvalidStatus) as caught:
            await connect(
                f"ws://{address}/graphql",
                subprotocols=[PROTOCOL],
                additional_headers={"Idempotency-Key": "k"},
            )
    assert caught.value.response.status_code == 400


@pytest.mark.parametrize("level", ["info", "debug"])
async def test_the_log_of_a_socket_names_no_client_and_no_word_of_it(
    world: World, level: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async with (
        served(toy_app(world), level) as address,
        connect(f"ws://{address}/graphql?{MARKER}", subprotocols=[PROTOCOL]) as socket,
    ):
        await tell(socket, INIT)
        await hear(socket)
        await subscribe(socket, "1", '{ hello(name: "' + MARKER + '") }')
        await hear(socket)
        with pytest.raises(InvalidStatus):
            await connect(f"ws://{address}/{MARKER}", subprotocols=[PROTOCOL])
    log = capsys.readouterr().err
    assert "startup complete" in log
    assert MARKER not in log
    assert "127.0.0.1:" not in log


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
