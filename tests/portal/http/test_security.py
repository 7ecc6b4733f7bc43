"""Foreign hosts, origins and sites, and the headers of every answer."""

import httpx
import pytest

from tests.portal.http.toy import client_of, toy_app
from tests.portal.http.toy_graph import World

BODY = {"query": "{ hello }"}
ORIGIN = "https://front.example"


def code_of(answer: httpx.Response) -> str:
    return str(answer.json()["errors"][0]["extensions"]["code"])


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("localhost", 200),
        ("LOCALHOST:9", 200),
        ("[::1]:8000", 200),
        ("portal.example", 200),
        ("api:8000", 200),
        ("evil.example", 400),
        ("127.0.0.1.evil.example", 400),
        ("portal.example.evil", 400),
        ("portal.example@evil.example", 400),
        ("[::1", 400),
        ("", 400),
    ],
)
async def test_only_known_hosts_are_answered(world: World, host: str, status: int) -> None:
    app = toy_app(world, public_url="https://portal.example", extra_hosts=frozenset({"api"}))
    async with client_of(app) as client:
        answer = await client.post("/graphql", json=BODY, headers={"host": host})
    assert answer.status_code == status
    if status != 200:
        assert code_of(answer) == "HOST_UNKNOWN"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"origin": "http://127.0.0.1:8000"}, 200),
        ({"origin": "http://localhost:8000", "host": "localhost:8000"}, 200),
        ({"origin": ORIGIN, "sec-fetch-site": "cross-site"}, 200),
        ({"origin": "http://localhost:8000"}, 403),
        ({"origin": "http://127.0.0.1:8001"}, 403),
        ({"origin": "https://127.0.0.1:8000"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "https://front.example.evil"}, 403),
        ({"origin": "HTTPS://front.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "none"}, 200),
    ],
)
async def test_post_is_taken_from_known_origins_only(
    world: World, headers: dict[str, str], status: int
) -> None:
    async with client_of(toy_app(world, allowed_origins=frozenset({ORIGIN}))) as client:
        answer = await client.post("/graphql", json=BODY, headers=headers)
    assert answer.status_code == status
    assert world.executed == (status == 200)


async def test_behind_tls_an_origin_without_it_is_foreign(world: World) -> None:
    async with client_of(toy_app(world, public_url="https://portal.example")) as client:
        host = {"host": "portal.example"}
        good = await client.post(
            "/graphql", json=BODY, headers=host | {"origin": "https://portal.example"}
        )
        bad = await client.post(
            "/graphql", json=BODY, headers=host | {"origin": "http://portal.example"}
        )
    assert (good.status_code, bad.status_code) == (200, 403)


@pytest.mark.parametrize(
    ("site", "status"),
    [(None, 200), ("same-origin", 200), ("none", 200), ("cross-site", 403), ("Cross-Site", 403)],
)
async def test_get_is_refused_from_other_sites(
    client: httpx.AsyncClient, world: World, site: str | None, status: int
) -> None:
    headers = {"sec-fetch-site": site} if site else {}
    answer = await client.get("/graphql", params=BODY, headers=headers)
    assert answer.status_code == status
    assert world.executed == (status == 200)


async def test_a_mutation_in_a_get_is_not_executed(client: httpx.AsyncClient, world: World) -> None:
    answer = await client.get("/graphql", params={"query": "mutation { touch }"})
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert world.executed == 0


@pytest.mark.parametrize("address", ["/graphql?query=%7Bhello%7D", "/graphql", "/nowhere"])
async def test_every_answer_carries_the_protecting_headers(
    client: httpx.AsyncClient, address: str
) -> None:
    headers = (await client.get(address)).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "access-control-allow-origin" not in headers


async def test_a_listed_origin_may_read_answers_and_nobody_else(world: World) -> None:
    async with client_of(toy_app(world, allowed_origins=frozenset({ORIGIN}))) as client:
        headers = {"origin": ORIGIN, "access-control-request-method": "POST"}
        preflight = await client.options("/graphql", headers=headers)
        foreign = await client.options(
            "/graphql", headers=headers | {"origin": "https://e.example"}
        )
        answer = await client.post("/graphql", json=BODY, headers={"origin": ORIGIN})
    assert preflight.status_code == 204
    assert "Content-Type" in preflight.headers["access-control-allow-headers"]
    for allowed in (preflight, answer):
        assert allowed.headers["access-control-allow-origin"] == ORIGIN
        assert allowed.headers["access-control-allow-credentials"] == "true"
        assert "Origin" in allowed.headers["vary"]
    assert "access-control-allow-origin" not in foreign.headers
    assert "access-control-allow-headers" not in foreign.headers
