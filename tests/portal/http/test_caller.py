"""Who calls over plain HTTP: sessions, keys, networks, and how much is under way for one."""

import asyncio

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from portal.http.app import create_app
from portal.http.values import FaceValues
from services.limiter import network_of
from tests.portal.http.asking import ask, code_of
from tests.portal.http.toy import ToyDoor, client_of, eventually, render, toy_app
from tests.portal.http.toy_graph import SEEKER, World, toy_schema


async def test_signing_in_sets_the_cookie_and_signing_out_clears_it(
    client: httpx.AsyncClient,
) -> None:
    answer = await ask(client, "mutation { signIn }")
    assert answer.headers["set-cookie"] == "sid=fresh; HttpOnly; Path=/; SameSite=Lax"
    answer = await ask(client, "mutation { signOut }")
    assert answer.headers["set-cookie"] == 'sid=""; HttpOnly; Max-Age=0; Path=/; SameSite=Lax'
    assert "set-cookie" not in (await ask(client, "{ hello }")).headers


async def test_behind_tls_the_cookie_belongs_to_the_host_alone(world: World) -> None:
    app = toy_app(world, public_url="https://portal.example")
    async with client_of(app) as client:
        answer = await ask(client, "mutation { signIn }", headers={"host": "portal.example"})
        cookie = "__Host-sid=fresh; HttpOnly; Path=/; SameSite=Lax; Secure"
        assert answer.headers["set-cookie"] == cookie
        assert "max-age" in answer.headers["strict-transport-security"]
        await ask(client, "{ hello }", headers={"cookie": "sid=good"})
        await ask(client, "{ hello }", headers={"cookie": "__Host-sid=good"})
    assert [each.token for each in world.callers[1:]] == [None, "good"]


@pytest.mark.parametrize(
    ("headers", "token"),
    [
        ({"authorization": "Bearer good"}, "good"),
        ({"authorization": "bearer  good "}, "good"),
        ({"authorization": "Basic good"}, None),
        ({"authorization": "Bearer"}, None),
        ({"authorization": "Bearer " + "x" * 600}, None),
        ({"cookie": "sid=good"}, "good"),
        ({"cookie": "sid=other", "authorization": "Bearer good"}, "good"),
        ({}, None),
    ],
)
async def test_the_token_comes_from_the_bearer_or_the_cookie(
    client: httpx.AsyncClient, world: World, headers: dict[str, str], token: str | None
) -> None:
    await ask(client, "{ hello }", headers=headers)
    assert world.callers[-1].token == token


async def test_the_caller_carries_what_the_headers_say(
    client: httpx.AsyncClient, world: World
) -> None:
    headers = {"accept-language": "en", "idempotency-key": "k1"}
    answer = await ask(client, "{ language }", headers=headers)
    assert answer.json()["data"] == {"language": "en"}
    caller = world.callers[-1]
    assert (caller.idempotency_key, caller.transport) == ("k1", "http")
    assert caller.client_address == "127.0.0.1"


@pytest.mark.parametrize("key", ["", "x" * 256, "a\tb"])
async def test_an_idempotency_key_is_short_and_printable(
    client: httpx.AsyncClient, key: str
) -> None:
    answer = await ask(client, "mutation { touch }", headers={"idempotency-key": key})
    assert (answer.status_code, code_of(answer)) == (400, "BAD_USER_INPUT")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("mutation { touch }", 200),
        ("mutation { touch b: touch }", 400),
        ("mutation { touch ...F } fragment F on Mutation { b: touch }", 400),
        ("query { hello language }", 200),
    ],
)
@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json"])
async def test_an_idempotency_key_stands_for_one_mutation(
    client: httpx.AsyncClient, world: World, query: str, status: int, accept: str
) -> None:
    headers = {"idempotency-key": "k1", "accept": accept}
    answer = await ask(client, query, headers=headers)
    assert answer.status_code == status
    if status == 400:
        assert code_of(answer) == "BAD_USER_INPUT"
        assert "one mutation" in answer.json()["errors"][0]["message"]
        assert world.executed == 0


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
    ],
)
async def test_an_ipv6_address_counts_as_its_network(
    world: World, address: str, counted: str
) -> None:
    transport = httpx.ASGITransport(app=toy_app(world), client=(address, 4711))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        await ask(client, "{ hello }")
    found = world.callers[-1].client_address
    assert found == counted
    assert network_of(found) == network_of(address)


async def test_an_operation_may_take_its_time_but_no_more(world: World) -> None:
    async with client_of(toy_app(world, operation_seconds=0.05)) as client:
        answer = await ask(client, "{ slow }")
    assert (answer.status_code, code_of(answer)) == (503, "UNAVAILABLE")
    assert answer.json()["errors"][0]["extensions"]["remedy"]
    assert answer.headers["retry-after"]
    assert world.running == 0


async def test_a_caller_has_a_bounded_number_of_operations_under_way(world: World) -> None:
    app = toy_app(world, concurrency=2, waiting=1)
    async with client_of(app) as client:
        asked = [asyncio.ensure_future(ask(client, "{ slow }")) for _ in range(4)]
        await eventually(lambda: any(each.done() for each in asked))
        good = asyncio.ensure_future(ask(client, "{ slow }", headers={"cookie": "sid=good"}))
        await eventually(lambda: world.running == 3)
        world.release.set()
        answers = [await each for each in asked]
        assert (await good).status_code == 200
    assert sorted(each.status_code for each in answers) == [200, 200, 200, 429]
    refused = next(each for each in answers if each.status_code == 429)
    assert code_of(refused) == "RATE_LIMITED"
    assert refused.headers["retry-after"] == "1"


async def test_waiting_for_a_place_ends(world: World) -> None:
    app = toy_app(world, concurrency=1, waiting_seconds=0.05)
    async with client_of(app) as client:
        first = asyncio.ensure_future(ask(client, "{ slow }"))
        await eventually(lambda: world.running == 1)
        assert (await ask(client, "{ slow }")).status_code == 429
        world.release.set()
        assert (await first).status_code == 200


async def test_signing_out_ends_the_open_connections_of_the_session(world: World) -> None:
    app = toy_app(world)
    connections = app.state.face.connections
    connection = connections.open("127.0.0.1")
    connection.viewer = SEEKER
    async with client_of(app) as client:
        await ask(client, "mutation { signOut }", headers={"cookie": "sid=good"})
    assert connection.ended.result().code == 4403


async def test_a_browser_gets_the_page(world: World) -> None:
    async def page(_request: Request) -> Response:
        return HTMLResponse("<p>page</p>")

    values = FaceValues(public_url="http://127.0.0.1:8000")
    app = create_app(toy_schema(), ToyDoor(World()), values, render=render, page=page)
    async with client_of(app) as client:
        answer = await client.get("/graphql", headers={"accept": "text/html,*/*;q=0.8"})
    assert answer.text == "<p>page</p>"
    assert "default-src 'self'" in answer.headers["content-security-policy"]
