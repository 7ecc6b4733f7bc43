"""Ids: UUIDv7 inside, `type_district_hex` outside."""

import os
import re
import time
from datetime import datetime
from uuid import UUID

from domain.errors import IdMalformed, NotMyDistrict

# Kind, district, UUID; exactly one spelling, which UUID() and int() alone would not insist on.
_ID = re.compile(r"([A-Za-z]+)_([0-9]{5})_([0-9a-f]{32})")
_MILLISECOND = 1_000_000
_TICK = _MILLISECOND // 4096 + 1  # the least by which the 12 bits below a millisecond grow
_last = [0]


def uuid7() -> UUID:
    """A new UUIDv7 (RFC 9562 5.7): 60 bits of time, to a quarter of a microsecond, 62 random bits.

    What one process makes later is sorted later, even within a millisecond (6.2, method 3).
    """
    _last[0] = max(time.time_ns(), _last[0] + _TICK)
    return _uuid7(_last[0])


def uuid7_at(moment: datetime) -> UUID:
    """A UUIDv7 that is sorted by an instant other than the one at which it is made."""
    return _uuid7(int(moment.timestamp() * 1_000_000) * 1_000)


def _uuid7(nanoseconds: int) -> UUID:
    milliseconds, rest = divmod(nanoseconds, _MILLISECOND)
    fraction = (rest << 12) // _MILLISECOND
    low = int.from_bytes(os.urandom(8)) & ((1 << 62) - 1)
    return UUID(int=(milliseconds << 80) | (0x7 << 76) | (fraction << 64) | (0b10 << 62) | low)


def encode(kind: str, district: str, value: UUID) -> str:
    """The id a client sees, for instance `order_03155_019a…` (32 hex digits)."""
    return f"{kind}_{district}_{value.hex}"


def split(text: str, *, field: str = "id") -> tuple[str, str, str]:
    """Kind, district and the 32 hex digits of a client's id.

    Raises:
        IdMalformed: not kind, district and 32 lower-case hex digits.
    """
    parts = _ID.fullmatch(text)
    if parts is None:
        raise IdMalformed(field=field)
    return parts[1], parts[2], parts[3]


def decode(text: str, kind: str, district: str, *, field: str = "id") -> UUID:
    """The UUID behind a client's id of the given kind.

    Raises:
        IdMalformed: not an id, or one of another kind.
        NotMyDistrict: the id of another district's portal.
    """
    found, home, value = split(text, field=field)
    if home != district:
        raise NotMyDistrict(field=field, district=home)
    if found != kind:
        raise IdMalformed(field=field)
    return UUID(hex=value)
