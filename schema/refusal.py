"""Refusals as data: one type per family, with code, message, field, path and remedy."""

from collections.abc import Sequence
from typing import Annotated, Any

import strawberry

from domain.errors import DomainError, Kind
from notifications.language import Language
from notifications.refusal import explain
from schema.node import Node


@strawberry.interface(description="Why something was not done, and what to do about it.")
class Refusal:
    """What every refusal says."""

    code: str = strawberry.field(description="Stable, for programs.")
    message: str = strawberry.field(description="What is wrong, in the reader's language.")
    field: str | None = strawberry.field(description="The input field it is about.")
    path: list[str] | None = strawberry.field(description="The way to that field in the input.")
    remedy: str = strawberry.field(description="What to do now, in the reader's language.")


@strawberry.type(description="One of several things that are wrong.")
class Problem:
    """A refusal inside a refusal."""

    code: str = strawberry.field(description="Stable, for programs.")
    field: str | None = strawberry.field(description="The input field it is about.")
    message: str = strawberry.field(description="What is wrong, in the reader's language.")
    remedy: str = strawberry.field(description="What to do now, in the reader's language.")


@strawberry.type(description="Something in the input does not hold.")
class InputRefused(Refusal):
    """Family INPUT."""

    problems: list[Problem] = strawberry.field(
        description="Everything that is wrong, field by field."
    )


@strawberry.type(description="Absent, or not yours: both look alike.")
class NotFound(Refusal):
    """Family NOT_FOUND."""


@strawberry.type(description="You may not do this: not signed in, another role, or not released.")
class NotAllowed(Refusal):
    """Family NOT_ALLOWED."""


@strawberry.type(description="The object's state does not allow it.")
class StateRefused(Refusal):
    """Family STATE."""

    # Not `state`: in one selection it would clash with the enumerations of the objects' states.
    current_state: str | None = strawberry.field(description="The present state.")
    problems: list[Problem] = strawberry.field(description="Everything that is missing.")


@strawberry.type(description="Somebody changed the object since you read it.")
class StaleRefused(Refusal):
    """Family STALE."""

    current_version: int | None = strawberry.field(description="The present version.")
    current: Node | None = strawberry.field(description="The object as it is now.")


@strawberry.type(description="The idempotency key was used before, or is in use.")
class IdempotencyRefused(Refusal):
    """Family IDEMPOTENCY."""


@strawberry.type(description="Too many attempts.")
class RateLimited(Refusal):
    """Family RATE_LIMITED."""

    retry_after_seconds: int = strawberry.field(description="Wait this long before the next one.")


Refusals = (
    InputRefused
    | NotFound
    | NotAllowed
    | StateRefused
    | StaleRefused
    | IdempotencyRefused
    | RateLimited
)
AnyRefusal = Annotated[Refusals, strawberry.union("AnyRefusal")]


def refusal(error: DomainError, language: Language, current: Node | None = None) -> Refusals:
    """The refusal as a type of the graph."""
    explained = explain(error, language)
    said: dict[str, Any] = {
        "code": error.code,
        "message": explained.message,
        "field": error.field,
        "path": None if error.field is None else ["input", *error.field.split(".")],
        "remedy": explained.remedy,
    }
    problems = _problems(error.problems or (error,), language)
    match error.kind:
        case Kind.INPUT:
            return InputRefused(**said, problems=problems)
        case Kind.STATE:
            state = error.params.get("state")
            shown = None if state is None else str(state)
            return StateRefused(**said, current_state=shown, problems=problems)
        case Kind.STALE:
            version = error.params.get("version")
            number = None if version is None else int(version)
            return StaleRefused(**said, current_version=number, current=current)
        case Kind.RATE_LIMITED:
            return RateLimited(**said, retry_after_seconds=int(error.params.get("seconds", 1)))
        case _:
            return _PLAIN[error.kind](**said)


_PLAIN: dict[Kind, type[NotFound] | type[NotAllowed] | type[IdempotencyRefused]] = {
    Kind.NOT_FOUND: NotFound,
    Kind.NOT_ALLOWED: NotAllowed,
    Kind.IDEMPOTENCY: IdempotencyRefused,
}


def _problems(errors: Sequence[DomainError], language: Language) -> list[Problem]:
    return [problem_of(error, language) for error in errors]


def problem_of(error: DomainError, language: Language) -> Problem:
    """A refusal inside a refusal."""
    explained = explain(error, language)
    return Problem(
        code=error.code,
        field=error.field,
        message=explained.message,
        remedy=explained.remedy,
    )
