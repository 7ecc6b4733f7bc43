"""Weekly windows: their one form, and what a span of real time touches on the wall."""

import itertools
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import NumberOutOfRange, WindowRefused
from domain.window import (
    EMPTY_WEEK,
    FULL_WEEK,
    Window,
    contains,
    span_bits,
    week_of,
    windows_of,
)

BERLIN = ZoneInfo("Europe/Berlin")

quarters = st.integers(0, 95).map(lambda q: f"{q // 4:02}:{q % 4 * 15:02}")
windows = st.builds(Window, st.integers(1, 7), quarters, quarters | st.just("24:00")).filter(
    lambda window: window.start != window.end
)


@given(st.binary(min_size=84, max_size=84))
def test_every_week_comes_back_from_its_windows(week: bytes) -> None:
    assert week_of(windows_of(week)) == week


@given(st.lists(windows, max_size=20))
def test_the_canonical_windows_are_sorted_apart_and_stable(given_windows: list[Window]) -> None:
    canonical = windows_of(week_of(given_windows))
    assert canonical == sorted(canonical)
    assert windows_of(week_of(canonical)) == canonical
    for one, other in itertools.pairwise(canonical):
        assert one.weekday < other.weekday or one.end < other.start


def test_the_first_bit_is_monday_midnight() -> None:
    assert week_of([Window(1, "00:00", "00:15")]) == b"\x80" + bytes(83)
    assert week_of([Window(7, "23:45", "24:00")]) == bytes(83) + b"\x01"


def test_overlapping_windows_are_merged() -> None:
    week = week_of([Window(2, "08:00", "10:00"), Window(2, "09:30", "12:00")])
    assert windows_of(week) == [Window(2, "08:00", "12:00")]


def test_a_window_across_midnight_continues_on_the_next_day() -> None:
    assert windows_of(week_of([Window(5, "22:00", "06:00")])) == [
        Window(5, "22:00", "24:00"),
        Window(6, "00:00", "06:00"),
    ]


def test_a_window_across_midnight_on_sunday_continues_on_monday() -> None:
    assert windows_of(week_of([Window(7, "23:00", "01:00")])) == [
        Window(1, "00:00", "01:00"),
        Window(7, "23:00", "24:00"),
    ]


def test_a_window_until_midnight_can_be_written_in_two_ways() -> None:
    assert week_of([Window(3, "20:00", "00:00")]) == week_of([Window(3, "20:00", "24:00")])


def test_seven_whole_days_are_the_full_week() -> None:
    assert week_of(Window(day, "00:00", "24:00") for day in range(1, 8)) == FULL_WEEK
    assert week_of([]) == EMPTY_WEEK


@pytest.mark.parametrize(
    "window",
    [
        Window(1, "08:00", "08:00"),
        Window(1, "08:10", "09:00"),
        Window(1, "24:00", "09:00"),
        Window(1, "8:00", "09:00"),
        Window(1, "08:00", "24:15"),
        Window(1, "08:00", "25:00"),
        Window(1, "08:00\n", "09:00"),
        Window(1, "٠٨:٠٠", "09:00"),
        Window(0, "08:00", "09:00"),
        Window(8, "08:00", "09:00"),
    ],
)
def test_a_window_that_says_nothing_clear_is_refused(window: Window) -> None:
    with pytest.raises(WindowRefused) as refused:
        week_of([Window(1, "08:00", "09:00"), window], field="needs.windows")
    assert refused.value.field == "needs.windows.1"


def test_a_refused_window_says_what_is_wrong() -> None:
    for window, code in (
        (Window(9, "08:00", "09:00"), "WEEKDAY_REFUSED"),
        (Window(1, "8 Uhr", "09:00"), "CLOCK_REFUSED"),
        (Window(1, "08:00", "25:00"), "CLOCK_REFUSED"),
        (Window(1, "08:00", "08:00"), "WINDOW_REFUSED"),
    ):
        with pytest.raises(WindowRefused) as refused:
            week_of([window])
        assert (refused.value.code, refused.value.field) == (code, "windows.0")


def span(text: str, minutes: int) -> list[Window]:
    return windows_of(span_bits(datetime.fromisoformat(text), minutes, BERLIN))


def test_a_span_stands_on_the_wall_clock_of_berlin() -> None:
    assert span("2026-01-14T08:00:00+00:00", 90) == [Window(3, "09:00", "10:30")]
    assert span("2026-07-15T08:00:00+00:00", 90) == [Window(3, "10:00", "11:30")]


def test_a_span_is_rounded_outwards_to_quarter_hours() -> None:
    assert span("2026-01-14T09:10:00+01:00", 10) == [Window(3, "09:00", "09:30")]
    assert span("2026-01-14T09:14:59+01:00", 1) == [Window(3, "09:00", "09:30")]
    assert span("2026-01-14T09:00:00+01:00", 15) == [Window(3, "09:00", "09:15")]


def test_a_span_across_midnight_touches_two_days() -> None:
    assert span("2026-01-18T23:30:00+01:00", 60) == [
        Window(1, "00:00", "00:30"),
        Window(7, "23:30", "24:00"),
    ]


def test_in_march_the_lost_hour_is_not_touched() -> None:
    assert span("2026-03-29T01:30:00+01:00", 60) == [
        Window(7, "01:30", "02:00"),
        Window(7, "03:00", "03:30"),
    ]


def test_in_october_the_doubled_hour_is_touched_once() -> None:
    assert span("2026-10-25T01:30:00+02:00", 120) == [Window(7, "01:30", "03:00")]
    assert span("2026-10-25T02:30:00+02:00", 60) == [Window(7, "02:00", "03:00")]
    assert span("2026-10-25T02:30:00+01:00", 60) == [Window(7, "02:30", "03:30")]


def test_a_span_without_offset_or_length_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        span_bits(datetime(2026, 1, 14, 9), 60, BERLIN)  # noqa: DTZ001  that is the case
    for minutes in (0, 7 * 24 * 60 + 1):
        with pytest.raises(NumberOutOfRange):
            span_bits(datetime(2026, 1, 14, 9, tzinfo=UTC), minutes, BERLIN)


@given(st.binary(min_size=84, max_size=84), st.binary(min_size=84, max_size=84))
def test_a_week_contains_its_common_part_with_any_other(one: bytes, other: bytes) -> None:
    common = bytes(a & b for a, b in zip(one, other, strict=True))
    assert contains(one, common)
    assert contains(one, other) == (common == other)
