"""Turning a service's answer into the graph's: the one place that translates refusals."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from tortoise.expressions import Q

from domain.errors import DomainError, InputRefused, Kind, NumberOutOfRange
from schema.context import Info
from schema.node import Node
from schema.refusal import Refusals, refusal

T = TypeVar("T")

_KEY_LIMIT = 255
_CONDITIONS = 50
_CONDITION_DEPTH = 5


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
    """A filter input as a condition; `leaf` names the columns of its own fields.

    Raises:
        NumberOutOfRange: too many conditions, or too deep in each other.
    """
    if where is None:
        return Q()
    _check_size(where)
    return _condition(where, leaf)


def _condition(where: Any, leaf: Callable[[Any], dict[str, Any]]) -> Q:
    own = leaf(where)
    parts = [Q(**own)] if own else []
    parts += [_condition(each, leaf) for each in where.and_ or ()]
    if where.or_:
        parts.append(Q(*(_condition(each, leaf) for each in where.or_), join_type=Q.OR))
    if where.not_ is not None:
        parts.append(~_condition(where.not_, leaf))
    # An empty Q would vanish from an OR and from a negation, where it has to count as true.
    return Q(*parts) if parts else Q(id__isnull=False)


def _check_size(where: Any) -> None:
    count = 0
    stack = [(where, 1)]
    while stack:
        current, depth = stack.pop()
        count += 1
        if depth > _CONDITION_DEPTH:
            raise NumberOutOfRange(field="where", low=0, high=_CONDITION_DEPTH)
        if count > _CONDITIONS:
            raise NumberOutOfRange(field="where", low=0, high=_CONDITIONS)
        inner = [*(current.and_ or ()), *(current.or_ or ())]
        inner += [current.not_] if current.not_ is not None else []
        stack += [(each, depth + 1) for each in inner]
