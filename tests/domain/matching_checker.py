"""Matching again, slow, short and written from the rules alone; and populations to try it on."""

import math
from functools import cache
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from domain.match import AcceptorKind
from domain.matching.demand import Demand
from domain.matching.offer import OfferRow
from domain.order import Interval, OrderKind
from domain.window import FULL_WEEK, WEEK_QUARTERS, Window, week_of

NORTHEIM, EINBECK = UUID(int=1), UUID(int=2)
ACTIVITIES = ["HAU_EINKAUFEN", "BEG_BANK", "NOT_ANSPRECHPERSON_AUF_ABRUF"]


def bits(week: bytes) -> set[int]:
    return {i for i in range(WEEK_QUARTERS) if week[i // 8] & (0x80 >> i % 8)}


def weekdays_hold(common: set[int], length: int, days: int) -> bool:
    """Whether some choice of stretches lies on that many weekdays without overlap: tries all."""
    begins = [
        [q for q in range(d * 96, d * 96 + 96) if {(q + i) % 672 for i in range(length)} <= common]
        for d in range(7)
    ]

    def rest_after(first_day: int, first: int) -> bool:
        @cache
        def rest(day: int, free: int, missing: int) -> bool:
            if missing == 0:
                return True
            if missing > first_day + 7 - day:
                return False
            later = (q + 672 * (day // 7) for q in begins[day % 7])
            return any(
                q >= free and q + length <= first + 672 and rest(day + 1, q + length, missing - 1)
                for q in later
            ) or rest(day + 1, free, missing)

        return rest(first_day + 1, first + length, days - 1)

    return sum(map(bool, begins)) >= days and any(
        rest_after(day, begin) for day in range(7) for begin in begins[day]
    )


def haversine(a_lat: float, a_lon: float, b_lat: float, b_lon: float) -> float:
    phi, psi = math.radians(a_lat), math.radians(b_lat)
    h = (
        math.sin((psi - phi) / 2) ** 2
        + math.cos(phi) * math.cos(psi) * math.sin(math.radians(b_lon - a_lon) / 2) ** 2
    )
    return 2 * 6371.0088 * math.asin(math.sqrt(h))


def times_hold(demand: Demand, row: OfferRow) -> bool:
    if demand.kind is OrderKind.ONE_OFF:
        return demand.span is not None and bits(demand.span) <= bits(demand.week) & bits(row.week)
    common, length = bits(demand.week) & bits(row.week), math.ceil(demand.duration_minutes / 15)
    if demand.interval is Interval.DAY:
        return demand.count == 1 and weekdays_hold(common, length, 7)
    weeks_per_interval = 4 if demand.interval is Interval.MONTH else 1
    days = math.ceil(demand.count / weeks_per_interval)
    return days <= 7 and weekdays_hold(common, length, days)


def fits(demand: Demand, row: OfferRow) -> bool:
    if not demand.activities <= set(row.activities):
        return False
    if row.kind is AcceptorKind.PROVIDER:
        reached = demand.municipality_id in row.municipality_ids
    else:
        distance = haversine(demand.latitude, demand.longitude, row.latitude, row.longitude)
        reached = (
            distance <= row.radius_km
            and distance <= (demand.max_distance_km or math.inf)
            and (row.drives or not demand.needs_driving)
        )
    return reached and times_hold(demand, row)


@st.composite
def weeks(draw: st.DrawFn) -> bytes:
    windows = []
    for _ in range(draw(st.integers(0, 6))):
        day = draw(st.integers(1, 7))
        start = draw(st.integers(0, 23))
        end = draw(st.integers(1, 24))
        minute = draw(st.sampled_from(["00", "00", "15", "45"]))
        windows.append(Window(day, f"{start:02}:{minute}", f"{end:02}:00"))
    if draw(st.integers(0, 3)) == 0:
        return FULL_WEEK
    if draw(st.integers(0, 3)) == 0:  # every night, the case in which all midnights are crossed
        start, end = draw(st.integers(18, 23)), draw(st.integers(1, 8))
        windows += [Window(day, f"{start}:00", f"0{end}:00") for day in range(1, 8)]
    return week_of(window for window in windows if window.start != window.end)


places = st.tuples(st.floats(51.5, 51.9), st.floats(9.5, 10.2))
offered = st.sets(st.sampled_from(ACTIVITIES), min_size=1)


@st.composite
def offers(draw: st.DrawFn) -> OfferRow:
    place = draw(places)
    provider = draw(st.integers(0, 3)) == 0
    common: dict[str, Any] = {
        "id": UUID(int=draw(st.integers(0, 2**64))),
        "activities": draw(offered),
    }
    if provider:
        return OfferRow(
            kind=AcceptorKind.PROVIDER,
            municipality_ids=draw(st.sets(st.sampled_from([NORTHEIM, EINBECK]))),
            **common,
        )
    return OfferRow(
        kind=AcceptorKind.ASSISTANT,
        week=draw(weeks()),
        latitude=place[0],
        longitude=place[1],
        radius_km=draw(st.integers(10, 60)),
        drives=draw(st.sampled_from([True, True, False])),
        **common,
    )


@st.composite
def demands(draw: st.DrawFn) -> Demand:
    kind = draw(st.sampled_from(OrderKind))
    interval = draw(st.sampled_from(Interval))
    highest = {Interval.DAY: 2, Interval.WEEK: 8, Interval.MONTH: 29}[interval]
    begin, length = draw(st.integers(0, 671)), draw(st.integers(1, 40))
    span = sum(1 << (671 - (begin + i) % 672) for i in range(length)).to_bytes(84)
    latitude, longitude = draw(places)
    return Demand(
        kind=kind,
        activities=frozenset(draw(st.sets(st.sampled_from(ACTIVITIES), max_size=1))),
        week=draw(weeks()),
        latitude=latitude,
        longitude=longitude,
        municipality_id=draw(st.sampled_from([NORTHEIM, EINBECK, UUID(int=3)])),
        span=span if kind is OrderKind.ONE_OFF else None,
        duration_minutes=draw(st.sampled_from([15, 20, 60, 120, 240, 480, 600, 720, 1440])),
        interval=interval if kind is OrderKind.RECURRING else None,
        count=draw(st.integers(1, highest)),
        max_distance_km=draw(st.none() | st.integers(10, 60)),
        needs_driving=draw(st.sampled_from([False, False, True])),
    )
