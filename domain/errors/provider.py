"""Refusals about providers and their people."""

from domain.errors.base import DomainError, Kind, StateRefused


class AdminRequired(DomainError):
    """Only somebody who decides for the provider may do this."""

    code = "ADMIN_REQUIRED"
    kind = Kind.NOT_ALLOWED


class LastAdmin(StateRefused):
    """Nobody would be left who decides for the provider."""

    code = "LAST_ADMIN"


class ProviderMissing(StateRefused):
    """No provider has said yes to somebody who works or speaks for one."""

    code = "PROVIDER_MISSING"


class MemberAlready(StateRefused):
    """The person is one of the provider's people."""

    code = "MEMBER_ALREADY"


class SelfEmployed(StateRefused):
    """The assistant works without a provider."""

    code = "SELF_EMPLOYED"
