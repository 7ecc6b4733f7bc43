"""Matching against a checker that is slow, short and written from the rules alone."""

from typing import Any
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import NumberOutOfRange
from domain.match import AcceptorKind
from domain.matching.demand import Demand
from domain.matching.fit import availability, distances_km, fitting, holdable
from domain.matching.offer import OfferRow, Offers
from domain.order import Interval, OrderKind
from domain.window import EMPTY_WEEK, FULL_WEEK, Window, week_of
from tests.domain.matching_checker import (
    EINBECK,
    NORTHEIM,
    bits,
    demands,
    fits,
    populations,
    weekdays_hold,
    weeks,
)


@pytest.mark.no_cover
@pytest.mark.slow
@settings(max_examples=120, deadline=None)
@given(demands(), populations)
def test_the_table_and_the_checker_agree_on_every_offer(
    demand: Demand, rows: list[OfferRow]
) -> None:
    expected = [column for column, row in enumerate(rows) if fits(demand, row)]
    assert fitting(demand, Offers.of(rows)).tolist() == expected


@settings(max_examples=120, deadline=None)
@given(weeks(), weeks(), st.sampled_from([1, 4, 20, 32, 40, 60, 88, 95, 96]), st.integers(1, 7))
def test_the_arithmetic_of_weeks_finds_exactly_the_weekdays_that_exist(
    one: bytes, other: bytes, length: int, days: int
) -> None:
    order = demand(week=one, duration_minutes=length * 15, count=days)
    assert fits_alone(order, assistant(week=other)) == weekdays_hold(
        bits(one) & bits(other), length, days
    )


@st.composite
def night_weeks(draw: st.DrawFn) -> bytes:
    """Nights of different length on most days: the stretches push each other round the week."""
    hours = st.tuples(st.integers(60, 95), st.integers(1, 50))
    nights = [draw(st.none() | hours | hours | hours) for _ in range(7)]
    free = {
        (96 * day + quarter) % 672
        for day, night in enumerate(nights)
        if night is not None
        for quarter in range(night[0], 96 + night[1])
    }
    return sum(1 << (671 - quarter) for quarter in free).to_bytes(84)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(night_weeks(), st.integers(8, 60), st.integers(2, 7))
def test_nights_that_push_each_other_round_the_week_are_counted_exactly(
    week: bytes, length: int, days: int
) -> None:
    order = demand(week=FULL_WEEK, duration_minutes=length * 15, count=days)
    assert fits_alone(order, assistant(week=week)) == weekdays_hold(bits(week), length, days)


def demand(**changes: Any) -> Demand:
    given_values: dict[str, Any] = {
        "kind": OrderKind.RECURRING,
        "activities": frozenset(["HAU_EINKAUFEN"]),
        "week": FULL_WEEK,
        "latitude": 51.7,
        "longitude": 10.0,
        "municipality_id": NORTHEIM,
        "interval": Interval.WEEK,
    }
    return Demand(**{**given_values, **changes})


def assistant(**changes: Any) -> OfferRow:
    given_values: dict[str, Any] = {
        "id": UUID(int=7),
        "kind": AcceptorKind.ASSISTANT,
        "activities": ["HAU_EINKAUFEN"],
        "week": FULL_WEEK,
        "latitude": 51.7,
        "longitude": 10.0,
        "radius_km": 20,
    }
    return OfferRow(**{**given_values, **changes})


ALONE = np.array([0])


def nights(*weekdays: int) -> bytes:
    return week_of(Window(day, "22:00", "06:00") for day in weekdays)


def fits_alone(order: Demand, row: OfferRow) -> bool:
    return fitting(order, Offers.of([row])).size == 1


def test_a_stretch_may_cross_midnight_and_belongs_to_the_day_it_begins_on() -> None:
    order = demand(week=nights(1), duration_minutes=480)
    assert fits_alone(order, assistant())
    assert not fits_alone(demand(week=nights(1), duration_minutes=480, count=2), assistant())


def test_a_night_that_begins_on_sunday_runs_into_monday() -> None:
    assert fits_alone(demand(week=nights(7), duration_minutes=480), assistant())


def test_seven_nights_a_week_fit_though_every_midnight_is_crossed() -> None:
    order = demand(week=nights(*range(1, 8)), duration_minutes=480, count=7)
    assert fits_alone(order, assistant())
    assert not fits_alone(order, assistant(week=nights(1, 2, 3, 4, 5, 6)))


def test_one_night_can_be_shared_by_two_short_stretches_on_two_days() -> None:
    assert fits_alone(demand(week=nights(1), duration_minutes=240, count=2), assistant())
    assert not fits_alone(demand(week=nights(1), duration_minutes=255, count=2), assistant())


