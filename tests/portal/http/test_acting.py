"""Whom a caller acts for, on every way in, and what a door that refuses it is answered with."""

import httpx

from portal.http.refusal import Refusal
from tests.portal.http.asking import ask, code_of
from tests.portal.http.sockets import INIT, closing, hear, opened, subscribe, tell
from tests.portal.http.toy_graph import World

SUBSCRIPTION = "subscription { count(to: 1) { value } }"
REFUSED = Refusal(403, "ACTING_REFUSED", "No more.")


async def test_the_header_and_the_first_message_say_for_whom(
    client: httpx.AsyncClient, world: World
) -> None:
    await ask(client, "{ hello }", headers={"acting-for": "delegation_1"})
    await ask(client, "{ hello }")
    assert [each.acting_for for each in world.callers] == ["delegation_1", None]
    async with opened(world) as socket:
        await tell(socket, INIT | {"payload": {"actingFor": "delegation_2"}})
        await hear(socket)
        await subscribe(socket, "1", "{ hello }")
        await hear(socket)
    assert world.callers[-1].acting_for == "delegation_2"


async def test_who_may_not_act_is_answered_with_403_and_without_data(
    client: httpx.AsyncClient, world: World
) -> None:
    world.context_error = REFUSED
    streamed = {"accept": "text/event-stream"}
    for query, headers in (("{ hello }", {}), (SUBSCRIPTION, streamed)):
        answer = await ask(client, query, headers=headers)
        assert (answer.status_code, code_of(answer)) == (403, "ACTING_REFUSED")
        assert "data" not in answer.json()
        assert "Acting-For" in answer.headers["vary"]


async def test_a_socket_of_who_may_not_act_closes_with_4403(world: World) -> None:
    world.context_error = REFUSED
    async with opened(world) as socket:
        await tell(socket, INIT | {"payload": {"actingFor": "delegation_1"}})
        assert await closing(socket) == 4403


async def test_who_may_act_no_longer_is_told_at_the_next_operation(world: World) -> None:
    async with opened(world) as socket:
        await tell(socket, INIT)
        await hear(socket)
        world.context_error = REFUSED
        for number, query in enumerate(("{ hello }", SUBSCRIPTION)):
            await subscribe(socket, str(number), query)
            said = await hear(socket)
            assert said["type"] == "error"
            assert said["payload"][0]["extensions"]["code"] == "ACTING_REFUSED"
