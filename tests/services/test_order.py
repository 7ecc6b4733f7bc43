"""Orders: beginning, changing, releasing and withdrawing them."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.errors import DomainError, FieldRequired, Stale
from domain.order import Interval, OrderKind
from domain.states import OrderState
from domain.window import FULL_WEEK, Window, week_of
from models.database import fetch
from models.match import Match
from models.order import Order, parts_of
from models.outbox import Outbox
from models.user import Seeker, User
from services.order import (
    MATCH_JOB,
    create_order,
    release_order,
    update_order,
    withdraw_order,
)
from services.order_draft import OrderPatch
from tests.people import SHOPPING, Place, make_assistant
from tests.services.scenes import draft, history, once, released, seeker_of, weekly
from tests.staging import everything

BERLIN = ZoneInfo("Europe/Berlin")
COOKING = "HAU_KOCHEN"


async def problems_of(call: Any) -> list[tuple[str, str | None]]:
    with pytest.raises(DomainError) as refused:
        await call
    return [(each.code, each.field) for each in refused.value.problems]


async def test_a_draft_begins_with_the_introduction_and_windows_of_the_profile(
    place: Place,
) -> None:
    seeker = await seeker_of(place)
    order = await create_order(seeker, None, {})
    assert (order.state, order.version, order.kind) == (OrderState.DRAFT, 1, OrderKind.RECURRING)
    assert order.description == "Ich lese gern."
    assert order.week == FULL_WEEK
    assert order.municipality_id == place.municipality.id
    await Seeker.filter(id=seeker.id).update(introduction="Ich reise gern.")
    assert (await Order.get(id=order.id)).description == "Ich lese gern."
    events = await fetch("SELECT topic, aggregate, version FROM events")
    assert events == [{"topic": "order", "aggregate": order.id, "version": 1}]


async def test_without_a_place_there_is_no_order(place: Place) -> None:
    seeker = await seeker_of(place)
    await User.filter(id=seeker.id).update(municipality_id=None)
    with pytest.raises(FieldRequired) as refused:
        await create_order(seeker, None, {})
    assert refused.value.field == "postcode"


async def test_what_is_not_said_stays_as_it_is(place: Place) -> None:
    seeker = await seeker_of(place)
    order = await draft(seeker, activities=(SHOPPING, COOKING))
    (before,) = await fetch("SELECT * FROM orders WHERE id = $1", order.id)
    await update_order(seeker, None, order.id, {"count": 3})
    (after,) = await fetch("SELECT * FROM orders WHERE id = $1", order.id)
    differing = {name for name, value in after.items() if before[name] != value}
    assert differing == {"count", "version", "edited_at"}
    assert (await parts_of(order.id)).activities == {SHOPPING, COOKING}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((SHOPPING,), (COOKING,)),
        ((SHOPPING, COOKING), (COOKING,)),
        ((SHOPPING,), (SHOPPING, COOKING, SHOPPING)),
        ((SHOPPING,), ()),
        ((), (SHOPPING,)),
    ],
)
async def test_activities_become_the_ones_that_are_said(
    place: Place, first: tuple[str, ...], second: tuple[str, ...]
) -> None:
    seeker = await seeker_of(place)
    order, other = await draft(seeker, activities=first), await draft(seeker, activities=first)
    await update_order(seeker, None, order.id, {"activities": second})
    assert (await parts_of(order.id)).activities == frozenset(second)
    assert (await parts_of(other.id)).activities == frozenset(first)


async def test_windows_are_stored_in_one_form(place: Place) -> None:
    seeker = await seeker_of(place)
    windows = (Window(7, "22:00", "06:00"), Window(1, "05:00", "08:00"))
    order = await draft(seeker, windows=windows)
    assert order.week == week_of([Window(7, "22:00", "24:00"), Window(1, "00:00", "08:00")])
    order = await update_order(seeker, None, order.id, {"windows": ()})
    assert not any(order.week)


async def test_another_kind_clears_the_fields_of_the_first(place: Place) -> None:
    seeker = await seeker_of(place)
    order = await draft(seeker)
    start = datetime.now(UTC) + timedelta(days=3)
    order = await update_order(
        seeker, None, order.id, {"kind": OrderKind.ONE_OFF, "starts_at": start}
    )
    assert [order.start_date, order.interval, order.count] == [None] * 3
    assert order.starts_at == start
    back: OrderPatch = {"kind": OrderKind.RECURRING, "count": 2}
    order = await update_order(seeker, None, order.id, back)
    assert (order.starts_at, order.count) == (None, 2)


async def test_a_field_of_the_other_kind_is_refused_and_nothing_is_changed(place: Place) -> None:
    seeker = await seeker_of(place)
    order = await draft(seeker)
    before = await everything()
    later = datetime.now(UTC) + timedelta(days=3)
    patches: list[tuple[OrderPatch, set[str]]] = [
        ({"starts_at": later}, {"startsAt"}),
        ({"kind": OrderKind.ONE_OFF, "count": 2}, {"count"}),
        (
            {"kind": OrderKind.ONE_OFF, "interval": Interval.DAY, "start_date": later.date()},
            {"interval", "startDate"},
        ),
    ]
    for patch, fields in patches:
        found = await problems_of(update_order(seeker, None, order.id, patch))
        assert set(found) == {("FIELD_FOREIGN", field) for field in fields}
    assert await everything() == before


async def test_every_problem_is_said_at_once(place: Place) -> None:
    seeker = await seeker_of(place)
    wrong = weekly(
        description="\u202eHilfe",
        activities=("NICHT_BEKANNT",),
        windows=(Window(8, "25:00", "08:00"),),
        duration_minutes=1,
        max_distance_km=0,
        count=0,
        start_date=date(2020, 1, 1),
    )
    found = await problems_of(create_order(seeker, None, wrong))
    assert set(found) == {
        ("CLOCK_REFUSED", "windows.0"),
        ("ACTIVITY_UNKNOWN", "activities"),
        ("TEXT_REFUSED", "description"),
        ("NUMBER_OUT_OF_RANGE", "durationMinutes"),
        ("NUMBER_OUT_OF_RANGE", "maxDistanceKm"),
        ("NUMBER_OUT_OF_RANGE", "count"),
        ("DATE_IN_PAST", "startDate"),
    }
    assert not await Order.exists()


async def test_release_names_everything_that_is_missing(place: Place) -> None:
    seeker = await seeker_of(place)
    order = await create_order(seeker, None, {"description": "", "windows": ()})
    found = await problems_of(release_order(seeker, None, order.id))
    assert {code for code, _ in found} == {"ORDER_INCOMPLETE"}
    fields = [field for _, field in found]
    assert fields == ["description", "activities", "windows", "startDate", "interval", "count"]


async def test_a_release_promises_the_matching_and_begins_the_history(place: Place) -> None:
    seeker = await seeker_of(place)
    order = await draft(seeker)
    order = await release_order(seeker, None, order.id, 1)
    assert (order.state, order.version) == (OrderState.RELEASED, 2)
    assert order.released_at is not None
    (job,) = await Outbox.filter(kind=MATCH_JOB)
    assert (job.kind, job.aggregate) == ("order.match", order.id)
    assert job.payload in ({}, "{}")
    assert await history(order.id) == ["RELEASE_ORDER"]


@pytest.mark.parametrize(("start", "fits"), [("09:00", True), ("11:15", False), ("13:00", False)])
async def test_a_single_date_must_lie_in_the_own_windows(
    place: Place, start: str, *, fits: bool
) -> None:
    seeker = await seeker_of(place)
    day = datetime.now(BERLIN) + timedelta(days=3)
    hours, minutes = start.split(":")
    at = day.replace(hour=int(hours), minute=int(minutes), second=0, microsecond=0)
    windows = (Window(at.isoweekday(), "08:00", "12:00"),)
    order = await create_order(seeker, None, once(starts_at=at, windows=windows))
    if fits:
        assert (await release_order(seeker, None, order.id)).state is OrderState.RELEASED
        return
    found = await problems_of(release_order(seeker, None, order.id))
    assert found == [("DATE_OUTSIDE_WINDOWS", "startsAt")]


async def test_more_appointments_than_the_windows_hold_are_refused(place: Place) -> None:
    seeker = await seeker_of(place)
    windows = (Window(1, "08:00", "12:00"), Window(3, "08:00", "08:30"))
    order = await draft(seeker, windows=windows)
    found = await problems_of(release_order(seeker, None, order.id))
    assert found == [("COUNT_IMPOSSIBLE", "count")]
    await update_order(seeker, None, order.id, {"count": 1})
    assert (await release_order(seeker, None, order.id)).state is OrderState.RELEASED


async def test_an_appointment_longer_than_every_window_is_refused_at_its_length(
    place: Place,
) -> None:
    seeker = await seeker_of(place)
    windows = (Window(1, "08:00", "12:00"), Window(3, "08:00", "12:00"))
    order = await draft(seeker, windows=windows, count=1, duration_minutes=300)
    found = await problems_of(release_order(seeker, None, order.id))
    assert found == [("DURATION_OUTSIDE_WINDOWS", "durationMinutes")]


async def test_a_date_that_has_passed_since_is_not_released(place: Place) -> None:
    seeker = await seeker_of(place)
    order = await draft(seeker)
    await Order.filter(id=order.id).update(start_date=date(2020, 1, 1))
    found = await problems_of(release_order(seeker, None, order.id))
    assert found == [("DATE_IN_PAST", "startDate")]


async def test_a_stale_version_is_refused_with_the_present_one(place: Place) -> None:
    seeker = await seeker_of(place)
    order = await draft(seeker)
    await update_order(seeker, None, order.id, {"count": 1}, 1)
    before = await everything()
    calls = (
        update_order(seeker, None, order.id, {"count": 3}, 1),
        release_order(seeker, None, order.id, 1),
        withdraw_order(seeker, None, order.id, 3),
    )
    for call in calls:
        with pytest.raises(Stale) as refused:
            await call
        assert (refused.value.field, refused.value.params) == ("ifVersion", {"version": 2})
    assert await everything() == before


async def test_of_eight_changes_at_once_with_a_version_one_is_made(place: Place) -> None:
    seeker = await seeker_of(place)
    order = await draft(seeker)
    others = [n for n in range(1, 9) if n != order.count]
    calls = [update_order(seeker, None, order.id, {"count": n}, 1) for n in others]
    found = await asyncio.gather(*calls, return_exceptions=True)
    made = [each for each in found if isinstance(each, Order)]
    assert len(made) == 1
    assert all(isinstance(each, Stale) for each in found if each not in made)
    now = await Order.get(id=order.id)
    assert (now.version, now.count) == (2, made[0].count)


async def test_changes_at_once_without_a_version_lose_nothing_of_each_other(place: Place) -> None:
    seeker = await seeker_of(place)
    order = await draft(seeker)
    patches: list[OrderPatch] = [
        {"count": 5},
        {"duration_minutes": 90},
        {"description": "Neu"},
        {"needs_driving": True},
        {"max_distance_km": 7},
        {"activities": (COOKING,)},
    ]
    await asyncio.gather(*(update_order(seeker, None, order.id, patch) for patch in patches))
    now = await Order.get(id=order.id)
    assert (now.count, now.duration_minutes, now.description) == (5, 90, "Neu")
    assert (now.needs_driving, now.max_distance_km, now.version) == (True, 7, 7)
    assert (await parts_of(order.id)).activities == {COOKING}


async def test_of_eight_releases_at_once_one_is_made(place: Place) -> None:
    seeker = await seeker_of(place)
    order = await draft(seeker)
    calls = [release_order(seeker, None, order.id) for _ in range(8)]
    found = await asyncio.gather(*calls, return_exceptions=True)
    assert sum(isinstance(each, Order) for each in found) == 1
    assert {each.code for each in found if isinstance(each, DomainError)} == {"STATE_REFUSED"}
    assert await Outbox.filter(kind=MATCH_JOB).count() == 1
    assert await history(order.id) == ["RELEASE_ORDER"]


async def test_withdrawing_ends_every_match_and_tells_everybody(place: Place) -> None:
    seeker = await seeker_of(place)
    for _ in range(3):
        await make_assistant(place)
    order = await released(seeker)
    await fetch("DELETE FROM events")
    await withdraw_order(seeker, None, order.id)
    matches = await Match.filter(order_id=order.id)
    assert {match.state.value for match in matches} == {"LAPSED"}
    rows = await fetch("SELECT key FROM events WHERE topic = 'suggested'")
    assert {row["key"] for row in rows} == {match.assistant_id for match in matches}
    assert await history(order.id) == ["RELEASE_ORDER", "WITHDRAW_ORDER"]
