"""Refusals of a request, whatever it is about."""

from domain.errors.base import DomainError, Kind


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
    """Too many of `what`, a code of `enums.rate`; `seconds` until the next one."""

    code = "RATE_LIMITED"
    kind = Kind.RATE_LIMITED
