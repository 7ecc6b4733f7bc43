"""Statements: money that adds up, and months on the district's clocks."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import MonthAhead, MonthRefused
from domain.statement import (
    LEGAL_BASIS,
    Line,
    Statement,
    cents_of,
    comma_separated,
    euro,
    hours,
    instants_of,
    last_month,
    month_of,
)
from domain.user import Payer


@pytest.mark.parametrize(
    ("minutes", "hourly", "cents"),
    [(60, 2500, 2500), (90, 2500, 3750), (1, 2500, 42), (1, 30, 1), (1, 29, 0), (50, 1777, 1481)],
)
def test_a_line_is_rounded_half_up(minutes: int, hourly: int, cents: int) -> None:
    assert cents_of(minutes, hourly) == cents


@given(st.integers(0, 44_640), st.integers(1, 50_000))
def test_a_line_is_never_half_a_cent_away(minutes: int, hourly: int) -> None:
    off = cents_of(minutes, hourly) - Fraction(minutes * hourly, 60)
    assert Fraction(-1, 2) < off <= Fraction(1, 2)


def line(minutes: int, *, confirmed: bool) -> Line:
    begins = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)
    ends = begins + timedelta(minutes=minutes)
    return Line(UUID(int=1), begins, ends, minutes, cents_of(minutes, 1000), confirmed, "Rosa")


def test_the_sum_is_that_of_the_lines() -> None:
    lines = [line(50, confirmed=True), line(50, confirmed=True), line(20, confirmed=False)]
    found = Statement(UUID(int=2), date(2026, 3, 1), lines, 1000, None)
    assert (found.minutes, found.cents) == (120, 833 + 833 + 333)
    assert (found.confirmed_minutes, found.confirmed_cents) == (100, 1666)
    assert lines[0].day == date(2026, 4, 1), "it begins after midnight on the wall"
    assert found.legal_basis == "UNCLEAR"
    assert set(LEGAL_BASIS) == set(Payer)


def test_months() -> None:
    today = date(2026, 3, 2)
    assert month_of("2026-03", today) == date(2026, 3, 1)
    for wrong in ("2026-04", "2026-13", "2026-00", "26-03", "2026-03-01", "", "1999-01"):
        with pytest.raises(MonthRefused):
            month_of(wrong, today)
    with pytest.raises(MonthAhead):
        month_of("2026-04", today)
    assert last_month(date(2026, 1, 31)) == date(2025, 12, 1)
    begins, ends = instants_of(date(2026, 3, 1))
    assert begins == datetime(2026, 2, 28, 23, tzinfo=UTC)
    assert ends == datetime(2026, 3, 31, 22, tzinfo=UTC)


def test_numbers_as_people_read_them() -> None:
    assert [hours(each) for each in (0, 5, 60, 425)] == ["0:00", "0:05", "1:00", "7:05"]
    assert [euro(each) for each in (0, 5, 1250, 123_456)] == ["0.00", "0.05", "12.50", "1234.56"]


def test_no_cell_is_a_formula_and_quotes_are_doubled() -> None:
    rows = [["a", "=1+1", "@x"], ['say "no"', "", "1,5"]]
    assert comma_separated(rows) == '"a","\'=1+1","\'@x"\r\n"say ""no""","","1,5"\r\n'
