"""What hours are charged to: each minute once, within the budgets, whatever came first."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from domain.financing.relief_ledger import Use, credits_of, ledger
from domain.funding import FundingPeriod
from domain.funding_balance import Spent, balance
from domain.funding_charge import Charge, Hours, charges
from domain.statement import cents_of
from tests.domain.budgets import PRIVATE, RELIEF, TODAY, budget

FIRST, SECOND, THIRD = (UUID(int=number) for number in (1, 2, 3))


def hours(day: date, minutes: int, *sources: UUID, rate: int = 2500, number: int = 100) -> Hours:
    begins = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    return Hours(UUID(int=number), day, begins, minutes, rate, sources)


def paid(found: list[Charge]) -> list[tuple[UUID, int, int, int]]:
    return [
        (charge.source_id, charge.first_minute, charge.minutes, charge.cents) for charge in found
    ]


def test_what_does_not_fit_goes_to_the_next_source_and_the_rest_is_covered_by_none() -> None:
    budgets = {FIRST: budget(cents=1010), SECOND: budget(minutes=30)}
    found = list(charges([hours(TODAY, 90, FIRST, SECOND)], budgets))
    assert paid(found) == [(FIRST, 0, 24, 1000), (SECOND, 24, 30, 1250)]
    budgets[THIRD] = budget(PRIVATE)
    found = list(charges([hours(TODAY, 90, FIRST, SECOND, THIRD)], budgets))
    assert paid(found)[2] == (THIRD, 54, 36, 1500)


def test_a_month_a_year_and_the_whole_begin_anew_or_not() -> None:
    days = [date(2025, 11, 30), date(2025, 12, 1), date(2025, 12, 31), date(2026, 1, 1)]
    for per, covered in (
        (FundingPeriod.MONTH, [60, 60, 0, 60]),
        (FundingPeriod.YEAR, [60, 0, 0, 60]),
        (FundingPeriod.WHOLE, [60, 0, 0, 0]),
    ):
        lines = [hours(day, 60, FIRST, number=at) for at, day in enumerate(days)]
        found = {
            charge.day: charge.minutes
            for charge in charges(lines, {FIRST: budget(minutes=60, per=per)})
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
    found = list(charges(lines, budgets))
    shuffled = random.Random(seed).sample(lines, len(lines))
    assert list(charges(shuffled, budgets)) == found
    for line in lines:
        own = [charge for charge in found if charge.appointment_id == line.appointment_id]
        minutes = [
            minute
            for charge in own
            for minute in range(charge.first_minute, charge.first_minute + charge.minutes)
        ]
        assert sorted(minutes) == list(range(line.minutes))
        assert sum(charge.cents for charge in own) == cents_of(line.minutes, line.hourly_cents)
    for month in {charge.day.replace(day=1) for charge in found}:
        of_month = [p for p in found if p.source_id == FIRST and p.day.replace(day=1) == month]
        assert sum(charge.cents for charge in of_month) <= cents


@given(LINES)
def test_the_relief_amount_is_used_as_its_ledger_says(
    given_lines: list[tuple[date, int, int]],
) -> None:
    source, today = budget(RELIEF), date(2026, 12, 31)
    lines = [
        hours(day, minutes, FIRST, rate=rate, number=at)
        for at, (day, minutes, rate) in enumerate(given_lines)
    ]
    found = list(charges(lines, {FIRST: source}))
    uses = [Use(charge.day, Decimal(charge.cents) / 100) for charge in found]
    book = ledger(credits_of(source.valid_from, today), uses, today)
    assert not book.uncovered
    spent = [Spent(charge.day, charge.cents, charge.minutes) for charge in found]
    assert Decimal(balance(source, spent, today).left or 0) / 100 == book.left


def test_the_relief_amount_is_not_credited_by_a_law_that_is_not_known_yet() -> None:
    source, own = budget(RELIEF), budget(RELIEF, cents=6550)
    assert source.lots(date(2028, 2, 1))[-1].opens == date(2027, 12, 1)
    assert own.lots(date(2028, 2, 1))[-1].opens == date(2028, 2, 1)
    assert not source.lots(date(2028, 7, 1))
    found = balance(source, [], date(2028, 8, 1))
    assert (found.opens.year, found.closes) == (2027, date(2028, 6, 30))
