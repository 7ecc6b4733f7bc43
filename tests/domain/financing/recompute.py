"""Does a calculation again from what it shows, written a second time: as one checks a bill."""

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from domain.financing.book import LAW
from domain.financing.calculation import Amount, Calculation, Origin, Step

PLAIN = {"EMPLOYER_COSTS", "SERVICE_COSTS"}  # reckon with what was said, mostly without the law


def recompute(calculation: Calculation) -> Decimal:
    """The amount, from facts and figures alone; fails where a line does not follow."""
    known: dict[str, Decimal] = {}
    for step in calculation.steps:
        values = [_value(each, known, calculation) for each in step.operands]
        known[step.name] = _rounded(step, _done(step, values))
        assert step.result.value == known[step.name], step.name
        assert step.paragraph.startswith("§") or calculation.kind in PLAIN, step.name
    if least := calculation.least:
        assert known[least.name] == least.value <= calculation.amount.value
    return known[calculation.amount.name]


def _value(operand: Amount, known: dict[str, Decimal], calculation: Calculation) -> Fraction:
    if operand.origin is Origin.STEP:
        assert known[operand.name] == operand.value, operand.name
    if operand.origin is Origin.FIGURE:
        assert operand.value in _of_law(operand.name, calculation), operand.name
    return Fraction(operand.value)


def _of_law(name: str, calculation: Calculation) -> set[Decimal]:
    """What a figure is on the day, or on an earlier one that was looked back to."""
    shown = [each for each in calculation.figures if each.name == name]
    days = [min(each.valid_to or calculation.as_of, calculation.as_of) for each in shown]
    return {LAW.at(name, day).value for day in days}


def _done(step: Step, values: list[Fraction]) -> Fraction:  # noqa: PLR0911  one per operation
    first, *others = values
    match step.operation.value:
        case "TAKE":
            return first
        case "ADD":
            return sum(values, Fraction(0))
        case "SUBTRACT":
            return first - sum(others, Fraction(0))
        case "MULTIPLY":
            for other in others:
                first *= other
            return first
        case "DIVIDE":
            return first / others[0]
        case "PERCENT":
            return first * others[0] / 100
        case "LEAST":
            return min(values)
        case "GREATEST":
            return max(values)
    raise AssertionError(step.operation)


def _rounded(step: Step, value: Fraction) -> Decimal:
    cents = value * 100
    match step.rounding.value:
        case "NONE":
            return Decimal(value.numerator) / Decimal(value.denominator)
        case "CENT":
            return Decimal(floor(cents + Fraction(1, 2))) / 100
        case "CENT_DOWN":
            return Decimal(floor(cents)) / 100
        case "EURO_UP":
            return Decimal(ceil(value))
        case "WHOLE_DOWN":
            return Decimal(floor(value))
        case "TEN_DOWN":
            return Decimal(floor(value / 10) * 10)
    raise AssertionError(step.rounding)
