"""Turning a service's answer into the graph's: the one place that translates refusals."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from tortoise.expressions import Q

from domain.errors import DomainError, InputRefused, Kind
from schema.context import Info
from schema.node import Node
from schema.refusal import Refusals, refusal

T = TypeVar("T")

_KEY_LIMIT = 255


async def outcome(
    info: Info,
    work: Callable[[], Awaitable[T]],
    current: Callable[[], Awaitable[Node | None]] | None = None,
) -> T | Refusals:
    """What `work` returns, or its refusal; a stale write gets the `current` object with it."""
    info.context.renew()
    try:
        return await work()
    except DomainError as error:
        stale = error.kind is Kind.STALE and current is not None
        return refusal(error, info.context.language, await current() if stale and current else None)


def key_of(info: Info, given: str | None) -> str | None:
    """The idempotency key of the input, or of the header.

    Raises:
        InputRefused: longer than 255 characters, or not printable ASCII.
    """
    key = given if given is not None else info.context.idempotency_key
    if key is None:
        return None
    if not (0 < len(key) <= _KEY_LIMIT and key.isascii() and key.isprintable()):
        raise InputRefused(field="idempotencyKey")
    return key


def condition(where: Any, leaf: Callable[[Any], dict[str, Any]]) -> Q:
    """A filter input as a condition; `leaf` names the columns of its own fields."""
    if where is None:
        return Q()
    found = Q(**leaf(where))
    for each in where.and_ or []:
        found &= condition(each, leaf)
    if where.or_:
        either = condition(where.or_[0], leaf)
        for each in where.or_[1:]:
            either |= condition(each, leaf)
        found &= either
    if where.not_ is not None:
        found &= ~condition(where.not_, leaf)
    return found
