"""Entlastungsbetrag, § 45b SGB XI: what it is a month, what it pays for, and what is left of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from domain.errors.base import InputRefused
from domain.errors.financing import FigureNotKnown
from domain.financing.book import LAW, Book
from domain.financing.calculation import (
    ZERO,
    Amount,
    Calculation,
    Operation,
    Working,
    constant,
    fact,
)
from domain.financing.care import BEIHILFE_SHARE, Care, CareGrade, granted, spent
from domain.financing.check import agrees, count, money
from domain.financing.parameter import Unit
from domain.financing.reading import AmountReading
from domain.financing.relief_ledger import FIGURE, Credit, Ledger, Use, credits_of, lapse, ledger

MONTH = "ENTLASTUNGSBETRAG"
KIND = "ENTLASTUNGSBETRAG_LEFT"
MOST_USES = 100  # they have room in a link
_PARAGRAPH = "§ 45b SGB XI"
_CARRIED = "§ 45b Abs. 2 SGB XI"
_HUNDRED = Decimal(100)


class _Steps(NamedTuple):
    """The steps of a calendar year."""

    credited: str
    half: str
    taken: str
    left: str


_LAST_YEAR = _Steps(
    "CREDITED_LAST_YEAR", "HALF_CREDITED_LAST_YEAR", "TAKEN_LAST_YEAR", "LEFT_LAST_YEAR"
)
_THIS_YEAR = _Steps(
    "CREDITED_THIS_YEAR", "HALF_CREDITED_THIS_YEAR", "TAKEN_THIS_YEAR", "LEFT_THIS_YEAR"
)


class ReliefService(StrEnum):
    """What it may be spent on, § 45b Abs. 1."""

    DAY_CARE = "DAY_CARE"
    SHORT_TERM_CARE = "SHORT_TERM_CARE"
    CARE_SERVICE = "CARE_SERVICE"
    CARE_SERVICE_BODY_CARE = "CARE_SERVICE_BODY_CARE"  # Selbstversorgung
    RECOGNISED_OFFER = "RECOGNISED_OFFER"


@dataclass(frozen=True, slots=True)
class ReliefUse:
    """A service of a day."""

    day: date
    amount: Decimal
    service: ReliefService = ReliefService.RECOGNISED_OFFER


@dataclass(frozen=True, slots=True)
class Relief(Care):
    """What was used since when there is a care grade; None for all of last year and this one."""

    since: date | None = None
    uses: tuple[ReliefUse, ...] = ()


def problems(said: Relief) -> Iterator[InputRefused]:
    """What cannot be calculated with."""
    if said.since and not LAW.find(FIGURE, said.since):
        yield FigureNotKnown(field="since", figure=FIGURE, day=said.since.isoformat())
    yield from count("uses", len(said.uses), MOST_USES)
    for index, use in enumerate(said.uses):
        yield from money(f"uses.{index}.amount", use.amount)
        in_time = said.since is None or use.day >= said.since.replace(day=1)
        yield from agrees(f"uses.{index}.day", fits=in_time)


def may_be_paid(service: ReliefService, grade: CareGrade) -> bool:
    """§ 45b Abs. 1: care services for body care are paid with grade 1 only."""
    return service is not ReliefService.CARE_SERVICE_BODY_CARE or grade is CareGrade.PG1


def entlastungsbetrag(said: Care, day: date, *, law: Book = LAW, shown: bool = True) -> Calculation:
    """What there is a month, with every grade.

    Raises:
        FigureNotKnown: the law of this day is not known.
    """
    working = Working(law, day, shown)
    working.warn("RELIEF_AGAINST_RECEIPTS")
    if said.grade is not CareGrade.PG1:
        working.warn("RELIEF_NOT_FOR_BODY_CARE")
    return working.calculation(MONTH, granted(working, said, MONTH, FIGURE))


def book_of(said: Relief, today: date, law: Book = LAW) -> Ledger:
    """The ledger of what somebody says, without services that it does not pay for.

    Raises:
        FigureNotKnown: the amount of a month is not known.
    """
    return _account(said, today, law).book


class _Account(NamedTuple):
    """What was said, what it brings, and where that stands."""

    said: Relief
    credited: Sequence[Credit]
    book: Ledger


def _account(said: Relief, today: date, law: Book) -> _Account:
    first = said.since or max(_last_january(today), _known_from(law))
    share = law.at(BEIHILFE_SHARE, today).value / _HUNDRED if said.beihilfe else Decimal(1)
    credited = credits_of(first, today, share=share, law=law)
    uses = [
        Use(use.day, use.amount, str(index))
        for index, use in enumerate(said.uses)
        if may_be_paid(use.service, said.grade)
    ]
    return _Account(said, credited, ledger(credited, uses, today))


def _last_january(today: date) -> date:
    """What was credited before it has lapsed, whatever was used of it."""
    return date(today.year - 1, 1, 1)


def _known_from(law: Book) -> date:
    return law.series(FIGURE)[0].valid_from


def relief_left(said: Relief, day: date, *, law: Book = LAW, shown: bool = True) -> Calculation:
    """What can be used on the day: of this year, and until 30 June of the last one.

    Raises:
        FigureNotKnown: the amount of a month is not known.
    """
    working = Working(law, day, shown)
    working.rest_on(FIGURE)
    account = _account(said, day, law)
    _note(working, account)
    last = _of_year(working, account, _LAST_YEAR, day.year - 1)
    this = _of_year(working, account, _THIS_YEAR, day.year)
    parts = [this] if day > lapse(day.year - 1) else [last, this]
    left = working.step("RELIEF_LEFT", Operation.ADD, *parts, unit=Unit.EUR, paragraph=_CARRIED)
    return working.calculation(KIND, left)


def _of_year(working: Working, account: _Account, steps: _Steps, year: int) -> Amount:
    """What was credited in a year, less what services took of it."""
    credited = _credited(working, account, steps, year)
    taken = working.step(
        steps.taken,
        Operation.ADD,
        *_taken(working, account, year),
        unit=Unit.EUR,
        paragraph=_PARAGRAPH,
    )
    lapsed = working.day > lapse(year) and credited.value > taken.value
    return working.step(
        steps.left,
        Operation.SUBTRACT,
        credited,
        taken,
        unit=Unit.EUR,
        paragraph=_CARRIED,
        outcome="LAPSED" if lapsed else None,
    )


def _taken(working: Working, account: _Account, year: int) -> Sequence[Amount]:
    """What each service took of a year's credits."""
    found: dict[str, Decimal] = {}
    for each in account.book.taken:
        if each.month.year == year:
            found[each.use.key] = found.get(each.use.key, ZERO) + each.amount
    parts = [
        spent(working, account.said, "relief_use", amount, Unit.EUR) for amount in found.values()
    ]
    return parts or [constant("nothing", 0, Unit.EUR)]