def test_daily_means_every_one_of_the_seven_days() -> None:
    workdays = week_of(Window(day, "08:00", "12:00") for day in range(1, 6))
    assert not fits_alone(demand(week=workdays, interval=Interval.DAY), assistant())
    assert fits_alone(demand(week=workdays, interval=Interval.WEEK, count=5), assistant())
    assert fits_alone(demand(interval=Interval.DAY), assistant())


def test_a_month_is_counted_as_four_weeks() -> None:
    mondays = week_of([Window(1, "08:00", "12:00")])
    assert fits_alone(demand(week=mondays, interval=Interval.MONTH, count=4), assistant())
    assert not fits_alone(demand(week=mondays, interval=Interval.MONTH, count=5), assistant())


def test_two_windows_that_only_touch_hold_one_long_stretch() -> None:
    week = week_of([Window(1, "08:00", "10:00"), Window(1, "10:00", "12:00")])
    assert fits_alone(demand(week=week, duration_minutes=240), assistant())
    assert not fits_alone(demand(week=week, duration_minutes=241), assistant())


def test_a_one_off_span_must_lie_in_the_windows_of_both_sides() -> None:
    span, week = week_of([Window(3, "09:00", "11:00")]), week_of([Window(3, "09:00", "12:00")])
    order = demand(kind=OrderKind.ONE_OFF, week=week, span=span)
    assert fits_alone(order, assistant(week=week))
    assert not fits_alone(order, assistant(week=week_of([Window(3, "09:15", "12:00")])))
    outside = demand(kind=OrderKind.ONE_OFF, week=week_of([Window(3, "09:15", "12:00")]), span=span)
    assert not fits_alone(outside, assistant(week=week))


def test_both_sides_may_limit_the_distance() -> None:
    far = assistant(latitude=51.79)  # 10.0 km to the north
    assert distances_km(demand(), Offers.of([far]), ALONE)[0] == pytest.approx(10.0, abs=0.02)
    assert fits_alone(demand(), far)
    assert not fits_alone(demand(max_distance_km=9), far)
    assert not fits_alone(demand(), assistant(latitude=51.79, radius_km=9))


def test_driving_needs_a_car_of_the_assistant_and_nothing_of_the_provider() -> None:
    provider = OfferRow(
        UUID(int=9), AcceptorKind.PROVIDER, ["HAU_EINKAUFEN"], municipality_ids=[NORTHEIM]
    )
    order = demand(needs_driving=True)
    assert not fits_alone(order, assistant())
    assert fits_alone(order, assistant(qualities=frozenset(["MOB_AUTO"])))
    assert fits_alone(order, provider)


def test_a_provider_fits_where_it_serves_and_has_no_distance() -> None:
    provider = OfferRow(
        UUID(int=9), AcceptorKind.PROVIDER, ["HAU_EINKAUFEN"], municipality_ids=[NORTHEIM]
    )
    assert fits_alone(demand(max_distance_km=1), provider)
    assert not fits_alone(demand(municipality_id=EINBECK), provider)
    assert np.isnan(distances_km(demand(), Offers.of([provider]), ALONE)[0])


def test_all_activities_of_the_order_must_be_offered() -> None:
    both = ["HAU_EINKAUFEN", "NOT_ANSPRECHPERSON_AUF_ABRUF"]
    order = demand(activities=frozenset(both))
    assert not fits_alone(order, assistant(activities=both[:1]))
    assert fits_alone(order, assistant(activities=both))


def test_the_number_of_available_people_counts_assistants_only() -> None:
    provider = OfferRow(
        UUID(int=9), AcceptorKind.PROVIDER, ["HAU_EINKAUFEN"], municipality_ids=[NORTHEIM]
    )
    table = Offers.of([assistant(), provider, assistant(radius_km=0, latitude=52.0)])
    assert fitting(demand(), table).tolist() == [0, 1]
    assert availability(demand(), table) == 1


def test_nobody_fits_an_empty_table_or_an_order_without_times() -> None:
    assert availability(demand(), Offers.of([])) == 0
    assert availability(demand(week=EMPTY_WEEK), Offers.of([assistant()])) == 0


def test_an_order_that_its_own_windows_cannot_hold_is_recognised() -> None:
    mondays = week_of([Window(1, "08:00", "12:00")])
    assert holdable(demand(week=mondays))
    assert not holdable(demand(week=mondays, count=2))
    assert not holdable(demand(interval=Interval.DAY, count=2))
    assert holdable(demand(kind=OrderKind.ONE_OFF, week=mondays, span=mondays))
    assert not holdable(demand(kind=OrderKind.ONE_OFF, week=EMPTY_WEEK, span=mondays))


def test_a_demand_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(NumberOutOfRange):
        demand(duration_minutes=1441)
    with pytest.raises(NumberOutOfRange):
        demand(count=0)
    with pytest.raises(ValueError, match="interval"):
        demand(interval=None)
    with pytest.raises(ValueError, match="span"):
        demand(kind=OrderKind.ONE_OFF)
