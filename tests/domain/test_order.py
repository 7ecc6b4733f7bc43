"""What may be saved of an order, what release needs, and which fields belong to which kind."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.order import (
    MAX_COUNT,
    Interval,
    OrderAction,
    OrderDraft,
    OrderKind,
    allows,
    blocked_reason,
    foreign_fields,
    missing_for_release,
    problems,
)
from domain.states import OrderState
from domain.viewer import Role
from domain.window import EMPTY_WEEK, FULL_WEEK

NOW = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)  # 23:30 in Berlin
EARLIEST = datetime.min.replace(tzinfo=timezone(timedelta(hours=14)))
LATER = NOW + timedelta(days=1)
BLANK = OrderDraft(
    kind=OrderKind.RECURRING,
    description="",
    activities=frozenset(),
    week=EMPTY_WEEK,
    duration_minutes=60,
    needs_driving=False,
)
ONCE = replace(BLANK, kind=OrderKind.ONE_OFF)
FULL: dict[str, Any] = {
    "description": "Hilfe",
    "activities": frozenset({"HAU_EINKAUFEN"}),
    "week": FULL_WEEK,
}
WEEKLY: dict[str, Any] = {"start_date": date(2026, 3, 3), "interval": Interval.WEEK, "count": 2}


def said(draft: OrderDraft, now: datetime = NOW) -> list[tuple[str, str | None]]:
    return [(each.code, each.field) for each in problems(draft, now)]


def test_an_incomplete_draft_may_be_saved() -> None:
    assert said(BLANK) == said(ONCE) == []


@pytest.mark.parametrize(
    ("draft", "field", "value", "problem"),
    [
        (BLANK, "duration_minutes", 14, ("NUMBER_OUT_OF_RANGE", "durationMinutes")),
        (BLANK, "duration_minutes", 15, None),
        (BLANK, "duration_minutes", 1440, None),
        (BLANK, "duration_minutes", 1441, ("NUMBER_OUT_OF_RANGE", "durationMinutes")),
        (BLANK, "max_distance_km", 0, ("NUMBER_OUT_OF_RANGE", "maxDistanceKm")),
        (BLANK, "max_distance_km", 1, None),
        (BLANK, "max_distance_km", 500, None),
        (BLANK, "max_distance_km", 501, ("NUMBER_OUT_OF_RANGE", "maxDistanceKm")),
        (BLANK, "count", 0, ("NUMBER_OUT_OF_RANGE", "count")),
        (BLANK, "count", 28, None),
        (BLANK, "count", 29, ("NUMBER_OUT_OF_RANGE", "count")),
        (BLANK, "description", "x" * 4000, None),
        (BLANK, "description", "x" * 4001, ("TEXT_TOO_LONG", "description")),
        (BLANK, "description", "eins\nzwei", None),
        (BLANK, "description", "\x00", ("TEXT_REFUSED", "description")),
        (BLANK, "start_date", date(2026, 3, 2), None),
        (BLANK, "start_date", date(2026, 3, 1), ("DATE_IN_PAST", "startDate")),
        (ONCE, "starts_at", NOW, ("DATE_IN_PAST", "startsAt")),
        (ONCE, "starts_at", NOW + timedelta(seconds=1), None),
        (ONCE, "starts_at", LATER.replace(tzinfo=None), ("DATE_REFUSED", "startsAt")),
        (ONCE, "starts_at", NOW + timedelta(days=36_525), None),
        (ONCE, "starts_at", NOW + timedelta(days=36_526), ("DATE_REFUSED", "startsAt")),
        (ONCE, "starts_at", datetime.max.replace(tzinfo=UTC), ("DATE_REFUSED", "startsAt")),
        (ONCE, "starts_at", EARLIEST, ("DATE_REFUSED", "startsAt")),
        (BLANK, "start_date", date.max, ("DATE_REFUSED", "startDate")),
        (BLANK, "start_date", date.min, ("DATE_REFUSED", "startDate")),
        (BLANK, "starts_at", LATER, ("FIELD_FOREIGN", "startsAt")),
        (ONCE, "start_date", date(2026, 3, 3), ("FIELD_FOREIGN", "startDate")),
        (ONCE, "interval", Interval.WEEK, ("FIELD_FOREIGN", "interval")),
        (ONCE, "count", 1, ("FIELD_FOREIGN", "count")),
    ],
)
def test_one_wrong_value_is_one_problem(
    draft: OrderDraft, field: str, value: Any, problem: tuple[str, str] | None
) -> None:
    assert said(replace(draft, **{field: value})) == ([problem] if problem else [])


@pytest.mark.parametrize("interval", Interval)
def test_the_most_appointments_depend_on_the_interval(interval: Interval) -> None:
    assert MAX_COUNT == {Interval.DAY: 1, Interval.WEEK: 7, Interval.MONTH: 28}
    most = MAX_COUNT[interval]
    assert said(replace(BLANK, interval=interval, count=most)) == []
    too_many = problems(replace(BLANK, interval=interval, count=most + 1), NOW)
    assert [dict(each.params) for each in too_many] == [
        {"number": 1} if most == 1 else {"low": 1, "high": most}
    ]


def test_today_is_the_day_in_berlin() -> None:
    midnight = datetime(2026, 3, 2, 23, 0, tzinfo=UTC)
    yesterday = replace(BLANK, start_date=date(2026, 3, 2))
    assert said(yesterday, midnight - timedelta(seconds=1)) == []
    assert said(yesterday, midnight) == [("DATE_IN_PAST", "startDate")]


def test_all_problems_are_found_at_once() -> None:
    wrong = replace(
        ONCE,
        description="\x00",
        duration_minutes=0,
        max_distance_km=0,
        starts_at=NOW,
        start_date=date(2020, 1, 1),
        interval=Interval.WEEK,
        count=9,
    )
    assert set(said(wrong)) == {
        ("TEXT_REFUSED", "description"),
        ("NUMBER_OUT_OF_RANGE", "durationMinutes"),
        ("NUMBER_OUT_OF_RANGE", "maxDistanceKm"),
        ("NUMBER_OUT_OF_RANGE", "count"),
        ("FIELD_FOREIGN", "startDate"),
        ("FIELD_FOREIGN", "interval"),
        ("FIELD_FOREIGN", "count"),
        ("DATE_IN_PAST", "startsAt"),
        ("DATE_IN_PAST", "startDate"),
    }


def test_release_names_what_is_missing_in_the_client_s_words() -> None:
    always = ["description", "activities", "windows"]
    assert missing_for_release(BLANK) == [*always, "startDate", "interval", "count"]
    assert missing_for_release(ONCE) == [*always, "startsAt"]
    assert missing_for_release(replace(BLANK, **FULL, **WEEKLY)) == []
    assert missing_for_release(replace(ONCE, **FULL, starts_at=LATER)) == []


@pytest.mark.parametrize("blank", ["", " \n ", "\t"])
def test_white_space_describes_nothing(blank: str) -> None:
    assert missing_for_release(replace(BLANK, **(FULL | {"description": blank}), **WEEKLY)) == [
        "description"
    ]


def test_the_fields_of_the_two_kinds_are_foreign_to_each_other() -> None:
    assert foreign_fields(OrderKind.ONE_OFF) == {
        "startDate": "start_date",
        "interval": "interval",
        "count": "count",
    }
    assert foreign_fields(OrderKind.RECURRING) == {"startsAt": "starts_at"}


DRAFTS = st.builds(
    OrderDraft,
    kind=st.sampled_from(OrderKind),
    description=st.sampled_from(["", " ", "Hilfe", "\x00", "x" * 4001]),
    activities=st.frozensets(st.sampled_from(["HAU_EINKAUFEN", "HAU_KOCHEN"])),
    week=st.sampled_from([EMPTY_WEEK, FULL_WEEK]),
    duration_minutes=st.integers(-1, 2000),
    needs_driving=st.booleans(),
    starts_at=st.none() | st.sampled_from([NOW, LATER]),
    start_date=st.none() | st.sampled_from([date(2026, 3, 1), date(2026, 3, 3)]),
    interval=st.none() | st.sampled_from(Interval),
    count=st.none() | st.integers(-1, 40),
    max_distance_km=st.none() | st.integers(-1, 600),
)


@given(DRAFTS)
def test_no_problem_is_named_twice_and_clearing_foreign_fields_ends_their_problems(
    draft: OrderDraft,
) -> None:
    found = said(draft)
    assert len(set(found)) == len(found)
    cleared: dict[str, Any] = dict.fromkeys(foreign_fields(draft.kind).values())
    own = replace(draft, **cleared)
    assert set(said(own)) <= set(found)
    assert not any(code == "FIELD_FOREIGN" for code, _ in said(own))


@given(DRAFTS)
def test_what_is_missing_is_never_what_the_other_kind_has(draft: OrderDraft) -> None:
    missing = missing_for_release(draft)
    assert not set(missing) & set(foreign_fields(draft.kind))
    filled = replace(draft, **FULL, starts_at=LATER, **WEEKLY)
    assert missing_for_release(filled) == []


@pytest.mark.parametrize("state", OrderState)
@pytest.mark.parametrize("role", Role)
def test_only_the_seeker_of_a_draft_may_change_and_release_it(
    state: OrderState, role: Role
) -> None:
    drafting = state is OrderState.DRAFT and role is Role.SEEKER
    assert allows(OrderAction.UPDATE_ORDER, state, role) == drafting
    assert allows(OrderAction.RELEASE_ORDER, state, role) == drafting
    ended = {"CONTRACTED", "COMPLETED", "WITHDRAWN", "EXPIRED"}
    withdrawable = role is Role.SEEKER and state not in ended
    assert allows(OrderAction.WITHDRAW_ORDER, state, role) == withdrawable


@pytest.mark.parametrize(
    ("action", "state", "role", "missing", "reason"),
    [
        (OrderAction.RELEASE_ORDER, OrderState.DRAFT, Role.SEEKER, [], None),
        (OrderAction.RELEASE_ORDER, OrderState.DRAFT, Role.SEEKER, ["windows"], "INCOMPLETE"),
        (OrderAction.UPDATE_ORDER, OrderState.DRAFT, Role.SEEKER, ["windows"], None),
        (OrderAction.WITHDRAW_ORDER, OrderState.DRAFT, Role.SEEKER, ["windows"], None),
        (OrderAction.RELEASE_ORDER, OrderState.RELEASED, Role.SEEKER, [], "STATE"),
        (OrderAction.RELEASE_ORDER, OrderState.DRAFT, Role.ASSISTANT, [], "ROLE"),
    ],
)
def test_why_an_action_is_blocked(
    action: OrderAction, state: OrderState, role: Role, missing: list[str], reason: str | None
) -> None:
    assert blocked_reason(action, state, role, missing) == reason
