"""Cursors of live updates: where a subscriber stands, opaque and signed.

A cursor names a place in the order of events; it holds nothing about a person or an object.
"""

from base64 import b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hmac import compare_digest
from struct import Struct
from typing import NamedTuple
from uuid import UUID

from domain.errors import CursorInvalid
from domain.keys import Keys

_PURPOSE = "event-cursor"
_BODY = Struct(">16sQQ")
_SIGNATURE_BYTES = 16


class Position(NamedTuple):
    """A place in the order of events: writing transaction, then number."""

    tx: int
    id: int


START = Position(0, 0)


@dataclass(frozen=True, slots=True)
class Cursor:
    """A position and the epoch it was counted in; positions of two epochs do not compare."""

    epoch: UUID
    position: Position


def encode(cursor: Cursor, keys: Keys) -> str:
    """The text a client keeps: 64 characters of base64url."""
    body = _BODY.pack(cursor.epoch.bytes, *cursor.position)
    return urlsafe_b64encode(body + _signature(body, keys)).decode("ascii")


def decode(text: str, keys: Keys, *, field: str = "after") -> Cursor:
    """The cursor behind a client's text.

    Raises:
        CursorInvalid: not a cursor, or one that this portal did not sign.
    """
    raw = _bytes(text, field)
    body, signature = raw[: _BODY.size], raw[_BODY.size :]
    if not compare_digest(signature, _signature(body, keys)):
        raise CursorInvalid(field=field)
    epoch, tx, number = _BODY.unpack(body)
    return Cursor(UUID(bytes=epoch), Position(tx, number))


def _signature(body: bytes, keys: Keys) -> bytes:
    return keys.sign(_PURPOSE, body)[:_SIGNATURE_BYTES]


def _bytes(text: str, field: str) -> bytes:
    try:
        raw = b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
    except ValueError:
        raise CursorInvalid(field=field) from None
    if len(raw) != _BODY.size + _SIGNATURE_BYTES:
        raise CursorInvalid(field=field)
    return raw
