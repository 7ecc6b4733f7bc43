"""A result with its steps: each names what went in, what was done, and where the law says so."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import NamedTuple

from domain.financing.book import Book
from domain.financing.parameter import Parameter, Unit
from domain.financing.reading import AmountReading

ZERO = Decimal(0)
_ONE = Decimal(1)
_TEN = Decimal(10)
_HUNDRED = Decimal(100)
_CENT = Decimal("0.01")


class Operation(StrEnum):
    """What a step does with what goes in, in this order."""

    TAKE = "TAKE"  # the first one as it is
    ADD = "ADD"
    SUBTRACT = "SUBTRACT"  # the others from the first
    MULTIPLY = "MULTIPLY"
    DIVIDE = "DIVIDE"  # the first by the second
    PERCENT = "PERCENT"  # the first one's percentage of the second
    LEAST = "LEAST"
    GREATEST = "GREATEST"


class Rounding(StrEnum):
    """How a step's result is rounded."""

    NONE = "NONE"
    CENT = "CENT"  # to the nearest, half up
    CENT_DOWN = "CENT_DOWN"
    EURO_UP = "EURO_UP"
    TEN_DOWN = "TEN_DOWN"  # to a full ten below
    WHOLE_DOWN = "WHOLE_DOWN"  # of hours and days, which are no money


class Origin(StrEnum):
    """Where a number comes from."""

    FACT = "FACT"  # the person
    FIGURE = "FIGURE"  # the law, dated
    STEP = "STEP"  # a step before
    CONSTANT = "CONSTANT"  # the rule itself, such as nothing


