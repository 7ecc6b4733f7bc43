"""A value that does not fit is refused alike, whichever way it comes."""

import json
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import connect

from notifications.language import Language
from notifications.refusal import explain_value
from tests.portal.http.sockets import PROTOCOL, hear, tell
from tests.portal.http.toy import served, toy_app
from tests.portal.http.toy_graph import MARKER, World

READ = "query ($n: Int!) { number(value: $n) }"
FOLLOW = "subscription ($n: Int!) { count(to: $n) { value } }"


def refused(error: dict[str, Any], language: Language, field: str) -> None:
    said = explain_value("Int", language)
    assert (error["message"], error["extensions"]["remedy"]) == (said.message, said.remedy)
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["extensions"]["field"] == field
    assert error["extensions"]["detail"] == "Expected a value of type 'Int'."
    assert MARKER not in json.dumps(error)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
@pytest.mark.parametrize(("query", "field"), [(READ, "value"), (FOLLOW, "to")])
async def test_over_http_and_as_an_event_stream(
    client: httpx.AsyncClient, language: Language, accept: str, query: str, field: str
) -> None:
    headers = {"accept": accept, "accept-language": language.value}
    body = {"query": query, "variables": {"n": MARKER}}
    answer = await client.post("/graphql", json=body, headers=headers)
    text = answer.text.partition("data: ")[2].partition("\n")[0] or answer.text
    (error,) = json.loads(text)["errors"]
    refused(error, language, field)
    assert json.loads(text)["extensions"]["cost"]["requested"]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("query", "field"), [(READ, "value"), (FOLLOW, "to")])
async def test_over_a_socket(world: World, language: Language, query: str, field: str) -> None:
    async with (
        served(toy_app(world)) as address,
        connect(f"ws://{address}/graphql", subprotocols=[PROTOCOL]) as socket,
    ):
        spoken = {"acceptLanguage": language.value}
        await tell(socket, {"type": "connection_init", "payload": spoken})
        await hear(socket)
        payload = {"query": query, "variables": {"n": MARKER}}
        await tell(socket, {"id": "1", "type": "subscribe", "payload": payload})
        answer = await hear(socket)
        assert answer["type"] == "error"
        (error,) = answer["payload"]
        refused(error, language, field)
        payload["variables"] = {"n": 2**40}
        await tell(socket, {"id": "1", "type": "subscribe", "payload": payload})
        assert (await hear(socket))["type"] == "error"


async def test_a_literal_is_refused_like_a_variable(client: httpx.AsyncClient) -> None:
    query = f'{{ number(value: "{MARKER}") other: number(value: 1.5) }}'
    answer = await client.post("/graphql", json={"query": query}, headers={"accept-language": "en"})
    assert answer.status_code == 400
    for error in answer.json()["errors"]:
        refused(error, Language.EN, "value")
    assert len(answer.json()["errors"]) == 2


async def test_nothing_is_executed_and_nobody_looked_up(
    client: httpx.AsyncClient, world: World
) -> None:
    await client.post("/graphql", json={"query": READ, "variables": {}})
    assert not world.callers
