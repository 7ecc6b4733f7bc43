"""Both ways of matching, hints and scores against the checker that is written from the rules."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.match import AcceptorKind
from domain.matching.busy import BusySpan, calendar_weeks, span_weeks, week_number
from domain.matching.demand import Demand
from domain.matching.demands import Demands, fitting_demands
from domain.matching.fit import availability, distances_km, fitting
from domain.matching.hint import Hint, HintKind, numbers
from domain.matching.offer import OfferRow, Offers
from domain.matching.score import explained, ranked, scores
from domain.order import OrderKind
from domain.window import Window, span_bits, week_of, windows_of
from tests.domain.matching_checker import (
    bits,
    demands,
    fits,
    haversine,
    may_be_asked,
    offers,
    populations,
)
from tests.domain.test_matching import assistant, demand

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.no_cover
@pytest.mark.slow
@settings(max_examples=50, deadline=None)
@given(st.lists(demands(), max_size=10), offers())
def test_an_offer_finds_exactly_the_orders_that_find_it(
    wanted: list[Demand], row: OfferRow
) -> None:
    table = Offers.of([row])
    found = fitting_demands(table, 0, Demands.of(wanted)).tolist()
    assert found == [column for column, each in enumerate(wanted) if fits(each, row)]


def number(order: Demand, rows: list[OfferRow]) -> int:
    return sum(fits(order, row) for row in rows if row.kind is AcceptorKind.ASSISTANT)


def relaxations(order: Demand) -> list[Demand]:
    """Every single thing that could be asked for less of, in words of the rules."""
    found = [replace(order, must=order.must - {code}) for code in order.must]
    if len(order.activities) > 1:
        found += [replace(order, activities=order.activities - {code}) for code in order.activities]
    if order.max_distance_km is not None:
        found.append(replace(order, max_distance_km=None))
    if order.kind is OrderKind.RECURRING:
        for each in windows_of(order.week):
            hours = int(each.start[:2]) - 1, int(each.end[:2]) + 1
            start = f"{hours[0]:02}{each.start[2:]}" if hours[0] >= 0 else "00:00"
            end = f"{hours[1]:02}{each.end[2:]}" if hours[1] < 24 else "24:00"
            wide = Window(each.weekday, start, end)
            found.append(replace(order, week=week_of([*windows_of(order.week), wide])))
    return found


@pytest.mark.slow
@settings(max_examples=50, deadline=None)
@given(demands(), populations)
def test_each_hint_is_what_fits_after_it_and_none_that_helps_is_left_out(
    order: Demand, rows: list[OfferRow]
) -> None:
    found = numbers(order, Offers.of(rows))
    assert found.count == number(order, rows)
    assert [hint.count for hint in found.hints] == [
        number(hint.relaxed, rows) for hint in found.hints
    ]
    assert all(hint.more == hint.count - found.count > 0 for hint in found.hints)
    possible = [each for each in relaxations(order) if may_be_asked(each)]
    helping = [each for each in possible if number(each, rows) > found.count]
    assert {str(hint.relaxed) for hint in found.hints} == {str(each) for each in helping}


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(demands(), populations)
def test_the_number_is_the_number_of_the_set_that_is_shown(
    order: Demand, rows: list[OfferRow]
) -> None:
    table = Offers.of(rows)
    found = numbers(order, table)
    assert found.count == availability(order, table)
    shown = fitting(order, table).size
    assert (
        found.providers
        == shown - found.count
        == sum(fits(order, row) for row in rows if row.kind is AcceptorKind.PROVIDER)
    )


def points(order: Demand, row: OfferRow) -> int:
    """A score again, from its parts."""
    near = 0
    if row.kind is AcceptorKind.ASSISTANT:
        distance = haversine(order.latitude, order.longitude, row.latitude, row.longitude)
        near = 6 if distance <= 5 else 3 if distance <= 15 else 0
    return 10 * len(order.wishes & row.qualities) + near + (20 if row.id in order.trusted else 0)


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(demands(), populations)
def test_a_score_is_the_sum_of_its_declared_parts_and_the_best_come_first(
    order: Demand, rows: list[OfferRow]
) -> None:
    table, everybody = Offers.of(rows), np.arange(len(rows))
    distances = distances_km(order, table, everybody)
    found = scores(order, table, everybody, distances)
    assert found.tolist() == [points(order, row) for row in rows]
    best = ranked(table, everybody, found, distances).tolist()
    keys = [(-points(order, rows[each]), distances[each], rows[each].id) for each in best]
    assert keys == sorted(keys, key=lambda key: (key[0], np.nan_to_num(key[1], nan=1e9), key[2]))


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(demands(), populations)
def test_wishes_and_trust_never_decide_who_fits(order: Demand, rows: list[OfferRow]) -> None:
    table = Offers.of(rows)
    plain = replace(order, wishes=frozenset(), trusted=frozenset())
    assert fitting(order, table).tolist() == fitting(plain, table).tolist()


def test_a_protected_wish_counts_and_is_named_to_nobody() -> None:
    found = explained(["GES_FRAU", "SPR_EN", "ART_RUHIG"], ["GES_FRAU", "SPR_EN"])
    assert found.met == ("SPR_EN",)
    assert found.unmet == ("ART_RUHIG",)


@pytest.mark.parametrize("reason", [False, True])
def test_no_hint_takes_away_the_ground_for_asking_for_a_gender(*, reason: bool) -> None:
    order = demand(
        activities=frozenset({"HAU_EINKAUFEN", "GRU_WASCHEN"}),
        must=frozenset({"GES_FRAU"}),
        personal_reason=reason,
    )
    woman = assistant(qualities=frozenset({"GES_FRAU"}))
    hints = numbers(order, Offers.of([woman])).hints
    assert [each.code for each in hints] == (["GRU_WASCHEN"] if reason else [])


def test_a_window_hint_names_the_window_as_it_is_now() -> None:
    order = demand(week=week_of([Window(2, "09:00", "10:00")]), duration_minutes=120)
    found = numbers(order, Offers.of([assistant(week=week_of([Window(2, "08:00", "10:00")]))]))
    assert found.hints == (
        Hint(
            HintKind.WINDOW,
            count=1,
            more=1,
            relaxed=replace(order, week=week_of([Window(2, "08:00", "11:00")])),
            window=Window(2, "09:00", "10:00"),
        ),
    )


def test_a_week_in_a_hundred_pieces_costs_no_hundred_comparisons() -> None:
    pieces = [
        Window(day, f"{hour:02}:00", f"{hour:02}:15")
        for day in (1, 2, 3, 4, 5)
        for hour in range(20)
    ]
    order = demand(week=week_of(pieces), duration_minutes=60)
    found = numbers(order, Offers.of([assistant()]))
    assert 0 < len(found.hints) <= 42


SPRING = datetime(2026, 3, 20, tzinfo=UTC)  # both Sundays of the changed clock lie behind it
minutes_of_the_year = st.integers(0, 230 * 24 * 60)


@settings(max_examples=80, deadline=None)
@given(minutes_of_the_year, st.integers(1, 1440))
def test_a_busy_span_takes_at_least_what_the_same_appointment_touches(
    later: int, minutes: int
) -> None:
    begin = SPRING + timedelta(minutes=later)
    found = span_weeks(begin, minutes, BERLIN)
    touched = set().union(*(bits(week) for week in found.values()))
    exact = bits(span_bits(begin, minutes, BERLIN))
    assert exact <= touched
    assert len(touched) - len(exact) <= 12  # the repeated hour on both ends, and the skipped one
    local = begin.astimezone(BERLIN)
    assert week_number(local.date()) in found


def test_a_long_absence_fills_the_weeks_between_its_ends() -> None:
    begin = datetime(2026, 7, 1, 12, tzinfo=BERLIN)  # a Wednesday
    found = calendar_weeks([BusySpan(begin, begin + timedelta(days=14))], BERLIN)
    first = week_number(begin.date())
    assert sorted(found) == [first, first + 1, first + 2]
    assert found[first + 1] == b"\xff" * 84
    assert bits(found[first]) == set(range(2 * 96 + 48, 672))
    assert bits(found[first + 2]) == set(range(2 * 96 + 48))


def test_one_week_of_absence_turns_no_recurring_order_away_and_a_series_does() -> None:
    order = demand(week=week_of([Window(2, "08:00", "10:00")]), first_week=10)
    tuesday = week_of([Window(2, "09:00", "10:00")])
    away, series = {11: b"\xff" * 84}, {11: tuesday, 13: tuesday}
    assert fitting(order, Offers.of([assistant(busy=away)])).size == 1
    assert fitting(order, Offers.of([assistant(busy=series)])).size == 1  # an hour is left
    long = replace(order, duration_minutes=120)
    assert fitting(long, Offers.of([assistant(busy=away)])).size == 1
    assert fitting(long, Offers.of([assistant(busy=series)])).size == 0
