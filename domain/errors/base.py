"""Refusals: what the portal says no to, as classes with a stable code.

A refusal carries objects, never sentences: its `code` is the key of message and remedy in
`notifications/languages/*/refusals.toml`, its `params` fill their placeholders. Parameters never
hold personal data, because they may reach a log.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import ClassVar


class Kind(StrEnum):
    """The family of a refusal; the schema has one GraphQL type per family."""

    INPUT = "INPUT"
    NOT_FOUND = "NOT_FOUND"
    NOT_ALLOWED = "NOT_ALLOWED"
    STATE = "STATE"
    STALE = "STALE"
    IDEMPOTENCY = "IDEMPOTENCY"
    RATE_LIMITED = "RATE_LIMITED"


class DomainError(Exception):
    """Base of every expected refusal."""

    code: ClassVar[str]
    kind: ClassVar[Kind]

    def __init__(self, *, field: str | None = None, **params: str | int) -> None:
        super().__init__(self.code)
        self.field = field
        self.params: Mapping[str, str | int] = params
        self.problems: tuple[DomainError, ...] = ()

    @classmethod
    def of(cls, problems: "Sequence[DomainError]") -> "DomainError":
        """One refusal for several problems: the first one itself, with all of them listed."""
        first = problems[0]
        first.problems = tuple(problems)
        return first


class InputRefused(DomainError):
    """Something in the input does not hold; `field` names it in the client's words."""

    code = "INPUT_REFUSED"
    kind = Kind.INPUT


class NotFound(DomainError):
    """Absent, or not the viewer's: both look alike."""

    code = "NOT_FOUND"
    kind = Kind.NOT_FOUND


class StateRefused(DomainError):
    """The object's state does not allow the action; `state` names the present one."""

    code = "STATE_REFUSED"
    kind = Kind.STATE


def refusal_classes() -> list[type[DomainError]]:
    """Every refusal with a code, in the order of its definition: the source of the catalogue."""
    found: list[type[DomainError]] = []
    pending: list[type[DomainError]] = DomainError.__subclasses__()
    while pending:
        cls = pending.pop(0)
        found.append(cls)
        pending.extend(cls.__subclasses__())
    return found