def _credited(working: Working, account: _Account, steps: _Steps, year: int) -> Amount:
    """§ 28 Abs. 2: half of what the months bring for people who are entitled to Beihilfe."""
    months = [each.month for each in account.credited if each.month.year == year]
    amounts = [working.past_figure(FIGURE, each) for each in months]
    whole = _sum(working, steps.credited, amounts)
    if not account.said.beihilfe:
        return whole
    return working.step(
        steps.half,
        Operation.PERCENT,
        working.figure(BEIHILFE_SHARE),
        whole,
        unit=Unit.EUR,
        paragraph="§ 28 Abs. 2 SGB XI",
        outcome="BEIHILFE_HALF",
    )


def _sum(working: Working, name: str, amounts: Sequence[Amount]) -> Amount:
    """A multiplication where all months have the same amount, as they had in every year so far."""
    operation, operands = Operation.ADD, list(amounts)
    if not amounts:
        operands = [constant("nothing", 0, Unit.EUR)]
    elif len(set(amounts)) == 1:
        operation = Operation.MULTIPLY
        operands = [amounts[0], fact("credited_months", len(amounts), Unit.MONTHS)]
    return working.step(name, operation, *operands, unit=Unit.EUR, paragraph=_PARAGRAPH)


def _note(working: Working, account: _Account) -> None:
    """What is taken as given, what was not said, and what to be careful about."""
    said, book = account.said, account.book
    working.assume("OLDEST_FIRST")
    working.assume("NOT_IN_ADVANCE")
    _note_begin(working, said.since)
    if said.since and any(each.day < said.since for each in said.uses):
        working.warn("USE_BEFORE_CARE_GRADE")
        working.reading = AmountReading.POSSIBLY_MORE
    if any(each.day > working.day for each in said.uses):
        working.warn("USES_NOT_YET_COUNTED")
    if book.uncovered:
        working.warn("RELIEF_NOT_ENOUGH")
    if not all(may_be_paid(each.service, said.grade) for each in said.uses):
        working.warn("RELIEF_NOT_FOR_BODY_CARE")
    if any(each.left for each in book.origins):
        working.warn("LAPSES_ON_30_JUNE")


def _note_begin(working: Working, since: date | None) -> None:
    """From when on months count, where that is not what was said."""
    if since is None:
        working.miss("CARE_GRADE_SINCE")
        if _last_january(working.day) < _known_from(working.law):
            working.assume("LEDGER_BEGINS_WITH_KNOWN_LAW")
    elif since > working.day:
        working.warn("CARE_GRADE_NOT_YET")
