"""What becomes of suggestions while an order is commissioned, and when that falls through."""

from domain.states import MatchState, OrderState
from models.match import Match
from models.order import Order
from models.outbox import Outbox
from services.match import decline_order
from services.order import MATCH_JOB
from services.suggestion import Changed
from tests.people import Place, make_assistant, make_seeker, viewer_for
from tests.services.scenes import suggest
from tests.services.test_suggestion import suggest_to
from tests.staging import everything, guards_asleep, put_match, put_order


async def test_a_commissioned_orders_suggestions_stay_and_all_are_looked_at_when_it_falls_through(
    place: Place, owner_url: str
) -> None:
    seeker, chosen, waiting = [
        await make_seeker(place),
        await make_assistant(place),
        await make_assistant(place),
    ]
    async with guards_asleep(owner_url) as connection:
        order = await put_order(connection, seeker.id, place, "AWARDED")
        award = await put_match(connection, order, "AWARDED", assistant=chosen.id)
        other = await put_match(connection, order, assistant=waiting.id)
    before = await everything()
    assert await suggest(order) is None
    assert await everything() == before
    assert await suggest_to(await viewer_for(waiting)) == Changed(0, 0)
    assert (await Match.get(id=other)).state is MatchState.SUGGESTED
    newcomer = await make_assistant(place)
    await decline_order(await viewer_for(chosen), None, award)
    assert (await Order.get(id=order)).state is OrderState.RELEASED
    assert await Outbox.filter(kind=MATCH_JOB, aggregate=order).count() == 1
    assert await suggest(order) == 1
    assert await Match.filter(order_id=order, assistant_id=newcomer.id).exists()
    assert (await Match.get(id=award)).state is MatchState.DECLINED
