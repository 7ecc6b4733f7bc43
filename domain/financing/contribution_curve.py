"""The own contribution over income: what would be paid with less or more of the same kind."""

import dataclasses
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import NamedTuple

from domain.errors.base import DomainError, InputRefused
from domain.errors.input import NumberOutOfRange
from domain.financing.book import LAW, Book
from domain.financing.calculation import ZERO, Amount
from domain.financing.calculators import wrong_in
from domain.financing.check import MOST_EURO, count, money
from domain.financing.income_limit import IncomeKind, predominant
from domain.financing.own_contribution import KIND, OwnContribution, own_contribution

MOST_POINTS = 201
_LEAST_UNTIL = 1
_LEAST_SHOWN, _PAST_OWN, _ROUND = Decimal(80_000), Decimal("1.5"), 10_000
_CENT = Decimal("0.01")


class Point(NamedTuple):
    """All income of a year, what is to be paid with it, and what to be careful about."""

    income: Decimal
    amount: Amount
    warnings: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Curve:
    """`kind` is the income that varies; the others stay, so that the curve begins at their sum."""

    kind: IncomeKind
    points: tuple[Point, ...]
    here: Point

    @property
    def warnings(self) -> tuple[str, ...]:
        """Those of any of its points, each once."""
        every = (*self.points, self.here)
        return tuple(dict.fromkeys(code for each in every for code in each.warnings))


def contribution_curve(
    said: OwnContribution, day: date, until: Decimal | None, points: int, *, law: Book = LAW
) -> Curve:
    """Evenly from no income up to one of `until`, without steps; None: as far as is worth seeing.

    Raises:
        InputRefused: something of what was said; all of it is listed.
        FigureNotKnown: the law of this day is not known.
    """
    if found := [*_problems(said, day, until, points)]:
        raise DomainError.of(found)
    kind = predominant(said.incomes)
    own, others = sum(said.incomes.values(), ZERO), _others(said)

    def at(income: Decimal) -> Point:
        varied = dataclasses.replace(said, incomes={**said.incomes, kind: income - others})
        found = own_contribution(varied, day, law=law, shown=False)
        return Point(income, found.amount, found.warnings)

    end = _worth_seeing(own) if until is None else until
    incomes = (_part(end, each, points) for each in range(points))
    return Curve(kind, tuple(at(each) for each in incomes if each >= others), at(own))


def _worth_seeing(own: Decimal) -> Decimal:
    """Past the person's own income, and past where most limits lie; a round number."""
    wanted = max(_LEAST_SHOWN, own * _PAST_OWN)
    return (wanted / _ROUND).to_integral_value(ROUND_CEILING) * _ROUND


def _others(said: OwnContribution) -> Decimal:
    """The incomes that stay, at whose sum the curve begins."""
    varied = predominant(said.incomes)
    return sum((value for kind, value in said.incomes.items() if kind is not varied), ZERO)


def _part(until: Decimal, number: int, points: int) -> Decimal:
    return (until * number / (points - 1)).quantize(_CENT, ROUND_HALF_UP)


def _problems(
    said: OwnContribution, day: date, until: Decimal | None, points: int
) -> Iterator[InputRefused]:
    wrong = [*wrong_in(KIND, said, day), *money("until", until)]
    yield from wrong
    if until is not None and not wrong:
        yield from _ends_above(_others(said), until)
    yield from count("points", points, MOST_POINTS, least=2)


def _ends_above(others: Decimal, until: Decimal) -> Iterator[InputRefused]:
    """A curve has to end above the incomes that stay."""
    if until <= others or until < _LEAST_UNTIL:
        low = max(int(others) + 1, _LEAST_UNTIL)
        yield NumberOutOfRange(field="until", low=low, high=MOST_EURO)
