"""Umwandlungsanspruch, § 45a Abs. 4 SGB XI: recognised offers, paid from unused Sachleistung."""

from datetime import date

from domain.financing.book import LAW, Book
from domain.financing.calculation import Amount, Calculation, Working
from domain.financing.care import CareGrade, not_for_grade_1
from domain.financing.kombination import CareCombination
from domain.financing.parameter import Unit
from domain.financing.sachleistung import converted, sachleistung_of, services_paid

KIND = "UMWANDLUNG"


def umwandlung(
    said: CareCombination, day: date, *, law: Book = LAW, shown: bool = True
) -> Calculation:
    """What is paid of the bills of recognised offers.

    Raises:
        FigureNotKnown: the law of this day is not known.
    """
    working = Working(law, day, shown)
    return working.calculation(KIND, _paid(working, said))


def _paid(working: Working, said: CareCombination) -> Amount:
    if said.grade is CareGrade.PG1:
        return not_for_grade_1(working, "CONVERSION", Unit.EUR_PER_MONTH, "§ 45a Abs. 4 SGB XI")
    working.assume("SERVICES_BILLED_FIRST")
    working.assume("RELIEF_AMOUNT_APART")
    most = sachleistung_of(working, said)
    paid = services_paid(working, said, most, said.services)
    return converted(working, said, most, paid, said.offers)
