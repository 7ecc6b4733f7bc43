"""What was suggested and no longer holds: nobody says yes to it, and nobody is held to it."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import FitsNoLonger
from domain.states import MatchState
from domain.viewer import Viewer
from models.database import execute
from models.match import Match
from models.order import Order
from services.busy import report_absence
from services.match import accept_order
from services.order import amend_order
from tests.people import Place, make_coordinator, make_provider, viewer_for
from tests.services.scenes import answering, released, seeker_of, suggest
from tests.staging import everything

WASHING = "GRU_WASCHEN"
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
