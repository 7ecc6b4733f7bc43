"""Who sends a request, as far as its headers tell: the input of the context factory."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

from starlette.requests import HTTPConnection

from domain.viewer import Viewer
from portal.http.refusal import bad_request
from portal.http.values import FaceValues
from services.limiter import network_of

Transport = Literal["http", "sse", "websocket"]

# What the payload of a socket's first message may say, in the order of `with_payload`.
WHO_ASKS = ("authorization", "acceptLanguage", "actingFor")
_KEY_LENGTH = 255
_TOKEN_LENGTH = 512


@dataclass(frozen=True, slots=True)
class Caller:
    """What the headers of a request say about its sender; nothing of it has been verified."""

    token: str | None
    accept_language: str | None
    client_address: str
    idempotency_key: str | None
    last_event_id: str | None
    transport: Transport
    acting_for: str | None = None


class FaceContext(Protocol):
    """What the face needs of the context that resolvers get."""

    new_session_token: str | None
    session_ended: bool

    @property
    def viewer(self) -> Viewer:
        """Who asks."""

    @property
    def language(self) -> Any:
        """The language of texts for people."""


class Door(Protocol):
    """Who comes in, and whether they may stay: what the face asks of the process."""

    async def context(self, caller: Caller) -> FaceContext:
        """A fresh context for one operation."""

    async def recognise(self, known: Sequence[Viewer]) -> Sequence[Viewer]:
        """Who holds the sessions of these viewers now, by place; the same objects where they do."""

    def context_as(self, caller: Caller, viewer: Viewer) -> FaceContext:
        """A fresh context for a caller who has just been recognised."""


ContextFactory = Callable[[Caller], Awaitable[FaceContext]]


def caller_of(connection: HTTPConnection, values: FaceValues, transport: Transport) -> Caller:
    """The sender of a request or handshake.

    Raises:
        Refusal: 400 if the idempotency key is not one, or has no mutation to stand for.
    """
    headers = connection.headers
    key = headers.get("idempotency-key")
    if key is not None and not (
        0 < len(key) <= _KEY_LENGTH and key.isascii() and key.isprintable()
    ):
        raise bad_request(f"'Idempotency-Key' must be 1 to {_KEY_LENGTH} printable characters.")
    if key is not None and transport == "websocket":
        raise bad_request("'Idempotency-Key' stands for one mutation, not for a socket.")
    return Caller(
        token=bearer(headers.get("authorization")) or _cookie(connection, values),
        accept_language=headers.get("accept-language"),
        client_address=address_of(connection),
        idempotency_key=key,
        last_event_id=headers.get("last-event-id"),
        transport=transport,
        acting_for=headers.get("acting-for"),
    )


def with_payload(
    caller: Caller, authorization: str | None, language: str | None, acting_for: str | None
) -> Caller:
    """The sender of a handshake after the payload of its first message."""
    return replace(
        caller,
        token=bearer(authorization) or caller.token,
        accept_language=language or caller.accept_language,
        acting_for=acting_for or caller.acting_for,
    )


def bearer(authorization: str | None) -> str | None:
    """The token of an `Authorization: Bearer …` value."""
    scheme, _, token = (authorization or "").partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token or len(token) > _TOKEN_LENGTH:
        return None
    return token


def address_of(connection: HTTPConnection) -> str:
    """Whom requests are counted for: in IPv6 the first address of the network.

    One customer has a whole /64 and could count as a new sender with every request.
    """
    return network_of(connection.client.host if connection.client else "").partition("/")[0]


def _cookie(connection: HTTPConnection, values: FaceValues) -> str | None:
    token = connection.cookies.get(values.cookie)
    return token if token and len(token) <= _TOKEN_LENGTH else None
