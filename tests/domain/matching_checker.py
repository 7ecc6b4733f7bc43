"""Matching again, slow, short and written from the rules alone; and populations to try it on."""

import math
from functools import cache
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from domain.activity import CATALOGUE, Flag
from domain.match import AcceptorKind
from domain.matching.demand import Demand
from domain.matching.offer import OfferRow
from domain.order import Interval, OrderKind
from domain.recognition import Recognition
from domain.window import FULL_WEEK, WEEK_QUARTERS, Window, week_of

NORTHEIM, EINBECK = UUID(int=1), UUID(int=2)
PEOPLE = [UUID(int=number) for number in range(100, 140)]
# One for each combination of flags that matters, one in each word of bits.
ACTIVITIES = [
    "HAU_EINKAUFEN",
    "GRU_WASCHEN",
    "TAG_UEBEN",
    "ARB_WEGE",
    "NOT_ANSPRECHPERSON_AUF_ABRUF",
]
QUALITIES = ["SPR_EN", "MOB_AUTO", "QUA_FACHKRAFT", "GES_FRAU"]


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
        busy = any(bits(row.busy.get(at, bytes(84))) & bits(b) for at, b in demand.calendar.items())
        inside = bits(demand.span or b"") <= bits(demand.week) & bits(row.week)
        return inside and not busy
    common, length = bits(demand.week) & bits(row.week), math.ceil(demand.duration_minutes / 15)
    if demand.first_week is not None:
        month = [bits(row.busy.get(demand.first_week + i, bytes(84))) for i in range(4)]
        common -= {quarter for quarter in range(672) if sum(quarter in w for w in month) > 1}
    if demand.interval is Interval.DAY:
        return demand.count == 1 and weekdays_hold(common, length, 7)
    weeks_per_interval = 4 if demand.interval is Interval.MONTH else 1
    days = math.ceil(demand.count / weeks_per_interval)
    return days <= 7 and weekdays_hold(common, length, days)


def may_do(code: str, row: OfferRow) -> bool:
    flags = CATALOGUE[code].flags
    if row.kind is AcceptorKind.PROVIDER:
        payers = {"INTEGRATION_ASSISTANCE": "E", "CARE_SERVICE": "CB", "EVERYDAY_SUPPORT": "C"}
        return any(flag in payers.get(each, "W") for flag in flags for each in row.recognitions)
    if Flag.QUALIFIED in flags and "QUA_FACHKRAFT" not in row.qualities:
        return False
    return not (Flag.BODY_NEAR in flags and row.volunteer)


def fits(demand: Demand, row: OfferRow) -> bool:
    if not all(code in row.activities and may_do(code, row) for code in demand.activities):
        return False
    if row.id in demand.barred:
        return False
    if row.kind is AcceptorKind.PROVIDER:
        reached = demand.municipality_id in row.municipality_ids
    else:
        distance = haversine(demand.latitude, demand.longitude, row.latitude, row.longitude)
        reached = (
            distance <= row.radius_km
            and distance <= (demand.max_distance_km or math.inf)
            and ("MOB_AUTO" in row.qualities or not demand.needs_driving)
            and demand.must <= row.qualities
        )
    return reached and times_hold(demand, row)


def may_be_asked(demand: Demand) -> bool:
    """A gender is asked for with body-near help or for a reason, and else not at all."""
    near = any(Flag.BODY_NEAR in CATALOGUE[code].flags for code in demand.activities)
    return near or demand.personal_reason or "GES_FRAU" not in demand.must | demand.wishes


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
        "id": draw(st.sampled_from(PEOPLE)),
        "activities": draw(offered),
    }
    if provider:
        return OfferRow(
            kind=AcceptorKind.PROVIDER,
            municipality_ids=draw(st.sets(st.sampled_from([NORTHEIM, EINBECK]))),
            recognitions=draw(st.frozensets(st.sampled_from(Recognition))),
            **common,
        )
    return OfferRow(
        kind=AcceptorKind.ASSISTANT,
        week=draw(weeks()),
        latitude=place[0],
        longitude=place[1],
        radius_km=draw(st.integers(10, 60)),
        qualities=draw(st.frozensets(st.sampled_from(QUALITIES))),
        volunteer=draw(st.booleans()),
        busy=draw(st.dictionaries(st.integers(0, 5), weeks(), max_size=3)),
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
        activities=frozenset(draw(st.sets(st.sampled_from(ACTIVITIES), max_size=2))),
        week=draw(weeks()),
        latitude=latitude,
        longitude=longitude,
        municipality_id=draw(st.sampled_from([NORTHEIM, EINBECK, UUID(int=3)])),
        span=span if kind is OrderKind.ONE_OFF else None,
        calendar=draw(st.dictionaries(st.integers(0, 5), weeks(), max_size=2)),
        first_week=draw(st.none() | st.integers(0, 4)),
        must=draw(st.frozensets(st.sampled_from(QUALITIES), max_size=2)),
        wishes=draw(st.frozensets(st.sampled_from(QUALITIES))),
        personal_reason=draw(st.booleans()),
        barred=draw(st.frozensets(st.sampled_from(PEOPLE), max_size=3)),
        trusted=draw(st.frozensets(st.sampled_from(PEOPLE), max_size=3)),
        duration_minutes=draw(st.sampled_from([15, 20, 60, 120, 240, 480, 600, 720, 1440])),
        interval=interval if kind is OrderKind.RECURRING else None,
        count=draw(st.integers(1, highest)),
        max_distance_km=draw(st.none() | st.integers(10, 60)),
        needs_driving=draw(st.sampled_from([False, False, True])),
    )


populations = st.lists(offers(), max_size=12, unique_by=lambda row: row.id)
