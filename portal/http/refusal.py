"""Refusals of a request as such, before there is a GraphQL answer: a status and a JSON body."""

from collections.abc import Mapping
from typing import Any

import orjson
from starlette.responses import Response

JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"
EVENT_STREAM = "text/event-stream"


class Refusal(Exception):
    """The request is refused with a status; `code` goes into the error's extensions."""

    def __init__(
        self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers or {}

    def body(self) -> dict[str, Any]:
        """The refusal in the shape of a GraphQL answer without data."""
        return {"errors": [{"message": self.message, "extensions": {"code": self.code}}]}

    def response(self) -> Response:
        """The refusal as an HTTP answer."""
        return json_response(self.body(), self.status, headers=self.headers)


def json_response(
    body: Mapping[str, Any],
    status: int = 200,
    *,
    media: str = JSON,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A JSON answer of the given media type; never stored by caches."""
    return Response(
        orjson.dumps(body),
        status,
        headers={
            "Cache-Control": "no-store",
            "Vary": "Accept, Accept-Language, Acting-For",
            **(headers or {}),
            "Content-Type": f"{media}; charset=utf-8",
        },
    )


def bad_request(message: str) -> Refusal:
    """The request is not a well-formed GraphQL-over-HTTP request."""
    return Refusal(400, "BAD_USER_INPUT", message)


def method_not_allowed(method: str, allowed: str, message: str | None = None) -> Refusal:
    """The method does not fit; names the ones that do."""
    text = message or f"{method} is not allowed here."
    return Refusal(405, "METHOD_NOT_ALLOWED", text, {"Allow": allowed})
