"""Refusals about matches."""

from domain.errors.base import StateRefused


class WrongCommission(StateRefused):
    """An assistant is awarded the order, a provider is sent an inquiry: `action` is the one."""

    code = "WRONG_COMMISSION"


class AcceptorAway(StateRefused):
    """Who said yes cannot be reached at present: suspended, or nobody speaks for the provider."""

    code = "ACCEPTOR_AWAY"


class FitsNoLonger(StateRefused):
    """Order and acceptor have grown apart: one of them has changed since the suggestion."""

    code = "FITS_NO_LONGER"


class NomineeRefused(StateRefused):
    """This assistant cannot be named for this order: a no was said before."""

    code = "NOMINEE_REFUSED"


class NomineesFull(StateRefused):
    """As many are named as can be, which is `number`."""

    code = "NOMINEES_FULL"


class NomineeDrafted(StateRefused):
    """A contract with the one who was chosen is being drafted: nobody else can be chosen."""

    code = "NOMINEE_DRAFTED"


class NomineeContracted(StateRefused):
    """The contract names who comes: a nomination changes nothing about it any more."""

    code = "NOMINEE_CONTRACTED"


class ConversationClosed(StateRefused):
    """Nothing can be written any more: the match has ended, or the other side is not there."""

    code = "CONVERSATION_CLOSED"
