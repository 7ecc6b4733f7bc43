"""Methods, media types, operations and costs over plain HTTP."""

import time

import httpx
import pytest
from graphql import get_introspection_query

from tests.portal.http.asking import ask, code_of
from tests.portal.http.toy import client_of, toy_app
from tests.portal.http.toy_graph import World

# Seconds. Work that doubles with each step would not end at all; this is no measurement.
NOT_EXPONENTIAL = 5.0


async def test_every_answer_says_what_it_depends_on(client: httpx.AsyncClient) -> None:
    answer = await ask(client, "{ hello }")
    assert answer.headers["vary"] == "Accept, Accept-Language, Acting-For"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json() == {
        "data": {"hello": "hello world"},
        "extensions": {"cost": {"requested": 1, "limit": 5_000}},
    }


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "BREW"])
async def test_other_methods_are_refused_with_the_ones_allowed(
    client: httpx.AsyncClient, method: str
) -> None:
    answer = await client.request(method, "/graphql")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert code_of(answer) == "METHOD_NOT_ALLOWED"


async def test_options_names_the_methods(client: httpx.AsyncClient) -> None:
    answer = await client.options("/graphql")
    assert (answer.status_code, answer.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")


async def test_head_is_get_without_a_body(client: httpx.AsyncClient) -> None:
    answer = await client.head("/graphql", params={"query": "{ hello }"})
    assert answer.status_code == 200
    refused = await client.head("/graphql", params={"query": "subscription { endless { value } }"})
    assert refused.status_code == 405


@pytest.mark.parametrize("accept", ["text/html", "image/png", "application/json;q=0"])
async def test_what_nobody_can_send_is_refused(client: httpx.AsyncClient, accept: str) -> None:
    answer = await ask(client, "{ hello }", headers={"accept": accept})
    assert answer.status_code == 406
    assert answer.headers["content-type"] == "application/json; charset=utf-8"


async def test_a_subscription_needs_a_stream(client: httpx.AsyncClient) -> None:
    answer = await ask(client, "subscription { count(to: 1) { value } }")
    assert (answer.status_code, code_of(answer)) == (406, "NOT_ACCEPTABLE")


async def test_unknown_addresses_answer_json(client: httpx.AsyncClient) -> None:
    answer = await client.get("/nowhere")
    assert (answer.status_code, code_of(answer)) == (404, "NOT_FOUND")


@pytest.mark.parametrize(
    ("query", "name", "code"),
    [
        ("query A { hello } query B { hello }", None, "OPERATION_RESOLUTION_FAILURE"),
        ("query A { hello } query B { hello }", "C", "OPERATION_RESOLUTION_FAILURE"),
        ("{ hello }", "C", "OPERATION_RESOLUTION_FAILURE"),
        ("fragment F on Query { hello }", None, "GRAPHQL_VALIDATION_FAILED"),
        ("{ hello } { hello }", None, "GRAPHQL_VALIDATION_FAILED"),
        ("query A { hello } query A { hello }", "A", "GRAPHQL_VALIDATION_FAILED"),
        ("{ helo }", None, "GRAPHQL_VALIDATION_FAILED"),
        ("{ hello(nam: 1) }", None, "GRAPHQL_VALIDATION_FAILED"),
        ("{", None, "GRAPHQL_PARSE_FAILED"),
        ("", None, "GRAPHQL_PARSE_FAILED"),
        ("type A { b: Int }", None, "GRAPHQL_VALIDATION_FAILED"),
    ],
)
async def test_documents_that_cannot_be_executed(
    client: httpx.AsyncClient, world: World, query: str, name: str | None, code: str
) -> None:
    answer = await ask(client, query, operationName=name)
    assert (answer.status_code, code_of(answer)) == (400, code)
    assert "data" not in answer.json()
    assert "Did you mean" not in answer.text
    assert world.executed == 0


async def test_the_named_operation_is_executed(client: httpx.AsyncClient) -> None:
    query = 'query A { hello(name: "a") } query B { hello(name: "b") }'
    answer = await ask(client, query, operationName="B")
    assert answer.json()["data"] == {"hello": "hello b"}


async def test_variables_that_do_not_fit_are_bad_input(client: httpx.AsyncClient) -> None:
    query = "query ($n: Int!) { number(value: $n) }"
    for variables in ({}, {"n": "x"}, {"n": 2**40}, {"n": None}):
        answer = await ask(client, query, variables=variables)
        assert (answer.status_code, code_of(answer)) == (400, "BAD_USER_INPUT")
        assert "data" not in answer.json()


async def test_over_budget_is_refused_with_the_numbers(client: httpx.AsyncClient) -> None:
    inner = "orders(first: 100) { edges { node { id } } }"
    query = f"{{ orders(first: 100) {{ edges {{ node {{ {inner} }} }} }} }}"
    answer = await ask(client, query)
    requested = 2 + 100 * (2 + 1 + 100 * 2)
    assert (answer.status_code, code_of(answer)) == (400, "LIMIT_EXCEEDED")
    assert answer.json()["extensions"]["cost"] == {"requested": requested, "limit": 5_000}


async def test_the_cost_follows_the_variables_of_each_request(client: httpx.AsyncClient) -> None:
    query = "query ($n: Int) { orders(first: $n) { edges { node { id } } } }"
    for n, cost in ((3, 8), (5, 12), (None, 42), (3, 8)):
        answer = await ask(client, query, variables={"n": n})
        assert answer.json()["extensions"]["cost"]["requested"] == cost
    assert (await ask(client, query, variables={"n": 101})).status_code == 400


async def test_the_cost_sees_the_numbers_that_execution_sees(client: httpx.AsyncClient) -> None:
    query = "query ($n: Int) { orders(first: $n) { edges { node { title } } } }"
    costs = []
    for n in (5.0, None, 100.0):
        answer = await ask(client, query, variables={"n": n})
        costs.append(answer.json()["extensions"]["cost"]["requested"])
    assert costs == [12, 42, 202]
    over = await ask(client, query, variables={"n": 101.0})
    assert code_of(over) == "LIMIT_EXCEEDED"


async def test_the_cost_of_a_default_is_not_that_of_another_request(
    client: httpx.AsyncClient,
) -> None:
    query = 'query ($i: [ID!]! = ["1", "2", "3"]) { nodes(ids: $i) { title } }'
    costs = []
    for variables in ({"i": "1"}, {}, {"i": ["1", "2"]}):
        answer = await ask(client, query, variables=variables)
        costs.append(answer.json()["extensions"]["cost"]["requested"])
    assert costs == [2, 4, 3]


async def test_a_long_list_in_the_variables_is_refused(client: httpx.AsyncClient) -> None:
    assert (await ask(client, "{ hello }", variables={"v": {"w": [1] * 200}})).status_code == 200
    answer = await ask(client, "{ hello }", variables={"v": {"w": [1] * 201}})
    assert (answer.status_code, code_of(answer)) == (400, "LIMIT_EXCEEDED")


async def test_a_page_of_references_ends_at_a_hundred(client: httpx.AsyncClient) -> None:
    query = "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Order { id } } }"
    for number, status in ((100, 200), (101, 400)):
        references = [{"__typename": "Order", "id": "1"}] * number
        answer = await ask(client, query, variables={"r": references})
        assert answer.status_code == status


async def test_the_introspection_of_graphiql_passes(client: httpx.AsyncClient) -> None:
    answer = await ask(client, get_introspection_query(input_value_deprecation=True))
    assert answer.status_code == 200
    assert answer.json()["data"]["__schema"]["queryType"]["name"] == "Query"


async def test_circular_introspection_is_refused(client: httpx.AsyncClient) -> None:
    inner = "fields { type { fields { type { fields { name } } } } }"
    answer = await ask(client, f"{{ __schema {{ types {{ {inner} }} }} }}")
    assert (answer.status_code, code_of(answer)) == (400, "GRAPHQL_VALIDATION_FAILED")


async def test_a_repeated_document_is_neither_parsed_nor_validated_again(world: World) -> None:
    app = toy_app(world, documents=2)
    documents = app.state.face.engine._schema.documents
    async with client_of(app) as client:
        await ask(client, "{ hello }")
        prepared = documents.known("{ hello }")
        assert prepared is not None
        await ask(client, "{ hello }")
        assert documents.known("{ hello }") is prepared
        await ask(client, "{ a: hello }")
        await ask(client, "{ b: hello }")
        assert documents.known("{ hello }") is None


async def test_hostile_documents_cost_little(client: httpx.AsyncClient) -> None:
    chain = "".join(f"fragment F{i} on Order {{ ...F{i + 1} ...F{i + 1} }} " for i in range(60))
    query = f'{{ order(id: "1") {{ ...F0 }} }} {chain} fragment F60 on Order {{ a: id }}'
    started = time.perf_counter()
    answer = await ask(client, query)
    assert (answer.status_code, code_of(answer)) == (400, "LIMIT_EXCEEDED")
    assert time.perf_counter() - started < NOT_EXPONENTIAL
