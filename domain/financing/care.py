"""Care grade, home and month of somebody who asks care insurance, and what all its rules share."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from domain.errors.base import InputRefused
from domain.financing.calculation import (
    ZERO,
    Amount,
    Operation,
    Rounding,
    Working,
    constant,
    fact,
)
from domain.financing.check import agrees, count, money
from domain.financing.parameter import Unit

_COUNTED_DAYS, _MONTH_DAYS, _YEAR_DAYS, _PERSONS = 30, 31, 366, 12
DAYS_OF_WEEK = 7
BEIHILFE_SHARE = "beihilfe.share"


class CareGrade(StrEnum):
    """Pflegegrad, § 15 SGB XI."""

    PG1 = "PG1"
    PG2 = "PG2"
    PG3 = "PG3"
    PG4 = "PG4"
    PG5 = "PG5"


class Living(StrEnum):
    """Where somebody lives, as far as benefits of care at home depend on it.

    Not `Housing` of who may pay: a shared flat is a home to the payers but has a benefit of its own
    here, and what care insurance pays in a care facility (§ 43) is not calculated.
    """

    AT_HOME = "AT_HOME"
    SHARED_FLAT = "SHARED_FLAT"  # ambulant betreute Wohngruppe, § 45f
    RESIDENTIAL = "RESIDENTIAL"  # besondere Wohnform of Eingliederungshilfe, § 43a


@dataclass(frozen=True, slots=True)
class Care:
    """Whom it is about; people entitled to Beihilfe get half of everything (§ 28 Abs. 2)."""

    grade: CareGrade
    beihilfe: bool = False


@dataclass(frozen=True, slots=True)
class CareMonth(Care):
    """A month of Pflegegeld: its days, and those in the calendar year before it.

    `days` are those on which it is due; None for all. What is abroad is outside EU, EEA and CH.
    """

    days: int | None = None
    short_term_days: int = 0
    short_term_days_before: int = 0
    respite_days: int = 0
    respite_days_before: int = 0
    days_abroad: int = 0
    days_abroad_before: int = 0


@dataclass(frozen=True, slots=True)
class CareSituation(CareMonth):
    """All that the benefits depend on. Money was spent in the calendar year of the day.

    `spent_on_relatives` is the part of `spent_on_respite` that went to relatives up to the second
    degree or people of the household; `proven_costs` are what these had, such as fares.
    """

    living: Living = Living.AT_HOME
    persons: int = 1
    under_25: bool = False
    spent_on_respite: Decimal = ZERO
    spent_on_short_term_care: Decimal = ZERO
    spent_on_relatives: Decimal = ZERO
    proven_costs: Decimal = ZERO


def month_problems(said: CareMonth) -> Iterator[InputRefused]:
    """Days that no month or year has."""
    if said.days is not None:
        yield from count("days", said.days, _MONTH_DAYS, 1)
    yield from count("shortTermDays", said.short_term_days, _MONTH_DAYS)
    left = max(_MONTH_DAYS - said.short_term_days, 0)
    yield from count("respiteDays", said.respite_days, left)
    left = max(left - said.respite_days, 0)
    yield from count("daysAbroad", said.days_abroad, left)
    away = said.short_term_days + said.respite_days + said.days_abroad
    yield from agrees("days", fits=not said.days or away <= said.days)
    yield from count("shortTermDaysBefore", said.short_term_days_before, _YEAR_DAYS)
    yield from count("respiteDaysBefore", said.respite_days_before, _YEAR_DAYS)
    yield from count("daysAbroadBefore", said.days_abroad_before, _YEAR_DAYS)


def days_problems(said: CareMonth, day: date) -> Iterator[InputRefused]:
    """A day more than the month has; 30 are all of every month, as the law counts (§ 37 Abs. 2)."""
    most = max(_COUNTED_DAYS, monthrange(day.year, day.month)[1])
    for name, days in (
        ("days", said.days or 0),
        ("shortTermDays", said.short_term_days),
        ("respiteDays", said.respite_days),
        ("daysAbroad", said.days_abroad),
    ):
        if days <= _MONTH_DAYS:
            yield from count(name, days, most)


def problems(said: CareSituation) -> Iterator[InputRefused]:
    """What cannot be calculated with."""
    yield from month_problems(said)
    yield from count("persons", said.persons, _PERSONS, 1)
    yield from money("spentOnRespite", said.spent_on_respite)
    yield from money("spentOnShortTermCare", said.spent_on_short_term_care)
    yield from money("spentOnRelatives", said.spent_on_relatives)
    within = not said.spent_on_relatives or said.spent_on_relatives <= said.spent_on_respite
    yield from agrees("spentOnRelatives", fits=within)
    yield from money("provenCosts", said.proven_costs)


def of_grade(figure: str, grade: CareGrade) -> str:
    """The name of a figure that there is for each grade."""
    return f"{figure}.{grade.lower()}"


def granted(working: Working, said: Care, name: str, figure: str) -> Amount:
    """The amount of the law, half of it for people who are entitled to Beihilfe, § 28 Abs. 2."""
    amount = working.figure(figure)
    paragraph = working.figures[figure].paragraph
    if not said.beihilfe:
        return working.step(name, Operation.TAKE, amount, unit=amount.unit, paragraph=paragraph)
    return working.step(
        name,
        Operation.PERCENT,
        working.figure(BEIHILFE_SHARE),
        amount,
        unit=amount.unit,
        paragraph=f"{paragraph}, § 28 Abs. 2 SGB XI",
        rounding=Rounding.CENT,
        outcome="BEIHILFE_HALF",
    )


# What was spent, and the same where Beihilfe pays a part of each bill.
_PART_OF_INSURANCE: Mapping[str, str] = {
    "care_services": "care_services.of_insurance",
    "recognised_offers": "recognised_offers.of_insurance",
    "relief_use": "relief_use.of_insurance",
    "spent_on_verhinderungspflege": "spent_on_verhinderungspflege.of_insurance",
    "spent_on_kurzzeitpflege": "spent_on_kurzzeitpflege.of_insurance",
    "spent_on_relatives": "spent_on_relatives.of_insurance",
    "proven_costs": "proven_costs.of_insurance",
}


def spent(working: Working, said: Care, name: str, value: Decimal, unit: Unit) -> Amount:
    """Bills stand beside halved benefits, so only the part that care insurance owes is meant."""
    if not said.beihilfe:
        return fact(name, value, unit)
    if value:
        working.assume("BILLS_WITHOUT_BEIHILFE")
    return fact(_PART_OF_INSURANCE[name], value, unit)


def not_for_grade_1(working: Working, name: str, unit: Unit, paragraph: str) -> Amount:
    """§ 28a: with grade 1 there is the Entlastungsbetrag and small items only."""
    return working.nothing(
        name,
        unit,
        paragraph=paragraph,
        by="pflegegeld.pg1",
        outcome="NOT_FOR_GRADE_1",
    )


class WeeksOfYear(NamedTuple):
    """Weeks that a calendar year has for something: the figure, and the names of what is counted.

    `before` is the fact how many of their days were used before the month.
    """

    figure: str
    before: str
    allowed: str
    still_open: str
    counted: str


def days_within(working: Working, weeks: WeeksOfYear, days: Amount, *, before: int) -> Amount:
    """How many of a month's days lie within the weeks of the year."""
    paragraph = working.law.at(weeks.figure, working.day).paragraph
    allowed = working.step(
        weeks.allowed,
        Operation.MULTIPLY,
        working.figure(weeks.figure),
        constant("days_of_week", DAYS_OF_WEEK, Unit.DAYS),
        unit=Unit.DAYS,
        paragraph=paragraph,
    )
    still = working.step(
        weeks.still_open,
        Operation.SUBTRACT,
        allowed,
        fact(weeks.before, before, Unit.DAYS),
        unit=Unit.DAYS,
        paragraph=paragraph,
    )
    if still.value < 0:
        return working.at_least_nothing(weeks.counted, still, paragraph, otherwise="WEEKS_USED_UP")
    return working.step(
        weeks.counted,
        Operation.LEAST,
        days,
        still,
        unit=Unit.DAYS,
        paragraph=paragraph,
        outcome="WEEKS_USED_UP" if still.value < days.value else None,
    )
