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
    paragraph = own.paragraph
    if said.grade is CareGrade.PG1:
        return not_for_grade_1(working, own.name, _YEAR, paragraph)
    amount = granted(working, said, own.name, own.figure)
    if is_young(said) and not working.law.find(UNDER_25, working.day):
        working.warn("RULE_FOR_UNDER_25_NOT_KNOWN")
    more, less = _moved(working, said, own, other)
    if more:
        amount = working.step(
            "WITH_TRANSFER", Operation.ADD, amount, more, unit=_YEAR, paragraph=paragraph
        )
    rest = working.step(
        "YEAR_LESS_SPENT",
        Operation.SUBTRACT,
        amount,
        own.spent(working, said),
        *([less] if less else []),
        unit=_YEAR,
        paragraph=paragraph,
    )
    return working.at_least_nothing("YEAR_LEFT", rest, paragraph)


def _moved(
    working: Working, said: CareSituation, own: _Pot, other: _Pot
) -> tuple[Amount | None, Amount | None]:
    """What may come from the other, and what was spent there beyond its own amount."""
    if not working.law.find(own.transfer, working.day):
        working.warn("TRANSFER_NOT_KNOWN")
        return None, None
    paragraph = own.paragraph
    whole = granted(working, said, other.name, other.figure)
    spent = other.spent(working, said)
    if spent.value > whole.value:
        return None, _moved_away(working, said, other, spent, whole)
    rest = working.step(
        "OTHER_UNUSED", Operation.SUBTRACT, whole, spent, unit=_YEAR, paragraph=paragraph
    )
    most = granted(working, said, "TRANSFER_LIMIT", own.transfer)
    more = working.step("TRANSFER", Operation.LEAST, rest, most, unit=_YEAR, paragraph=paragraph)
    return more, None


def _moved_away(
    working: Working, said: CareSituation, other: _Pot, spent: Amount, whole: Amount
) -> Amount:
    """What the other took beyond its own amount, but no more than it may take."""
    paragraph = other.paragraph
    beyond = working.step(
        "OTHER_BEYOND", Operation.SUBTRACT, spent, whole, unit=_YEAR, paragraph=paragraph
    )
    most = granted(working, said, "TRANSFER_LIMIT", other.transfer)
    return working.step(
        "TRANSFERRED_ALREADY", Operation.LEAST, beyond, most, unit=_YEAR, paragraph=paragraph
    )
