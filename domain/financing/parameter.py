"""A figure of the law: its value, from when to when it holds, and where that is written."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

_LENGTH = 12  # characters of a version: enough to tell two apart


class LegalTopic(StrEnum):
    """What a figure is about; each topic is a file of `parameters/`."""

    SOCIAL_INSURANCE = "SOCIAL_INSURANCE"
    OWN_CONTRIBUTION = "OWN_CONTRIBUTION"
    CARE_INSURANCE = "CARE_INSURANCE"
    PERSONAL_BUDGET = "PERSONAL_BUDGET"
    HELP_TO_CARE = "HELP_TO_CARE"
    RELATIVES = "RELATIVES"
    PAY = "PAY"
    STATE_LAW = "STATE_LAW"


class Unit(StrEnum):
    """What a number counts. Money is in euro."""

    EUR = "EUR"
    EUR_PER_HOUR = "EUR_PER_HOUR"
    EUR_PER_DAY = "EUR_PER_DAY"
    EUR_PER_MONTH = "EUR_PER_MONTH"
    EUR_PER_YEAR = "EUR_PER_YEAR"
    PERCENT = "PERCENT"
    PERCENT_POINTS = "PERCENT_POINTS"
    FACTOR = "FACTOR"
    MINUTES = "MINUTES"
    HOURS = "HOURS"
    DAYS = "DAYS"
    WEEKS = "WEEKS"
    MONTHS = "MONTHS"
    YEARS = "YEARS"


class LegalStatus(StrEnum):
    """Whether a figure is law. Nothing is calculated with a draft."""

    ENACTED = "ENACTED"
    DRAFT = "DRAFT"


class Confidence(StrEnum):
    """How sure we are of having read it right."""

    HIGH = "HIGH"
    MEDIUM = "MEDIUM"
    LOW = "LOW"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One figure over a span of days, both ends included; without an end it holds until changed.

    `first` and `last` say that the law had none before and has none after it: nothing is missing.
    `due` says that it ends with an adjustment of which only the day is known.
    """

    topic: LegalTopic
    name: str
    value: Decimal
    unit: Unit
    valid_from: date
    valid_to: date | None
    paragraph: str
    status: LegalStatus
    verified_on: date
    source: str
    confidence: Confidence
    first: bool = False
    last: bool = False
    due: bool = False

    def holds(self, day: date) -> bool:
        """Whether the day lies in its span."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def verified_until(self) -> date:
        """The last day for which it is vouched: the law's own end, or the day it was looked up.

        One that is due for adjustment may change before, as an open one may.
        """
        return self.verified_on if self.due or self.valid_to is None else self.valid_to


def version_of(parameters: Iterable[Parameter]) -> str:
    """What tells one set of figures from another: another value, day or word is another version."""
    rows = sorted(parameters, key=lambda each: (each.name, each.valid_from))
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:_LENGTH]
