"""What errors tell: codes to the client, a reference to both sides, health data to nobody."""

import hashlib
import logging
from collections.abc import Iterator

import asyncpg
import httpx
import pytest
from graphql import GraphQLSyntaxError, parse

from notifications.language import Language, labels
from portal.http.errors import without_values
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


@pytest.mark.parametrize("language", Language)
async def test_an_unexpected_error_says_what_to_do_and_which_number_to_give(
    client: httpx.AsyncClient, language: Language
) -> None:
    headers = HEADERS | {"accept-language": language.value}
    answer = await client.post("/graphql", json={"query": "{ broken }"}, headers=headers)
    (error,) = answer.json()["errors"]
    reference = error["extensions"]["reference"]
    remedy = labels(language)["errors.INTERNAL.remedy"].format(reference=reference)
    assert error["message"] == labels(language)["errors.INTERNAL.message"]
    assert error["extensions"] == {"code": "INTERNAL", "reference": reference, "remedy": remedy}
    assert reference in remedy


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
        extensions = answer.json()["errors"][0]["extensions"]
        assert extensions["code"] == code
        assert extensions["remedy"].startswith("Bitte versuchen Sie es")
        assert MARKER not in answer.text
    assert MARKER not in log.text


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ('{ hello(name "geheim") }', "Syntax Error: Expected ':', found String."),
        ("{ hello(name: geheim 12) }", "Syntax Error: Expected Name, found Int."),
        ("geheim { hello }", "Syntax Error: Unexpected Name."),
    ],
)
def test_what_the_library_could_not_parse_is_not_repeated(query: str, left: str) -> None:
    with pytest.raises(GraphQLSyntaxError) as caught:
        parse(query)
    assert without_values(caught.value.message) == left


async def test_an_argument_that_only_execution_can_refuse_is_told_without_its_value(
    client: httpx.AsyncClient,
) -> None:
    query = 'query ($n: String = "x") { hello(name: $n) }'
    (error,) = (await ask(client, query, n=None)).json()["errors"]
    assert error["message"] == "We cannot read this input."
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["extensions"]["detail"].startswith("Argument 'name' has invalid value")
    assert error["path"] == ["hello"]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("query", "code", "detail"),
    [
        ("{", "GRAPHQL_PARSE_FAILED", "Syntax Error: Expected Name, found <EOF>."),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED", "Cannot query field 'nothing' on type"),
        ("query A { hello } query B { hello }", "OPERATION_RESOLUTION_FAILURE", "Must provide"),
        ("{ " + "hello " * 21 + "}", "LIMIT_EXCEEDED", "The document exceeds the limit"),
    ],
)
async def test_a_mistake_in_a_document_has_words_for_people_and_a_detail_for_developers(
    client: httpx.AsyncClient, language: Language, query: str, code: str, detail: str
) -> None:
    answer = await client.post(
        "/graphql", json={"query": query}, headers=HEADERS | {"accept-language": language.value}
    )
    (error,) = answer.json()["errors"]
    assert error["message"] == labels(language)[f"errors.{code}.message"]
    assert error["extensions"]["remedy"] == labels(language)[f"errors.{code}.remedy"]
    assert error["extensions"]["code"] == code
    assert error["extensions"]["detail"].startswith(detail)
