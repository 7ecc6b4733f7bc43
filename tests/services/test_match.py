"""Matches: who is counted, asked and shown, and what an answer does to the order."""

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest

from domain.errors import NotFound, Stale, StateRefused
from domain.states import MatchState, OrderState
from domain.viewer import AccountState, Viewer
from domain.window import Window, week_of
from models.database import execute, fetch
from models.match import Match
from models.order import Order
from models.user import User
from services.match import accept_order, available, decline_order, withdraw_acceptance
from services.order import create_order, release_order, update_order, withdraw_order
from tests.people import (
    SHOPPING,
    Place,
    make_assistant,
    make_coordinator,
    make_provider,
    viewer_for,
)
from tests.services.scenes import (
    answering,
    asked,
    check_histories,
    draft,
    history,
    once,
    released,
    seeker_of,
    suggest,
    weekly,
)
from tests.staging import everything, guards_asleep, put_match, put_order

COOKING, WALKING = "HAU_KOCHEN", "BEG_SPAZIERGANG"


async def number(seeker: Viewer, order: UUID) -> int:
    return (await available(seeker, order)).count


async def suspend(user: User) -> None:
    await execute("UPDATE users SET state = 'SUSPENDED' WHERE id = $1", user.id)


async def state_of(order: Order) -> OrderState:
    return (await Order.get(id=order.id)).state


def some_week(random: Random) -> bytes:
    days = random.sample(range(1, 8), random.randint(1, 6))
    return week_of([Window(day, random.choice(["07:00", "13:00"]), "18:00") for day in days])


@pytest.mark.parametrize("seed", range(6))
async def test_the_live_number_is_the_number_of_those_who_are_asked(
    place: Place, seed: int
) -> None:
    random = Random(seed)
    catalogue = (SHOPPING, COOKING, WALKING)
    for _ in range(25):
        offered = random.sample(catalogue, random.randint(1, 3))
        user = await make_assistant(
            place,
            *offered,
            released=random.random() < 0.85,
            week=some_week(random),
            radius_km=random.randint(0, 30),
        )
        if user.state is AccountState.RELEASED and random.random() < 0.1:
            await suspend(user)
    await make_assistant(place, *catalogue)
    await make_coordinator(place, await make_provider(place, *catalogue))
    seeker = await seeker_of(place)
    windows = tuple(Window(day, "08:00", "17:00") for day in range(1, 8))
    patch = once(windows=windows) if seed % 2 else weekly(windows=windows, count=2)
    patch["activities"] = tuple(random.sample(catalogue, 1 if seed % 2 else 2))
    order = await create_order(seeker, None, patch)
    if seed % 2:
        day = datetime.now(UTC) + timedelta(days=3)
        at = day.replace(hour=14, minute=0, second=0, microsecond=0)  # 15 or 16 o'clock in Berlin
        order = await update_order(seeker, None, order.id, {"starts_at": at})
    told = await number(seeker, order.id)
    assert 0 < told < 26
    await release_order(seeker, None, order.id)
    assert await number(seeker, order.id) == told
    added = await suggest(order.id)
    matches = await Match.filter(order_id=order.id)
    assert added == len(matches)
    assistants = [match.assistant_id for match in matches if match.assistant_id]
    assert len(assistants) == told
    states = await User.filter(id__in=assistants).values_list("state", flat=True)
    assert set(states) <= {AccountState.RELEASED}
    assert len(matches) - told == 1  # the provider


async def test_asking_twice_changes_nothing(place: Place) -> None:
    _seeker, order, _helpers, _matches = await answering(place, 3)
    before = await everything()
    assert await suggest(order.id) == 0
    assert await everything() == before


async def test_nobody_is_asked_for_an_order_that_is_not_open(place: Place) -> None:
    await make_assistant(place)
    seeker = await seeker_of(place)
    order = await draft(seeker)
    assert await suggest(order.id) is None
    await release_order(seeker, None, order.id)
    await withdraw_order(seeker, None, order.id)
    before = await everything()
    assert await suggest(order.id) is None
    assert await everything() == before
    assert not await Match.exists()


