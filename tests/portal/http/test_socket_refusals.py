"""What a socket says of operations that are refused or fail, and what its log keeps to itself."""

import json
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from domain.errors import NotFound
from tests.portal.http.sockets import INIT, PROTOCOL, hear, ready, subscribe, tell
from tests.portal.http.toy import served, toy_app
from tests.portal.http.toy_graph import MARKER, World


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


async def test_whoever_is_gone_before_the_answer_is_no_failure(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    sent = iter(
        [{"type": "websocket.connect"}, {"type": "websocket.receive", "text": json.dumps(INIT)}]
    )

    async def receive() -> Any:
        return next(sent)

    async def send(message: Any) -> None:
        if message["type"] != "websocket.accept":
            raise OSError

    scope = {
        "type": "websocket",
        "path": "/graphql",
        "headers": [(b"host", b"127.0.0.1:8000")],
        "subprotocols": [PROTOCOL],
    }
    await toy_app(world)(scope, receive, send)
    assert len(world.callers) == 1
    assert "request failed" not in caplog.text


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
        assert "use HTTP" in answer["payload"][0]["extensions"]["detail"]
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
