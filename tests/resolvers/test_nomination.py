"""Whom a provider can name, over the graph: an empty list where there is nothing, else a reason."""

from domain.ids import encode
from models.match import Match
from models.user import User
from tests.graph import As, Client
from tests.people import Place, make_assistant
from tests.services.test_commission import by_provider

CANDIDATES = "query($id: ID!) { nominationCandidates(matchId: $id) { firstName } }"


async def codes(client: Client, match: Match) -> list[str]:
    body = await client.send(CANDIDATES, id=encode("match", "03155", match.id))
    if "errors" not in body:
        assert body["data"]["nominationCandidates"] == []
    return [each["extensions"]["code"] for each in body.get("errors", [])]


async def test_who_names_nobody_is_told_why_and_a_match_of_others_is_as_none(
    as_: As, anonymous: Client, place: Place
) -> None:
    seeker, _order, coordinator, match = await by_provider(place)
    _seeker, _order, _other, elsewhere = await by_provider(place)
    speaks = await as_(await User.get(id=coordinator.id))
    assert await codes(speaks, match) == []
    assert await codes(speaks, elsewhere) == []
    for client in (await as_(await User.get(id=seeker.id)), await as_(await make_assistant(place))):
        assert await codes(client, match) == ["ROLE_NOT_ALLOWED"]
    assert await codes(anonymous, match) == ["SIGN_IN_REQUIRED"]
