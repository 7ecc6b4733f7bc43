"""One use case is one transaction, and with an idempotency key one answer."""

import dataclasses
import hashlib
import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar
from uuid import UUID, uuid5

from tortoise.models import Model

from domain.errors import (
    ConsentOwed,
    DomainError,
    IdempotencyConflict,
    IdempotencyInFlight,
    NotForAnother,
)
from domain.viewer import DelegationKind, Viewer
from models.database import CommitUncertain, execute, fetch, retrying, transaction
from models.idempotency import IdempotencyKey
from services import clock
from services.answer import canonical, give_again, is_over, keep

P = ParamSpec("P")
R = TypeVar("R", bound=Model | int | None)
T = TypeVar("T")

NOBODY = UUID(int=0)
_UNASKED: set[Callable[..., Any]] = set()
_FOR_ANOTHER: dict[Callable[..., Any], frozenset[DelegationKind]] = {}
BATCH = 5_000
_FORGET = """
DELETE FROM idempotency_keys WHERE id IN (
    SELECT id FROM idempotency_keys WHERE created_at < $1 ORDER BY created_at LIMIT $2)
"""


@dataclass(frozen=True, slots=True)
class Aside(Generic[T]):
    """An argument that does not tell two inputs apart, because it differs from try to try."""

    value: T


UNTOLD: Aside[Any] = Aside(None)


def unasked(body: Callable[P, T]) -> Callable[P, T]:
    """Let a use case be called by somebody who has not agreed to a present text yet."""
    _UNASKED.add(body)
    return body


def for_another(
    *kinds: DelegationKind,
) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Let a use case be called by somebody who acts for another; of these kinds, if any is named.

    Whatever does not say so is personal.
    """

    def mark(body: Callable[P, T]) -> Callable[P, T]:
        _FOR_ANOTHER[body] = frozenset(kinds or DelegationKind)
        return body

    return mark


def use_case(
    body: Callable[Concatenate[Viewer, P], Awaitable[R]],
) -> Callable[Concatenate[Viewer, str | None, P], Awaitable[R]]:
    """Make a use case of `body`: its callers pass the idempotency key after the viewer.

    The body, its history, events, outbox rows and the kept answer share one transaction, which is
    repeated as a whole when the database asks for it. A refusal undoes what the body wrote and is
    kept as well, so that a repeat is told the same; not that of an anonymous viewer, who could
    fill the table with them.

    Raises:
        NotForAnother: the viewer acts for somebody; see `for_another`.
        ConsentOwed: the viewer has not agreed to a present text; see `unasked`.
        DomainError: the body's refusal, now or when the key was first used.
        IdempotencyConflict: the key was used with another input.
        IdempotencyInFlight: the same key is being worked on.
    """
    signature = inspect.signature(body)

    @wraps(body)
    async def run(viewer: Viewer, key: str | None, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if viewer.acting and viewer.acting.kind not in _FOR_ANOTHER.get(body, ()):
            raise NotForAnother
        if viewer.owes and body not in _UNASKED:
            raise ConsentOwed

        async def once() -> R:
            return await body(viewer, *args, **kwargs)

        if key is None:
            return await retrying(lambda: _alone(once))
        digest = _digest(body.__name__, signature.bind(viewer, *args, **kwargs))
        request = _Request(_scope(viewer), key, body.__name__, digest)
        outcome = await _certainly(lambda: _answered(request, once))
        if isinstance(outcome, DomainError):
            raise outcome
        return outcome

    return run


@dataclass(frozen=True, slots=True)
class Kept(Generic[R]):
    """The answer that a request was given when it first came."""

    outcome: R


async def kept_answer(
    case: Callable[Concatenate[Viewer, str | None, P], Awaitable[R]],
    viewer: Viewer,
    key: str | None,
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> Kept[R] | None:
    """What this very request was answered, for doors that count requests but not repeats.

    None if there is no such answer, or if it is over. What is an `Aside` of the use case may be
    `UNTOLD`. Changes nothing and holds no lock.

    Raises:
        DomainError: the refusal that was the answer.
    """
    if key is None:
        return None
    body = inspect.unwrap(case)
    digest = _digest(body.__name__, inspect.signature(body).bind(viewer, *args, **kwargs))
    known = await IdempotencyKey.get_or_none(scope=_scope(viewer), key=key, digest=digest)
    if known is None:
        return None
    outcome: R | DomainError = await give_again(known.answer)
    if isinstance(outcome, DomainError):
        raise outcome
    return None if is_over(outcome, clock.now()) else Kept(outcome)


@dataclass(frozen=True, slots=True)
class _Request:
    """What tells one executed request from another."""

    scope: UUID
    key: str
    operation: str
    digest: str


def _scope(viewer: Viewer) -> UUID:
    """Whose keys they are: of nobody, of one person, or of one person acting for another."""
    if viewer.id is None or viewer.acting is None:
        return viewer.id or NOBODY
    return uuid5(viewer.id, str(viewer.actor_id))


async def _certainly(unit: Callable[[], Awaitable[T]]) -> T:
    """Run a unit whose effect its key guards: also once more when nobody saw it committed."""
    try:
        return await retrying(unit)
    except CommitUncertain:
        return await retrying(unit)


async def _alone(once: Callable[[], Awaitable[R]]) -> R:
    async with transaction():
        return await once()


async def _answered(request: _Request, once: Callable[[], Awaitable[R]]) -> R | DomainError:
    async with transaction():
        await _claim(request)
        known = await IdempotencyKey.get_or_none(scope=request.scope, key=request.key)
        if known is not None:
            if known.digest != request.digest:
                raise IdempotencyConflict(field="idempotencyKey")
            again: R | DomainError = await give_again(known.answer)
            if not is_over(again, clock.now()):
                return again
            await known.delete()
        outcome = await _refusal_or(once)
        if not (isinstance(outcome, DomainError) and request.scope == NOBODY):
            await _keep(request, outcome)
        return outcome


async def _keep(request: _Request, outcome: Model | DomainError | int | None) -> None:
    await IdempotencyKey.create(
        **dataclasses.asdict(request), answer=keep(outcome), created_at=clock.now()
    )


async def _claim(request: _Request) -> None:
    rows = await fetch(
        "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS mine",
        f"{request.scope}|{request.key}",
    )
    if not rows[0]["mine"]:
        raise IdempotencyInFlight(field="idempotencyKey")


async def _refusal_or(once: Callable[[], Awaitable[R]]) -> R | DomainError:
    try:
        async with transaction():
            return await once()
    except DomainError as refusal:
        return refusal


def _digest(operation: str, bound: inspect.BoundArguments) -> str:
    """Equal for equal inputs, whether given by position, by name or by default."""
    bound.apply_defaults()
    _viewer, *given = bound.arguments.items()
    told = {name: value for name, value in given if not isinstance(value, Aside)}
    return hashlib.sha256(canonical([operation, told]).encode()).hexdigest()


async def forget_answers(before: datetime) -> int:
    """Delete answers that were kept before the instant, in short transactions; how many went."""
    total = 0
    while True:
        deleted = await execute(_FORGET, before, BATCH)
        total += deleted
        if deleted < BATCH:
            return total
