"""What errors tell: codes to the client, a reference to both sides, health data to nobody."""

import hashlib
import logging
from collections.abc import Iterator

import asyncpg
import httpx
import pytest
from graphql import (
    GraphQLScalarType,
    OperationDefinitionNode,
    build_schema,
    get_variable_values,
    parse,
    validate,
)

from portal.http.errors import plain, without_values
from tests.portal.http.toy import client_of, toy_app
from tests.portal.http.toy_graph import MARKER, World

HEADERS = {"accept": "application/graphql-response+json", "accept-language": "en"}


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.DEBUG):
        yield caplog


async def ask(client: httpx.AsyncClient, query: str, **variables: object) -> httpx.Response:
    body = {"query": query, "variables": variables, "operationName": None}
    return await client.post("/graphql", json=body, headers=HEADERS)


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("query Named { broken }", {}),
        (f'query Named {{ broken(text: "{MARKER}") }}', {}),
        ("query Named($t: String!) { broken(text: $t) }", {"t": MARKER}),
        ("query Named { brokenRoot }", {}),
        ("query Named { wrongType }", {}),
    ],
)
async def test_an_unexpected_error_shows_a_reference_and_nothing_else(
    client: httpx.AsyncClient,
    log: pytest.LogCaptureFixture,
    query: str,
    variables: dict[str, object],
) -> None:
    answer = await ask(client, query, **variables)
    assert answer.status_code == 200
    extensions = answer.json()["errors"][0]["extensions"]
    assert extensions["code"] == "INTERNAL"
    assert MARKER not in answer.text
    assert MARKER not in log.text
    assert extensions["reference"] in log.text
    assert "operation=Named" in log.text


async def test_the_log_names_the_digest_and_the_place_of_an_error(
    client: httpx.AsyncClient, log: pytest.LogCaptureFixture
) -> None:
    await ask(client, "{ broken }")
    assert f"document={hashlib.sha256(b'{ broken }').hexdigest()}" in log.text
    assert "error=ValueError" in log.text
    assert "toy_graph.py:" in log.text


async def test_a_refusal_keeps_its_code_and_is_told_in_the_reader_s_language(
    client: httpx.AsyncClient, log: pytest.LogCaptureFixture
) -> None:
    answer = await ask(client, "{ missing }")
    error = answer.json()["errors"][0]
    assert (answer.status_code, error["message"]) == (200, "NOT_FOUND in en")
    assert error["extensions"] == {
        "code": "NOT_FOUND",
        "field": "id",
        "remedy": "what to do",
    }
    assert error["path"] == ["missing"]
    assert "failed" not in log.text


async def test_an_error_that_was_raised_with_a_code_passes(client: httpx.AsyncClient) -> None:
    error = (await ask(client, "{ deliberate }")).json()["errors"][0]
    assert error["message"] == "No such reference."
    assert error["extensions"] == {"code": "NOT_FOUND"}


async def test_the_parts_that_worked_are_answered(client: httpx.AsyncClient) -> None:
    answer = await ask(client, "{ hello broken }")
    assert answer.json()["data"] == {"hello": "hello world", "broken": None}


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (ValueError(MARKER), 500, "INTERNAL"),
        (TimeoutError(MARKER), 503, "UNAVAILABLE"),
        (ConnectionRefusedError(MARKER), 503, "UNAVAILABLE"),
        (asyncpg.ConnectionDoesNotExistError(MARKER), 503, "UNAVAILABLE"),
        (asyncpg.CrashShutdownError(MARKER), 503, "UNAVAILABLE"),
        (asyncpg.InterfaceError(f"{MARKER} connection is closed"), 503, "UNAVAILABLE"),
        (asyncpg.InterfaceError(MARKER), 500, "INTERNAL"),
        (FileNotFoundError(MARKER), 500, "INTERNAL"),
    ],
)
async def test_a_context_that_cannot_be_made_is_masked_too(
    world: World, log: pytest.LogCaptureFixture, error: Exception, status: int, code: str
) -> None:
    world.context_error = error
    async with client_of(toy_app(world)) as client:
        answers = [
            await ask(client, "{ hello }"),
            await client.get(
                "/graphql",
                params={"query": "subscription { count(to: 1) { value } }"},
                headers={"accept": "text/event-stream"},
            ),
        ]
    for answer in answers:
        assert answer.status_code == status
        assert answer.json()["errors"][0]["extensions"]["code"] == code
        assert MARKER not in answer.text
    assert MARKER not in log.text


SECRET = "Pflegegrad 4"


@pytest.mark.parametrize(
    ("value", "left"),
    [
        ({"a": SECRET}, "Variable '$i' has invalid value at .a: Int cannot represent"),
        ({"a": 1, "zz": SECRET}, "not to include unknown field 'zz'."),
        ({"s": SECRET}, "to include required field 'a'."),
        (SECRET, "Expected value of type 'I' to be an object."),
        ({"a": 1, "e": SECRET}, "The value does not exist in 'E' enum."),
        ({"a": 1, "s": {SECRET: SECRET}}, "String cannot represent a non string value."),
        ({"a": 1, "d": SECRET}, "Variable '$i' has invalid value at .d"),
        ({"a": 1, "l": [["x"], [SECRET]]}, "Variable '$i' has invalid value at .l[1][0]"),
    ],
)
def test_a_message_names_the_place_and_never_the_value(value: object, left: str) -> None:
    schema = build_schema(
        "input I {a: Int! e: E s: String d: D l: [[Int]]} enum E {A} scalar D"
        " type Query {x(i: I): Int}"
    )

    def parsed(given: object) -> object:
        raise ValueError(f"no day: {given}")

    scalar = schema.type_map["D"]
    assert isinstance(scalar, GraphQLScalarType)
    scalar.coerce_input_value = parsed
    (operation,) = parse("query($i: I) { x(i: $i) }").definitions
    assert isinstance(operation, OperationDefinitionNode)
    found = get_variable_values(schema, operation.variable_definitions or (), {"i": value})
    assert isinstance(found, list)
    for error in found:
        message = without_values(error.message)
        assert SECRET not in message
        assert "{" not in message
    assert left in without_values(found[-1].message)


def test_a_literal_is_not_repeated_either() -> None:
    schema = build_schema("type Query {x(n: Int): Int}")
    (error,) = validate(schema, parse('{ x(n: "geheim") }'))
    (shown,) = plain([error])
    assert shown["message"] == "Int cannot represent non-integer value."
