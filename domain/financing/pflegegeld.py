"""Pflegegeld, § 37 SGB XI, for one month: whole, in part, halved, or paused abroad (§ 34)."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

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


def _days(working: Working, said: CareMonth) -> Amount:
    """Days with all of it, and half of those with a half."""
    basis = int(working.figure("pflegegeld.days_of_month").value)
    due, kurz, verhindert, abroad = _counted(said, working.day, basis)
    whole = _plus(working, due, [kurz, verhindert, abroad], _paid_abroad(working, said, abroad))
    halved = list(_halved(working, said, kurz, verhindert))
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


def _plus(working: Working, due: Amount, away: list[Amount], abroad: Amount | None) -> Amount:
    """The days that are left without the others, and those abroad for which it is paid."""
    whole = working.step(
        "WHOLE_DAYS",
        Operation.SUBTRACT,
        due,
        *(each for each in away if each.value),
        unit=Unit.DAYS,
        paragraph=_DAYWISE,
    )
    if abroad is None:
        return whole
    return working.step(
        "WHOLE_DAYS_WITH_ABROAD", Operation.ADD, whole, abroad, unit=Unit.DAYS, paragraph=_ABROAD
    )


def _paid_abroad(working: Working, said: CareMonth, abroad: Amount) -> Amount | None:
    """§ 34: outside EU, EEA and Switzerland it goes on for some weeks of the year."""
    if not abroad.value:
        return None
    return days_within(working, _WEEKS_ABROAD, abroad, before=said.days_abroad_before)


def _halved(
    working: Working, said: CareMonth, kurz: Amount, verhindert: Amount
) -> Iterator[Amount]:
    """§ 37 Abs. 2: half of it during Kurzzeit- and Verhinderungspflege, for some weeks each."""
    for weeks, days, before in (
        (_WEEKS_OF_KURZZEITPFLEGE, kurz, said.short_term_days_before),
        (_WEEKS_OF_VERHINDERUNGSPFLEGE, verhindert, said.respite_days_before),
    ):
        if days.value:
            yield days_within(working, weeks, days, before=before)


def _counted(said: CareMonth, day: date, basis: int) -> tuple[Amount, Amount, Amount, Amount]:
    """Days as the law counts them: due, Kurzzeitpflege, Verhinderungspflege, abroad.

    Whoever is away for all of a month is so for all of its 30 days. More days away than are due
    leave nothing: they are cut in this order.
    """
    length = monthrange(day.year, day.month)[1]
    due = basis if said.days is None or said.days >= length else min(said.days, basis)
    left, counted = due, []
    away = (said.short_term_days, said.respite_days, said.days_abroad)
    for days in away:
        part = min(left if days >= min(said.days or length, length) else days, left)
        counted.append(part)
        left -= part
    names = ("kurzzeitpflege_days", "verhinderungspflege_days", "abroad_days")
    parts = [fact(name, part, Unit.DAYS) for name, part in zip(names, counted, strict=True)]
    return fact("days_due", due, Unit.DAYS), parts[0], parts[1], parts[2]


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
