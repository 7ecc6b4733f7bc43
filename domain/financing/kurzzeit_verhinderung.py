"""Verhinderungspflege and Kurzzeitpflege, §§ 39 and 42 SGB XI: what is left in the calendar year.

Until June 2025 these are two amounts: what one does not need the other may take, but for
Verhinderungspflege only a part of it. Since July 2025 there is one for both (§ 42a).
"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from domain.financing.book import LAW, Book
from domain.financing.calculation import Amount, Calculation, Operation, Working
from domain.financing.care import (
    CareGrade,
    CareSituation,
    granted,
    not_for_grade_1,
)
from domain.financing.jahresbetrag import (
    UNDER_25,
    holds,
    is_young,
    joint_left,
    respite_left,
    spent_on_respite,
    spent_on_short_term_care,
    tell_waiting,
)
from domain.financing.parameter import Unit
from domain.financing.reading import AmountReading

VERHINDERUNGSPFLEGE = "VERHINDERUNGSPFLEGE"
KURZZEITPFLEGE = "KURZZEITPFLEGE"
_YEAR = Unit.EUR_PER_YEAR


class _Pot(NamedTuple):
    """One of both: its step, its figures, and what was spent of it in the year."""

    name: str
    paragraph: str
    figure: str
    transfer: str  # what may come from the other
    spent: Callable[[Working, CareSituation], Amount]


_RESPITE = _Pot(
    VERHINDERUNGSPFLEGE,
    "§ 39 SGB XI",
    "verhinderungspflege",
    "verhinderungspflege.transfer",
    spent_on_respite,
)
_SHORT_TERM = _Pot(
    KURZZEITPFLEGE,
    "§ 42 SGB XI",
    "kurzzeitpflege",
    "kurzzeitpflege.transfer",
    spent_on_short_term_care,
)


def verhinderungspflege(
    said: CareSituation, day: date, *, law: Book = LAW, shown: bool = True
) -> Calculation:
    """What is left for Verhinderungspflege in the calendar year.

    Raises:
        FigureNotKnown: the law of this day is not known.
    """
    working = Working(law, day, shown)
    if holds(said, day, law):
        return working.calculation(VERHINDERUNGSPFLEGE, respite_left(working, said))
    tell_waiting(working, said)
    return working.calculation(VERHINDERUNGSPFLEGE, _left(working, said, _RESPITE, _SHORT_TERM))


def kurzzeitpflege(
    said: CareSituation, day: date, *, law: Book = LAW, shown: bool = True
) -> Calculation:
    """What is left for Kurzzeitpflege in the calendar year.

    Raises:
        FigureNotKnown: the law of this day is not known.
    """
    working = Working(law, day, shown)
    if holds(said, day, law):
        return working.calculation(KURZZEITPFLEGE, joint_left(working, said))
    return working.calculation(KURZZEITPFLEGE, _left(working, said, _SHORT_TERM, _RESPITE))


def _left(working: Working, said: CareSituation, own: _Pot, other: _Pot) -> Amount:
    """The own amount, with what comes from the other and without what went there."""
    if said.grade is CareGrade.PG1:
        return not_for_grade_1(working, own.name, _YEAR, own.paragraph)
    amount = granted(working, said, own.name, own.figure)
    if is_young(said) and not working.law.find(UNDER_25, working.day):
        working.warn("RULE_FOR_UNDER_25_NOT_KNOWN")
        working.reading = AmountReading.POSSIBLY_MORE
    rest = _less_spent(working, said, own, other, amount)
    return working.at_least_nothing("YEAR_LEFT", rest, own.paragraph)


def _less_spent(
    working: Working, said: CareSituation, own: _Pot, other: _Pot, amount: Amount
) -> Amount:
    """One of both takes what the other left, or has lost what the other took beyond its own."""
    spent = own.spent(working, said)
    if not working.law.find(own.transfer, working.day):
        working.warn("TRANSFER_NOT_KNOWN")
        working.reading = _without_transfer(working, said, other)
        return _rest(working, own, amount, spent)
    whole = granted(working, said, other.name, other.figure)
    others = other.spent(working, said)
    if others.value > whole.value:
        return _rest(working, own, amount, spent, _moved_away(working, said, other, others, whole))
    more = _moved_here(working, said, own, others, whole)
    together = _of_year(working, own, "WITH_TRANSFER", Operation.ADD, amount, more)
    return _rest(working, own, together, spent)


def _without_transfer(working: Working, said: CareSituation, other: _Pot) -> AmountReading:
    """The other may have left something, unless it took more than its own amount."""
    if working.law.find(other.figure, working.day) is None:
        return AmountReading.POSSIBLY_MORE
    aside = Working(working.law, working.day, shown=False)
    whole = granted(aside, said, other.name, other.figure)
    beyond = other.spent(aside, said).value > whole.value
    return AmountReading.AT_MOST if beyond else AmountReading.POSSIBLY_MORE


def _moved_here(
    working: Working, said: CareSituation, own: _Pot, others: Amount, whole: Amount
) -> Amount:
    """What the other left, but no more than may be moved."""
    unused = _of_year(working, own, "OTHER_UNUSED", Operation.SUBTRACT, whole, others)
    most = granted(working, said, "TRANSFER_LIMIT", own.transfer)
    return _of_year(working, own, "TRANSFER", Operation.LEAST, unused, most)


def _moved_away(
    working: Working, said: CareSituation, other: _Pot, others: Amount, whole: Amount
) -> Amount:
    """What the other took beyond its own amount, but no more than it may take."""
    beyond = _of_year(working, other, "OTHER_BEYOND", Operation.SUBTRACT, others, whole)
    most = granted(working, said, "TRANSFER_LIMIT", other.transfer)
    return _of_year(working, other, "TRANSFERRED_ALREADY", Operation.LEAST, beyond, most)


def _rest(working: Working, own: _Pot, amount: Amount, *gone: Amount) -> Amount:
    return _of_year(working, own, "YEAR_LESS_SPENT", Operation.SUBTRACT, amount, *gone)


def _of_year(
    working: Working, pot: _Pot, name: str, operation: Operation, *operands: Amount
) -> Amount:
    return working.step(name, operation, *operands, unit=_YEAR, paragraph=pot.paragraph)
