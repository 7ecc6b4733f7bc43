"""Refusals about matches."""

from domain.errors.base import StateRefused


class WrongCommission(StateRefused):
    """An assistant is awarded the order, a provider is sent an inquiry: `action` is the one."""

    code = "WRONG_COMMISSION"


class AcceptorAway(StateRefused):
    """Who said yes cannot be reached at present: suspended, or nobody speaks for the provider."""

    code = "ACCEPTOR_AWAY"
