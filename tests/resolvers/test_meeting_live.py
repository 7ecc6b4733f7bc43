"""Both sides learn of a meeting at once."""

from models.user import User
from tests.meetings import awarded, choose, propose
from tests.people import Place
from tests.resolvers import test_live
from tests.resolvers.test_live import ORDER, SUGGESTED, Open, _next
from tests.resolvers.test_meeting import START

follow = test_live.follow


async def test_each_change_of_a_meeting_reaches_both_sides(
    owner_url: str, place: Place, follow: Open
) -> None:
    pair = await awarded(owner_url, place)
    assert pair.helper is not None
    seeker, helper = [await User.get(id=each.id) for each in (pair.seeker, pair.helper)]
    order = f"order_03155_{pair.order.hex}"
    async with follow(seeker, ORDER, id=order) as mine, follow(helper, SUGGESTED) as theirs:
        assert (await _next(mine))["kind"] == "SNAPSHOT"
        assert (await _next(theirs))["__typename"] == "SuggestionsReady"
        meeting = await propose(pair.helper, pair, START)
        event = await _next(mine)
        assert (event["kind"], event["matchId"], event["order"]["state"]) == (
            "MEETING",
            None,
            "AWARDED",
        )
        assert (await _next(theirs))["match"] == {"state": "AWARDED"}
        await choose(pair.seeker, meeting)
        found = [await _next(mine) for _ in range(3)]
        assert {each["kind"] for each in found} == {"MEETING", "MATCH", "ORDER"}
        assert {each["order"]["state"] for each in found} == {"MEETING_SET"}
        assert (await _next(theirs))["match"] == {"state": "MEETING"}
