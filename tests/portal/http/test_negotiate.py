"""Accept headers as clients really send them."""

import pytest

from portal.http.negotiate import negotiate
from portal.http.refusal import GRAPHQL_JSON, JSON


@pytest.mark.parametrize(
    ("header", "media"),
    [
        (None, JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("application/json", JSON),
        ("application/graphql-response+json", GRAPHQL_JSON),
        ("application/graphql-response+json, application/json;q=0.9", GRAPHQL_JSON),
        ("application/json, application/graphql-response+json", GRAPHQL_JSON),
        ("application/json, application/graphql-response+json;q=0.9", JSON),
        ("application/graphql-response+json;q=0.5, */*", JSON),
        ("application/graphql-response+json;q=0, */*", JSON),
        ("application/json;q=0, */*", GRAPHQL_JSON),
        ("APPLICATION/JSON; charset=UTF-8", JSON),
        ("application/json; charset=latin-1", None),
        ("application/json;q=0", None),
        ("application/json;q=nonsense", None),
        ("application/json;q=2", None),
        ("text/html", None),
        ("text/event-stream", None),
        ("", None),
        (";;;,,", None),
    ],
)
def test_the_json_type_with_the_highest_quality_is_taken(
    header: str | None, media: str | None
) -> None:
    assert negotiate(header).json == media


@pytest.mark.parametrize(
    ("header", "stream", "first"),
    [
        (None, True, False),
        ("*/*", True, False),
        ("text/event-stream", True, True),
        ("application/json, text/event-stream", True, False),
        ("application/json;q=0.5, text/event-stream", True, True),
        (
            "application/graphql-response+json, application/json, text/event-stream;q=0.1",
            True,
            False,
        ),
        ("application/json, text/event-stream;q=0", False, False),
        ("application/json", False, False),
    ],
)
def test_streams_are_preferred_only_with_a_higher_quality(
    header: str | None, stream: bool, first: bool
) -> None:
    found = negotiate(header)
    assert (found.stream, found.stream_first) == (stream, first)


@pytest.mark.parametrize(
    ("header", "page"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", True),
        ("*/*", False),
        ("application/json, text/html;q=0.9", False),
        (None, False),
    ],
)
def test_a_browser_that_opens_the_address_is_told_from_a_client(
    header: str | None, page: bool
) -> None:
    assert negotiate(header).page is page
