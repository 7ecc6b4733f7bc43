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


class FieldRequired(InputRefused):
    """A required field is missing or holds only white space."""

    code = "FIELD_REQUIRED"


class GroupRequired(InputRefused):
    """None of the fields of an at-least-one group is given; `fields` names all of them."""

    code = "GROUP_REQUIRED"


class TextTooLong(InputRefused):
    """A text exceeds its limit (`limit` in characters)."""

    code = "TEXT_TOO_LONG"


class TextRefused(InputRefused):
    """A text holds control characters, lone surrogates or direction overrides."""

    code = "TEXT_REFUSED"


class EmailRefused(InputRefused):
    """Not an e-mail address."""

    code = "EMAIL_REFUSED"


class PasswordTooShort(InputRefused):
    """The password has fewer than `limit` characters."""

    code = "PASSWORD_TOO_SHORT"


class PasswordTooCommon(InputRefused):
    """The password stands on the list of the most used ones."""

    code = "PASSWORD_TOO_COMMON"


class PostcodeUnknown(InputRefused):
    """The postcode does not belong to the district."""

    code = "POSTCODE_UNKNOWN"


class ActivityUnknown(InputRefused):
    """An activity's code is not in the catalogue, or it is retired."""

    code = "ACTIVITY_UNKNOWN"


class WindowRefused(InputRefused):
    """A time window is empty, reversed or not on the quarter hour."""

    code = "WINDOW_REFUSED"


class FieldForeign(InputRefused):
    """A field belongs to the other kind of order (one-off or recurring)."""

    code = "FIELD_FOREIGN"


class NumberOutOfRange(InputRefused):
    """A number lies outside `low` to `high`."""

    code = "NUMBER_OUT_OF_RANGE"


class DateInPast(InputRefused):
    """A planned date lies before now."""

    code = "DATE_IN_PAST"


class DateInFuture(InputRefused):
    """Something that has happened cannot lie after now."""

    code = "DATE_IN_FUTURE"


class DateRefused(InputRefused):
    """An instant lacks its zone, or a date lies more than a hundred years away."""

    code = "DATE_REFUSED"


class DateOutsideWindows(InputRefused):
    """The one-off date does not lie in one of the order's own windows."""

    code = "DATE_OUTSIDE_WINDOWS"


class CountImpossible(InputRefused):
    """More appointments per interval than the windows can hold."""

    code = "COUNT_IMPOSSIBLE"


class IdMalformed(InputRefused):
    """Not an id of this graph, or one of another type."""

    code = "ID_MALFORMED"


class NotMyDistrict(InputRefused):
    """The id belongs to another district's portal."""

    code = "NOT_MY_DISTRICT"


class LinkInvalid(InputRefused):
    """A mail link is unknown, used, expired or replaced by a newer one."""

    code = "LINK_INVALID"


class CursorInvalid(InputRefused):
    """Not a cursor of this portal's lists or events."""

    code = "CURSOR_INVALID"


class NotFound(DomainError):
    """Absent, or not the viewer's: both look alike."""

    code = "NOT_FOUND"
    kind = Kind.NOT_FOUND


class SignInRequired(DomainError):
    """The viewer is anonymous."""

    code = "SIGN_IN_REQUIRED"
    kind = Kind.NOT_ALLOWED


class RoleNotAllowed(DomainError):
    """The viewer's role may not do this."""

    code = "ROLE_NOT_ALLOWED"
    kind = Kind.NOT_ALLOWED


class AccountNotReleased(DomainError):
    """The viewer's account is not released (yet, or any more)."""

    code = "ACCOUNT_NOT_RELEASED"
    kind = Kind.NOT_ALLOWED


class CredentialsRefused(DomainError):
    """Unknown address, wrong password and unusable account, all alike."""

    code = "CREDENTIALS_REFUSED"
    kind = Kind.NOT_ALLOWED


class StateRefused(DomainError):
    """The object's state does not allow the action; `state` names the present one."""

    code = "STATE_REFUSED"
    kind = Kind.STATE


class TalkMissing(StateRefused):
    """Release needs a recorded introductory talk."""

    code = "TALK_MISSING"


class IdentityCheckMissing(StateRefused):
    """Release needs a passed identity check."""

    code = "IDENTITY_CHECK_MISSING"


class EmailNotConfirmed(StateRefused):
    """Release needs a confirmed e-mail address."""

    code = "EMAIL_NOT_CONFIRMED"


class OrderIncomplete(StateRefused):
    """The draft lacks something that a released order needs; `field` names it."""

    code = "ORDER_INCOMPLETE"


class Stale(DomainError):
    """Somebody changed the object in between; `version` is the present one."""

    code = "STALE"
    kind = Kind.STALE


class IdempotencyConflict(DomainError):
    """The key was used with another input."""

    code = "IDEMPOTENCY_CONFLICT"
    kind = Kind.IDEMPOTENCY


class IdempotencyInFlight(DomainError):
    """The same key is being worked on at this moment."""

    code = "IDEMPOTENCY_IN_FLIGHT"
    kind = Kind.IDEMPOTENCY


class RateLimited(DomainError):
    """Too many attempts; `seconds` until the next one."""

    code = "RATE_LIMITED"
    kind = Kind.RATE_LIMITED


def refusal_classes() -> list[type[DomainError]]:
    """Every refusal with a code, in the order of its definition: the source of the catalogue."""
    found: list[type[DomainError]] = []
    pending: list[type[DomainError]] = DomainError.__subclasses__()
    while pending:
        cls = pending.pop(0)
        found.append(cls)
        pending.extend(cls.__subclasses__())
    return found
