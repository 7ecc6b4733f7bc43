"""What parents and children of somebody with care or participation benefits have to pay.

For an adult's Eingliederungshilfe nothing (§ 141 Abs. 1 SGB IX). For help to care only if one of
them has more than 100,000 euro in a year: each is looked at alone, and it is presumed that nobody
has (§ 94 Abs. 1a SGB XII).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from domain.errors.base import InputRefused
from domain.financing.book import LAW, Book
from domain.financing.calculation import (
    Amount,
    Calculation,
    Operation,
    Working,
    fact,
)
from domain.financing.check import count, money
from domain.financing.parameter import Unit
from domain.financing.reading import AmountReading

KIND = "PARENTAL_CONTRIBUTION"
MOST_PARENTS, MOST_CHILDREN = 4, 20
_YEAR, _MONTH = Unit.EUR_PER_YEAR, Unit.EUR_PER_MONTH
_LIMIT = "unterhalt.income_limit"
_ABOVE = "§ 94 Abs. 1a SGB XII"
_BASE = "§ 94 Abs. 2 SGB XII"


class _Relative(NamedTuple):
    """The fact, the steps and the outcomes of one who is looked at."""

    income: str
    greatest: str
    excess: str
    above: str
    not_above: str


_PARENT = _Relative(
    "parent_income", "PARENT_GREATEST_INCOME", "PARENT_EXCESS", "PARENT_ABOVE", "PARENT_NOT_ABOVE"
)
_CHILD = _Relative(
    "child_income", "CHILD_GREATEST_INCOME", "CHILD_EXCESS", "CHILD_ABOVE", "CHILD_NOT_ABOVE"
)


class _OfParents(NamedTuple):
    """What parents pay for one chapter: as the law began, and moved with the child benefit."""

    base: str
    moved: str


_OF_HELP_TO_CARE = (_OfParents("unterhalt.base_seventh_chapter", "unterhalt.seventh_chapter"),)
_OF_SUBSISTENCE_TOO = (
    *_OF_HELP_TO_CARE,
    _OfParents("unterhalt.base_third_fourth_chapter", "unterhalt.third_fourth_chapter"),
)


class ReceivedBenefit(StrEnum):
    """What the person gets; care at home may be either (§ 103 Abs. 2 SGB IX)."""

    EINGLIEDERUNGSHILFE = "EINGLIEDERUNGSHILFE"
    HELP_TO_CARE = "HELP_TO_CARE"


@dataclass(frozen=True, slots=True)
class ParentalContribution:
    """What somebody says; `parents` and `children` are the incomes that are known, each alone.

    An income is the Gesamteinkommen of a year (§ 16 SGB IV): before taxes, not the net pay.
    `subsistence` says that Grundsicherung or help to subsistence is received too.
    """

    benefit: ReceivedBenefit
    minor: bool = False
    parents: tuple[Decimal, ...] = ()
    children: tuple[Decimal, ...] = ()
    subsistence: bool = False


def problems(said: ParentalContribution) -> Iterator[InputRefused]:
    """What cannot be calculated with."""
    yield from count("parents", len(said.parents), MOST_PARENTS)
    yield from count("children", len(said.children), MOST_CHILDREN)
    for name, incomes in (("parents", said.parents), ("children", said.children)):
        for index, income in enumerate(incomes):
            yield from money(f"{name}.{index}", income)


def parental_contribution(
    said: ParentalContribution, day: date, *, law: Book = LAW, shown: bool = True
) -> Calculation:
    """What parents pay a month, mostly nothing; a child above the limit is told without an amount.

    Raises:
        FigureNotKnown: the law of this day is not known.
    """
    working = Working(law, day, shown)
    return working.calculation(KIND, _asked_for(working, said))


def _asked_for(working: Working, said: ParentalContribution) -> Amount:
    if said.minor:
        return _other_rule(working, said.benefit)
    if said.benefit is ReceivedBenefit.EINGLIEDERUNGSHILFE:
        working.because("ADULT_EINGLIEDERUNGSHILFE")
        return _nothing(working, "§ 141 Abs. 1 SGB IX", "NOBODY_PAYS")
    _note(working, said)
    child_above = _above(working, _CHILD, said.children)
    parents_above = _above(working, _PARENT, said.parents)
    if child_above:
        working.warn("MAINTENANCE_BY_CIVIL_LAW")
        working.reading = AmountReading.POSSIBLY_MORE
    if parents_above:
        return _of_parents(working, subsistence=said.subsistence)
    return _nothing(working, _ABOVE, "ONLY_CHILD_ABOVE" if child_above else "NOBODY_ABOVE")


def _other_rule(working: Working, benefit: ReceivedBenefit) -> Amount:
    """For minors the parents' income counts as that of the household, by another rule."""
    working.reading = AmountReading.BY_THIS_RULE
    if benefit is ReceivedBenefit.EINGLIEDERUNGSHILFE:
        working.warn("MINOR_OWN_CONTRIBUTION")
        return _nothing(working, "§ 136 Abs. 5 SGB IX", "OTHER_RULE")
    working.warn("MINOR_HELP_TO_CARE")
    return _nothing(working, "§ 19 Abs. 3 SGB XII", "OTHER_RULE")


def _nothing(working: Working, paragraph: str, outcome: str) -> Amount:
    return working.nothing(
        "RELATIVES_PAY_NOTHING", _MONTH, paragraph=paragraph, by=_LIMIT, outcome=outcome
    )


def _note(working: Working, said: ParentalContribution) -> None:
    working.assume("TOTAL_INCOME_NOT_NET")
    if not (said.parents and said.children):
        working.assume("PRESUMED_NOT_ABOVE")
    if not (said.parents or said.children):
        working.miss("RELATIVES_INCOME")


def _above(working: Working, who: _Relative, incomes: Sequence[Decimal]) -> bool:
    """§ 94 Abs. 1a: each alone, so the greatest decides; exactly at the limit is free."""
    if not incomes:
        return False
    greatest = working.step(
        who.greatest,
        Operation.GREATEST,
        *(fact(who.income, income) for income in incomes),
        unit=_YEAR,
        paragraph=_ABOVE,
    )
    limit = working.figure(_LIMIT)
    above = greatest.value > limit.value
    working.step(
        who.excess,
        Operation.SUBTRACT,
        greatest,
        limit,
        unit=_YEAR,
        paragraph=_ABOVE,
        outcome=who.above if above else who.not_above,
    )
    return above


def _of_parents(working: Working, *, subsistence: bool) -> Amount:
    """§ 94 Abs. 2: of parents only small amounts, which move with the child benefit."""
    figures = _OF_SUBSISTENCE_TOO if subsistence else _OF_HELP_TO_CARE
    if all(working.law.find(each.moved, working.day) for each in figures):
        working.at_most()
        return _sum(working, "PARENTS_AT_MOST", [each.moved for each in figures])
    working.warn("MOVED_WITH_CHILD_BENEFIT")
    working.reading = AmountReading.POSSIBLY_MORE
    return _sum(working, "PARENTS_BASE_AMOUNT", [each.base for each in figures])


def _sum(working: Working, name: str, figures: Sequence[str]) -> Amount:
    return working.step(
        name, Operation.ADD, *map(working.figure, figures), unit=_MONTH, paragraph=_BASE
    )
