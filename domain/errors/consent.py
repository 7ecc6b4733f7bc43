"""Refusals about acceptances and consents."""

from domain.errors.base import DomainError, InputRefused, Kind, StateRefused


class ConsentMissing(InputRefused):
    """A text is not agreed to; `kind` names it."""

    code = "CONSENT_MISSING"


class ConsentOutdated(InputRefused):
    """The text has changed since it was read; `kind` names it."""

    code = "CONSENT_OUTDATED"


class ConsentOwed(DomainError):
    """Before anything else is written, a text is to be agreed to."""

    code = "CONSENT_OWED"
    kind = Kind.NOT_ALLOWED


class ConsentKept(InputRefused):
    """This one holds as long as the account: it can be ended with the account only."""

    code = "CONSENT_KEPT"


class ConsentsMissing(StateRefused):
    """Release needs the person's agreement to every present text of the role."""

    code = "CONSENTS_MISSING"
