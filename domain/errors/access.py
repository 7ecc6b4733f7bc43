"""Refusals of somebody who may not, whatever the state."""

from domain.errors.base import DomainError, Kind


class SignInRequired(DomainError):
    """The viewer is anonymous."""

    code = "SIGN_IN_REQUIRED"
    kind = Kind.NOT_ALLOWED


class RoleNotAllowed(DomainError):
    """The viewer may not do this; `doers` do: roles, or somebody nearer (`domain.permissions`)."""

    code = "ROLE_NOT_ALLOWED"
    kind = Kind.NOT_ALLOWED


class AccountNotReleased(DomainError):
    """The viewer's account is not released (yet, or any more)."""

    code = "ACCOUNT_NOT_RELEASED"
    kind = Kind.NOT_ALLOWED


class CredentialsRefused(DomainError):
    """Unknown address, wrong password and account that is gone, all alike."""

    code = "CREDENTIALS_REFUSED"
    kind = Kind.NOT_ALLOWED


class SignInUnconfirmed(CredentialsRefused):
    """The password is right, and the address was never confirmed."""

    code = "SIGN_IN_UNCONFIRMED"


class SignInSuspended(CredentialsRefused):
    """The password is right, and the account is suspended."""

    code = "SIGN_IN_SUSPENDED"


class PasswordWrong(CredentialsRefused):
    """Somebody who is signed in has to prove it once more, and the password is wrong."""

    code = "PASSWORD_WRONG"