async def test_a_newcomer_is_asked_and_who_does_not_fit_any_more_is_let_go(place: Place) -> None:
    _seeker, order, helpers, matches = await answering(place, 3)
    await accept_order(helpers[0], None, matches[0].id)
    for gone in helpers[:2]:
        await execute("DELETE FROM assistant_activities WHERE assistant_id = $1", gone.id)
    await make_assistant(place)
    assert await suggest(order.id) == 1
    states = {m.assistant_id: m.state for m in await Match.filter(order_id=order.id)}
    found = [states[helper.id] for helper in helpers if helper.id]
    # Who has said yes stays; who had only been asked lapses.
    assert found == [MatchState.ACCEPTED, MatchState.LAPSED, MatchState.SUGGESTED]
    assert await history(matches[1].id) == ["SUGGEST", "LAPSE"]


async def test_a_suspended_assistant_is_neither_counted_nor_asked_and_sees_nothing(
    place: Place,
) -> None:
    helper, other = await make_assistant(place), await make_assistant(place)
    seeker = await seeker_of(place)
    first = await released(seeker)
    (match,) = await asked(first.id, helper)
    await suspend(helper)
    second = await draft(seeker)
    assert await number(seeker, second.id) == 1
    await release_order(seeker, None, second.id)
    assert await suggest(second.id) == 1
    assert await Match.get(order_id=second.id).values_list("assistant_id", flat=True) == other.id
    viewer = await viewer_for(await User.get(id=helper.id))
    assert not await Match.visible_to(viewer).exists()
    assert not await Order.visible_to(viewer).exists()
    await suggest(first.id)
    assert (await Match.get(id=match.id)).state is MatchState.LAPSED


async def test_a_provider_without_a_released_coordinator_is_not_asked(place: Place) -> None:
    house = await make_provider(place)
    seeker = await seeker_of(place)
    order = await released(seeker)
    assert not await Match.exists()
    coordinator = await make_coordinator(place, house)
    assert await suggest(order.id) == 1
    match = await Match.get()
    assert (match.provider_id, match.distance_km) == (house.id, None)
    assert await number(seeker, order.id) == 0
    viewer = await viewer_for(coordinator)
    assert (await accept_order(viewer, None, match.id)).state is MatchState.ACCEPTED


async def test_an_unfinished_draft_counts_who_fits_what_is_said(place: Place) -> None:
    await make_assistant(place)
    await make_assistant(place, COOKING)
    seeker = await seeker_of(place)
    order = await create_order(seeker, None, {})
    assert await number(seeker, order.id) == 2
    await update_order(seeker, None, order.id, {"activities": (SHOPPING,)})
    assert await number(seeker, order.id) == 1
    single = await create_order(seeker, None, once(starts_at=None))
    assert await number(seeker, single.id) == 0


async def test_the_number_of_somebody_else_s_order_is_not_told(place: Place) -> None:
    order = await draft(await seeker_of(place))
    for viewer in (
        await seeker_of(place),
        await viewer_for(place.officer),
        await viewer_for(await make_assistant(place)),
    ):
        with pytest.raises(NotFound) as refused:
            await number(viewer, order.id)
        assert refused.value.field == "orderId"


async def test_the_first_acceptance_takes_the_order_into_progress_and_the_last_one_back(
    place: Place,
) -> None:
    _seeker, order, helpers, matches = await answering(place, 2)
    await accept_order(helpers[0], None, matches[0].id)
    assert await state_of(order) is OrderState.IN_PROGRESS
    await accept_order(helpers[1], None, matches[1].id)
    await withdraw_acceptance(helpers[0], None, matches[0].id)
    assert await state_of(order) is OrderState.IN_PROGRESS
    await decline_order(helpers[1], None, matches[1].id)
    assert await state_of(order) is OrderState.RELEASED
    wanted = ["RELEASE_ORDER", "FIRST_ACCEPTANCE", "LAST_ACCEPTANCE_GONE"]
    assert await history(order.id) == wanted
    await check_histories([order.id, *(match.id for match in matches)])


