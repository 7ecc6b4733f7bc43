"""What calculators refuse before they begin: amounts and numbers that nobody can have."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from domain.errors import DateRefused
from domain.errors.base import InputRefused
from domain.errors.financing import AmountRefused, ContradictsAnswer
from domain.errors.input import NumberOutOfRange

MOST_EURO = 100_000_000
_EXPONENTS = range(-2, 1)  # cents to euro, written in digits
_FIRST_DAY, _LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)

K = TypeVar("K", bound=StrEnum)


def money(name: str, value: Decimal | None) -> Iterator[InputRefused]:
    """Euro and cents, not negative; nothing said is nothing wrong."""
    if value is None:
        return
    if not (value.as_tuple().exponent in _EXPONENTS and 0 <= value <= MOST_EURO):
        yield AmountRefused(field=name, high=MOST_EURO)


def amounts_of(name: str, values: Mapping[K, Decimal]) -> Iterator[InputRefused]:
    """Amounts by kind; each is refused under the name that clients know, such as `name.oldKind`."""
    for kind, value in values.items():
        yield from money(field_of(name, kind), value)


def field_of(name: str, kind: StrEnum) -> str:
    """Where clients say what is of a kind."""
    first, *others = kind.lower().split("_")
    return f"{name}.{first}{''.join(map(str.capitalize, others))}"


def day_of_law(name: str, value: date) -> Iterator[InputRefused]:
    """A day that one can calculate for at all; which figures hold then is another matter."""
    if not _FIRST_DAY <= value <= _LAST_DAY:
        yield DateRefused(field=name)


def agrees(name: str, *, fits: bool) -> Iterator[InputRefused]:
    """An answer beside the others."""
    if not fits:
        yield ContradictsAnswer(field=name)


def count(name: str, value: int, most: int, least: int = 0) -> Iterator[InputRefused]:
    """A whole number within its bounds."""
    if not least <= value <= most:
        yield NumberOutOfRange(field=name, low=least, high=most)


def number(name: str, value: Decimal | None, most: int) -> Iterator[InputRefused]:
    """A number with two decimal places at most, such as hours; nothing said is nothing wrong."""
    if value is None:
        return
    if not (value.as_tuple().exponent in _EXPONENTS and 0 <= value <= most):
        yield NumberOutOfRange(field=name, low=0, high=most)


def numbers_of(name: str, values: Mapping[K, Decimal], most: int) -> Iterator[InputRefused]:
    """Numbers by kind; each is refused under `name.kind`."""
    for kind, value in values.items():
        yield from number(f"{name}.{kind.lower()}", value, most)
