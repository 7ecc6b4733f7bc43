"""Pflegegeld, § 37 SGB XI, for one month: whole, in part, halved, or paused abroad (§ 34)."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from domain.financing.book import LAW, Book
from domain.financing.calculation import (
    Amount,
    Calculation,
    Operation,
    Rounding,
    Working,
    fact,
)
from domain.financing.care import (
    CareGrade,
    CareMonth,
    WeeksOfYear,
    days_within,
    granted,
    not_for_grade_1,
    of_grade,
)
from domain.financing.parameter import Unit

KIND = "PFLEGEGELD"
_GROUNDS = "§ 37 SGB XI"
_DAYWISE = "§ 37 Abs. 2 SGB XI"
_ABROAD = "§ 34 SGB XI"
_WEEKS_ABROAD = WeeksOfYear(
    figure="pflegegeld.weeks_abroad",
    before="before.abroad",
    allowed="ABROAD_ALLOWED",
    still_open="ABROAD_OPEN",
    counted="ABROAD",
)
_WEEKS_OF_KURZZEITPFLEGE = WeeksOfYear(
    figure="pflegegeld.weeks_kurzzeitpflege",
    before="before.kurzzeitpflege_days",
    allowed="KURZZEITPFLEGE_DAYS_ALLOWED",
    still_open="KURZZEITPFLEGE_DAYS_OPEN",
    counted="KURZZEITPFLEGE_DAYS",
)
_WEEKS_OF_VERHINDERUNGSPFLEGE = WeeksOfYear(
    figure="pflegegeld.weeks_verhinderungspflege",
    before="before.verhinderungspflege_days",
    allowed="VERHINDERUNGSPFLEGE_DAYS_ALLOWED",
    still_open="VERHINDERUNGSPFLEGE_DAYS_OPEN",
    counted="VERHINDERUNGSPFLEGE_DAYS",
)
_VISITS = "beratungseinsatz.months"
_VIDEO = "beratungseinsatz.video_every"


def pflegegeld(said: CareMonth, day: date, *, law: Book = LAW, shown: bool = True) -> Calculation:
    """What is paid for the month of the day to somebody who uses no Sachleistung.

    Raises:
        FigureNotKnown: the law of this day is not known.
    """
    working = Working(law, day, shown)
    amount = pflegegeld_of(working, said)
    if said.grade is not CareGrade.PG1:
        _tell_visits(working, said.grade)
    return working.calculation(KIND, amount)


def pflegegeld_of(working: Working, said: CareMonth) -> Amount:
    """§ 37 Abs. 1 and 2: the month's amount, for the days on which it is due."""
    if said.grade is CareGrade.PG1:
        return not_for_grade_1(working, KIND, Unit.EUR_PER_MONTH, _GROUNDS)
    month = whole_month(working, said)
    if said.days is None and not (said.short_term_days or said.respite_days or said.days_abroad):
        return month
    return _for_days(working, month, _days(working, said))


def whole_month(working: Working, said: CareMonth) -> Amount:
    """§ 37 Abs. 1: the amount of the grade."""
    return granted(working, said, KIND, of_grade("pflegegeld", said.grade))


def _for_days(working: Working, month: Amount, days: Amount) -> Amount:
    """§ 37 Abs. 2: a month counts 30 days. The law names no rounding; this is to the cent."""
    working.assume("ROUNDED_TO_CENT")
    times = working.step(
        "PFLEGEGELD_TIMES_DAYS",
        Operation.MULTIPLY,
        month,
        days,
        unit=Unit.EUR_PER_MONTH,
        paragraph=_DAYWISE,
    )
    return working.step(
        "PFLEGEGELD_OF_DAYS",
        Operation.DIVIDE,
        times,
        working.figure("pflegegeld.days_of_month"),
        unit=Unit.EUR_PER_MONTH,
        paragraph=_DAYWISE,
        rounding=Rounding.CENT,
    )


