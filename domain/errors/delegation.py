"""Refusals about acting for somebody else."""

from domain.errors.base import DomainError, InputRefused, Kind, StateRefused


class ActingRefused(DomainError):
    """The viewer may not act for this account, or may no longer."""

    code = "ACTING_REFUSED"
    kind = Kind.NOT_ALLOWED


class NotForAnother(DomainError):
    """What is personal cannot be done for somebody else."""

    code = "NOT_FOR_ANOTHER"
    kind = Kind.NOT_ALLOWED


class GuardianUnseen(DomainError):
    """Customer service records guardians, when it has seen what makes them so."""

    code = "GUARDIAN_UNSEEN"
    kind = Kind.NOT_ALLOWED


class DelegationToOneself(InputRefused):
    """The address is the principal's own."""

    code = "DELEGATION_TO_ONESELF"


class DelegationsFull(StateRefused):
    """As many as may be, `number`, act for this account or are asked to."""

    code = "DELEGATIONS_FULL"