async def test_declining_at_once_leaves_the_order_where_it_is(place: Place) -> None:
    _seeker, order, helpers, matches = await answering(place, 2)
    declined = await decline_order(helpers[0], None, matches[0].id)
    assert declined.state is MatchState.DECLINED
    assert declined.decided_at is not None
    assert await state_of(order) is OrderState.RELEASED
    assert await history(order.id) == ["RELEASE_ORDER"]
    with pytest.raises(StateRefused):
        await accept_order(helpers[0], None, matches[0].id)
    assert await suggest(order.id) == 0


async def test_a_count_event_tells_the_order_s_present_version(place: Place) -> None:
    _seeker, order, helpers, matches = await answering(place, 1)
    await fetch("DELETE FROM events")
    await accept_order(helpers[0], None, matches[0].id)
    rows = await fetch("SELECT version FROM events WHERE kind = 'COUNT'")
    assert rows == [{"version": (await Order.get(id=order.id)).version}]


async def test_a_stale_answer_is_refused(place: Place) -> None:
    _seeker, _order, helpers, matches = await answering(place, 1)
    before = await everything()
    for call in (accept_order, decline_order):
        with pytest.raises(Stale) as refused:
            await call(helpers[0], None, matches[0].id, 2)
        assert refused.value.params == {"version": 1}
    assert await everything() == before
    accepted = await accept_order(helpers[0], None, matches[0].id, 1)
    assert accepted.version == 2


@pytest.mark.parametrize(
    ("order_state", "match_state"),
    [("REQUESTED", "REQUESTED"), ("AWARDED", "AWARDED"), ("MEETING_SET", "MEETING")],
)
@pytest.mark.parametrize("another", [True, False])
async def test_a_commission_that_is_declined_falls_through_to_those_on_hold(
    owner_url: str, place: Place, order_state: str, match_state: str, *, another: bool
) -> None:
    seeker, house = await seeker_of(place), await make_provider(place)
    by_provider = match_state == "REQUESTED"
    mine = await make_coordinator(place, house) if by_provider else await make_assistant(place)
    other = await make_assistant(place)
    async with guards_asleep(owner_url) as connection:
        order = await put_order(connection, seeker.id or house.id, place, order_state)
        match = await put_match(
            connection,
            order,
            match_state,
            assistant=None if by_provider else mine.id,
            provider=house.id if by_provider else None,
        )
        if another:
            await put_match(connection, order, "ON_HOLD", assistant=other.id)
    await decline_order(await viewer_for(mine), None, match)
    now = await Order.get(id=order)
    assert now.state is (OrderState.IN_PROGRESS if another else OrderState.RELEASED)
    wanted = ["FALL_THROUGH"] if another else ["FALL_THROUGH", "LAST_ACCEPTANCE_GONE"]
    assert await history(order) == wanted
    left = await Match.filter(order_id=order, assistant_id=other.id)
    assert [each.state for each in left] == ([MatchState.ACCEPTED] if another else [])


async def test_declining_beside_a_commission_leaves_the_commission_alone(
    owner_url: str, place: Place
) -> None:
    seeker, awarded, other = (
        await seeker_of(place),
        await make_assistant(place),
        await make_assistant(place),
    )
    async with guards_asleep(owner_url) as connection:
        order = await put_order(connection, seeker.id or awarded.id, place, "AWARDED")
        await put_match(connection, order, "AWARDED", assistant=awarded.id)
        waiting = await put_match(connection, order, "ON_HOLD", assistant=other.id)
    await decline_order(await viewer_for(other), None, waiting)
    assert (await Order.get(id=order)).state is OrderState.AWARDED
    assert await history(order) == []
