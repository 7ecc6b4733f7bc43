"""What a district may decide, and what holds where it has not."""

from dataclasses import replace
from typing import Any

import pytest

from domain.policy import BOUNDS, Policy, problems
from domain.window import EMPTY_WEEK, windows_of


def test_the_defaults_are_a_policy() -> None:
    assert list(problems(Policy())) == []
    assert Policy().talk_minutes == 30
    assert [(each.weekday, each.start, each.end) for each in windows_of(Policy().hours)] == [
        (day, "08:00", "16:00") for day in range(1, 6)
    ]


@pytest.mark.parametrize("name", [name for name in BOUNDS if name != "reminder_hours"])
def test_a_number_outside_its_bounds_is_named(name: str) -> None:
    low, high = BOUNDS[name]
    for value, fits in [(low, True), (high, True), (low - 1, False), (high + 1, False)]:
        change: dict[str, Any] = {name: value}
        found = [each.field for each in problems(replace(Policy(), **change))]
        assert found == ([] if fits else [name])


def test_reminders_are_few_and_within_their_bounds() -> None:
    assert [each.field for each in problems(Policy(reminder_hours=(1, 2, 3, 4)))] == [
        "reminder_hours"
    ]
    assert [each.field for each in problems(Policy(reminder_hours=(0, 500)))] == ["reminder_hours"]
    assert list(problems(Policy(reminder_hours=()))) == []


def test_a_desk_is_there_at_some_time() -> None:
    assert [each.code for each in problems(Policy(hours=EMPTY_WEEK))] == ["WINDOW_REFUSED"]
