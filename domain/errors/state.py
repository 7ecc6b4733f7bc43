"""What an object's state does not allow, or what it still lacks."""

from domain.errors.base import StateRefused


class TalkMissing(StateRefused):
    """Release needs a recorded introductory talk."""

    code = "TALK_MISSING"


class IdentityCheckMissing(StateRefused):
    """Release needs a passed identity check."""

    code = "IDENTITY_CHECK_MISSING"


class EmailNotConfirmed(StateRefused):
    """Release needs a confirmed e-mail address."""

    code = "EMAIL_NOT_CONFIRMED"


class RenewalUseless(StateRefused):
    """A one-off order is open until its date, and no longer."""

    code = "RENEWAL_USELESS"


class OrderIncomplete(StateRefused):
    """The draft lacks something that a released order needs; `field` and `fields` name it."""

    code = "ORDER_INCOMPLETE"
