"""Every calculator by its kind: what it is told, what it refuses, and what it calculates.

A further calculator is a further line; its inputs are a frozen dataclass of numbers, truth values,
days, enumerations, and tuples and mappings of them. Whoever offers calculators goes through `run`,
or through `wrong_in` where more comes out than a calculation.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.errors.base import DomainError, InputRefused
from domain.financing import (
    care,
    care_calculators,
    care_regime,
    costs,
    entlastungsbetrag,
    help_to_care,
    kombination,
    own_assets,
    own_contribution,
    parental_contribution,
    pay,
    umwandlung,
)
from domain.financing.book import LAW, Book
from domain.financing.calculation import Calculation
from domain.financing.check import day_of_law


@dataclass(frozen=True, slots=True)
class Calculator:
    """`calculate(said, day, law=…, shown=…)` of a `said` in which `problems` finds nothing."""

    inputs: type[Any]
    problems: Callable[[Any], Iterable[InputRefused]]
    calculate: Callable[..., Calculation]


CALCULATORS: Mapping[str, Calculator] = {
    own_contribution.KIND: Calculator(
        own_contribution.OwnContribution,
        own_contribution.problems,
        own_contribution.own_contribution,
    ),
    own_assets.KIND: Calculator(own_assets.OwnAssets, own_assets.problems, own_assets.own_assets),
    care_regime.KIND: Calculator(
        care_regime.CareRegime, care_regime.problems, care_regime.care_regime
    ),
    help_to_care.KIND: Calculator(
        help_to_care.HelpToCare, help_to_care.problems, help_to_care.help_to_care
    ),
    parental_contribution.KIND: Calculator(
        parental_contribution.ParentalContribution,
        parental_contribution.problems,
        parental_contribution.parental_contribution,
    ),
    kombination.KIND: Calculator(
        kombination.CareCombination, kombination.problems, kombination.kombination
    ),
    umwandlung.KIND: Calculator(
        kombination.CareCombination, kombination.problems, umwandlung.umwandlung
    ),
    entlastungsbetrag.KIND: Calculator(
        entlastungsbetrag.Relief, entlastungsbetrag.problems, entlastungsbetrag.relief_left
    ),
    pay.KIND: Calculator(pay.WageCheck, pay.problems, pay.wage_check),
    costs.EMPLOYER_COSTS: Calculator(
        costs.CostFacts, costs.problems, costs.calculation_by(costs.employer_costs)
    ),
    costs.SERVICE_COSTS: Calculator(
        costs.CostFacts, costs.problems, costs.calculation_by(costs.service_costs)
    ),
    **{
        kind: Calculator(care.CareSituation, care.problems, calculate)
        for kind, calculate in care_calculators.BENEFITS.items()
    },
}


def wrong_in(kind: str, said: Any, day: date) -> Iterator[InputRefused]:
    """Everything that a calculator refuses of what was said for a day."""
    yield from day_of_law("asOf", day)
    yield from CALCULATORS[kind].problems(said)
    if isinstance(said, care.CareMonth):
        yield from care.days_problems(said, day)


def run(kind: str, said: Any, day: date, law: Book = LAW) -> Calculation:
    """The calculation, with its steps.

    Raises:
        InputRefused: something of what was said; all of it is listed.
        FigureNotKnown: the law of this day is not known.
    """
    if found := [*wrong_in(kind, said, day)]:
        raise DomainError.of(found)
    return CALCULATORS[kind].calculate(said, day, law=law)
