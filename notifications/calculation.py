"""Calculations in words: labels of codes, numbers as a language writes them, steps as formulas.

Every code of a calculator has its words in `financing.toml`, in the section of its sort.
"""

from decimal import ROUND_HALF_UP, Decimal
from functools import cache, reduce

from domain.financing.calculation import Amount, Operation, Origin, Step, unrounded
from domain.financing.parameter import Unit
from domain.financing.reading import AmountReading
from notifications.language import Language, labels, text

_FINEST = Decimal("0.0001")  # what a number that does not end is shown to
_FOLDED = frozenset(Operation) - {Operation.TAKE, Operation.LEAST, Operation.GREATEST}
_SECTION = {
    Origin.FACT: "fact",
    Origin.FIGURE: "figure",
    Origin.STEP: "step",
    Origin.CONSTANT: "constant",
}


@cache
def word(section: str, code: str, language: Language) -> str:
    """What a code is called; `section` such as "step", "outcome", "warning"."""
    return text(f"financing.{section}.{code}", language)


def note(code: str, language: Language) -> str | None:
    """Why a step is done as it is, for those that need it."""
    return labels(language).get(f"financing.note.{code}")


def label(amount: Amount, language: Language) -> str:
    """What a number is called, by where it comes from."""
    return word(_SECTION[amount.origin], amount.name, language)


def number(value: Decimal, language: Language, *, places: int = 0) -> str:
    """A number without its sign, in the language's way; so many decimal places, at most four."""
    exact = value.quantize(_FINEST, ROUND_HALF_UP)
    whole, _, decimals = f"{abs(exact):,f}".partition(".")
    decimals = decimals.rstrip("0").ljust(places, "0")
    said = whole.replace(",", word("number", "GROUP", language))
    return said + word("number", "DECIMAL", language) + decimals if decimals else said


def quantity(value: Decimal, unit: Unit, language: Language) -> str:
    """A number with its unit, such as "93,18 € im Monat"; it is never parted at a line's end."""
    money = unit.startswith("EUR")
    said = number(value, language, places=2 if money else 0)
    one = f"financing.unit_one.{unit}"
    key = one if value == 1 and one in labels(language) else f"financing.unit.{unit}"
    sign = "\N{MINUS SIGN}" if value < 0 else ""
    return sign + text(key, language, number=said).replace(" ", "\N{NO-BREAK SPACE}")


def result(value: Decimal, unit: Unit, reading: AmountReading, language: Language) -> str:
    """What came out as it is to be read, such as "höchstens 34,44 € im Monat"."""
    amount = quantity(value, unit, language)
    return text(f"financing.reading.{reading}", language, amount=amount)


def formula(step: Step, language: Language) -> str:
    """What was done, in numbers: "2 % von 4.659,00 € = 93,18 €, abgerundet …: 90,00 €"."""
    return _line(step, [_plain(each, language) for each in step.operands], language)


def formula_in_words(step: Step, language: Language) -> str:
    """What was done, each number with its name."""
    named = [
        text(
            "financing.formula.OPERAND",
            language,
            label=label(each, language),
            value=_plain(each, language),
        )
        for each in step.operands
    ]
    return _line(step, named, language)


def _plain(amount: Amount, language: Language) -> str:
    """Within a formula euro are euro, whatever they are reckoned by."""
    unit = Unit.EUR if amount.unit.startswith("EUR") else amount.unit
    return quantity(amount.value, unit, language)


def _line(step: Step, operands: list[str], language: Language) -> str:
    left, right = _expression(step.operation, operands, language), _result(step, language)
    if left == right:
        return left
    return text("financing.formula.EQUALS", language, formula=left, result=right)


def _expression(operation: Operation, operands: list[str], language: Language) -> str:
    def fold(name: str) -> str:
        key = f"financing.operation.{name}"
        return reduce(lambda left, right: text(key, language, left=left, right=right), operands)

    if operation in _FOLDED:
        return fold(operation)
    key = f"financing.operation.{operation}"
    return text(key, language, left=operands[0], list=fold("LIST"))


def _result(step: Step, language: Language) -> str:
    after = _plain(step.result, language)
    before = _plain(step.result._replace(value=unrounded(step)), language)
    if before == after:
        return after
    return text(f"financing.rounding.{step.rounding}", language, before=before, after=after)
