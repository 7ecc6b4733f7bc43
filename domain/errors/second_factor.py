"""Refusals about the second factor."""

from domain.errors.base import DomainError, InputRefused, Kind


class SecondFactorMissing(DomainError):
    """Staff and coordinators may do nothing before they have set up a second factor."""

    code = "SECOND_FACTOR_MISSING"
    kind = Kind.NOT_ALLOWED


class CodeRequired(InputRefused):
    """The password is right, and the account has a second factor."""

    code = "CODE_REQUIRED"


class CodeRefused(InputRefused):
    """A code that is wrong, over, or used."""

    code = "CODE_REFUSED"


class SecondFactorNeeded(DomainError):
    """Staff and coordinators cannot be without a second factor."""

    code = "SECOND_FACTOR_NEEDED"
    kind = Kind.NOT_ALLOWED
