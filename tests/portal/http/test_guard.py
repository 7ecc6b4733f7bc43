"""Bodies and query strings that must never reach the parser, let alone a resolver."""

import json
import time
from collections.abc import AsyncIterator

import httpx
import pytest

from portal.http.guard import parse_object
from portal.http.refusal import Refusal
from tests.portal.http.hostile import MALFORMED
from tests.portal.http.toy import toy_app
from tests.portal.http.toy_graph import World

JSON = {"content-type": "application/json"}

# Seconds. Work that doubles with each step would not end at all; this is no measurement.
NOT_EXPONENTIAL = 5.0


def nested(depth: int) -> str:
    """An object that is nested `depth` deep."""
    return '{"a":' + "[" * (depth - 1) + "]" * (depth - 1) + "}"


@pytest.mark.parametrize("body", MALFORMED)
async def test_a_malformed_body_is_a_400_in_json(client: httpx.AsyncClient, body: bytes) -> None:
    answer = await client.post("/graphql", content=body, headers=JSON)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


def test_json_may_be_nested_32_deep() -> None:
    assert parse_object(nested(32))
    with pytest.raises(Refusal):
        parse_object(nested(33))


def test_a_number_may_have_64_digits() -> None:
    assert parse_object('{"a":' + "1" * 64 + "}")
    with pytest.raises(Refusal):
        parse_object('{"a":' + "1" * 65 + "}")


def test_brackets_and_digits_within_strings_do_not_count() -> None:
    text = "[{" * 100 + '\\"' + "1" * 100 + "\\\\"
    assert parse_object('{"a":"' + text + '"}')


@pytest.mark.parametrize("piece", ['"', '\\"', "[]", '"\\', "\\", '""', "1", '{"a":1},'])
def test_the_scan_is_linear(piece: str) -> None:
    text = '{"a":"' + piece * (262_144 // len(piece))
    started = time.perf_counter()
    with pytest.raises(Refusal):
        parse_object(text)
    assert time.perf_counter() - started < NOT_EXPONENTIAL


async def test_a_pair_of_surrogates_is_a_character(client: httpx.AsyncClient) -> None:
    body = b'{"query":"query ($n: String!) { hello(name: $n) }","variables":{"n":"\\ud83c\\udfc3"}}'
    answer = await client.post("/graphql", content=body, headers=JSON)
    assert answer.json()["data"] == {"hello": "hello 🏃"}


async def test_a_body_may_have_256_kib(client: httpx.AsyncClient) -> None:
    body = json.dumps({"query": "{ hello }"}).encode()
    fitting = body + b" " * (262_144 - len(body))
    assert (await client.post("/graphql", content=fitting, headers=JSON)).status_code == 200
    answer = await client.post("/graphql", content=fitting + b" ", headers=JSON)
    assert answer.status_code == 413
    assert answer.json()["errors"][0]["extensions"]["code"] == "LIMIT_EXCEEDED"


async def test_a_streamed_body_without_length_is_counted(client: httpx.AsyncClient) -> None:
    sent = 0

    async def chunks() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(1_000):
            sent += 65_536
            yield b" " * 65_536

    answer = await client.post("/graphql", content=chunks(), headers=JSON)
    assert answer.status_code == 413


async def test_a_body_that_does_not_arrive_is_given_up(world: World) -> None:
    async def never() -> dict[str, object]:
        await world.release.wait()
        return {"type": "http.disconnect"}

    sent: list[dict[str, object]] = []

    async def send(message: object) -> None:
        sent.append(dict(message))  # type: ignore[call-overload]

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/graphql",
        "query_string": b"",
        "headers": [(b"host", b"localhost"), (b"content-type", b"application/json")],
    }
    await toy_app(world, body_seconds=0.05)(scope, never, send)
    assert sent[0]["status"] == 408


@pytest.mark.parametrize(
    "content_type",
    [
        None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
        "application/graphql", "application/jsonp", "application/json; charset=latin-1", "json", "",
    ],
)  # fmt: skip
async def test_only_json_is_taken(client: httpx.AsyncClient, content_type: str | None) -> None:
    headers = {} if content_type is None else {"content-type": content_type}
    answer = await client.post("/graphql", content=b'{"query":"{hello}"}', headers=headers)
    assert answer.status_code == 415
    assert answer.json()["errors"][0]["extensions"]["code"] == "UNSUPPORTED_MEDIA_TYPE"


async def test_a_compressed_body_is_refused(client: httpx.AsyncClient) -> None:
    headers = JSON | {"content-encoding": "gzip"}
    answer = await client.post("/graphql", content=b'{"query":"{hello}"}', headers=headers)
    assert answer.status_code == 415


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("query=%7Bhello%7D", 200),
        ("query=%7Bhello%7D&variables=&operationName=&extensions=", 200),
        ("query=%7Bhello%7D&other=1", 200),
        ("", 400),
        ("query=", 400),
        ("query=%7Bhello%7D&query=%7Bhello%7D", 400),
        ("query=%7Bhello%7D&variables=7", 400),
        ("query=%7Bhello%7D&variables=%5B%5D", 400),
        ("query=%7Bhello%7D&variables=nonsense", 400),
        ("query=%7Bhello%7D&operationName=null", 400),
        ("query=%ff", 400),
        ("a&" * 100 + "query=%7Bhello%7D", 400),
        ("query=" + "a" * 49_152, 414),
    ],
)
async def test_query_strings(client: httpx.AsyncClient, query: str, status: int) -> None:
    answer = await client.get(f"/graphql?{query}")
    assert answer.status_code == status
    assert ("errors" in answer.json()) is (status != 200)


async def test_a_refusal_names_the_parameter_that_cannot_be_read(client: httpx.AsyncClient) -> None:
    answer = await client.get("/graphql?query=%7Bhello%7D&variables=nonsense")
    assert answer.json()["errors"][0]["message"] == "'variables' is not valid JSON."
