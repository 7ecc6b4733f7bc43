"""A seeker who moves: where the orders are then, and who is asked for them."""

from domain.states import MatchState, OrderState
from domain.viewer import Viewer
from models.district import Municipality
from models.event import Event
from models.match import Match
from models.order import Order
from services.match import accept_order, available, decline_order
from services.order import amend_order
from services.profile_change import Change, update_profile
from tests.people import Place
from tests.services.scenes import answering, draft, suggest


async def move(seeker: Viewer) -> Municipality:
    """To a town that is farther away than anybody goes."""
    there = await Municipality.create(
        district_id="03155",
        name="Uslar",
        postcodes=["37170"],
        latitude=51.66,
        longitude=9.63,
        population=1,
    )
    await update_profile(seeker, None, Change({"postcode": "37170"}, "03155"))
    return there


async def test_a_draft_goes_along_and_its_number_is_the_new_place_s(place: Place) -> None:
    seeker, opened, _helpers, _matches = await answering(place, 1)
    order = await draft(seeker)
    assert (await available(seeker, order.id)).count == 1
    there = await move(seeker)
    moved = await Order.get(id=order.id)
    assert (moved.municipality_id, moved.version) == (there.id, order.version + 1)
    assert await Event.filter(topic="order", key=order.id, version=moved.version).exists()
    assert (await available(seeker, order.id)).count == 0
    stays = await Order.get(id=opened.id)
    assert (stays.municipality_id, stays.version) == (opened.municipality_id, opened.version)


async def test_an_open_order_goes_along_when_it_is_amended_and_asks_everybody_again(
    place: Place,
) -> None:
    seeker, order, helpers, matches = await answering(place, 3)
    await accept_order(helpers[0], None, matches[0].id)
    await decline_order(helpers[1], None, matches[1].id)
    there = await move(seeker)
    amended = await amend_order(seeker, None, order.id, {"description": "Hilfe in Uslar"})
    assert (amended.municipality_id, amended.state) == (there.id, OrderState.RELEASED)
    await suggest(order.id)
    states = [(await Match.get(id=each.id)).state for each in matches]
    assert states == [MatchState.LAPSED, MatchState.DECLINED, MatchState.LAPSED]
    await Municipality.filter(id=there.id).update(latitude=51.7, longitude=10.0)
    await suggest(order.id)  # near again, and still another place than the one that was declined
    assert {(await Match.get(id=each.id)).state for each in matches} == {MatchState.SUGGESTED}
