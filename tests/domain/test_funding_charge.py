"""What hours are charged to, how it stands with a budget, and what is warned of when."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.financing.relief_ledger import Use, credits_of, ledger
from domain.funding import (
    FundingInstrument,
    FundingPeriod,
)
from domain.funding_balance import (
    Balance,
    FundingWarning,
    Spent,
    balance,
    calculation,
    warnings,
)
from domain.funding_charge import Budget, Hours, Part, charges
from domain.statement import cents_of
from tests.domain.financing.recompute import recompute

TODAY = date(2026, 4, 15)
FIRST, SECOND, THIRD = (UUID(int=number) for number in (1, 2, 3))
OTHER, RELIEF, PRIVATE = (
    FundingInstrument.OTHER,
    FundingInstrument.RELIEF_AMOUNT,
    FundingInstrument.PRIVATE,
)


def budget(instrument: FundingInstrument = OTHER, **more: Any) -> Budget:
    said: dict[str, Any] = {
        "cents": None,
        "minutes": None,
        "per": FundingPeriod.MONTH,
        "valid_from": date(2025, 1, 1),
        "valid_until": None,
    }
    return Budget(instrument, **(said | more))


def hours(day: date, minutes: int, *sources: UUID, rate: int = 2500, number: int = 100) -> Hours:
    begins = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    return Hours(UUID(int=number), day, begins, minutes, rate, sources)


def paid(parts: list[Part]) -> list[tuple[UUID, int, int, int]]:
    return [(part.source_id, part.first_minute, part.minutes, part.cents) for part in parts]


def test_what_does_not_fit_goes_to_the_next_source_and_the_rest_is_covered_by_none() -> None:
    budgets = {FIRST: budget(cents=1010), SECOND: budget(minutes=30)}
    parts = list(charges([hours(TODAY, 90, FIRST, SECOND)], budgets))
    assert paid(parts) == [(FIRST, 0, 24, 1000), (SECOND, 24, 30, 1250)]
    budgets[THIRD] = budget(PRIVATE)
    parts = list(charges([hours(TODAY, 90, FIRST, SECOND, THIRD)], budgets))
    assert paid(parts)[2] == (THIRD, 54, 36, 1500)


def test_a_month_a_year_and_the_whole_begin_anew_or_not() -> None:
    days = [date(2025, 11, 30), date(2025, 12, 1), date(2025, 12, 31), date(2026, 1, 1)]
    for per, covered in (
        (FundingPeriod.MONTH, [60, 60, 0, 60]),
        (FundingPeriod.YEAR, [60, 0, 0, 60]),
        (FundingPeriod.WHOLE, [60, 0, 0, 0]),
    ):
        lines = [hours(day, 60, FIRST, number=at) for at, day in enumerate(days)]
        found = {
            part.day: part.minutes for part in charges(lines, {FIRST: budget(minutes=60, per=per)})
        }
        assert [found.get(day, 0) for day in days] == covered, per


def test_a_source_pays_on_its_days_only_and_the_relief_amount_until_the_30th_of_june() -> None:
    source = budget(minutes=600, valid_from=date(2025, 3, 1), valid_until=date(2025, 3, 31))
    relief = replace(source, instrument=RELIEF, minutes=None)
    for day, paying in (
        (date(2025, 2, 28), ""),
        (date(2025, 3, 1), "both"),
        (date(2025, 3, 31), "both"),
        (date(2025, 4, 1), "relief"),
        (date(2026, 6, 30), "relief"),
        (date(2026, 7, 1), ""),
    ):
        assert bool(source.lots(day)) is (paying == "both"), day
        assert bool(relief.lots(day)) is bool(paying), day


def test_the_relief_amount_of_the_law_or_of_the_approval() -> None:
    lots = budget(RELIEF, valid_from=date(2024, 11, 20)).lots(date(2025, 2, 3))
    assert [lot.amount for lot in lots] == [12500, 12500, 13100, 13100]
    assert {lot.amount for lot in budget(RELIEF, cents=6550).lots(TODAY)} == {6550}


SPREAD = st.integers(0, 700).map(lambda days: date(2025, 1, 1) + timedelta(days=days))
LINES = st.lists(
    st.tuples(SPREAD, st.integers(1, 600), st.sampled_from([1, 1390, 2500, 4999])), max_size=25
)


@given(LINES, st.integers(1, 30_000), st.integers(0, 2**16))
def test_each_minute_is_paid_once_within_the_budget_whatever_came_first(
    given_lines: list[tuple[date, int, int]], cents: int, seed: int
) -> None:
    lines = [
        hours(day, minutes, FIRST, SECOND, rate=rate, number=at)
        for at, (day, minutes, rate) in enumerate(given_lines)
    ]
    budgets = {FIRST: budget(cents=cents), SECOND: budget(PRIVATE)}
    parts = list(charges(lines, budgets))
    shuffled = random.Random(seed).sample(lines, len(lines))
    assert list(charges(shuffled, budgets)) == parts
    for line in lines:
        own = [part for part in parts if part.appointment_id == line.appointment_id]
        minutes = [
            minute
            for part in own
            for minute in range(part.first_minute, part.first_minute + part.minutes)
        ]
        assert sorted(minutes) == list(range(line.minutes))
        assert sum(part.cents for part in own) == cents_of(line.minutes, line.hourly_cents)
    for month in {part.day.replace(day=1) for part in parts}:
        of_month = [p for p in parts if p.source_id == FIRST and p.day.replace(day=1) == month]
        assert sum(part.cents for part in of_month) <= cents


@given(LINES)
def test_the_relief_amount_is_used_as_its_ledger_says(
    given_lines: list[tuple[date, int, int]],
) -> None:
    source, today = budget(RELIEF), date(2026, 12, 31)
    lines = [
        hours(day, minutes, FIRST, rate=rate, number=at)
        for at, (day, minutes, rate) in enumerate(given_lines)
    ]
    parts = list(charges(lines, {FIRST: source}))
    uses = [Use(part.day, Decimal(part.cents) / 100) for part in parts]
    book = ledger(credits_of(source.valid_from, today), uses, today)
    assert not book.uncovered
    spent = [Spent(part.day, part.cents, part.minutes) for part in parts]
    assert Decimal(balance(source, spent, today).left or 0) / 100 == book.left


def stand(source: Budget, *spent: tuple[date, int], today: date = TODAY) -> Balance:
    return balance(source, [Spent(day, number, number) for day, number in spent], today)


def test_how_it_stands_can_be_reckoned_again() -> None:
    source = budget(cents=100_000, per=FundingPeriod.YEAR)
    found = stand(source, (date(2025, 5, 5), 77_777), (date(2026, 4, 1), 56_00))
    assert (found.budget, found.consumed, found.left, found.percent) == (1000_00, 56_00, 944_00, 5)
    assert found.runs_out_on is None  # a euro a day lasts longer than the year
    found = stand(source, (date(2026, 4, 1), 560_00))
    assert found.runs_out_on == TODAY + timedelta(days=45)
    worked = calculation(found, source, TODAY, "§ 29 SGB IX")
    assert recompute(worked) == worked.amount.value == Decimal(440)
    assert worked.steps[-1].result.value == Decimal(44)


def test_the_working_of_the_relief_amount_tells_last_year_from_this_one() -> None:
    source = budget(RELIEF, valid_from=date(2024, 10, 1))
    found = stand(source, (date(2024, 12, 1), 300_00), today=date(2025, 2, 15))
    worked = calculation(found, source, date(2025, 2, 15), "§ 45b SGB XI")
    assert [step.name for step in worked.steps][:3] == [
        "CREDITED_LAST_YEAR",
        "CREDITED_THIS_YEAR",
        "BUDGET",
    ]
    assert recompute(worked) == worked.amount.value == Decimal(3 * 125 + 2 * 131 - 300)
    assert (found.lapsing, found.lapses_on) == (75_00, date(2025, 6, 30))


def test_what_is_without_limit_has_nothing_left_and_never_runs_out() -> None:
    found = stand(budget(PRIVATE), (TODAY, 500))
    assert (found.budget, found.left, found.runs_out_on, found.percent) == (None, None, None, 0)
    assert calculation(found, budget(PRIVATE), TODAY, "").amount.value == Decimal(5)
    assert not list(warnings(budget(PRIVATE), found, TODAY))


@pytest.mark.parametrize(
    ("used", "warned"),
    [
        (79_99, []),
        (80_00, [FundingWarning.NEARLY_USED]),
        (99_99, [FundingWarning.NEARLY_USED]),
        (100_00, [FundingWarning.USED]),
    ],
)
def test_eighty_and_a_hundred_per_cent_are_warned_of_once_for_each_period(
    used: int, warned: list[FundingWarning]
) -> None:
    source = budget(cents=100_00)
    found = list(warnings(source, stand(source, (TODAY, used)), TODAY))
    assert [each for each, _number in found] == warned
    later = date(2026, 5, 3)
    again = list(warnings(source, stand(source, (later, used), today=later), later))
    assert not set(found) & set(again)


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
    numbers = [dict(warnings(each, stand(each, (TODAY, 90_00)), TODAY)) for each in (before, after)]
    assert (numbers[0] != numbers[1]) is again


def test_the_end_is_told_sixty_and_thirty_days_before_and_anew_for_another_end() -> None:
    ends = date(2026, 12, 31)

    def told(days: int, until: date = ends) -> dict[FundingWarning, int]:
        source, day = budget(cents=100_00, valid_until=until), ends - timedelta(days=days)
        return dict(warnings(source, stand(source, today=day), day))

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
    assert FundingWarning.LAPSES not in dict(warnings(source, used, day))
    found = dict(warnings(source, stand(source, today=day), day))
    assert (FundingWarning.LAPSES in found) is told
    half = budget(RELIEF, cents=65_50)
    other = dict(warnings(half, stand(half, today=day), day))
    assert (found.get(FundingWarning.LAPSES) != other.get(FundingWarning.LAPSES)) is told
