"""The own contribution to Eingliederungshilfe, §§ 135 to 138 SGB IX, for one month.

Two per cent of what the yearly income exceeds the limit by, rounded down to a full ten; an income
exactly at the limit pays nothing. Parents of adults pay nothing since 2020.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.errors.base import InputRefused
from domain.financing.book import LAW, Book
from domain.financing.calculation import (
    Amount,
    Calculation,
    Operation,
    Rounding,
    Working,
    fact,
)
from domain.financing.check import agrees, amounts_of, count, money
from domain.financing.free_benefit import CONTRIBUTION_SHARE, FreeBenefit, exempt
from domain.financing.income_limit import Incomes, income_of, limit_of
from domain.financing.parameter import Unit

KIND = "OWN_CONTRIBUTION"
MOST_CHILDREN = 20
_YEAR, _MONTH = Unit.EUR_PER_YEAR, Unit.EUR_PER_MONTH


@dataclass(frozen=True, slots=True)
class OwnContribution:
    """What somebody says. Money in euro: incomes a year, the benefit a month.

    `partner` is the income of a partner who lives in the household, by kind; None without one.
    `minors` counts the beneficiaries under age in their parents' household, whose parents' incomes
    then stand together in `incomes`; 0 for an adult. `contributing` says that for another benefit
    of the same time, or for a child under age in the household, a contribution is paid already.
    """

    incomes: Incomes
    partner: Incomes | None = None
    children: int = 0
    minors: int = 0
    free_benefit: FreeBenefit | None = None
    contributing: bool = False
    benefit: Decimal | None = None
    one_off_price: Decimal | None = None
    expected_income: bool = False


def problems(said: OwnContribution) -> Iterator[InputRefused]:
    """What cannot be calculated with."""
    yield from amounts_of("incomes", said.incomes)
    yield from amounts_of("partner", said.partner or {})
    yield from count("children", said.children, MOST_CHILDREN)
    yield from count("minors", said.minors, MOST_CHILDREN)
    yield from money("benefit", said.benefit)
    yield from money("oneOffPrice", said.one_off_price)
    yield from agrees("oneOffPrice", fits=None in {said.benefit, said.one_off_price})


def own_contribution(
    said: OwnContribution, day: date, *, law: Book = LAW, shown: bool = True
) -> Calculation:
    """What is to be paid a month, or once for an aid that was asked about.

    Raises:
        FigureNotKnown: the law of this day is not known.
    """
    working = Working(law, day, shown)
    return working.calculation(KIND, _paid(working, said))


def _paid(working: Working, said: OwnContribution) -> Amount:
    unit = _MONTH if said.one_off_price is None else Unit.EUR
    if said.free_benefit:
        return exempt(working, said.free_benefit, unit)
    if said.contributing:
        return _covered(working, unit)
    kind, income = income_of(working, said.incomes, expected=said.expected_income)
    limit = limit_of(working, kind, said.partner, said.children, said.minors)
    monthly = _monthly(working, income, limit)
    _note(working, said)
    if said.one_off_price is not None:
        return _one_off(working, monthly, said.one_off_price)
    return _net(working, monthly, said.benefit)


def _covered(working: Working, unit: Unit) -> Amount:
    """§ 138 Abs. 2: one contribution covers all benefits of the time and the household's minors."""
    return working.nothing(
        "COVERED",
        unit,
        paragraph="§ 138 Abs. 2 SGB IX",
        by=CONTRIBUTION_SHARE,
        outcome="ALREADY_CONTRIBUTING",
    )


def _monthly(working: Working, income: Amount, limit: Amount) -> Amount:
    """§ 137 Abs. 2: two per cent of the excess, down to a full ten."""
    paragraph = "§ 137 Abs. 2 SGB IX"
    difference = working.step(
        "ABOVE_LIMIT", Operation.SUBTRACT, income, limit, unit=_YEAR, paragraph=paragraph
    )
    excess = working.at_least_nothing("EXCESS", difference, paragraph, "ABOVE", "NOT_ABOVE")
    return working.step(
        "MONTHLY_CONTRIBUTION",
        Operation.PERCENT,
        working.figure(CONTRIBUTION_SHARE),
        excess,
        unit=_MONTH,
        paragraph=paragraph,
        rounding=Rounding.TEN_DOWN,
    )


def _net(working: Working, monthly: Amount, benefit: Decimal | None) -> Amount:
    """§ 137 Abs. 3: it is kept back from the benefit, so it never exceeds it."""
    if benefit is None:
        return monthly
    return working.step(
        "NET_CONTRIBUTION",
        Operation.LEAST,
        monthly,
        fact("benefit", benefit, _MONTH),
        unit=_MONTH,
        paragraph="§ 137 Abs. 3 SGB IX",
    )


def _one_off(working: Working, monthly: Amount, price: Decimal) -> Amount:
    """§ 138 Abs. 3: for an aid of a year or more at most four monthly contributions, once."""
    paragraph = "§ 138 Abs. 3 SGB IX"
    most = working.step(
        "ONE_OFF_LIMIT",
        Operation.MULTIPLY,
        working.figure("eigenbeitrag.one_off_months"),
        monthly,
        unit=Unit.EUR,
        paragraph=paragraph,
    )
    return working.step(
        "ONE_OFF_CONTRIBUTION",
        Operation.LEAST,
        most,
        fact("one_off_price", price, Unit.EUR),
        unit=Unit.EUR,
        paragraph=paragraph,
    )


def _note(working: Working, said: OwnContribution) -> None:
    """What was taken as given, and what was not said."""
    if not said.incomes:
        working.miss("INCOME")
    if said.partner == {} and not said.minors:
        working.miss("PARTNER_INCOME")
    working.assume("EXPECTED_INCOME" if said.expected_income else "INCOME_OF_YEAR_BEFORE_LAST")
    if said.minors:
        working.assume("MINOR_ALSO_OF_SINGLE_PARENTS")
        if said.children or said.partner is not None:
            working.assume("NO_FAMILY_SUPPLEMENTS_WITH_MINORS")
    if said.one_off_price is not None:
        working.assume("AID_LASTS_A_YEAR")
    elif said.benefit is None:
        working.miss("BENEFIT")
