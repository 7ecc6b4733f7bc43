"""Who carries which part of a month's costs, and how long a budget lasts at their pace."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from domain.financing.asked import Funder
from domain.financing.calculation import (
    ZERO,
    Amount,
    Operation,
    Rounding,
    Working,
    constant,
    fact,
)
from domain.financing.parameter import Unit

MONTHS_OF_YEAR, DAYS_OF_YEAR = 12, 365
_MONTH = Unit.EUR_PER_MONTH


class _Steps(NamedTuple):
    """The steps of a funder: what it carries, what is kept back of that, what both leave."""

    share: str
    own_part: str
    paid: str
    open_after: str


_STEPS: Mapping[Funder, _Steps] = {
    Funder.OTHER: _Steps("SHARE_OTHER", "OWN_PART_OTHER", "PAID_OTHER", "OPEN_AFTER_OTHER"),
    Funder.CARE_INSURANCE: _Steps(
        "SHARE_CARE_INSURANCE",
        "OWN_PART_CARE_INSURANCE",
        "PAID_CARE_INSURANCE",
        "OPEN_AFTER_CARE_INSURANCE",
    ),
    Funder.INTEGRATION_ASSISTANCE: _Steps(
        "SHARE_INTEGRATION_ASSISTANCE",
        "OWN_PART_INTEGRATION_ASSISTANCE",
        "PAID_INTEGRATION_ASSISTANCE",
        "OPEN_AFTER_INTEGRATION_ASSISTANCE",
    ),
    Funder.HELP_TO_CARE: _Steps(
        "SHARE_HELP_TO_CARE",
        "OWN_PART_HELP_TO_CARE",
        "PAID_HELP_TO_CARE",
        "OPEN_AFTER_HELP_TO_CARE",
    ),
}


@dataclass(frozen=True, slots=True)
class Split:
    """Parts of the costs; together they are the costs, to the cent."""

    paid: tuple[tuple[Funder, Decimal], ...]
    own_contribution: Decimal
    rest: Decimal  # what nobody else carries


@dataclass(frozen=True, slots=True)
class Budget:
    """What a budget buys at this pace; None without one, and where nothing is used up."""

    hours: Decimal | None = None
    days: int | None = None


def split_of(
    working: Working,
    total: Amount,
    shares: Mapping[Funder, Decimal],
    own_parts: Mapping[Funder, Decimal],
) -> Split:
    """Each in turn carries what is still open, up to its share; the own part of it is kept back."""
    if not shares:
        working.miss("SHARES")
    left, paid, own = total, [], ZERO
    for funder, steps in _STEPS.items():
        if funder not in shares:
            continue
        said = fact(f"shares.{funder.lower()}", shares[funder], _MONTH)
        share = _step(working, steps.share, Operation.LEAST, said, left)
        kept = _kept(working, funder, share, own_parts.get(funder))
        own += kept
        paid.append((funder, share.value - kept))
        left = _step(working, steps.open_after, Operation.SUBTRACT, left, share)
    return Split(tuple(paid), own, left.value)


def _kept(working: Working, funder: Funder, share: Amount, said: Decimal | None) -> Decimal:
    """The net principle, § 137 Abs. 3 SGB IX: a contribution is never more than what is paid."""
    if said is None:
        return ZERO
    part = fact(f"own_parts.{funder.lower()}", said, _MONTH)
    steps = _STEPS[funder]
    kept = _step(working, steps.own_part, Operation.LEAST, part, share)
    _step(working, steps.paid, Operation.SUBTRACT, share, kept)
    return kept.value


def budget_of(working: Working, total: Amount, hours: Amount, budget: Decimal | None) -> Budget:
    """Whole hours and whole days, at the same pace on each of them."""
    if budget is None:
        return Budget()
    if not total.value:
        working.because("NOTHING_IS_USED_UP")
        return Budget()
    working.assume("SAME_PACE")
    said = fact("budget", budget, Unit.EUR)
    bought, days = _hours_of(working, said, total, hours), _days_of(working, said, total)
    return Budget(bought.value, int(days.value))


def _hours_of(working: Working, budget: Amount, total: Amount, hours: Amount) -> Amount:
    """So many hours as the budget has costs of an hour in it."""
    times = working.step(
        "BUDGET_HOURS_TIMES", Operation.MULTIPLY, budget, hours, unit=Unit.FACTOR, paragraph=""
    )
    return _whole(working, "BUDGET_HOURS", times, total, Unit.HOURS)


def _days_of(working: Working, budget: Amount, total: Amount) -> Amount:
    """So many days as the budget has costs of a day in it, in a year of 365 days."""
    year = working.step(
        "COST_OF_YEAR",
        Operation.MULTIPLY,
        constant("months_of_year", MONTHS_OF_YEAR, Unit.MONTHS),
        total,
        unit=Unit.EUR_PER_YEAR,
        paragraph="",
    )
    times = working.step(
        "BUDGET_DAYS_TIMES",
        Operation.MULTIPLY,
        budget,
        constant("days_of_year", DAYS_OF_YEAR, Unit.DAYS),
        unit=Unit.FACTOR,
        paragraph="",
    )
    return _whole(working, "BUDGET_DAYS", times, year, Unit.DAYS)


def _whole(working: Working, name: str, budget: Amount, cost: Amount, unit: Unit) -> Amount:
    """So many of the unit as the budget has costs in it; rounded once, down to whole ones."""
    return working.step(
        name,
        Operation.DIVIDE,
        budget,
        cost,
        unit=unit,
        paragraph="",
        rounding=Rounding.WHOLE_DOWN,
    )


def _step(working: Working, name: str, operation: Operation, *operands: Amount) -> Amount:
    return working.step(name, operation, *operands, unit=_MONTH, paragraph="")
