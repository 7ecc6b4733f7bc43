"""The provider of a commissioned assistant learns of it at once."""

from datetime import UTC, datetime, timedelta

from models.match import Match
from models.user import Assistant
from services.commission import award_order
from services.match import accept_order
from services.meeting import confirm_meeting
from services.nomination import choose_nominee, nominate_assistant, withdraw_nomination
from services.order import withdraw_order
from tests.meetings import Pair, choose, propose
from tests.orders import ask, make_order
from tests.people import (
    Place,
    make_assistant,
    make_coordinator,
    make_provider,
    make_seeker,
    viewer_for,
)
from tests.resolvers import test_live
from tests.resolvers.test_live import SUGGESTED, Open, _next
from tests.services.test_nomination import employee, inquired

follow = test_live.follow


async def test_a_coordinator_hears_of_the_own_people_from_the_commission_on(
    place: Place, follow: Open
) -> None:
    owner, assistant = await make_seeker(place), await make_assistant(place)
    house = await make_provider(place, "HAU_KOCHEN")
    own = await make_coordinator(place, house)
    other = await make_coordinator(place, await make_provider(place, "HAU_KOCHEN"))
    await Assistant.filter(id=assistant.id).update(provider_id=house.id, employment="EMPLOYED")
    order = await make_order(owner)
    await ask(order)
    seeker, match = await viewer_for(owner), await Match.get(assistant_id=assistant.id)
    async with follow(own, SUGGESTED) as events, follow(other, SUGGESTED) as elsewhere:
        assert [await _next(each) for each in (events, elsewhere)]
        await accept_order(await viewer_for(assistant), None, match.id)
        await award_order(seeker, None, match.id)
        come = await _next(events)
        assert come["match"] == {"state": "AWARDED"}, "not before"
        assert come["order"]["id"] == f"order_03155_{order.id.hex}"
        await withdraw_order(seeker, None, order.id)
        gone = await _next(events)
        assert (gone["matchId"], gone["match"]) == (come["matchId"], None)
        assert elsewhere.sent.empty()


async def test_whoever_is_chosen_hears_each_step_from_then_on(place: Place, follow: Open) -> None:
    seeker, _order, coordinator, match = await inquired(place)
    chosen, other = await employee(place, match), await employee(place, match)
    async with follow(chosen, SUGGESTED) as events, follow(other, SUGGESTED) as elsewhere:
        assert [await _next(each) for each in (events, elsewhere)]
        named = await nominate_assistant(coordinator, None, match.id, chosen.id)
        await nominate_assistant(coordinator, None, match.id, other.id)
        await choose_nominee(seeker, None, named.id)
        assert (await _next(events))["match"] == {"state": "REQUESTED"}, "not before"
        pair = Pair(seeker, None, coordinator, match.id, match.order_id)
        ahead = datetime.now(UTC) + timedelta(days=2)
        start = ahead.replace(hour=10, minute=0, second=0, microsecond=0)
        meeting = await propose(coordinator, pair, start)
        assert (await _next(events))["match"] == {"state": "REQUESTED"}
        await choose(seeker, meeting)
        assert (await _next(events))["match"] == {"state": "REQUESTED"}
        await confirm_meeting(await viewer_for(chosen), None, meeting.id)
        while (await _next(events))["match"] != {"state": "MEETING"}:
            pass
        await withdraw_nomination(coordinator, None, named.id)
        while (last := await _next(events))["match"] is not None:
            pass
        assert last["matchId"]
        assert elsewhere.sent.empty()
