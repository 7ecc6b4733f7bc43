"""The quota: nobody is flooded with suggestions, and none is lost."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import NotFound
from domain.policy import Policy
from domain.states import MatchState
from models.database import execute, fetch, transaction
from models.district import District
from models.match import Match
from models.run import MatchRun
from services import suggestion as services
from services.match import accept_order
from tests.orders import make_order
from tests.people import Place, make_assistant, make_seeker, viewer_for
from tests.services.scenes import released, seeker_of, suggest

QUOTA = Policy().suggestions_at_once


async def test_a_full_list_makes_a_suggestion_wait_and_loses_none(place: Place) -> None:
    helper = await make_assistant(place)
    viewer = await viewer_for(helper)
    for _ in range(QUOTA + 2):
        await released(await seeker_of(place))
    assert await Match.filter(state=MatchState.SUGGESTED).count() == QUOTA + 2
    assert await Match.visible_to(viewer).count() == QUOTA
    waiting = await Match.filter(waits_until__isnull=False).order_by("id")
    with pytest.raises(NotFound):  # not even by its id
        await accept_order(viewer, None, waiting[0].id)
    await Match.filter(id=waiting[0].id).update(waits_until=datetime.now(UTC))
    async with transaction():
        assert await services.show_waiting() == 1
    assert await Match.visible_to(viewer).count() == QUOTA + 1
    told = await fetch(
        "SELECT 1 FROM events WHERE topic = 'suggested' AND aggregate = $1", waiting[0].id
    )
    assert len(told) == 1
    assert (await accept_order(viewer, None, waiting[0].id)).state is MatchState.ACCEPTED


async def test_the_quota_changes_when_and_never_whether(place: Place) -> None:
    helper = await make_assistant(place)
    orders = [await released(await seeker_of(place)) for _ in range(QUOTA + 1)]
    asked = await Match.filter(assistant_id=helper.id).values_list("order_id", flat=True)
    assert set(asked) == {order.id for order in orders}


async def test_a_district_s_quota_changes_no_run_and_only_the_time(place: Place) -> None:
    await make_assistant(place)
    for _ in range(3):
        await released(await seeker_of(place))
    assert not await Match.filter(waits_until__isnull=False).exists()
    await District.filter(key=place.municipality.district_id).update(suggestions_at_once=3)
    order = await released(await seeker_of(place))
    assert (await Match.get(order_id=order.id)).waits_until is not None
    await District.filter(key=place.municipality.district_id).update(suggestions_at_once=100)
    await suggest(order.id)
    runs = await MatchRun.filter(order_id=order.id)
    assert len({(each.digest, *each.found) for each in runs}) == 1 < len(runs)


async def test_each_further_ten_wait_six_hours_longer(place: Place) -> None:
    await make_assistant(place)
    begin = datetime.now(UTC)
    for _ in range(3 * QUOTA - 1):
        await released(await seeker_of(place))
    waiting = await Match.filter(waits_until__isnull=False)
    until = [each.waits_until or begin for each in waiting]
    hours = sorted(round((each - begin) / timedelta(hours=1)) for each in until)
    assert hours == [6] * QUOTA + [12] * (QUOTA - 1)


async def test_what_somebody_has_already_counts_once(place: Place) -> None:
    helper = await make_assistant(place)
    for _ in range(QUOTA - 1):
        await released(await seeker_of(place))
    await make_order(await make_seeker(place))
    async with transaction():
        assert await services.suggest_to(helper.id) == services.Changed(1, 0)
    assert not await Match.filter(waits_until__isnull=False).exists()


async def test_what_lapses_makes_room_at_once(place: Place) -> None:
    helper = await make_assistant(place)
    orders = [await released(await seeker_of(place)) for _ in range(QUOTA)]
    await make_order(await make_seeker(place))
    await execute("UPDATE orders SET needs_driving = true WHERE id = $1", orders[0].id)
    async with transaction():
        assert await services.suggest_to(helper.id) == services.Changed(1, 1)
    assert not await Match.filter(waits_until__isnull=False).exists()
