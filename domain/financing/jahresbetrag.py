"""Gemeinsamer Jahresbetrag, § 42a SGB XI: one amount a calendar year for §§ 39 and 42.

It holds from July 2025; for people under 25 with grade 4 or 5 it began half a year before.
"""

from datetime import date

from domain.financing.book import LAW, Book
from domain.financing.calculation import Amount, Calculation, Operation, Working, constant
from domain.financing.care import (
    DAYS_OF_WEEK,
    CareGrade,
    CareSituation,
    granted,
    not_for_grade_1,
    spent,
)
from domain.financing.parameter import Unit
from domain.financing.pflegegeld import whole_month

KIND = "GEMEINSAMER_JAHRESBETRAG"
RELATIVES = "VERHINDERUNGSPFLEGE_BY_RELATIVES"
FIGURE = "gemeinsamer_jahresbetrag"
UNDER_25 = "gemeinsamer_jahresbetrag.under_25"
RELATIVES_MONTHS = "verhinderungspflege.relatives_months"
_YEAR = Unit.EUR_PER_YEAR
_PARAGRAPH = "§ 42a SGB XI"
_RESPITE = "§ 39 SGB XI"
_APPLY = "verhinderungspflege.apply_years"
_WEEKS = "verhinderungspflege.weeks"


def holds(said: CareSituation, day: date, law: Book = LAW) -> bool:
    """Whether there is one amount for both on a day, for this person."""
    return bool(law.find(_figure(said, day, law), day))


def jahresbetrag(
    said: CareSituation, day: date, *, law: Book = LAW, shown: bool = True
) -> Calculation:
    """What is left of it in the calendar year, for both kinds of care together.

    Raises:
        FigureNotKnown: the law of this day is not known, or there are two amounts.
    """
    working = Working(law, day, shown)
    _tell_application(working, said)
    tell_waiting(working, said)
    return working.calculation(KIND, joint_left(working, said))


def by_relatives(
    said: CareSituation, day: date, *, law: Book = LAW, shown: bool = True
) -> Calculation:
    """What relatives or people of the household can still get for standing in.

    Raises:
        FigureNotKnown: the law of this day is not known.
    """
    working = Working(law, day, shown)
    return working.calculation(RELATIVES, _relatives(working, said))


def is_young(said: CareSituation) -> bool:
    """For people under 25 with a high grade another rule held earlier."""
    return said.under_25 and said.grade in {CareGrade.PG4, CareGrade.PG5}


def _figure(said: CareSituation, day: date, law: Book) -> str:
    """§ 42a; the early beginning for the young with a high grade is a figure of its own."""
    return UNDER_25 if is_young(said) and law.find(UNDER_25, day) else FIGURE


def joint_left(working: Working, said: CareSituation) -> Amount:
    """§ 42a: the amount, less what both kinds of care took of it in the year."""
    if said.grade is CareGrade.PG1:
        return not_for_grade_1(working, KIND, _YEAR, _PARAGRAPH)
    figure = _figure(said, working.day, working.law)
    whole = granted(working, said, KIND, figure)
    working.assume("SPENT_IN_ALL_OF_THE_YEAR")
    _tell_weeks(working, said)
    rest = working.step(
        "YEAR_LESS_SPENT",
        Operation.SUBTRACT,
        whole,
        spent_on_respite(working, said),
        spent_on_short_term_care(working, said),
        unit=_YEAR,
        paragraph=_PARAGRAPH,
    )
    return working.at_least_nothing("YEAR_LEFT", rest, _PARAGRAPH)


def spent_on_respite(working: Working, said: CareSituation) -> Amount:
    """§ 39: what Verhinderungspflege took in the year."""
    return spent(working, said, "spent_on_verhinderungspflege", said.spent_on_respite, _YEAR)


def spent_on_short_term_care(working: Working, said: CareSituation) -> Amount:
    """§ 42: what Kurzzeitpflege took in the year."""
    return spent(working, said, "spent_on_kurzzeitpflege", said.spent_on_short_term_care, _YEAR)


def respite_left(working: Working, said: CareSituation) -> Amount:
    """§ 39: what is left for Verhinderungspflege, if its weeks were not used up before."""
    left = joint_left(working, said)
    _tell_application(working, said)
    tell_waiting(working, said)
    if said.grade is CareGrade.PG1 or not _are_all_weeks(working, said.respite_days_before):
        return left
    return working.step(
        "RESPITE_LEFT",
        Operation.TAKE,
        constant("nothing", 0, _YEAR),
        unit=_YEAR,
        paragraph=_RESPITE,
        outcome="WEEKS_USED_UP",
    )


def _relatives(working: Working, said: CareSituation) -> Amount:
    """§ 39: two months of Pflegegeld and proven costs, within what is left of the year."""
    left = respite_left(working, said)
    if not left.value:
        return left
    limit = working.step(
        "RELATIVES_LIMIT",
        Operation.MULTIPLY,
        working.figure(RELATIVES_MONTHS),
        whole_month(working, said),
        unit=_YEAR,
        paragraph=_RESPITE,
    )
    still = working.step(
        "RELATIVES_OPEN",
        Operation.SUBTRACT,
        _with_costs(working, said, limit),
        spent(working, said, "spent_on_relatives", said.spent_on_relatives, _YEAR),
        unit=_YEAR,
        paragraph=_RESPITE,
    )
    paid = working.step(
        "RELATIVES_WITHIN_YEAR", Operation.LEAST, still, left, unit=_YEAR, paragraph=_RESPITE
    )
    return working.at_least_nothing("RELATIVES_LEFT", paid, _RESPITE)


def _with_costs(working: Working, said: CareSituation, limit: Amount) -> Amount:
    return working.step(
        "RELATIVES_WITH_COSTS",
        Operation.ADD,
        limit,
        spent(working, said, "proven_costs", said.proven_costs, _YEAR),
        unit=_YEAR,
        paragraph=_RESPITE,
    )


def _tell_application(working: Working, said: CareSituation) -> None:
    """§ 39: until when one can apply for Verhinderungspflege; not for Kurzzeitpflege."""
    if said.grade is not CareGrade.PG1 and working.law.find(_APPLY, working.day):
        working.figure(_APPLY)
        working.warn("APPLY_UNTIL_NEXT_YEAR_ENDS")


def tell_waiting(working: Working, said: CareSituation) -> None:
    """§ 39: six months of care had to come first, until the text that names the weeks."""
    if said.grade is not CareGrade.PG1 and not working.law.find(_WEEKS, working.day):
        working.assume("CARED_FOR_SIX_MONTHS")


def _tell_weeks(working: Working, said: CareSituation) -> None:
    """§ 39: whoever has had all weeks of the year gets no more Verhinderungspflege."""
    if _are_all_weeks(working, said.respite_days + said.respite_days_before):
        working.warn("RESPITE_WEEKS_USED_UP")


def _are_all_weeks(working: Working, days: int) -> bool:
    """Whether these are all days of a calendar year; never while the law has no such bound."""
    if not working.law.find(_WEEKS, working.day):
        return False
    return days >= working.figure(_WEEKS).value * DAYS_OF_WEEK
