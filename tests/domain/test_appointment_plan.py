"""Plans: local time is kept over the changes of the clocks, and months are of many lengths."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.appointment_plan import (
    Holidays,
    Rule,
    Slot,
    dates_of,
    occurrences,
    problems,
    slots_of,
    written,
)
from domain.dates import BERLIN
from domain.errors import (
    DateInPast,
    DateRefused,
    DomainError,
    NumberOutOfRange,
    PlanClockRefused,
    PlanDayRefused,
    PlanEmpty,
    PlanRefused,
    SpanRefused,
)
from domain.order import Interval

MORNING = Rule(Interval.DAY, (Slot(None, "09:00"),), 60, date(2026, 3, 2))
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def names(rule: Rule, first: str, last: str, *holidays: str) -> list[str]:
    days = (date.fromisoformat(first), date.fromisoformat(last))
    free = [date.fromisoformat(each) for each in holidays]
    return [each.name for each in occurrences(rule, days, free, BERLIN)]


def weekly(*slots: Slot, **more: Any) -> Rule:
    return replace(MORNING, interval=Interval.WEEK, slots=slots, **more)


def test_a_week_has_its_weekdays_and_single_exceptions() -> None:
    rule = weekly(
        Slot(1, "09:00"),
        Slot(3, "14:30"),
        skipped=frozenset({date(2026, 3, 9)}),
        last_on=date(2026, 3, 11),
    )
    assert names(rule, "2026-01-01", "2026-12-31") == [
        "2026-03-02T09:00",
        "2026-03-04T14:30",
        "2026-03-11T14:30",
    ]


def test_a_day_can_have_several_and_a_month_a_day_that_not_each_has() -> None:
    twice = replace(MORNING, slots=(Slot(None, "18:00"), Slot(None, "07:30")))
    assert names(twice, "2026-03-02", "2026-03-03") == [
        "2026-03-02T07:30",
        "2026-03-02T18:00",
        "2026-03-03T07:30",
        "2026-03-03T18:00",
    ]
    last = replace(MORNING, interval=Interval.MONTH, slots=(Slot(31, "09:00"),))
    last = replace(last, first_on=date(2026, 1, 1))
    assert [name[:10] for name in names(last, "2026-01-01", "2026-05-31")] == [
        "2026-01-31",
        "2026-02-28",
        "2026-03-31",
        "2026-04-30",
        "2026-05-31",
    ]
    both = replace(last, slots=(Slot(30, "09:00"), Slot(31, "09:00")))
    assert len(names(both, "2026-02-01", "2026-02-28")) == 1, "the last day is there once"
    leap = replace(last, first_on=date(2028, 1, 1))
    assert names(leap, "2028-02-01", "2028-02-29") == ["2028-02-29T09:00"]


def test_holidays_are_left_out_or_kept_by_choice() -> None:
    days = ("2026-04-02", "2026-04-07", "2026-04-03", "2026-04-06")
    assert [name[8:10] for name in names(MORNING, *days)] == ["02", "04", "05", "07"]
    kept = replace(MORNING, holidays=Holidays.KEEP)
    assert len(names(kept, *days)) == 6


@pytest.mark.parametrize(
    ("day", "clock", "begins", "ends"),
    [
        # In March an hour is skipped: 02:30 is by the old clocks, 03:30 on the wall.
        ("2026-03-28", "02:30", "2026-03-28T02:30+01:00", "2026-03-28T03:30+01:00"),
        ("2026-03-29", "02:30", "2026-03-29T03:30+02:00", "2026-03-29T04:30+02:00"),
        ("2026-03-30", "02:30", "2026-03-30T02:30+02:00", "2026-03-30T03:30+02:00"),
        ("2026-03-29", "01:30", "2026-03-29T01:30+01:00", "2026-03-29T03:30+02:00"),
        ("2026-03-29", "09:00", "2026-03-29T09:00+02:00", "2026-03-29T10:00+02:00"),
        # In October one comes twice: the first 02:30 is meant, and an hour is an hour.
        ("2026-10-24", "02:30", "2026-10-24T02:30+02:00", "2026-10-24T03:30+02:00"),
        ("2026-10-25", "02:30", "2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00"),
        ("2026-10-25", "03:00", "2026-10-25T03:00+01:00", "2026-10-25T04:00+01:00"),
        ("2026-10-26", "02:30", "2026-10-26T02:30+01:00", "2026-10-26T03:30+01:00"),
    ],
)
def test_local_time_is_kept_on_both_sundays(day: str, clock: str, begins: str, ends: str) -> None:
    on = date.fromisoformat(day)
    rule = replace(MORNING, slots=(Slot(None, clock),))
    (found,) = occurrences(rule, (on, on), (), BERLIN)
    assert found.name == f"{day}T{clock}"
    assert found.begins == datetime.fromisoformat(begins)
    assert found.ends == datetime.fromisoformat(ends)


@pytest.mark.parametrize(
    ("rule", "refusal"),
    [
        (replace(MORNING, first_on=date(2026, 3, 1)), DateInPast),
        (replace(MORNING, first_on=date(2199, 3, 1)), DateRefused),
        (replace(MORNING, last_on=date(2026, 3, 1)), SpanRefused),
        (replace(MORNING, minutes=14), NumberOutOfRange),
        (replace(MORNING, minutes=1441), NumberOutOfRange),
        (replace(MORNING, slots=()), PlanEmpty),
        (replace(MORNING, slots=(Slot(1, "09:00"),)), PlanDayRefused),
        (replace(MORNING, slots=(Slot(None, "24:00"),)), PlanClockRefused),
        (replace(MORNING, slots=(Slot(None, "9:00"),)), PlanClockRefused),
        (replace(MORNING, slots=(Slot(None, "09:00"),) * 2), PlanRefused),
        (replace(MORNING, slots=(Slot(None, "09:00"), Slot(None, "09:30"))), PlanRefused),
        (weekly(Slot(8, "09:00")), PlanDayRefused),
        (weekly(Slot(None, "09:00")), PlanDayRefused),
        (weekly(Slot(1, "20:00"), Slot(2, "01:00"), minutes=600), PlanRefused),
        (weekly(Slot(7, "20:00"), Slot(1, "01:00"), minutes=600), PlanRefused),
        (replace(MORNING, interval=Interval.MONTH, slots=(Slot(0, "09:00"),)), PlanDayRefused),
        (replace(MORNING, interval=Interval.MONTH, slots=(Slot(32, "09:00"),)), PlanDayRefused),
    ],
)
def test_rules_that_cannot_be_are_refused(rule: Rule, refusal: type[DomainError]) -> None:
    assert [type(each) for each in problems(rule, NOW, NOW.date(), None)] == [refusal]


@pytest.mark.parametrize(
    "rule",
    [
        MORNING,
        weekly(Slot(7, "20:00"), Slot(1, "06:00"), minutes=600),
        replace(MORNING, interval=Interval.MONTH, slots=(Slot(31, "09:00"), Slot(1, "09:00"))),
    ],
)
def test_rules_that_can_be_are_not(rule: Rule) -> None:
    assert problems(rule, NOW, NOW.date(), None) == []


clocks = st.times().map(lambda each: f"{each:%H:%M}")
any_slots = st.sets(st.builds(Slot, st.none() | st.integers(1, 31), clocks), min_size=1)


@given(any_slots)
def test_slots_are_read_as_they_were_written(slots: set[Slot]) -> None:
    assert set(slots_of(written(slots))) == slots
    assert dates_of("2026-03-02 2026-12-31") == {date(2026, 3, 2), date(2026, 12, 31)}


@pytest.mark.no_cover
@given(
    st.dates(date(2026, 3, 2), date(2027, 3, 2)),
    st.sets(st.builds(Slot, st.integers(1, 7), clocks), min_size=1, max_size=5),
)
def test_a_horizon_in_two_pieces_is_the_same_as_in_one(cut: date, slots: set[Slot]) -> None:
    rule = weekly(*slots)
    first, last = "2026-03-02", "2027-03-31"
    before, behind = cut.isoformat(), date.fromordinal(cut.toordinal() + 1).isoformat()
    assert names(rule, first, last) == names(rule, first, before) + names(rule, behind, last)
