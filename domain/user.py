"""People and what customer service records about them: the words that accounts are made of."""

from enum import StrEnum


class Employment(StrEnum):
    """How an assistant works."""

    VOLUNTEER = "VOLUNTEER"
    EMPLOYED = "EMPLOYED"
    SELF_EMPLOYED = "SELF_EMPLOYED"


class ActingFor(StrEnum):
    """Who fills in for a seeker."""

    SELF = "SELF"
    GUARDIAN = "GUARDIAN"
    RELATIVE = "RELATIVE"


class TalkChannel(StrEnum):
    """How the introductory talk was held."""

    PHONE = "PHONE"
    VIDEO = "VIDEO"


class TalkOutcome(StrEnum):
    """How the introductory talk ended."""

    DONE = "DONE"
    FAILED = "FAILED"


class DocumentKind(StrEnum):
    """What was presented at the identity check. Only the kind is kept (§ 20 PAuswG)."""

    IDENTITY_CARD = "IDENTITY_CARD"
    PASSPORT = "PASSPORT"
    RESIDENCE_PERMIT = "RESIDENCE_PERMIT"


class Verdict(StrEnum):
    """How a check ended."""

    CONFIRMED = "CONFIRMED"
    REJECTED = "REJECTED"


class Payer(StrEnum):
    """Who may pay for assistance, as named in the introductory talk."""

    CARE_INSURANCE = "CARE_INSURANCE"
    INTEGRATION_ASSISTANCE = "INTEGRATION_ASSISTANCE"
    HELP_TO_CARE = "HELP_TO_CARE"
    PRIVATE = "PRIVATE"
    OTHER = "OTHER"
