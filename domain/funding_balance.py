"""How it stands with a budget today: used, left, and the day it runs out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from domain.dates import months_later
from domain.financing.book import LAW
from domain.financing.calculation import Amount, Calculation, Operation, Rounding, Working, fact
from domain.financing.parameter import Unit
from domain.funding_charge import Budget, Lot, Purse

KIND = "FUNDING_BALANCE"
PACE_DAYS = 56  # eight weeks even out a week of illness
_HUNDRED = 100
_FURTHEST = timedelta(days=36_525)


@dataclass(frozen=True, slots=True)
class Spent:
    """What was charged on a day; `short` where hours of that day were paid only in part."""

    day: date
    cents: int
    minutes: int
    short: bool = False


@dataclass(frozen=True, slots=True)
class Balance:
    """Numbers are cents, or minutes where the budget is hours. Without limit, `budget` is None.

    `lots` are what is looked at: the period, or for the relief amount all months of which something
    can still be used; `opens` and `closes` are the first and the last day of them that it pays on.
    There is something new on `renews_on`; `lapsing` is lost after `lapses_on`.
    """

    lots: tuple[Lot, ...]
    opens: date
    closes: date
    consumed: int
    left: int | None
    consumed_lately: int
    lately_days: int
    runs_out_on: date | None
    renews_on: date | None
    lapses_on: date | None = None
    lapsing: int = 0

    @property
    def budget(self) -> int | None:
        """All that there is."""
        amounts = [lot.amount for lot in self.lots]
        return None if None in amounts else sum(amount or 0 for amount in amounts)

    @property
    def percent(self) -> int:
        """How much of it is used, rounded down."""
        return self.consumed * _HUNDRED // self.budget if self.budget else 0


def balance(budget: Budget, spent: Sequence[Spent], today: date) -> Balance:
    """How it stands on a day; before the first day as on that, after the last one as on that."""
    day = max(budget.valid_from, min(today, budget.last_day))
    purse = Purse(budget)
    for each in sorted(spent, key=lambda one: one.day):
        purse.spend(each.day, _number(budget, each))
    lots = budget.lots(day)
    first_closes = min(lot.closes for lot in lots)
    lately, days = _lately(budget, spent, day)
    limited = all(lot.amount is not None for lot in lots)
    left = sum(purse.left_in(lot) for lot in lots) if limited else None
    last = _last(budget, day, lots)
    return Balance(
        lots=tuple(lots),
        opens=max(lots[0].opens, budget.valid_from),
        closes=min(lots[-1].closes, budget.last_day),
        consumed=sum(purse.used.get(lot, 0) for lot in lots),
        left=left,
        consumed_lately=lately,
        lately_days=days,
        runs_out_on=_ran_out(spent, lots[-1])
        or _used_up(left, spent, last)
        or _runs_out(left, lately, days, day, last),
        renews_on=last + timedelta(days=1) if last < budget.last_day else None,
        lapses_on=first_closes if budget.carries_over else None,
        lapsing=sum(purse.left_in(lot) for lot in lots if lot.closes == first_closes)
        if budget.carries_over
        else 0,
    )


def _number(budget: Budget, spent: Spent) -> int:
    return spent.minutes if budget.of_minutes else spent.cents


def _lately(budget: Budget, spent: Iterable[Spent], day: date) -> tuple[int, int]:
    first = max(budget.valid_from, day - timedelta(days=PACE_DAYS - 1))
    number = sum(_number(budget, each) for each in spent if first <= each.day <= day)
    return number, (day - first).days + 1


def _last(budget: Budget, day: date, lots: Sequence[Lot]) -> date:
    """The last day before there is something new, or on which it can be used at all."""
    following = months_later(day.replace(day=1), 1)
    if budget.carries_over and (budget.valid_until is None or budget.valid_until >= following):
        return following - timedelta(days=1)
    return min(lots[-1].closes, budget.last_day)


def _ran_out(spent: Iterable[Spent], newest: Lot) -> date | None:
    """The day of the first hours that were not paid in full, since there was something new."""
    return min(
        (each.day for each in spent if each.short and newest.opens <= each.day <= newest.closes),
        default=None,
    )


def _used_up(left: int | None, spent: Sequence[Spent], last: date) -> date | None:
    """The day after the last use, where that took all that was left."""
    if left != 0 or not spent:
        return None
    after = max(each.day for each in spent) + timedelta(days=1)
    return after if after <= last else None


def _runs_out(left: int | None, lately: int, days: int, day: date, last: date) -> date | None:
    """The first day that would not be paid in full at the pace of late; None where it lasts."""
    if not left or not lately:
        return None
    runs_out = day + min(timedelta(days=left * days // lately + 1), _FURTHEST)
    return runs_out if runs_out <= last else None


def calculation(found: Balance, budget: Budget, today: date, paragraph: str) -> Calculation:
    """The same step by step, so that it can be reckoned again with a pencil."""
    lines = _Lines(Working(LAW, today), budget, paragraph)
    consumed = lines.amount("consumed", found.consumed)
    if found.left is None:
        return lines.working.calculation(KIND, lines.step("CONSUMED", Operation.TAKE, consumed))
    left = lines.step("LEFT", Operation.SUBTRACT, _whole(lines, found), consumed)
    if found.consumed_lately and left.value > 0:
        _how_long(lines, found, left)
    return lines.working.calculation(KIND, left)


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines in the unit of a budget, each with the paragraph that it is paid by."""

    working: Working
    budget: Budget
    paragraph: str

    @property
    def unit(self) -> Unit:
        return Unit.MINUTES if self.budget.of_minutes else Unit.EUR

    def amount(self, name: str, number: int) -> Amount:
        value = Decimal(number) if self.budget.of_minutes else Decimal(number) / _HUNDRED
        return fact(name, value, self.unit)

    def step(self, name: str, operation: Operation, *operands: Amount) -> Amount:
        return self.working.step(
            name, operation, *operands, unit=self.unit, paragraph=self.paragraph
        )


def _whole(lines: _Lines, found: Balance) -> Amount:
    if not lines.budget.carries_over:
        amounts = [lines.amount("per_period", lot.amount or 0) for lot in found.lots]
        return lines.step("BUDGET", Operation.TAKE, *amounts)
    this_year = found.lots[-1].opens.year
    years = (
        ("CREDITED_LAST_YEAR", [lot for lot in found.lots if lot.opens.year < this_year]),
        ("CREDITED_THIS_YEAR", [lot for lot in found.lots if lot.opens.year == this_year]),
    )
    credited = [_credited(lines, name, lots) for name, lots in years if lots]
    return lines.step("BUDGET", Operation.ADD, *credited)


def _credited(lines: _Lines, name: str, lots: Sequence[Lot]) -> Amount:
    amounts = [lines.amount("per_period", lot.amount or 0) for lot in lots]
    if len(set(amounts)) > 1:
        return lines.step(name, Operation.ADD, *amounts)
    months = fact("periods", len(lots), Unit.FACTOR)
    return lines.step(name, Operation.MULTIPLY, amounts[0], months)


def _how_long(lines: _Lines, found: Balance, left: Amount) -> None:
    """Both in one quotient, because a pace is seldom a round number."""
    days = fact("lately_days", found.lately_days, Unit.DAYS)
    lines.working.step(
        "LASTS",
        Operation.DIVIDE,
        lines.step("LEFT_TIMES_DAYS", Operation.MULTIPLY, left, days),
        lines.amount("consumed_lately", found.consumed_lately),
        unit=Unit.DAYS,
        paragraph=lines.paragraph,
        rounding=Rounding.CENT_DOWN,
    )
