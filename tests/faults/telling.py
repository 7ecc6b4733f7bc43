"""Calls and mails as the suite would have noted them."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from faults.history import Call
from faults.post import Sent

NOON = datetime(2027, 5, 3, 12, tzinfo=UTC)
MATCH = "match_03155_01a21fe2d0527757b4dceb0c84e860e0"


def call(  # noqa: PLR0913  each by its name
    *,
    name: str = "awardOrder",
    key: str = "k",
    given: str = "a",
    status: int = 200,
    said: Any = None,
    began: float = 0.0,
    seconds: float = 0.1,
    who: str = "somebody",
) -> Call:
    """An acknowledged award unless something else is said."""
    told = {"data": {name: {"id": MATCH, "version": 2}}} if said is None else said
    ended = began + seconds
    return Call("scenario", who, name, key, given, 1, began, ended, status, json.dumps(told))


def refusal(code: str, **more: Any) -> Call:
    return call(said={"data": {"awardOrder": {"code": code}}}, **more)


def failure(code: str, **more: Any) -> Call:
    return call(said={"errors": [{"extensions": {"code": code}}]}, **more)


def mail(message: UUID, *, generation: int = 1, seconds: float = 0.0) -> Sent:
    at = NOON + timedelta(seconds=seconds)
    return Sent(f"<{message}@assistenz.example>", "worker-1", generation, at)
