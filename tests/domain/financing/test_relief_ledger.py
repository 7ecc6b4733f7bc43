"""The ledger of the relief amount: § 45b SGB XI, law.md 2.3."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.financing.relief_ledger import Credit, Ledger, Use, lapse, ledger

_JUNE_30 = date(2026, 6, 30)
_DAYS = st.dates(date(2023, 1, 1), date(2027, 12, 31))
_MONEY = st.decimals(1, 900, places=2)
_USES = st.lists(st.builds(Use, _DAYS, _MONEY), max_size=12)


def _year(year: int, months: int = 12, amount: str = "131") -> list[Credit]:
    return [Credit(date(year, month, 1), Decimal(amount)) for month in range(1, months + 1)]


def _credits(first: date, months: int) -> list[Credit]:
    starts = [(first.year * 12 + first.month - 1 + each) for each in range(months)]
    return [
        Credit(date(each // 12, each % 12 + 1, 1), Decimal(125 if each // 12 < 2025 else 131))
        for each in starts
    ]


_CREDITS = st.builds(_credits, _DAYS, st.integers(0, 50))


def _use(day: date, amount: str) -> Use:
    return Use(day, Decimal(amount))


@pytest.mark.parametrize(
    ("today", "left", "lapsed"),
    [
        (_JUNE_30 - timedelta(days=1), "1572", "0"),
        (_JUNE_30, "1572", "0"),
        (_JUNE_30 + timedelta(days=1), "0", "1572"),
    ],
)
def test_what_a_year_leaves_lapses_after_the_thirtieth_of_june(
    today: date, left: str, lapsed: str
) -> None:
    (origin,) = ledger(_year(2025), [], today).origins
    assert (origin.left, origin.lapsed) == (Decimal(left), Decimal(lapsed))
    assert origin.lapses_after == _JUNE_30


@pytest.mark.parametrize(("days", "covered"), [(-1, True), (0, True), (1, False)])
def test_a_service_takes_from_last_year_until_the_thirtieth_of_june(
    days: int, *, covered: bool
) -> None:
    use = _use(_JUNE_30 + timedelta(days=days), "100")
    found = ledger(_year(2025), [use], date(2026, 12, 31))
    assert bool(found.taken) is covered
    assert bool(found.uncovered) is not covered


def test_the_oldest_credit_is_used_first_and_months_follow_each_other() -> None:
    use = _use(date(2026, 2, 15), "200")
    found = ledger([*_year(2026, 2), *_year(2025)[10:]], [use], date(2026, 2, 20))
    assert [(each.month, each.amount) for each in found.taken] == [
        (date(2025, 11, 1), Decimal(131)),
        (date(2025, 12, 1), Decimal(69)),
    ]
    assert [(each.year, each.left) for each in found.origins] == [
        (2025, Decimal(62)),
        (2026, Decimal(262)),
    ]
    assert found.left == Decimal(324)


def test_nothing_is_used_before_its_month_has_begun() -> None:
    found = ledger(_year(2026), [_use(date(2026, 1, 31), "200")], date(2026, 12, 31))
    assert [each.amount for each in found.taken] == [Decimal(131)]
    assert found.uncovered == ((_use(date(2026, 1, 31), "200"), Decimal(69)),)


def test_a_month_is_there_from_its_first_day() -> None:
    found = ledger(_year(2026), [_use(date(2026, 2, 1), "200")], date(2026, 2, 1))
    assert [each.month.month for each in found.taken] == [1, 2]


def test_a_bill_that_comes_late_counts_on_the_day_of_its_service() -> None:
    late = _use(date(2026, 6, 30), "131")
    other = _use(date(2026, 7, 1), "131")
    found = ledger([*_year(2025)[11:], *_year(2026, 7)], [other, late], date(2026, 8, 1))
    assert [(each.use, each.month) for each in found.taken] == [
        (late, date(2025, 12, 1)),
        (other, date(2026, 1, 1)),
    ]


def test_what_lies_ahead_does_not_count_yet() -> None:
    found = ledger(_year(2026), [_use(date(2026, 5, 1), "50")], date(2026, 4, 30))
    assert (found.left, found.taken) == (Decimal(4 * 131), ())


@given(_CREDITS, _USES, _DAYS)
def test_used_and_lapsed_and_left_are_what_was_credited(
    credited: list[Credit], uses: list[Use], today: date
) -> None:
    found = ledger(credited, uses, today)
    for origin in found.origins:
        there = [each for each in credited if each.month.year == origin.year]
        assert origin.credited == sum(each.amount for each in there if each.month <= today)
        assert origin.used + origin.lapsed + origin.left == origin.credited
        assert min(origin.used, origin.lapsed, origin.left) >= 0
    assert sum(each.used for each in found.origins) == sum(each.amount for each in found.taken)


@pytest.mark.no_cover
@given(_CREDITS, _USES, _DAYS)
def test_nothing_is_used_twice(credited: list[Credit], uses: list[Use], today: date) -> None:
    found = ledger(credited, uses, today)
    for credit in credited:
        parts = [each.amount for each in found.taken if each.month == credit.month]
        assert sum(parts) <= credit.amount
    paid = sum(each.amount for each in found.taken) + sum(rest for _, rest in found.uncovered)
    assert paid == sum(each.amount for each in uses if each.day <= today)


@given(_CREDITS, _USES, _DAYS)
def test_the_ledger_is_what_one_reckons_by_hand(
    credited: list[Credit], uses: list[Use], today: date
) -> None:
    """A second way: cent by cent from a purse, day after day."""
    purse: dict[date, Decimal] = {}
    waiting = sorted(uses, key=lambda each: each.day)
    found: dict[date, Decimal] = {}
    for day in sorted({each.month for each in credited} | {each.day for each in uses}):
        if day > today:
            break
        purse |= {each.month: each.amount for each in credited if each.month == day}
        for month in [each for each in purse if day > date(each.year + 1, 6, 30)]:
            del purse[month]
        for use in [each for each in waiting if each.day == day]:
            wanted = use.amount
            for month in sorted(purse):
                part = min(wanted, purse[month])
                purse[month] -= part
                wanted -= part
                found[month] = found.get(month, Decimal(0)) + part
    _same(
        ledger(credited, uses, today), {m: each for m, each in found.items() if each}, purse, today
    )


def _same(got: Ledger, used: dict[date, Decimal], purse: dict[date, Decimal], today: date) -> None:
    taken: dict[date, Decimal] = {}
    for each in got.taken:
        taken[each.month] = taken.get(each.month, Decimal(0)) + each.amount
    assert taken == used
    assert got.left == sum(rest for month, rest in purse.items() if today <= lapse(month.year))
