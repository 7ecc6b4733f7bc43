"""Charging hours to budgets: in the order of their days, each minute once, the oldest money first.

What is charged follows from the hours and the budgets alone, so it can be reckoned anew at any time
and does not depend on when hours were confirmed or a source was written down.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from domain.dates import months_later
from domain.financing.relief_ledger import credits_of, known_until, lapse, months
from domain.funding import FundingInstrument, FundingPeriod
from domain.statement import cents_of

_HOUR = 60
_CENTS = 100


@dataclass(frozen=True, slots=True)
class Lot:
    """Cents or minutes that can be used from a day to a day, both included; None: all of them."""

    opens: date
    closes: date
    amount: int | None


@dataclass(frozen=True, slots=True)
class Budget:
    """What a source gives: cents or minutes per period.

    With neither, the relief amount is what the law says; what is paid privately has no limit.
    """

    instrument: FundingInstrument
    cents: int | None
    minutes: int | None
    per: FundingPeriod
    valid_from: date
    valid_until: date | None

    @property
    def of_minutes(self) -> bool:
        """Whether it is counted in minutes, not in cents."""
        return self.minutes is not None

    @property
    def carries_over(self) -> bool:
        """Whether what is left of a month can be used until the middle of the next year."""
        return self.instrument is FundingInstrument.RELIEF_AMOUNT

    @property
    def last_day(self) -> date:
        """The last day for which it can pay."""
        until = self._credited_until if self.carries_over else self.valid_until
        if until is None:
            return date.max
        return lapse(until.year) if self.carries_over else until

    @property
    def _credited_until(self) -> date | None:
        """The last day that brings a credit: none comes by a law that is not known yet."""
        known = known_until() if self.cents is None else None
        return min(filter(None, (self.valid_until, known)), default=None)

    def lots(self, day: date) -> list[Lot]:
        """Those that hours of a day can be charged to, the oldest first."""
        if not self.valid_from <= day <= self.last_day:
            return []
        if self.carries_over:
            return list(self._months_before(day))
        return [_lot(self, day)]

    def _months_before(self, day: date) -> Iterator[Lot]:
        year = day.year - 1 if day <= lapse(day.year - 1) else day.year
        first = max(date(year, 1, 1), self.valid_from)
        last = min(day, self._credited_until or day)
        if self.cents is not None:
            for month in months(first, last):
                yield Lot(month, lapse(month.year), self.cents)
            return
        for credit in credits_of(first, last):
            yield Lot(credit.month, credit.lapses_after, int(credit.amount * _CENTS))


def _lot(budget: Budget, day: date) -> Lot:
    amount = budget.minutes if budget.of_minutes else budget.cents
    match budget.per:
        case FundingPeriod.MONTH:
            first = day.replace(day=1)
            return Lot(first, months_later(first, 1) - timedelta(days=1), amount)
        case FundingPeriod.YEAR:
            return Lot(date(day.year, 1, 1), date(day.year, 12, 31), amount)
        case FundingPeriod.WHOLE:
            return Lot(budget.valid_from, budget.last_day, amount)


@dataclass(slots=True)
class Purse:
    """What has been used of a budget, lot by lot."""

    budget: Budget
    used: dict[Lot, int] = field(default_factory=dict)
    _by_day: dict[date, list[Lot]] = field(default_factory=dict)

    def lots(self, day: date) -> list[Lot]:
        """The budget's lots of a day, made once however many hours it has."""
        if day not in self._by_day:
            self._by_day[day] = self.budget.lots(day)
        return self._by_day[day]

    def left_in(self, lot: Lot) -> int:
        """What can still be used of a lot."""
        return max(0, (lot.amount or 0) - self.used.get(lot, 0))

    def spend(self, day: date, number: int) -> None:
        """Take cents or minutes, of the oldest lot first; the last one bears what is too much."""
        lots = self.lots(day)
        for lot in lots:
            taken = min(number, self.left_in(lot))
            self.used[lot] = self.used.get(lot, 0) + taken
            number -= taken
        if lots:
            self.used[lots[-1]] += number


@dataclass(frozen=True, slots=True)
class Hours:
    """Confirmed hours, and the sources that shall pay for them, the first one first."""

    appointment_id: UUID
    day: date
    begins: datetime
    minutes: int
    hourly_cents: int
    sources: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Charge:
    """Minutes of an appointment that one source pays for."""

    source_id: UUID
    appointment_id: UUID
    day: date
    first_minute: int
    minutes: int
    cents: int


def charges(hours: Iterable[Hours], budgets: Mapping[UUID, Budget]) -> Iterator[Charge]:
    """What each source pays for. What is not in it is not covered; cents add up to the line's."""
    purses = {key: Purse(budget) for key, budget in budgets.items()}
    for each in sorted(hours, key=lambda one: (one.day, one.begins, one.appointment_id)):
        first = 0
        for source in each.sources:
            if source not in purses:
                continue
            minutes = _fitting(purses[source], each, first)
            if minutes:
                cents = _price(each, first, minutes)
                yield Charge(source, each.appointment_id, each.day, first, minutes, cents)
                purse = purses[source]
                purse.spend(each.day, minutes if purse.budget.of_minutes else cents)
                first += minutes


def _price(hours: Hours, first: int, minutes: int) -> int:
    rate = hours.hourly_cents
    return cents_of(first + minutes, rate) - cents_of(first, rate)


def _fitting(purse: Purse, hours: Hours, first: int) -> int:
    """So many of the minutes from `first` on can be paid."""
    rest = hours.minutes - first
    lots = purse.lots(hours.day)
    if any(lot.amount is None for lot in lots):
        return rest
    left = sum(purse.left_in(lot) for lot in lots)
    if purse.budget.of_minutes:
        return min(rest, left)
    if _price(hours, first, rest) <= left:
        return rest
    fitting = min(rest, left * _HOUR // hours.hourly_cents)
    while fitting and _price(hours, first, fitting) > left:
        fitting -= 1
    return fitting
