"""What was suggested and no longer holds: nobody says yes to it, and nobody is held to it."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import DateInPast, FitsNoLonger
from domain.states import MatchState, OrderState
from domain.viewer import Viewer
from models.database import execute
from models.match import Match
from models.order import Order
from models.user import Assistant, AssistantActivity
from services.busy import report_absence
from services.match import accept_order, decline_order, withdraw_acceptance
from services.order import amend_order
from services.order_draft import Asked, OrderPatch
from tests.people import Place, make_assistant, make_coordinator, make_provider, viewer_for
from tests.services.scenes import answering, history, released, seeker_of, suggest
from tests.staging import everything

SHOPPING, WASHING = "HAU_EINKAUFEN", "GRU_WASCHEN"
Answer = Callable[..., Awaitable[Match]]
Change = Callable[[Viewer, Order, Viewer], Awaitable[object]]


async def other_work(seeker: Viewer, order: Order, _helper: Viewer) -> None:
    await amend_order(seeker, None, order.id, {"activities": (WASHING,)})


async def away(_seeker: Viewer, _order: Order, helper: Viewer) -> None:
    begin = datetime.now(UTC) + timedelta(days=1)
    await report_absence(helper, None, begin, begin + timedelta(days=200))


async def offers_less(_seeker: Viewer, _order: Order, helper: Viewer) -> None:
    await execute("DELETE FROM assistant_activities WHERE assistant_id = $1", helper.id)


async def seeker_stopped(seeker: Viewer, _order: Order, _helper: Viewer) -> None:
    await execute("UPDATE users SET state = 'SUSPENDED' WHERE id = $1", seeker.id)


@pytest.mark.parametrize("change", [other_work, away, offers_less, seeker_stopped])
async def test_nobody_says_yes_to_what_fits_no_longer(place: Place, change: Change) -> None:
    """Before any worker has looked again."""
    seeker, order, helpers, matches = await answering(place, 1)
    await change(seeker, order, helpers[0])
    before = await everything()
    with pytest.raises(FitsNoLonger) as refused:
        await accept_order(helpers[0], None, matches[0].id)
    assert refused.value.params["state"] == "SUGGESTED"
    assert await everything() == before
    await suggest(order.id)
    assert (await Match.get(id=matches[0].id)).state is MatchState.LAPSED


async def test_a_provider_says_yes_only_to_what_it_is_recognised_for(place: Place) -> None:
    house = await make_provider(place)
    coordinator = await viewer_for(await make_coordinator(place, house))
    order = await released(await seeker_of(place))
    match = await Match.get(order_id=order.id)
    await execute("DELETE FROM provider_recognitions WHERE provider_id = $1", house.id)
    with pytest.raises(FitsNoLonger):
        await accept_order(coordinator, None, match.id)


MORE: dict[str, OrderPatch] = {
    "activities": {"activities": (SHOPPING, WASHING)},
    "must": {"qualities": (Asked("QUA_FACHKRAFT", must=True),)},
    "driving": {"needs_driving": True},
}


@pytest.mark.parametrize("more", MORE)
async def test_a_yes_holds_no_longer_once_more_is_asked_for_than_somebody_can(
    place: Place, more: str
) -> None:
    seeker, order, helpers, matches = await answering(place, 2)
    await make_able(helpers[1])
    for helper, match in zip(helpers, matches, strict=True):
        await accept_order(helper, None, match.id)
    amended = await amend_order(seeker, None, order.id, MORE[more])
    assert amended.state is OrderState.IN_PROGRESS
    await suggest(order.id)
    states = [(await Match.get(id=each.id)).state for each in matches]
    assert states == [MatchState.LAPSED, MatchState.ACCEPTED]
    assert await history(matches[0].id) == ["SUGGEST", "ACCEPT_ORDER", "ASK_AGAIN", "LAPSE"]


async def test_the_last_yes_that_holds_no_longer_takes_the_order_back(place: Place) -> None:
    seeker, order, helpers, matches = await answering(place, 1)
    await accept_order(helpers[0], None, matches[0].id)
    amended = await amend_order(seeker, None, order.id, MORE["activities"])
    assert amended.state is OrderState.RELEASED


async def test_wishes_and_words_take_no_yes_back_from_somebody_who_has_changed(
    place: Place,
) -> None:
    seeker, order, helpers, matches = await answering(place, 1)
    await accept_order(helpers[0], None, matches[0].id)
    await offers_less(seeker, order, helpers[0])
    wish = (Asked("QUA_FACHKRAFT", must=False),)
    await amend_order(seeker, None, order.id, {"description": "Hilfe", "qualities": wish})
    assert (await Match.get(id=matches[0].id)).state is MatchState.ACCEPTED


async def make_able(helper: Viewer) -> None:
    """A nurse with a car who washes too."""
    assert helper.id is not None
    await AssistantActivity.create(assistant_id=helper.id, activity_id=WASHING)
    await Assistant.filter(id=helper.id).update(has_car=True)
    await execute(
        "INSERT INTO assistant_qualities VALUES (gen_random_uuid(), $1, 'QUA_FACHKRAFT')", helper.id
    )


@pytest.mark.parametrize("answer", [decline_order, withdraw_acceptance])
async def test_a_no_is_to_what_the_order_says_at_that_moment(place: Place, answer: Answer) -> None:
    """Matching has not looked at the amendment yet."""
    seeker, order, helpers, matches = await answering(place, 1)
    await amend_order(seeker, None, order.id, {"duration_minutes": 90})
    if answer is withdraw_acceptance:
        await accept_order(helpers[0], None, matches[0].id)
    await answer(helpers[0], None, matches[0].id)
    assert await suggest(order.id) == 0
    await amend_order(seeker, None, order.id, {"duration_minutes": 120})
    assert await suggest(order.id) == 1


async def test_an_absence_that_is_wholly_over_is_refused(place: Place) -> None:
    helper = await viewer_for(await make_assistant(place))
    begin = datetime(2020, 1, 6, tzinfo=UTC)
    before = await everything()
    with pytest.raises(DateInPast):
        await report_absence(helper, None, begin, begin + timedelta(days=7))
    assert await everything() == before
