"""The audits of the npm package graphql-http, by their ids, against a real server."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.portal.http.toy import served, toy_app
from tests.portal.http.toy_graph import World

NEW = "application/graphql-response+json"
OLD = "application/json"
TYPENAME = "{ __typename }"
UNKNOWN = "{ ___8f31403dfe404bccbb0e835f2629c6a7 }"
NAMED = "query Type($name: String!) { __type(name: $name) { name } }"
COERCE = "query CoerceFailure($id: ID!){ __typename }"
WRONG = [{"obj": "ect"}, 0, False, ["array"]]
WRONG_MAP = ["string", 0, False, ["array"]]


@pytest.fixture(scope="module")
async def server() -> AsyncIterator[httpx.AsyncClient]:
    async with (
        served(toy_app(World())) as address,
        httpx.AsyncClient(base_url=f"http://{address}", headers={"accept": ""}) as client,
    ):
        del client.headers["accept"]
        yield client


async def post(
    server: httpx.AsyncClient, body: Any, accept: str | None = None, content_type: str | None = OLD
) -> httpx.Response:
    headers = {"accept": accept} if accept else {}
    if content_type:
        headers["content-type"] = content_type
    content = body if isinstance(body, str) else json.dumps(body)
    return await server.post("/graphql", content=content, headers=headers)


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        pytest.param(NEW, NEW, id="22EB"),
        pytest.param(OLD, OLD, id="4655"),
        pytest.param("*/*", OLD, id="47DE"),
        pytest.param(None, OLD, id="80D8"),
    ],
)
async def test_the_media_type_follows_accept(
    server: httpx.AsyncClient, accept: str | None, media: str
) -> None:
    answer = await post(server, {"query": TYPENAME}, accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"{media}; charset=utf-8"
    assert json.loads(answer.content.decode("utf-8"))["data"] == {"__typename": "Query"}  # 82A3


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        pytest.param(
            {"query": '{ __type(name: "Run🏃Swim🏊") { name } }'},
            OLD + "; charset=utf-8",
            id="BF61",
        ),
        pytest.param({"query": TYPENAME}, OLD, id="78D5-2C94-03D4"),
    ],
)
async def test_utf_8_is_understood(server: httpx.AsyncClient, body: Any, content_type: str) -> None:
    assert (await post(server, body, content_type=content_type)).status_code == 200


@pytest.mark.parametrize("accept", [pytest.param(NEW, id="D6D5"), pytest.param(OLD, id="6A70")])
async def test_get_takes_variables(server: httpx.AsyncClient, accept: str) -> None:
    params = {"query": NAMED, "variables": '{"name": "sometype"}'}
    answer = await server.get("/graphql", params=params, headers={"accept": accept})
    assert (answer.status_code, "errors" in answer.json()) == (200, False)


async def test_5a70_get_is_accepted(server: httpx.AsyncClient) -> None:
    assert (await server.get("/graphql", params={"query": TYPENAME})).status_code == 200


async def test_9c48_get_does_not_execute_mutations(server: httpx.AsyncClient) -> None:
    answer = await server.get(
        "/graphql", params={"query": "mutation { __typename }"}, headers={"accept": NEW}
    )
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        pytest.param({"query": TYPENAME}, None, 415, id="9ABE"),
        pytest.param("", OLD, 400, id="A5BF"),
        pytest.param({"qeury": TYPENAME}, OLD, 400, id="8764-3E3A"),
        *[pytest.param({"query": each}, OLD, 400, id=f"LKJ{i}") for i, each in enumerate(WRONG)],
        *[
            pytest.param({"query": TYPENAME, "operationName": each}, OLD, 400, id=f"6C0{i}")
            for i, each in enumerate(WRONG)
        ],
        *[
            pytest.param({"query": TYPENAME, "variables": each}, OLD, 400, id=f"476{i}")
            for i, each in enumerate(WRONG_MAP)
        ],
        *[
            pytest.param({"query": TYPENAME, "extensions": each}, OLD, 400, id=f"58B{i}")
            for i, each in enumerate(WRONG_MAP)
        ],
    ],
)
async def test_what_is_not_a_request_is_refused(
    server: httpx.AsyncClient, body: Any, content_type: str | None, status: int
) -> None:
    answer = await post(server, body, content_type=content_type)
    assert answer.status_code == status
    assert answer.json()["errors"]


async def test_423l_a_missing_query_is_refused(server: httpx.AsyncClient) -> None:
    assert (await post(server, {"notquery": TYPENAME}, NEW)).status_code == 400


@pytest.mark.parametrize("accept", [NEW, OLD])
@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"query": TYPENAME}, id="34A2-13EE"),
        pytest.param(
            {"query": "query Query { __typename }", "operationName": "Query"}, id="8161-B8B3"
        ),
        pytest.param({"query": TYPENAME, "variables": None}, id="94B0-0220"),
        pytest.param({"query": TYPENAME, "operationName": None}, id="94B1-0221"),
        pytest.param({"query": TYPENAME, "extensions": None}, id="94B2-0222"),
        pytest.param({"query": NAMED, "variables": {"name": "sometype"}}, id="2EA1-28B9"),
        pytest.param({"query": TYPENAME, "extensions": {"some": "value"}}, id="428F-1B7A"),
    ],
)
async def test_what_is_a_request_is_answered(
    server: httpx.AsyncClient, body: Any, accept: str
) -> None:
    answer = await post(server, body, accept)
    assert (answer.status_code, "errors" in answer.json()) == (200, False)


@pytest.mark.parametrize(
    "accept", [pytest.param(OLD, id="B6DC-BCF8"), pytest.param(NEW, id="B7N8")]
)
async def test_broken_json_is_refused(server: httpx.AsyncClient, accept: str) -> None:
    assert (await post(server, '{ "not a JSON', accept)).status_code == 400


@pytest.mark.parametrize(
    ("accept", "body", "status"),
    [
        pytest.param(OLD, {"query": "{"}, 200, id="572B"),
        pytest.param(OLD, {"query": UNKNOWN}, 200, id="FDE2"),
        pytest.param(OLD, {"query": COERCE, "variables": {"id": None}}, 200, id="7B9B"),
        pytest.param(NEW, {"query": "{"}, 400, id="865D-556A-D586"),
        pytest.param(NEW, {"query": UNKNOWN}, 400, id="51FE-74FF-5E5B"),
        pytest.param(NEW, {"query": COERCE, "variables": {"id": None}}, 400, id="86EE"),
        pytest.param(None, {"query": "{"}, 400, id="parsing-without-accept"),
        pytest.param("*/*", {"query": UNKNOWN}, 400, id="validation-of-anything"),
    ],
)
async def test_a_refused_document_has_no_data(
    server: httpx.AsyncClient, accept: str | None, body: Any, status: int
) -> None:
    answer = await post(server, body, accept)
    assert answer.status_code == status
    assert "data" not in answer.json()
    assert all(each["extensions"]["code"] for each in answer.json()["errors"])