class _Days(NamedTuple):
    """The days of a month as the law counts them."""

    due: Amount
    short_term: Amount
    respite: Amount
    abroad: Amount


def _days(working: Working, said: CareMonth) -> Amount:
    """Days with all of it, and half of those with a half."""
    basis = int(working.figure("pflegegeld.days_of_month").value)
    counted = _counted(said, working.day, basis)
    whole = _whole(working, said, counted)
    halved = list(_halved(working, said, counted))
    if not halved:
        return whole
    working.assume("ALL_DAYS_AWAY_COUNT_HALF")
    half = working.step(
        "HALVED_DAYS_COUNTED",
        Operation.PERCENT,
        working.figure("pflegegeld.share_during_absence"),
        working.step("HALVED_DAYS", Operation.ADD, *halved, unit=Unit.DAYS, paragraph=_DAYWISE),
        unit=Unit.DAYS,
        paragraph=_DAYWISE,
    )
    return working.step(
        "DAYS_COUNTED", Operation.ADD, whole, half, unit=Unit.DAYS, paragraph=_DAYWISE
    )


def _whole(working: Working, said: CareMonth, counted: _Days) -> Amount:
    """The days that are left without the others, and those abroad for which it is paid (§ 34)."""
    due, *away = counted
    here = working.step(
        "WHOLE_DAYS",
        Operation.SUBTRACT,
        due,
        *(each for each in away if each.value),
        unit=Unit.DAYS,
        paragraph=_DAYWISE,
    )
    if not counted.abroad.value:
        return here
    before = said.days_abroad_before
    abroad = days_within(working, _WEEKS_ABROAD, counted.abroad, before=before)
    return working.step(
        "WHOLE_DAYS_WITH_ABROAD", Operation.ADD, here, abroad, unit=Unit.DAYS, paragraph=_ABROAD
    )


def _halved(working: Working, said: CareMonth, counted: _Days) -> Iterator[Amount]:
    """§ 37 Abs. 2: half of it during Kurzzeit- and Verhinderungspflege, for some weeks each."""
    for weeks, days, before in (
        (_WEEKS_OF_KURZZEITPFLEGE, counted.short_term, said.short_term_days_before),
        (_WEEKS_OF_VERHINDERUNGSPFLEGE, counted.respite, said.respite_days_before),
    ):
        if days.value:
            yield days_within(working, weeks, days, before=before)


def _counted(said: CareMonth, day: date, basis: int) -> _Days:
    """All of a month is all of its 30 days, for what is due and for whoever is away.

    More days away than are due leave nothing: they are cut in the order of `_Days`.
    """
    length = monthrange(day.year, day.month)[1]
    due = basis if said.days is None or said.days >= length else min(said.days, basis)
    left, counted = due, []
    for days in (said.short_term_days, said.respite_days, said.days_abroad):
        part = min(left if days >= min(said.days or length, length) else days, left)
        counted.append(part)
        left -= part
    names = ("days_due", "kurzzeitpflege_days", "verhinderungspflege_days", "abroad_days")
    return _Days(*map(_fact_of_days, names, (due, *counted)))


def _fact_of_days(name: str, days: int) -> Amount:
    return fact(name, days, Unit.DAYS)


def _tell_visits(working: Working, grade: CareGrade) -> None:
    """§ 37 Abs. 3: whoever gets Pflegegeld has to call for advice; how often is dated."""
    if not working.law.find(_VISITS, working.day):
        working.warn("ADVICE_VISITS")
        return
    working.figure(_VISITS)
    working.warn("ADVICE_VISIT_HALF_YEARLY")
    if grade in {CareGrade.PG4, CareGrade.PG5}:
        working.figure("beratungseinsatz.months_pg4_pg5")
        working.warn("ADVICE_VISIT_QUARTERLY_POSSIBLE")
    if working.law.find(_VIDEO, working.day):
        working.figure(_VIDEO)
        working.warn("ADVICE_VISIT_BY_VIDEO")
