"""What somebody is warned of before a budget is used up, ends or lapses."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from zlib import crc32

from domain.funding_balance import Balance
from domain.funding_charge import Budget
from domain.funding_state import FundingState

NEARLY = 80  # per cent
ENDS_IN = (60, 30)  # days
LAPSE_TOLD_IN = 61  # days: from the first of May on


class FundingWarning(StrEnum):
    """What somebody is told before it is too late."""

    NEARLY_USED = "NEARLY_USED"
    USED = "USED"
    ENDS = "ENDS"
    LAPSES = "LAPSES"


def warnings(
    state: FundingState, budget: Budget, found: Balance, today: date
) -> dict[FundingWarning, int]:
    """What holds today of a source, each with the number of what it is about: told once for each.

    Of what has ended only that something lapses.
    """
    told = dict(_warnings(budget, found, today))
    if state is FundingState.ENDED:
        return {kind: told[kind] for kind in told if kind is FundingWarning.LAPSES}
    return told


def _warnings(budget: Budget, found: Balance, today: date) -> Iterator[tuple[FundingWarning, int]]:
    amount = (budget.cents, budget.minutes, budget.per)
    if budget.valid_from <= today <= budget.last_day:
        period = _number(found.opens, *amount)
        if found.left == 0:
            yield FundingWarning.USED, period
        elif found.percent >= NEARLY:
            yield FundingWarning.NEARLY_USED, period
    if budget.valid_until is not None:
        days = (budget.valid_until - today).days
        reached = [each for each in ENDS_IN if 0 <= days <= each]
        if reached:
            yield FundingWarning.ENDS, _number(budget.valid_until, min(reached))
    if found.lapsing and found.lapses_on and 0 <= (found.lapses_on - today).days < LAPSE_TOLD_IN:
        yield FundingWarning.LAPSES, _number(found.lapses_on, *amount)


def _number(*about: date | str | int | None) -> int:
    """One number of 31 bits, as a column holds it: a source with other terms is warned of anew."""
    return crc32(" ".join(map(str, about)).encode()) >> 1
