"""Kombinationsleistung, § 38 SGB XI: the Pflegegeld that is left beside used Sachleistung."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.errors.base import InputRefused
from domain.financing.book import LAW, Book
from domain.financing.calculation import (
    ZERO,
    Amount,
    Calculation,
    Operation,
    Rounding,
    Working,
    constant,
)
from domain.financing.care import (
    CareGrade,
    CareMonth,
    month_problems,
    not_for_grade_1,
)
from domain.financing.check import money
from domain.financing.parameter import Unit
from domain.financing.pflegegeld import pflegegeld_of
from domain.financing.sachleistung import converted, sachleistung_of, services_paid

KIND = "KOMBINATIONSLEISTUNG"
_PARAGRAPH = "§ 38 SGB XI"
_MONTH = Unit.EUR_PER_MONTH
_BOUND = "kombination.bound_months"


@dataclass(frozen=True, slots=True)
class CareCombination(CareMonth):
    """A month with bills: of care services, and of recognised offers that shall be converted."""

    services: Decimal = ZERO
    offers: Decimal = ZERO


def problems(said: CareCombination) -> Iterator[InputRefused]:
    """What cannot be calculated with."""
    yield from month_problems(said)
    yield from money("services", said.services)
    yield from money("offers", said.offers)


def kombination(
    said: CareCombination, day: date, *, law: Book = LAW, shown: bool = True
) -> Calculation:
    """The Pflegegeld of the month beside what care services and offers took.

    Raises:
        FigureNotKnown: the law of this day is not known.
    """
    working = Working(law, day, shown)
    return working.calculation(KIND, _left(working, said))


def _left(working: Working, said: CareCombination) -> Amount:
    """§ 38: Pflegegeld, less the share of Sachleistung that was used."""
    if said.grade is CareGrade.PG1:
        return not_for_grade_1(working, "REMAINING_PFLEGEGELD", _MONTH, _PARAGRAPH)
    _note(working, said)
    most = sachleistung_of(working, said)
    share = _share_left(working, most, _used(working, said, most))
    return working.step(
        "REMAINING_PFLEGEGELD",
        Operation.PERCENT,
        share,
        pflegegeld_of(working, said),
        unit=_MONTH,
        paragraph=_PARAGRAPH,
        rounding=Rounding.CENT,
    )


def _used(working: Working, said: CareCombination, most: Amount) -> Amount:
    """§ 38 and § 45a Abs. 4: what was converted counts as used Sachleistung."""
    paid = services_paid(working, said, most, said.services)
    if not said.offers:
        return paid
    return working.step(
        "SACHLEISTUNG_USED",
        Operation.ADD,
        paid,
        converted(working, said, most, paid, said.offers),
        unit=_MONTH,
        paragraph="§ 45a Abs. 4 SGB XI",
    )


def _share_left(working: Working, most: Amount, used: Amount) -> Amount:
    """In per cent, so that what is shown of a number without end still leads to the result."""
    one = working.step(
        "ONE_PERCENT",
        Operation.DIVIDE,
        most,
        constant("hundred", 100, Unit.FACTOR),
        unit=_MONTH,
        paragraph=_PARAGRAPH,
    )
    share = working.step(
        "SHARE_USED", Operation.DIVIDE, used, one, unit=Unit.PERCENT, paragraph=_PARAGRAPH
    )
    return working.step(
        "SHARE_LEFT",
        Operation.SUBTRACT,
        constant("whole", 100, Unit.PERCENT),
        share,
        unit=Unit.PERCENT,
        paragraph=_PARAGRAPH,
    )


def _note(working: Working, said: CareCombination) -> None:
    if working.law.find(_BOUND, working.day):
        working.figure(_BOUND)
        working.warn("BOUND_TO_RATIO")
    working.assume("ROUNDED_TO_CENT")
    if said.offers:
        working.assume("SERVICES_BILLED_FIRST")
        working.warn("OVERPAID_PFLEGEGELD_IS_NETTED")
