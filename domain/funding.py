"""Funding sources: who pays by which law, how much of what, and from when to when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.dates import refusals
from domain.errors import (
    ApprovedBeforeApplied,
    BudgetUnclear,
    DateInFuture,
    DomainError,
    FieldRequired,
    NumberOutOfRange,
    PayerForeign,
    SpanRefused,
)
from domain.errors.financing import FigureNotKnown
from domain.financing.book import LAW
from domain.financing.relief_ledger import FIGURE
from domain.user import Payer


class FundingInstrument(StrEnum):
    """What kind of benefit pays; `payers` answers with the same ones."""

    RELIEF_AMOUNT = "RELIEF_AMOUNT"  # Entlastungsbetrag
    CONVERSION = "CONVERSION"  # Umwandlung der Sachleistung
    CARE_IN_KIND = "CARE_IN_KIND"  # Pflegesachleistung
    CARE_ALLOWANCE = "CARE_ALLOWANCE"  # Pflegegeld
    RESPITE_CARE = "RESPITE_CARE"  # Verhinderungspflege, gemeinsamer Jahresbetrag
    INTEGRATION_ASSISTANCE = "INTEGRATION_ASSISTANCE"  # Eingliederungshilfe
    EDUCATION_ASSISTANCE = "EDUCATION_ASSISTANCE"  # Teilhabe an Bildung
    HELP_TO_CARE = "HELP_TO_CARE"  # Hilfe zur Pflege
    PERSONAL_BUDGET = "PERSONAL_BUDGET"  # Persönliches Budget
    WORK_ASSISTANCE = "WORK_ASSISTANCE"  # Arbeitsassistenz
    PRIVATE = "PRIVATE"
    OTHER = "OTHER"


class FundingPeriod(StrEnum):
    """For how long a budget is before it begins anew."""

    MONTH = "MONTH"
    YEAR = "YEAR"  # a calendar year
    WHOLE = "WHOLE"  # once, for all of its time


_I, _P = FundingInstrument, Payer
# § 45b Abs. 2 SGB XI and its like: a proof says what law an amount is paid by.
PARAGRAPHS: Mapping[FundingInstrument, str] = {
    _I.RELIEF_AMOUNT: "§ 45b SGB XI",
    _I.CONVERSION: "§ 45a Abs. 4 SGB XI",
    _I.CARE_IN_KIND: "§ 36 SGB XI",
    _I.CARE_ALLOWANCE: "§ 37 SGB XI",
    _I.RESPITE_CARE: "§§ 39, 42a SGB XI",
    _I.INTEGRATION_ASSISTANCE: "§§ 78, 113 Abs. 2 Nr. 2 SGB IX",
    _I.EDUCATION_ASSISTANCE: "§ 112 SGB IX",
    _I.HELP_TO_CARE: "§ 61 SGB XII",
    _I.PERSONAL_BUDGET: "§ 29 SGB IX",
    _I.WORK_ASSISTANCE: "§ 185 Abs. 5 SGB IX",
}
# A budget is paid by whoever would owe the benefit; everything else has one payer.
PAYERS: Mapping[FundingInstrument, tuple[Payer, ...]] = {
    _I.RELIEF_AMOUNT: (_P.CARE_INSURANCE,),
    _I.CONVERSION: (_P.CARE_INSURANCE,),
    _I.CARE_IN_KIND: (_P.CARE_INSURANCE,),
    _I.CARE_ALLOWANCE: (_P.CARE_INSURANCE,),
    _I.RESPITE_CARE: (_P.CARE_INSURANCE,),
    _I.INTEGRATION_ASSISTANCE: (_P.INTEGRATION_ASSISTANCE,),
    _I.EDUCATION_ASSISTANCE: (_P.INTEGRATION_ASSISTANCE,),
    _I.HELP_TO_CARE: (_P.HELP_TO_CARE,),
    _I.PERSONAL_BUDGET: (
        _P.INTEGRATION_ASSISTANCE,
        _P.HELP_TO_CARE,
        _P.CARE_INSURANCE,
        _P.OTHER,
    ),
    _I.WORK_ASSISTANCE: (_P.OTHER,),
    _I.PRIVATE: (_P.PRIVATE,),
    _I.OTHER: (_P.OTHER,),
}
# Everybody has these once at a time. Written down a second time in sql/58_funding.sql.
ONCE = frozenset(
    {_I.RELIEF_AMOUNT, _I.CONVERSION, _I.CARE_IN_KIND, _I.CARE_ALLOWANCE, _I.RESPITE_CARE}
)
# What needs no amount: the law says it, or there is no limit.
BY_ITSELF = frozenset({_I.RELIEF_AMOUNT, _I.PRIVATE})
CENTS = (1, 100_000_000)
MINUTES = (1, 5_256_000)  # ten years, day and night


@dataclass(frozen=True, slots=True)
class FundingTerms:
    """What a source pays: so many cents or so many minutes per period, on days of a span.

    Without `valid_until` it goes on; without a payer the instrument says who pays. The relief
    amount is what the law says unless it is said (half of it with Beihilfe); what is paid privately
    may be without limit.
    """

    instrument: FundingInstrument
    payer: Payer | None
    cents: int | None
    minutes: int | None
    per: FundingPeriod
    valid_from: date
    valid_until: date | None
    applied_on: date | None

    @property
    def known_payer(self) -> Payer:
        """Who pays, where nothing else is said."""
        return self.payer or PAYERS[self.instrument][0]


def problems(terms: FundingTerms, today: date, now: datetime) -> list[DomainError]:
    """Every reason not to write it down."""
    found: list[DomainError] = [
        *refusals(terms.valid_from, now, field="validFrom"),
        *refusals(terms.valid_until, now, field="validUntil"),
        *past_problems(terms.applied_on, today, now, field="appliedOn"),
    ]
    if terms.valid_until is not None and terms.valid_until < terms.valid_from:
        found.append(SpanRefused(field="validUntil"))
    found.extend(_payer(terms))
    found.extend(_budget(terms))
    return found


def past_problems(
    day: date | None, today: date, now: datetime, *, field: str
) -> Iterable[DomainError]:
    """Why a day on which something is said to have happened cannot be that."""
    yield from refusals(day, now, field=field)
    if day is not None and day > today:
        yield DateInFuture(field=field)


def approval_problems(
    approved_on: date | None, applied_on: date | None, today: date, now: datetime
) -> Iterable[DomainError]:
    """Why it cannot have been approved on a day."""
    yield from past_problems(approved_on, today, now, field="approvedOn")
    yield from order_problems(approved_on, applied_on, field="approvedOn")


def order_problems(
    approved_on: date | None, applied_on: date | None, *, field: str
) -> Iterable[DomainError]:
    """Why the two days cannot follow each other; `field` is the one that is said now."""
    if approved_on is not None and applied_on is not None and approved_on < applied_on:
        yield ApprovedBeforeApplied(field=field)


def _payer(terms: FundingTerms) -> Iterable[DomainError]:
    possible = PAYERS[terms.instrument]
    if terms.payer is None and len(possible) > 1:
        yield FieldRequired(field="payer")
    elif terms.payer is not None and terms.payer not in possible:
        yield PayerForeign(field="payer")


def _budget(terms: FundingTerms) -> Iterable[DomainError]:
    given = [each for each in (terms.cents, terms.minutes) if each is not None]
    free = terms.instrument in BY_ITSELF
    if len(given) > 1 or not (given or free):
        yield BudgetUnclear(field="cents")
    if terms.cents is not None:
        yield from _between(terms.cents, CENTS, "cents")
    if terms.minutes is not None:
        yield from _between(terms.minutes, MINUTES, "minutes")
    if terms.instrument is FundingInstrument.RELIEF_AMOUNT and (
        terms.minutes is not None or terms.per is not FundingPeriod.MONTH
    ):
        yield BudgetUnclear(field="per")
    yield from _credit(terms)


def _credit(terms: FundingTerms) -> Iterable[DomainError]:
    """The law has to know the credit of the first month, where nobody says how much it is."""
    month = terms.valid_from.replace(day=1)
    by_law = terms.instrument is FundingInstrument.RELIEF_AMOUNT and terms.cents is None
    if by_law and LAW.find(FIGURE, month) is None:
        yield FigureNotKnown(field="validFrom", figure=FIGURE, day=month.isoformat())


def _between(number: int, span: tuple[int, int], field: str) -> Iterable[DomainError]:
    low, high = span
    if not low <= number <= high:
        yield NumberOutOfRange(field=field, low=low, high=high)
