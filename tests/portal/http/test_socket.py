"""The graphql-transport-ws protocol over a real server, with its close codes."""

from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from tests.portal.http.sockets import INIT, PROTOCOL, closing, hear, opened, ready, subscribe, tell
from tests.portal.http.toy import eventually, served, toy_app
from tests.portal.http.toy_graph import World


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
