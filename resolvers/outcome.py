"""Turning a service's answer into the graph's: the one place that translates refusals."""

from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

from strawberry import ID, UNSET

from domain.errors import DomainError, InputRefused, Kind, NotFound
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


def is_said(value: object) -> bool:
    """Whether an input says something: what is null is left as it is, like what is left out."""
    return value is not UNSET and value is not None


async def answered(info: Info, cls: type[T], key: UUID) -> T:
    """The object that a service has changed, read after the change.

    Raises:
        NotFound: somebody has deleted it meanwhile.
    """
    found = await info.context.reader.granted(cls, key)
    if found is None:
        raise NotFound
    return found


async def latest(info: Info, cls: type[T], given: ID) -> T | None:
    """The object that somebody has changed meanwhile, if the viewer may still see it."""
    kind = cls.__name__.lower()
    return await info.context.reader.get(cls, info.context.uuid_of(given, kind))
