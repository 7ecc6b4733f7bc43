"""Sachleistung, § 36 SGB XI: what care services may bill a month, and what offers take of it.

A part of the month has the whole amount: only for Pflegegeld the law counts days.
"""

from datetime import date
from decimal import Decimal

from domain.financing.book import LAW, Book
from domain.financing.calculation import Amount, Calculation, Operation, Working
from domain.financing.care import Care, CareGrade, granted, not_for_grade_1, of_grade, spent
from domain.financing.parameter import Unit

KIND = "SACHLEISTUNG"
_PARAGRAPH = "§ 36 SGB XI"
_CONVERSION = "§ 45a Abs. 4 SGB XI"
_MONTH = Unit.EUR_PER_MONTH


def sachleistung(said: Care, day: date, *, law: Book = LAW, shown: bool = True) -> Calculation:
    """The most that is paid for care services in a month.

    Raises:
        FigureNotKnown: the law of this day is not known.
    """
    working = Working(law, day, shown)
    return working.calculation(KIND, sachleistung_of(working, said))


def sachleistung_of(working: Working, said: Care) -> Amount:
    """§ 36: the amount of the grade."""
    if said.grade is CareGrade.PG1:
        return not_for_grade_1(working, KIND, _MONTH, _PARAGRAPH)
    return granted(working, said, KIND, of_grade("sachleistung", said.grade))


def services_paid(working: Working, said: Care, most: Amount, services: Decimal) -> Amount:
    """§ 36: bills of care services come first, up to the amount."""
    return working.step(
        "SERVICES_PAID",
        Operation.LEAST,
        spent(working, said, "care_services", services, _MONTH),
        most,
        unit=_MONTH,
        paragraph=_PARAGRAPH,
        outcome="ABOVE_THE_AMOUNT" if services > most.value else None,
    )


def converted(working: Working, said: Care, most: Amount, paid: Amount, offers: Decimal) -> Amount:
    """§ 45a Abs. 4: offers are paid from what services left, up to a share of the whole amount."""
    unused = working.step(
        "SACHLEISTUNG_UNUSED",
        Operation.SUBTRACT,
        most,
        paid,
        unit=_MONTH,
        paragraph=_CONVERSION,
    )
    limit = working.step(
        "CONVERSION_LIMIT",
        Operation.PERCENT,
        working.figure("umwandlung.share"),
        most,
        unit=_MONTH,
        paragraph=_CONVERSION,
    )
    return working.step(
        "CONVERSION",
        Operation.LEAST,
        spent(working, said, "recognised_offers", offers, _MONTH),
        limit,
        unused,
        unit=_MONTH,
        paragraph=_CONVERSION,
    )
