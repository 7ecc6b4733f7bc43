"""Fingerprints of what matching looked at, so that a run can be repeated and compared.

A table's fingerprint is the sum of its rows' ones: a changed row changes it without the others
being read again, and the rows' order says nothing.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

from domain.matching.demand import Demand
from domain.matching.offer import OfferRow

ALGORITHM = 6
"""The version of the rules: raised by every change that can change a list."""

_BITS = 256


def fingerprint(value: OfferRow | Demand) -> int:
    """256 bits over everything that the rules read of one side."""
    said = {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    content = json.dumps(said, sort_keys=True).encode()
    return int.from_bytes(hashlib.sha256(content).digest())


def together(fingerprints: Iterable[int]) -> int:
    """The fingerprint of a table."""
    total: int = sum(fingerprints) % 2**_BITS
    return total


def digest(one: int, others: int) -> str:
    """The fingerprint of a run, 64 hex digits: one side, everybody it was compared with, rules."""
    content = f"{ALGORITHM} {one:064x} {others:064x}"
    return hashlib.sha256(content.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, UUID | date):
        return str(value)
    if isinstance(value, dict):
        return sorted((key, _plain(each)) for key, each in value.items())
    if isinstance(value, frozenset | set | list | tuple):
        return sorted(_plain(each) for each in value)
    return value
