"""Event streams: framing, resuming, keeping alive, and leaving nothing behind."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from tests.portal.http.toy import client_of, eventually, served, toy_app
from tests.portal.http.toy_graph import MARKER, SESSION, World

STREAM = {"accept": "text/event-stream"}


@asynccontextmanager
async def real_client(world: World, **changes: Any) -> AsyncIterator[httpx.AsyncClient]:
    async with (
        served(toy_app(world, **changes)) as address,
        httpx.AsyncClient(base_url=f"http://{address}") as client,
    ):
        yield client


async def read(client: httpx.AsyncClient, query: str, **headers: str) -> httpx.Response:
    return await client.post("/graphql", json={"query": query}, headers=STREAM | headers)


async def test_events_have_ids_and_end_with_complete(client: httpx.AsyncClient) -> None:
    answer = await read(client, "subscription { count(to: 2) { eventId value } }")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert answer.headers["x-accel-buffering"] == "no"
    assert answer.headers["cache-control"] == "no-store"
    assert "\r" not in answer.text
    first, second, end, rest = answer.text.split("\n\n")
    lines = first.split("\n")
    assert lines[:2] == ["event: next", "id: 1"]
    payload = json.loads(lines[2].removeprefix("data: "))
    assert payload["data"] == {"count": {"eventId": "1", "value": 1}}
    assert payload["extensions"]["cost"]["limit"] == 5_000
    assert second.split("\n")[1] == "id: 2"
    assert (end, rest) == ("event: complete\ndata: ", "")


async def test_an_event_without_an_id_has_no_id_line(client: httpx.AsyncClient) -> None:
    answer = await read(client, "subscription { count(to: 1) { value } }")
    assert "id:" not in answer.text


async def test_the_last_event_id_reaches_the_resolver(client: httpx.AsyncClient) -> None:
    query = "subscription { count(to: 3) { eventId } }"
    answer = await client.get(
        "/graphql", params={"query": query}, headers=STREAM | {"last-event-id": "2"}
    )
    assert answer.text.count("event: next") == 1
    assert "id: 3\n" in answer.text


async def test_a_query_comes_as_json_unless_streams_are_preferred(
    client: httpx.AsyncClient,
) -> None:
    both = {"accept": "application/json, text/event-stream"}
    answer = await client.post("/graphql", json={"query": "{ hello }"}, headers=both)
    assert answer.json()["data"] == {"hello": "hello world"}
    answer = await read(client, "{ hello }")
    assert answer.text.startswith('event: next\ndata: {"data":{"hello":"hello world"}')
    assert answer.text.endswith("\n\nevent: complete\ndata: \n\n")


async def test_a_refused_document_is_told_in_the_stream(client: httpx.AsyncClient) -> None:
    answer = await read(client, "subscription { nothing }")
    assert answer.status_code == 200
    assert "GRAPHQL_VALIDATION_FAILED" in answer.text
    assert answer.text.endswith("event: complete\ndata: \n\n")


@pytest.mark.parametrize(("field", "code"), [("failing", "INTERNAL"), ("away", "UNAVAILABLE")])
async def test_an_unexpected_error_breaks_the_stream_off_so_that_its_reader_resumes(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture, field: str, code: str
) -> None:
    answer = await read(client, f"subscription {{ {field} {{ value }} }}")
    assert answer.text.count("event: next") == 1
    assert "complete" not in answer.text
    assert f"code={code}" in caplog.text
    assert MARKER not in answer.text + caplog.text


async def test_an_expected_refusal_is_told_and_completes_the_stream(
    client: httpx.AsyncClient,
) -> None:
    answer = await read(client, "subscription { refusing { value } }")
    assert answer.text.count("event: next") == 2
    assert '"code":"NOT_FOUND"' in answer.text
    assert answer.text.endswith("event: complete\ndata: \n\n")


async def test_a_slow_reader_is_cut_without_complete(client: httpx.AsyncClient) -> None:
    answer = await read(client, "subscription { overflowing { value } }")
    assert answer.text.count("event: next") == 1
    assert "complete" not in answer.text


async def test_silence_is_filled_with_comments_and_leaving_ends_the_generator(
    world: World,
) -> None:
    async with real_client(world, keep_alive_seconds=0.02) as client:
        body = {"query": "subscription { endless { value } }"}
        async with client.stream("POST", "/graphql", json=body, headers=STREAM) as answer:
            lines = answer.aiter_lines()
            seen = [await anext(lines) for _ in range(6)]
            assert seen[0] == "event: next"
            assert ":" in seen
            assert world.alive == 1
        await eventually(lambda: world.alive == 0)
        assert world.finished == 1


async def test_stopping_the_server_ends_streams_at_once(world: World) -> None:
    app = toy_app(world)
    async with served(app) as address, httpx.AsyncClient(base_url=f"http://{address}") as client:
        reading = asyncio.ensure_future(read(client, "subscription { endless { value } }"))
        await eventually(lambda: world.alive == 1)
        app.state.face.connections.stop()
        answer = await reading
        assert "complete" not in answer.text
    assert (world.alive, world.finished) == (0, 1)


async def test_a_revoked_session_ends_its_streams(world: World) -> None:
    app = toy_app(world)
    async with client_of(app) as client:
        query = "subscription { endless { value } }"
        reading = asyncio.ensure_future(read(client, query, authorization="Bearer good"))
        await eventually(lambda: world.alive == 1)
        assert app.state.face.connections.revoke(SESSION) == 1
        await reading
    assert (world.alive, len(app.state.face.connections)) == (0, 0)


async def test_rights_are_asked_about_again(world: World) -> None:
    async with client_of(toy_app(world, reauthenticate_seconds=0.02)) as client:
        query = "subscription { endless { value } }"
        reading = asyncio.ensure_future(read(client, query, authorization="Bearer good"))
        await eventually(lambda: world.recognised > 4)
        assert world.alive == 1
        world.revoked = True
        await reading
    assert world.alive == 0


@pytest.mark.parametrize("changes", [{"connections_per_address": 1}, {"connections_per_viewer": 1}])
async def test_streams_are_counted(world: World, changes: dict[str, int]) -> None:
    app = toy_app(world, **changes)
    async with client_of(app) as client:
        query = "subscription { endless { value } }"
        reading = asyncio.ensure_future(read(client, query, authorization="Bearer good"))
        await eventually(lambda: world.alive == 1)
        answer = await read(client, query, authorization="Bearer good")
        assert answer.status_code == 429
        assert answer.json()["errors"][0]["extensions"]["code"] == "RATE_LIMITED"
        app.state.face.connections.stop()
        await reading
        assert len(app.state.face.connections) == 0


async def test_the_process_has_a_bounded_number_of_connections(world: World) -> None:
    app = toy_app(world, connections=1)
    async with client_of(app) as client:
        query = "subscription { endless { value } }"
        reading = asyncio.ensure_future(read(client, query))
        await eventually(lambda: world.alive == 1)
        answer = await read(client, query)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
        app.state.face.connections.stop()
        await reading