class Amount(NamedTuple):
    """A number with its name; `name` is that of the fact, the figure or the step."""

    name: str
    value: Decimal
    unit: Unit
    origin: Origin


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the working. `outcome` is the word for what a comparison decided.

    `paragraph` is empty where nothing but the person's own numbers are reckoned with.
    """

    name: str
    operation: Operation
    operands: tuple[Amount, ...]
    rounding: Rounding
    result: Amount
    paragraph: str
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Calculation:
    """What comes out, and everything that it rests on. Texts are in `financing.toml`.

    `least` is there where the law leaves a span open: the result lies between it and `amount`.
    """

    kind: str
    amount: Amount
    as_of: date
    version: str  # of the figures
    steps: tuple[Step, ...]
    figures: tuple[Parameter, ...]  # used, each once, in the order of their use
    assumptions: tuple[str, ...]
    missing: tuple[str, ...]  # facts that were not said and could change the result
    warnings: tuple[str, ...]
    reasons: tuple[str, ...] = ()  # why it is as it is, where no step can say so
    least: Amount | None = None
    reading: AmountReading = AmountReading.EXACT


def _product(values: Sequence[Decimal]) -> Decimal:
    product = Decimal(1)
    for value in values:
        product *= value
    return product


_OPERATIONS: Mapping[Operation, Callable[[Sequence[Decimal]], Decimal]] = {
    Operation.TAKE: lambda values: values[0],
    Operation.ADD: lambda values: sum(values, ZERO),
    Operation.SUBTRACT: lambda values: values[0] - sum(values[1:], ZERO),
    Operation.MULTIPLY: _product,
    Operation.DIVIDE: lambda values: values[0] / values[1],
    Operation.PERCENT: lambda values: values[0] * values[1] / _HUNDRED,
    Operation.LEAST: min,
    Operation.GREATEST: max,
}
_ROUNDINGS: Mapping[Rounding, Callable[[Decimal], Decimal]] = {
    Rounding.NONE: lambda value: value,
    Rounding.CENT: lambda value: value.quantize(_CENT, ROUND_HALF_UP),
    Rounding.CENT_DOWN: lambda value: value.quantize(_CENT, ROUND_FLOOR),
    Rounding.EURO_UP: lambda value: value.to_integral_value(ROUND_CEILING),
    Rounding.WHOLE_DOWN: lambda value: value.quantize(_ONE, ROUND_FLOOR),
    Rounding.TEN_DOWN: lambda value: (value / _TEN).to_integral_value(ROUND_FLOOR) * _TEN,
}


def unrounded(step: Step) -> Decimal:
    """What a step comes to before it is rounded."""
    return _OPERATIONS[step.operation]([each.value for each in step.operands])


@dataclass(slots=True)
class Working:
    """Calculates step by step for one day; `shown=False` keeps the result only."""

    law: Book
    day: date
    shown: bool = True
    steps: list[Step] = field(default_factory=list)
    figures: dict[str, Parameter] = field(default_factory=dict)
    past: dict[tuple[str, date], Parameter] = field(default_factory=dict)
    grounds: list[Parameter] = field(default_factory=list)  # hold, and no step needs their value
    assumptions: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    reading: AmountReading = AmountReading.EXACT

    def figure(self, name: str) -> Amount:
        """A figure of the law on the day.

        Raises:
            FigureNotKnown: none is known.
        """
        found = self.figures.get(name) or self.law.at(name, self.day)
        self.figures[name] = found
        return Amount(name, found.value, found.unit, Origin.FIGURE)

    def past_figure(self, name: str, day: date) -> Amount:
        """A figure of the law on an earlier day that the calculation looks back to.

        Raises:
            FigureNotKnown: none is known.
        """
        found = self.law.at(name, day)
        if found.holds(self.day):
            return self.figure(name)
        self.past[name, found.valid_from] = found
        return Amount(name, found.value, found.unit, Origin.FIGURE)

    def step(  # noqa: PLR0913  a step is what it is
        self,
        name: str,
        operation: Operation,
        *operands: Amount,
        unit: Unit,
        paragraph: str,
        rounding: Rounding = Rounding.NONE,
        outcome: str | None = None,
    ) -> Amount:
        """Do one step; its result can be an operand of the next."""
        value = _in_digits(_OPERATIONS[operation]([each.value for each in operands]))
        result = Amount(name, _ROUNDINGS[rounding](value), unit, Origin.STEP)
        if self.shown:
            self.steps.append(Step(name, operation, operands, rounding, result, paragraph, outcome))
        return result

    def rest_on(self, series: str) -> None:
        """A series that has to hold on the day, although no step needs its value.

        Raises:
            FigureNotKnown: it does not.
        """
        self.grounds.append(self.law.at(series, self.day))

    def nothing(
        self, name: str, unit: Unit, *, paragraph: str, by: str, outcome: str | None = None
    ) -> Amount:
        """A step that comes to nothing, by the law that a series stands for.

        Raises:
            FigureNotKnown: the series is not known on the day, so neither is that nothing is due.
        """
        self.rest_on(by)
        return self.step(
            name,
            Operation.TAKE,
            constant("nothing", 0, unit),
            unit=unit,
            paragraph=paragraph,
            outcome=outcome,
        )

    def at_least_nothing(
        self,
        name: str,
        amount: Amount,
        paragraph: str,
        above: str | None = None,
        otherwise: str | None = None,
    ) -> Amount:
        """Nothing instead of less than nothing; what is told if it is more, and if it is not."""
        return self.step(
            name,
            Operation.GREATEST,
            amount,
            constant("nothing", 0, amount.unit),
            unit=amount.unit,
            paragraph=paragraph,
            outcome=above if amount.value > 0 else otherwise,
        )

    def assume(self, code: str) -> None:
        """Say once what is taken as given."""
        _once(self.assumptions, code)

    def miss(self, code: str) -> None:
        """Say once which fact could change the result."""
        _once(self.missing, code)

    def warn(self, code: str) -> None:
        """Warn once."""
        _once(self.warnings, code)

    def because(self, code: str) -> None:
        """Give a reason once."""
        _once(self.reasons, code)

    def at_most(self) -> None:
        """Read the amount as the most, unless it is to be read in another way already."""
        if self.reading is AmountReading.EXACT:
            self.reading = AmountReading.AT_MOST

    def calculation(self, kind: str, amount: Amount, *, least: Amount | None = None) -> Calculation:
        """The result; figures that are used past the day they are vouched for are warned of."""
        if least:
            self.at_most()
        rested_on = (*self.figures.values(), *self.grounds)
        old = any(self.day > each.verified_until for each in rested_on)
        return Calculation(
            kind=kind,
            amount=amount,
            as_of=self.day,
            version=self.law.version,
            steps=tuple(self.steps),
            figures=(*self.figures.values(), *self.past.values()),
            assumptions=tuple(self.assumptions),
            missing=tuple(self.missing),
            warnings=(*self.warnings, *(["FIGURES_NOT_VERIFIED"] if old else [])),
            reasons=tuple(self.reasons),
            least=least,
            reading=self.reading,
        )


def fact(name: str, value: Decimal | int, unit: Unit = Unit.EUR_PER_YEAR) -> Amount:
    """What the person said."""
    return Amount(name, Decimal(value), unit, Origin.FACT)


def constant(name: str, value: Decimal | int, unit: Unit) -> Amount:
    """A number that stands in the rule itself."""
    return Amount(name, Decimal(value), unit, Origin.CONSTANT)


def _in_digits(value: Decimal) -> Decimal:
    """50 instead of 5E+1, which a division can come to."""
    exponent = value.as_tuple().exponent
    return value.quantize(_ONE) if isinstance(exponent, int) and exponent > 0 else value


def _once(codes: list[str], code: str) -> None:
    if code not in codes:
        codes.append(code)
