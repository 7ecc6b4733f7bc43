"""The relief amount as a ledger, § 45b SGB XI: credited monthly, the oldest is used first.

What a calendar year leaves can be used until 30 June of the next one. A month's credit is there
from its first day, so nothing is used in advance. Which credit a service takes from is decided by
its day, not by when its bill came.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.dates import months_later
from domain.financing.book import LAW, Book
from domain.financing.calculation import ZERO

FIGURE = "entlastungsbetrag"
_LAST_MONTH, _LAST_DAY = 6, 30


@dataclass(frozen=True, slots=True)
class Credit:
    """What a month brings; `month` is its first day."""

    month: date
    amount: Decimal

    @property
    def lapses_after(self) -> date:
        """The last day on which it can be used."""
        return lapse(self.month.year)


@dataclass(frozen=True, slots=True)
class Use:
    """A service of a day, with what it costs; `key` is whatever the caller knows it by."""

    day: date
    amount: Decimal
    key: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a use took from the credit of a month."""

    use: Use
    month: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Origin:
    """What became of the credits of a calendar year; the parts add up to what was credited."""

    year: int
    credited: Decimal
    used: Decimal
    lapsed: Decimal
    left: Decimal

    @property
    def lapses_after(self) -> date:
        """The last day on which it can be used."""
        return lapse(self.year)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where the credits stand, oldest year first, and what each use took, in the order of days."""

    origins: tuple[Origin, ...]
    taken: tuple[Taken, ...]
    uncovered: tuple[tuple[Use, Decimal], ...]  # what no credit was there for

    @property
    def left(self) -> Decimal:
        """What can be used now."""
        return sum((each.left for each in self.origins), ZERO)


def lapse(year: int) -> date:
    """§ 45b Abs. 2: the last day for what a calendar year leaves."""
    return date(year + 1, _LAST_MONTH, _LAST_DAY)


def known_until(law: Book = LAW) -> date | None:
    """The last day whose amount is known; None while it is open."""
    return law.series(FIGURE)[-1].valid_to


def credits_of(
    first: date, last: date, *, share: Decimal = Decimal(1), law: Book = LAW
) -> tuple[Credit, ...]:
    """The credits of all months from that of `first` to that of `last`, by the figures of the time.

    `share` is ½ for people who are entitled to Beihilfe (§ 28 Abs. 2).

    Raises:
        FigureNotKnown: the amount of a month is not known.
    """
    return tuple(
        Credit(month, law.at(FIGURE, month).value * share) for month in months(first, last)
    )


def months(first: date, last: date) -> Iterator[date]:
    """The first days of all months from that of one day to that of another."""
    number = (last.year - first.year) * 12 + last.month - first.month + 1
    for each in range(number):
        yield months_later(first.replace(day=1), each)


def ledger(credited: Iterable[Credit], uses: Iterable[Use], today: date) -> Ledger:
    """Where it stands at the end of a day; what comes after it does not count yet."""
    there = sorted((each for each in credited if each.month <= today), key=lambda each: each.month)
    left = [each.amount for each in there]
    taken: list[Taken] = []
    uncovered: list[tuple[Use, Decimal]] = []
    for use in sorted((each for each in uses if each.day <= today), key=lambda each: each.day):
        parts = list(_take(use, there, left))
        taken += parts
        if rest := use.amount - sum((each.amount for each in parts), ZERO):
            uncovered.append((use, rest))
    return Ledger(tuple(_origins(there, left, today)), tuple(taken), tuple(uncovered))


def _take(use: Use, there: list[Credit], left: list[Decimal]) -> Iterator[Taken]:
    """The oldest that are there on the day and have not lapsed; `left` is what they keep."""
    wanted = use.amount
    for index, credit in enumerate(there):
        if credit.month > use.day or not wanted:
            return
        part = min(wanted, left[index])
        if part and use.day <= credit.lapses_after:
            left[index] -= part
            wanted -= part
            yield Taken(use, credit.month, part)


def _origins(there: list[Credit], left: list[Decimal], today: date) -> Iterator[Origin]:
    pairs = list(zip(there, left, strict=True))
    for year in sorted({each.month.year for each in there}):
        own = [(credit.amount, rest) for credit, rest in pairs if credit.month.year == year]
        credited = sum((amount for amount, _ in own), ZERO)
        rest = sum((rest for _, rest in own), ZERO)
        lapsed = rest if today > lapse(year) else ZERO
        yield Origin(year, credited, credited - rest, lapsed, rest - lapsed)
