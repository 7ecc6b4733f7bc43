"""`replay`, `matching-report` and `match-all`: what matching did, on the command line."""

import json
from datetime import UTC, datetime

import pytest

from domain.ids import encode, uuid7
from models.match import Match
from models.outbox import Outbox
from models.run import MatchRun
from models.user import Assistant
from services.match import accept_order
from tests.people import Place, make_assistant, make_place
from tests.portal.commanding import Portal
from tests.services.scenes import answering, released, seeker_of

pytestmark = pytest.mark.slow

YEAR = str(datetime.now(UTC).year)


@pytest.fixture
async def place(portal: Portal, database: object) -> Place:
    return await make_place()


async def test_the_same_input_gives_the_same_list(place: Place, portal: Portal) -> None:
    _seeker, order, helpers, _matches = await answering(place, 3)
    said = await portal("replay", str(order.id), "--json")
    found = json.loads(said.out)
    assert (said.code, found["sameInput"], found["sameList"]) == (0, True, True)
    assert found["then"] == found["now"]
    assert set(found["now"]) == {str(helper.id) for helper in helpers}
    said = await portal("replay", encode("order", "03155", order.id))
    assert "The same input gives the same list, best first:" in said.out
    assert said.out.splitlines()[2:] == found["now"]


async def test_a_replay_says_that_something_has_changed_since(place: Place, portal: Portal) -> None:
    _seeker, order, helpers, _matches = await answering(place, 2)
    await Assistant.filter(id=helpers[0].id).update(radius_km=0, latitude=53.0)
    newcomer = await make_assistant(place)
    said = await portal("replay", str(order.id))
    assert said.code == 0
    assert "has changed since" in said.out
    assert said.out.splitlines()[2:] == [f"- {helpers[0].id}", f"+ {newcomer.id}"]


async def test_a_run_of_another_order_is_not_there(place: Place, portal: Portal) -> None:
    _seeker, order, _helpers, _matches = await answering(place, 1)
    run = await MatchRun.get(order_id=order.id)
    assert (await portal("replay", str(order.id), "--run", str(run.id))).code == 0
    said = await portal("replay", str(order.id), "--run", str(order.id))
    assert (said.code, said.out) == (1, "")


async def test_another_list_from_the_same_input_is_a_fault(place: Place, portal: Portal) -> None:
    _seeker, order, helpers, _matches = await answering(place, 1)
    (run,) = await MatchRun.filter(order_id=order.id).values()
    forged = run | {"id": uuid7(), "found": [str(order.id)]}
    await MatchRun.create(**forged)
    said = await portal("replay", str(order.id))
    assert said.code == 1
    assert "ANOTHER LIST" in said.out
    assert said.out.splitlines()[2:] == [f"- {order.id}", f"+ {helpers[0].id}"]


async def test_what_is_no_order_is_a_sentence(place: Place, portal: Portal) -> None:
    said = await portal("replay", "seven")
    assert (said.code, said.out) == (1, "")
    assert "'seven' is not an id of this district" in said.err
    said = await portal("replay", "01890a5d-ac96-774b-bcce-b302099a8057")
    assert "There is no such run" in said.err


async def test_a_year_is_reported_without_names(place: Place, portal: Portal) -> None:
    assert (await portal("matching-report", YEAR)).out.endswith("Nobody was found.\n")
    _seeker, _order, helpers, matches = await answering(place, 2)
    await accept_order(helpers[0], None, matches[0].id)
    said = await portal("matching-report", YEAR)
    assert "2 assistants were found 2 times: 1 to 1 each" in said.out
    assert "1 said yes" in said.out
    found = json.loads((await portal("matching-report", YEAR, "--json")).out)
    assert {each["acceptor"] for each in found} == {str(helper.id) for helper in helpers}
    assert set(found[0]) == {"acceptor", "kind", "found", "accepted", "contracted"}
    assert (await portal("matching-report", "1999")).code == 1


async def test_every_open_order_is_compared_again_in_slices(
    place: Place, portal: Portal, monkeypatch: pytest.MonkeyPatch, run_jobs: object
) -> None:
    orders = [await released(await seeker_of(place)) for _ in range(5)]
    newcomer = await make_assistant(place)
    said = await portal("match-all", "--json")
    assert json.loads(said.out) == {"orders": 5}
    monkeypatch.setattr("services.suggestion.SLICE", 2)
    await run_jobs()  # type: ignore[operator]  # a function
    asked = await Match.filter(assistant_id=newcomer.id).values_list("order_id", flat=True)
    assert set(asked) == {order.id for order in orders}
    assert await Outbox.filter(kind="order.match_slice").count() == 3
