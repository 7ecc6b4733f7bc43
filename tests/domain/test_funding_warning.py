"""What is warned of when: at the edges, once for what it is about, and anew for something else."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.funding import FundingPeriod
from domain.funding_balance import Balance
from domain.funding_charge import Budget
from domain.funding_state import FundingState
from domain.funding_warning import FundingWarning, warnings
from tests.domain.budgets import PRIVATE, RELIEF, TODAY, budget, stand


def warned(source: Budget, found: Balance, day: date) -> dict[FundingWarning, int]:
    """Of a source that is approved."""
    return warnings(FundingState.APPROVED, source, found, day)


def test_what_is_without_limit_is_warned_of_by_nothing() -> None:
    source = budget(PRIVATE)
    assert not warned(source, stand(source, (TODAY, 500)), TODAY)


def test_of_what_has_ended_only_what_lapses_is_told() -> None:
    day = date(2026, 5, 1)
    source = budget(RELIEF, valid_until=date(2025, 12, 31))
    used = stand(source, (date(2025, 12, 31), 11 * 131_00), today=day)
    assert set(warned(source, used, day)) == {FundingWarning.NEARLY_USED, FundingWarning.LAPSES}
    assert set(warnings(FundingState.ENDED, source, used, day)) == {FundingWarning.LAPSES}


@pytest.mark.parametrize(
    ("used", "told"),
    [
        (79_99, set()),
        (80_00, {FundingWarning.NEARLY_USED}),
        (99_99, {FundingWarning.NEARLY_USED}),
        (100_00, {FundingWarning.USED}),
    ],
)
def test_eighty_and_a_hundred_per_cent_are_warned_of_once_for_each_period(
    used: int, told: set[FundingWarning]
) -> None:
    source, later = budget(cents=100_00), date(2026, 5, 3)
    found = warned(source, stand(source, (TODAY, used)), TODAY)
    assert set(found) == told
    again = warned(source, stand(source, (later, used), today=later), later)
    assert not set(found.values()) & set(again.values())


@pytest.mark.parametrize(
    ("more", "again"),
    [
        ({}, False),
        ({"valid_until": date(2027, 12, 31)}, False),
        ({"cents": 100_01}, True),
        ({"per": FundingPeriod.YEAR}, True),
    ],
)
def test_what_is_used_is_warned_of_anew_once_there_is_another_amount(
    more: dict[str, Any], *, again: bool
) -> None:
    before, after = budget(cents=100_00), budget(**({"cents": 100_00} | more))
    numbers = [warned(each, stand(each, (TODAY, 90_00)), TODAY) for each in (before, after)]
    assert (numbers[0] != numbers[1]) is again


def test_the_end_is_told_sixty_and_thirty_days_before_and_anew_for_another_end() -> None:
    ends = date(2026, 12, 31)

    def told(days: int, until: date = ends) -> dict[FundingWarning, int]:
        source, day = budget(cents=100_00, valid_until=until), ends - timedelta(days=days)
        return warned(source, stand(source, today=day), day)

    assert told(61) == told(-1) == {}
    assert told(60) == told(31)
    assert told(30) == told(0)
    later = ends + timedelta(days=1)
    numbers = {each[FundingWarning.ENDS] for each in (told(60), told(30), told(30, later))}
    assert len(numbers) == 3


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 4, 30), False),
        (date(2026, 5, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_what_lapses_is_told_from_the_first_of_may_on(day: date, *, told: bool) -> None:
    source = budget(RELIEF)
    used = stand(source, (date(2025, 12, 31), 12 * 131_00), today=day)
    assert FundingWarning.LAPSES not in warned(source, used, day)
    found = warned(source, stand(source, today=day), day)
    assert (FundingWarning.LAPSES in found) is told
    half = budget(RELIEF, cents=65_50)
    other = warned(half, stand(half, today=day), day)
    assert (found.get(FundingWarning.LAPSES) != other.get(FundingWarning.LAPSES)) is told
