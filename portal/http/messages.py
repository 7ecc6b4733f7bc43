"""Messages of the `graphql-transport-ws` protocol: what a client may send, and what it gets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from portal.http.guard import Params, params_of, parse_object
from portal.http.refusal import Refusal

PROTOCOL = "graphql-transport-ws"

INVALID = 4400
UNAUTHORIZED = 4401
SUBPROTOCOL = 4406
INIT_TIMEOUT = 4408
DUPLICATE = 4409
SLOW = 4413
TOO_MANY = 4429
TOO_BIG = 1009
NEXT_TAIL = b"}"

_ID_LENGTH = 128
_TYPES = frozenset({"connection_init", "ping", "pong", "subscribe", "complete"})


class Closing(Exception):
    """The socket must be closed with a code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass(frozen=True, slots=True)
class ClientMessage:
    """A message as the protocol knows it; `id` is empty where it has none."""

    type: str
    id: str
    payload: dict[str, Any] | None


def parse_message(text: str) -> ClientMessage:
    """The message in a text.

    Raises:
        Closing: 4400 if it is not one.
    """
    try:
        found = parse_object(text, "The message")
    except Refusal as refusal:
        raise Closing(INVALID, refusal.message) from None
    kind, payload = found.get("type"), found.get("payload")
    if kind not in _TYPES:
        raise Closing(INVALID, "Unknown message type")
    if payload is not None and not isinstance(payload, dict):
        raise Closing(INVALID, "The payload must be an object")
    needs_id = kind in ("subscribe", "complete")
    return ClientMessage(kind, _id_of(found) if needs_id else "", payload)


def params_in(message: ClientMessage) -> Params:
    """The operation that a `subscribe` message asks for.

    Raises:
        Closing: 4400 if the payload is not one.
    """
    if message.payload is None:
        raise Closing(INVALID, "A subscribe message needs a payload")
    try:
        return params_of(message.payload)
    except Refusal as refusal:
        raise Closing(INVALID, refusal.message) from None


def text_in(payload: Mapping[str, Any] | None, name: str) -> str | None:
    """An optional text of the payload of `connection_init`, whatever the spelling of its name.

    Clients write it as a key (`acceptLanguage`) or as the header it stands for (`Accept-Language`).

    Raises:
        Closing: 4400 if it is something else.
    """
    spelt = {key.lower().replace("-", ""): value for key, value in (payload or {}).items()}
    value = spelt.get(name.lower())
    if value is not None and not isinstance(value, str):
        raise Closing(INVALID, f"'{name}' must be a string")
    return value


def ack() -> bytes:
    """The answer to `connection_init`."""
    return _text({"type": "connection_ack"})


def pong(payload: dict[str, Any] | None) -> bytes:
    """The answer to `ping`."""
    return _text({"type": "pong"} if payload is None else {"type": "pong", "payload": payload})


def next_message(operation: str, body: Mapping[str, Any]) -> bytes:
    """One answer of an operation."""
    return next_head(operation) + _text(body) + NEXT_TAIL


def next_head(operation: str) -> bytes:
    """What stands before the body of an answer; behind it comes NEXT_TAIL."""
    return _text({"id": operation, "type": "next", "payload": None}).removesuffix(b"null}")


def error_message(operation: str, errors: Sequence[Mapping[str, Any]]) -> bytes:
    """The end of an operation that was not executed."""
    return _text({"id": operation, "type": "error", "payload": errors})


def complete_message(operation: str) -> bytes:
    """The end of an operation."""
    return _text({"id": operation, "type": "complete"})


def _id_of(found: Mapping[str, Any]) -> str:
    value = found.get("id")
    if not isinstance(value, str) or not 0 < len(value) <= _ID_LENGTH:
        raise Closing(INVALID, f"The id must be a string of 1 to {_ID_LENGTH} characters")
    return value


def _text(message: Mapping[str, Any]) -> bytes:
    return orjson.dumps(message)
