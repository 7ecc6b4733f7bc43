"""How it stands with a budget, as one can reckon it again."""

from datetime import date, timedelta
from decimal import Decimal

from domain.funding import FundingPeriod
from domain.funding_balance import Spent, balance, calculation
from tests.domain.budgets import PRIVATE, RELIEF, TODAY, budget, stand
from tests.domain.financing.recompute import recompute


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


def test_the_last_day_of_a_source_is_the_last_of_its_period_too() -> None:
    ends = TODAY + timedelta(days=5)
    source = budget(cents=600_00, valid_until=ends)
    found = stand(source, (TODAY, 550_00))
    assert (found.opens, found.closes, found.left) == (TODAY.replace(day=1), ends, 50_00)
    assert found.runs_out_on is None  # at that pace six days on, when it has ended
    found = stand(budget(cents=600_00), (TODAY, 550_00))
    assert (found.closes, found.runs_out_on) == (date(2026, 4, 30), ends + timedelta(days=1))


def test_the_relief_amount_runs_out_after_this_month_once_nothing_more_is_credited() -> None:
    credited = 4 * 131_00  # January to April
    lately = (date(2026, 5, 20), credited - 40_00)
    ended = budget(RELIEF, valid_from=date(2026, 1, 1), valid_until=date(2026, 4, 30))
    day = date(2026, 5, 25)
    found = stand(ended, lately, today=day)
    assert (found.left, found.closes) == (40_00, date(2027, 6, 30))
    assert found.runs_out_on == day + timedelta(days=40_00 * 56 // (credited - 40_00) + 1)
    assert found.runs_out_on > date(2026, 5, 28)
    goes_on = budget(RELIEF, valid_from=date(2026, 1, 1))
    assert stand(goes_on, lately, today=day).runs_out_on is None


def test_what_is_used_up_ran_out_with_the_first_hours_not_paid_in_full() -> None:
    source = budget(cents=30_00, per=FundingPeriod.WHOLE)
    hours = [
        Spent(date(2026, 2, 10), 25_00, 60),
        Spent(date(2026, 6, 30), 5_00, 12, short=True),
    ]
    for today in (date(2026, 6, 30), date(2026, 9, 1), date(2027, 1, 1)):
        assert balance(source, hours, today).runs_out_on == date(2026, 6, 30)
    cents_left = [hours[0], Spent(date(2026, 6, 30), 4_99, 11, short=True)]
    assert balance(source, cents_left, date(2026, 9, 1)).runs_out_on == date(2026, 6, 30)


def test_what_was_used_to_the_last_cent_runs_out_the_day_after_unless_something_new_comes() -> None:
    whole = budget(cents=30_00, per=FundingPeriod.WHOLE)
    month = budget(cents=30_00)
    for today in (date(2026, 4, 20), date(2026, 4, 30)):
        for source in (whole, month):
            found = stand(source, (date(2026, 4, 10), 30_00), today=today)
            assert found.runs_out_on == date(2026, 4, 11)
        assert stand(month, (date(2026, 4, 30), 30_00), today=today).runs_out_on is None
    last_month = [Spent(date(2026, 3, 20), 30_00, 60, short=True)]
    assert balance(month, last_month, date(2026, 4, 1)).runs_out_on != date(2026, 3, 20)
