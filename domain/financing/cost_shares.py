"""Who carries which part of a month's costs, and how long a budget lasts at their pace."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

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
    for funder in Funder:
        if funder not in shares:
            continue
        said = fact(f"shares.{funder.lower()}", shares[funder], _MONTH)
        share = _step(working, f"SHARE_{funder}", Operation.LEAST, said, left)
        kept = _kept(working, funder, share, own_parts.get(funder))
        own += kept
        paid.append((funder, share.value - kept))
        left = _step(working, f"OPEN_AFTER_{funder}", Operation.SUBTRACT, left, share)
    return Split(tuple(paid), own, left.value)


def _kept(working: Working, funder: Funder, share: Amount, said: Decimal | None) -> Decimal:
    """The net principle, § 137 Abs. 3 SGB IX: a contribution is never more than what is paid."""
    if said is None:
        return ZERO
    part = fact(f"own_parts.{funder.lower()}", said, _MONTH)
    kept = _step(working, f"OWN_PART_{funder}", Operation.LEAST, part, share)
    _step(working, f"PAID_{funder}", Operation.SUBTRACT, share, kept)
    return kept.value


def budget_of(working: Working, total: Amount, hours: Amount, budget: Decimal | None) -> Budget:
    """Whole hours and whole days, in a year of 365 days of which each costs the same."""
    if budget is None:
        return Budget()
    if not total.value:
        working.because("NOTHING_IS_USED_UP")
        return Budget()
    working.assume("SAME_PACE")
    said = fact("budget", budget, Unit.EUR)
    bought = _divided(working, "BUDGET_HOURS", said, hours, total, Unit.HOURS)
    year = working.step(
        "COST_OF_YEAR",
        Operation.MULTIPLY,
        constant("months_of_year", MONTHS_OF_YEAR, Unit.MONTHS),
        total,
        unit=Unit.EUR_PER_YEAR,
        paragraph="",
    )
    length = constant("days_of_year", DAYS_OF_YEAR, Unit.DAYS)
    days = _divided(working, "BUDGET_DAYS", said, length, year, Unit.DAYS)
    return Budget(bought.value, int(days.value))


def _divided(  # noqa: PLR0913, PLR0917  two steps that belong together
    working: Working, name: str, budget: Amount, times: Amount, cost: Amount, unit: Unit
) -> Amount:
    """So many of the unit as the budget has costs in it; rounded once, at the end."""
    product = working.step(
        f"{name}_TIMES", Operation.MULTIPLY, budget, times, unit=Unit.FACTOR, paragraph=""
    )
    return working.step(
        name,
        Operation.DIVIDE,
        product,
        cost,
        unit=unit,
        paragraph="",
        rounding=Rounding.WHOLE_DOWN,
    )


def _step(working: Working, name: str, operation: Operation, *operands: Amount) -> Amount:
    return working.step(name, operation, *operands, unit=_MONTH, paragraph="")
