"""What a request's body or query string must be before anything of it is understood.

Size, encoding, nesting and length of numbers are checked by one linear pass before the JSON parser
sees the text. Whatever does not hold is a refusal with a 4xx status.
"""

import asyncio
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import parse_qsl

import orjson
from starlette.requests import ClientDisconnect, Request

from portal.http.refusal import JSON, Refusal, bad_request
from portal.http.values import FaceValues

_DEPTH = 32
_DIGITS = 64
_URL_BYTES = 49_152
_FIELDS = 32
_SCAN = re.compile(
    r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)'  # a string, closed or not: always one match, never two tries
    rf"|(?P<open>[\[{{])|(?P<close>[\]}}])|(?P<digits>[0-9]{{{_DIGITS + 1}}})",
    re.DOTALL,
)
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


@dataclass(frozen=True, slots=True)
class Params:
    """The parameters of a well-formed GraphQL request."""

    query: str
    operation_name: str | None
    variables: dict[str, Any]


async def read_body(request: Request, values: FaceValues) -> Params:
    """The parameters in the body of a POST.

    Raises:
        Refusal: 400, 408, 413 or 415.
    """
    _require_json(request)
    declared = request.headers.get("content-length", "0")
    if not declared.isascii() or not declared.isdigit():
        raise bad_request("Content-Length must be a number.")
    if len(declared) > _DIGITS or int(declared) > values.body_bytes:
        raise _too_large(values.body_bytes)
    try:
        async with asyncio.timeout(values.body_seconds):
            body = await _bounded(request, values.body_bytes)
    except TimeoutError:
        raise Refusal(408, "UNAVAILABLE", "The request did not arrive in time.") from None
    except ClientDisconnect:
        raise bad_request("The request was not sent to its end.") from None
    return params_of(parse_object(body))


def read_query(query_string: bytes) -> Params:
    """The parameters in the query string of a GET.

    Raises:
        Refusal: 400 or 414.
    """
    if len(query_string) > _URL_BYTES:
        raise Refusal(414, "LIMIT_EXCEEDED", "The address is too long; use POST.")
    try:
        pairs = parse_qsl(
            query_string.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_FIELDS,
        )
    except ValueError:
        raise bad_request("The query string is malformed.") from None
    fields = _unique(pairs)
    found: dict[str, Any] = {
        name: fields[name] for name in ("query", "operationName") if fields.get(name)
    }
    for name in ("variables", "extensions"):
        if fields.get(name):
            found[name] = parse_object(fields[name].encode(), f"'{name}'")
    return params_of(found)


def parse_object(data: bytes | str, name: str = "The body") -> dict[str, Any]:
    """The JSON object in a text, with every key once and no number that is not one.

    The refusal calls it by its `name`.

    Raises:
        Refusal: 400 for anything else.
    """
    text = _decoded(data) if isinstance(data, bytes) else data
    _scan(text)
    try:
        if _SURROGATE.search(text):
            orjson.loads(text)
        found = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_constant=_refuse_constant,
            parse_float=_finite,
        )
    except ValueError:
        raise bad_request(f"{name} is not valid JSON.") from None
    if not isinstance(found, dict):
        raise bad_request(f"{name} must be a JSON object.")
    return found


def params_of(found: Mapping[str, Any]) -> Params:
    """The GraphQL parameters among the entries of an object; unknown entries are ignored.

    Raises:
        Refusal: 400 if one has the wrong type.
    """
    extensions = _object(found, "extensions")
    query = found.get("query")
    if query is None and "persistedQuery" in extensions:
        raise Refusal(400, "PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported")
    if not isinstance(query, str):
        raise bad_request("'query' must be a string.")
    name = found.get("operationName")
    if name is not None and not isinstance(name, str):
        raise bad_request("'operationName' must be a string or null.")
    return Params(query, name or None, _object(found, "variables"))


def _object(found: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = found.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise bad_request(f"'{name}' must be an object or null.")
    return value


def _require_json(request: Request) -> None:
    kinds = request.headers.getlist("content-type")
    media, *parameters = [each.strip().lower() for each in (kinds or [""])[0].split(";")]
    charsets = [each.partition("=")[2].strip('" ') for each in parameters if "charset" in each]
    encoding = request.headers.get("content-encoding", "identity")
    if (
        len(kinds) != 1
        or media != JSON
        or any(each not in ("utf-8", "utf8") for each in charsets)
        or encoding != "identity"
    ):
        raise Refusal(
            415,
            "UNSUPPORTED_MEDIA_TYPE",
            "The body must be sent as 'application/json' in UTF-8, not compressed.",
            {"Accept": JSON},
        )


async def _bounded(request: Request, limit: int) -> bytes:
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise _too_large(limit)
        chunks.append(chunk)
    return b"".join(chunks)


def _too_large(limit: int) -> Refusal:
    return Refusal(
        413, "LIMIT_EXCEEDED", f"The body may have {limit} bytes.", {"Connection": "close"}
    )


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8", "strict")
    except UnicodeDecodeError:
        raise bad_request("The body is not valid UTF-8.") from None


def _scan(text: str) -> None:
    depth = 0
    for match in _SCAN.finditer(text):
        kind = match.lastgroup
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth -= 1
        elif kind == "digits":
            raise bad_request(f"A number may have {_DIGITS} digits.")
        if depth > _DEPTH:
            raise bad_request(f"JSON may be nested {_DEPTH} deep.")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise bad_request("A name stands twice.")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise bad_request(f"{name} is not a JSON number.")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise bad_request("A number is too large.")
    return value
