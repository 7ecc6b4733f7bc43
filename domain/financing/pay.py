"""Least wages, the limit of marginal employment, and the highest allowance of neighbour helpers.

The minimum wage in care holds for care services, not where participation is the main purpose. The
allowance is a rule of the Land, and only that of Niedersachsen is known.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.errors.base import InputRefused
from domain.errors.financing import StateRuleNotKnown
from domain.financing.asked import Land, PaidWork
from domain.financing.book import LAW, Book
from domain.financing.calculation import (
    Amount,
    Calculation,
    Operation,
    Rounding,
    Working,
    fact,
)
from domain.financing.check import money, number
from domain.financing.parameter import Parameter, Unit
from domain.financing.reading import AmountReading

KIND = "WAGE_CHECK"
MOST_HOURS = 744  # of the longest month
MINIMUM = "mindestlohn"
_MINIJOB = "geringfuegigkeitsgrenze"
_CARE: Mapping[PaidWork, str] = {
    PaidWork.CARE_HELPER: "pflegemindestlohn.helper",
    PaidWork.CARE_TRAINED: "pflegemindestlohn.trained",
    PaidWork.CARE_SKILLED: "pflegemindestlohn.skilled",
}
_NEIGHBOUR_SHARE: Mapping[Land, str] = {Land.NI: "nachbarschaftshilfe.share"}
_HOURLY = Unit.EUR_PER_HOUR


@dataclass(frozen=True, slots=True)
class WageCheck:
    """What is paid an hour in euro, for what, and for how many hours a month if that was said.

    `land` is where a neighbour helper is recognised.
    """

    hourly: Decimal
    work: PaidWork = PaidWork.ORDINARY
    hours_per_month: Decimal | None = None
    land: Land | None = None


def problems(said: WageCheck) -> Iterator[InputRefused]:
    """What cannot be calculated with."""
    yield from money("hourly", said.hourly)
    yield from number("hoursPerMonth", said.hours_per_month, MOST_HOURS)
    if said.work is PaidWork.NEIGHBOUR_HELP and said.land not in _NEIGHBOUR_SHARE:
        yield StateRuleNotKnown(field="land")


def wage_check(said: WageCheck, day: date, *, law: Book = LAW, shown: bool = True) -> Calculation:
    """What is lacking to the least wage an hour, or what lies above the highest allowance.

    Raises:
        FigureNotKnown: the minimum wage of this day, or the allowance, is not known.
    """
    working = Working(law, day, shown)
    hourly = fact("hourly", said.hourly, _HOURLY)
    if said.work is PaidWork.NEIGHBOUR_HELP and said.land is not None:
        return working.calculation(KIND, _allowance(working, hourly, _NEIGHBOUR_SHARE[said.land]))
    lacking = _lacking(working, hourly, least_wage(working, said.work))
    if said.hours_per_month is None:
        working.miss("HOURS_PER_MONTH")
    else:
        hours = fact("hours_per_month", said.hours_per_month, Unit.HOURS)
        monthly = working.step(
            "MONTHLY_WAGE",
            Operation.MULTIPLY,
            hours,
            hourly,
            unit=Unit.EUR_PER_MONTH,
            paragraph="§ 8 Abs. 1 SGB IV",
            rounding=Rounding.CENT,
        )
        minijob(working, monthly)
    return working.calculation(KIND, lacking)


def least_wage(working: Working, work: PaidWork) -> Amount:
    """The minimum wage, or that of care where it is known and higher."""
    minimum = working.figure(MINIMUM)
    name = _CARE.get(work)
    if name is None:
        return _least(working, Operation.TAKE, minimum, paragraph="§ 1 Abs. 2 MiLoG")
    working.assume("CARE_WAGE_OF_CARE_SERVICES")
    if working.law.find(name, working.day) is None:
        working.warn("CARE_WAGE_NOT_KNOWN")
        working.reading = AmountReading.POSSIBLY_MORE
        return _least(working, Operation.TAKE, minimum, paragraph="§ 1 Abs. 2 MiLoG")
    care = working.figure(name)
    paragraph = "§ 1 Abs. 2 MiLoG, § 2 PflegeArbbV 6"
    return _least(working, Operation.GREATEST, minimum, care, paragraph=paragraph)


def _least(working: Working, operation: Operation, *wages: Amount, paragraph: str) -> Amount:
    return working.step("LEAST_WAGE", operation, *wages, unit=_HOURLY, paragraph=paragraph)


def _lacking(working: Working, hourly: Amount, least: Amount) -> Amount:
    """A wage exactly at the minimum will do."""
    paragraph = "§ 1 MiLoG"
    difference = working.step(
        "WAGE_DIFFERENCE", Operation.SUBTRACT, least, hourly, unit=_HOURLY, paragraph=paragraph
    )
    return working.at_least_nothing(
        "WAGE_LACKING", difference, paragraph, "WAGE_TOO_LOW", "WAGE_WILL_DO"
    )


def _allowance(working: Working, hourly: Amount, share: str) -> Amount:
    """A share of the minimum wage, down to the cent, is the most that a neighbour helper gets."""
    working.assume("NEIGHBOUR_HELPER_FITS")
    paragraph = working.law.at(share, working.day).paragraph
    most = working.step(
        "HIGHEST_ALLOWANCE",
        Operation.PERCENT,
        working.figure(share),
        working.figure(MINIMUM),
        unit=_HOURLY,
        paragraph=paragraph,
        rounding=Rounding.CENT_DOWN,
    )
    difference = working.step(
        "ALLOWANCE_DIFFERENCE",
        Operation.SUBTRACT,
        hourly,
        most,
        unit=_HOURLY,
        paragraph=paragraph,
    )
    return working.at_least_nothing(
        "ALLOWANCE_ABOVE", difference, paragraph, "ALLOWANCE_TOO_HIGH", "ALLOWANCE_WILL_DO"
    )


def minijob(working: Working, monthly: Amount) -> bool:
    """Whether a monthly wage is within the limit; exactly at it is."""
    limit = working.figure(_MINIJOB)
    within = monthly.value <= limit.value
    working.step(
        "MINIJOB_LIMIT",
        Operation.TAKE,
        limit,
        unit=Unit.EUR_PER_MONTH,
        paragraph=working.law.at(_MINIJOB, working.day).paragraph,
        outcome="MINIJOB" if within else "NO_MINIJOB",
    )
    return within


def minimum_wage_above(
    hourly: Decimal, begin: date, end: date | None, *, law: Book = LAW
) -> Parameter | None:
    """The first minimum wage above an hourly rate that holds on a day of a span; None if none."""
    for each in law.series(MINIMUM):
        overlaps = end is None or each.valid_from <= end
        if overlaps and (each.valid_to is None or each.valid_to >= begin) and each.value > hourly:
            return each
    return None
