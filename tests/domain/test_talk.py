"""When talks can begin: workdays, holidays, wall time across the changes of the clocks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.talk import beginnings, last_moment, next_talk, reminders
from domain.window import Window, week_of

BERLIN = ZoneInfo("Europe/Berlin")
EVERY_DAY = week_of(Window(day, "08:00", "10:00") for day in range(1, 8))


def found(
    first: date,
    last: date,
    week: bytes = EVERY_DAY,
    minutes: int = 60,
    free: set[date] | None = None,
) -> list[datetime]:
    return list(beginnings((first, last), week, minutes, frozenset(free or ()), BERLIN))


def test_talks_follow_each_other_within_the_hours_of_workdays() -> None:
    friday, monday = date(2026, 3, 6), date(2026, 3, 9)
    assert found(friday, monday) == [
        datetime(2026, 3, day, hour, tzinfo=UTC) for day in (6, 9) for hour in (7, 8)
    ]


def test_what_does_not_fit_whole_is_left_out() -> None:
    day = date(2026, 3, 6)
    assert len(found(day, day, minutes=50)) == 2
    assert len(found(day, day, minutes=121)) == 0


def test_there_are_no_talks_on_holidays() -> None:
    first, last = date(2026, 3, 5), date(2026, 3, 6)
    assert {each.date() for each in found(first, last, free={last})} == {first}


def test_the_wall_time_stays_the_same_across_both_changes_of_the_clocks() -> None:
    for first, last in [
        (date(2026, 3, 27), date(2026, 3, 30)),
        (date(2026, 10, 23), date(2026, 10, 26)),
    ]:
        moments = found(first, last)
        assert [each.astimezone(BERLIN).hour for each in moments] == [8, 9, 8, 9]
        assert {each.astimezone(BERLIN).date() for each in moments} == {first, last}
        assert moments[0].hour != moments[-2].hour


def test_nobody_is_offered_a_talk_on_the_sundays_of_the_changes() -> None:
    for sunday in (date(2026, 3, 29), date(2026, 10, 25)):
        assert found(sunday, sunday, week_of([Window(7, "00:00", "24:00")])) == []


def test_a_window_may_reach_to_midnight() -> None:
    day = date(2026, 3, 6)
    late = found(day, day, week_of([Window(5, "22:00", "24:00")]))
    assert [each.astimezone(BERLIN).hour for each in late] == [22, 23]


def test_a_talk_can_be_left_until_its_notice() -> None:
    assert last_moment(datetime(2026, 3, 6, 9, tzinfo=UTC), 120).hour == 7


def test_reminders_that_would_lie_in_the_past_are_left_out() -> None:
    now = datetime(2026, 3, 6, 9, tzinfo=UTC)
    starts_at = now + timedelta(hours=10)
    assert list(reminders(starts_at, (24, 2, 2), now)) == [(2, now + timedelta(hours=8))]


def test_what_comes_next_depends_on_what_was_booked_and_missed() -> None:
    assert next_talk(booked=False, missed=False, to_call=False) == "TALK_OPEN"
    assert next_talk(booked=False, missed=True, to_call=False) == "TALK_MISSED"
    assert next_talk(booked=False, missed=True, to_call=True) == "TALK_CALL"
    assert next_talk(booked=True, missed=False, to_call=False) == "TALK_BOOKED"
