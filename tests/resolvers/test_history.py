"""The timeline: both sides and staff read what happened, by sides and without names."""

from typing import Any
from uuid import UUID

import pytest

from domain.ids import encode
from domain.meeting import MeetingReason
from models.database import execute
from models.match import Match
from models.order import Order
from models.user import User
from services import clock
from services.match import accept_order, withdraw_acceptance
from services.meeting import confirm_meeting
from services.meeting_end import cancel_meeting
from services.meeting_proposal import Proposal, move_meeting
from services.order import create_order, release_order, withdraw_order
from services.session import viewer_acting
from tests.graph import As, Client
from tests.meetings import awarded, choose, propose
from tests.people import (
    Place,
    make_assistant,
    make_coordinator,
    make_provider,
    make_seeker,
    viewer_for,
)
from tests.resolvers.happening import OWN, Scene, make_scene
from tests.services.dating import at
from tests.services.delegating import acting
from tests.services.scenes import asked, released, suggest, weekly

TIMELINE = """query($id: ID!, $first: Int!, $after: String) { order(id: $id) {
  timeline(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
    nodes { action actorSide actingForSeeker subject state match { id } sentence } }
  matches { nodes { timeline { nodes { action } } } } myMatch { timeline { nodes { action } } }
} }"""


async def timeline(client: Client, order: Any) -> list[str]:
    """What the timeline of an order says, oldest first; empty where there is no order or none."""
    found = (await client.data(TIMELINE, id=encode("order", "03155", order.id), first=100))["order"]
    nodes = found["timeline"]["nodes"] if found and found["timeline"] else []
    return [f"{each['subject']} {each['action']} {each['actorSide']}" for each in nodes]


@pytest.fixture
async def scene(place: Place) -> Scene:
    return await make_scene(place)


async def test_a_seeker_sees_everything_but_those_who_did_not_accept(as_: As, scene: Scene) -> None:
    assert await timeline(await as_(scene.people["seeker"]), scene.order) == OWN


async def test_an_acceptor_sees_the_order_and_the_own_match_from_acceptance_on(
    as_: As, scene: Scene
) -> None:
    assert await timeline(await as_(scene.people["first"]), scene.order) == [
        "MATCH ACCEPT_ORDER ACCEPTOR",
        "ORDER FIRST_ACCEPTANCE ACCEPTOR",
        "MATCH HOLD SEEKER",
        "ORDER AWARD_ORDER SEEKER",
    ]
    assert await timeline(await as_(scene.people["second"]), scene.order) == [
        "MATCH ACCEPT_ORDER ACCEPTOR",
        "MATCH AWARD_ORDER SEEKER",
        "ORDER AWARD_ORDER SEEKER",
    ]


async def test_whoever_did_not_accept_sees_nothing(as_: As, place: Place, scene: Scene) -> None:
    for label in ("no", "silent"):
        assert await timeline(await as_(scene.people[label]), scene.order) == []
    assert await timeline(await as_(await make_seeker(place)), scene.order) == []
    assert await timeline(await as_(await make_assistant(place)), scene.order) == []


async def test_staff_sees_all_of_it(as_: As, place: Place, scene: Scene) -> None:
    found = await timeline(await as_(place.officer), scene.order)
    assert set(OWN) < set(found)
    assert found.count("MATCH SUGGEST SYSTEM") == 4
    assert "MATCH DECLINE_ORDER ACCEPTOR" in found


async def test_an_acceptor_who_left_sees_it_no_more(as_: As, place: Place) -> None:
    seeker, helper = await make_seeker(place), await make_assistant(place)
    order = await released(await viewer_for(seeker))
    (match,) = await asked(order.id, helper)
    viewer = await viewer_for(helper)
    await accept_order(viewer, None, match.id)
    await withdraw_acceptance(viewer, None, match.id)
    assert await timeline(await as_(helper), order) == []
    assert await timeline(await as_(seeker), order) == [
        "ORDER RELEASE_ORDER SEEKER",
        "MATCH ACCEPT_ORDER ACCEPTOR",
        "ORDER FIRST_ACCEPTANCE ACCEPTOR",
        "MATCH WITHDRAW_ACCEPTANCE ACCEPTOR",
        "ORDER LAST_ACCEPTANCE_GONE ACCEPTOR",
    ]


async def test_a_seeker_who_withdraws_reads_nothing_of_people_never_seen(
    as_: As, place: Place
) -> None:
    seeker, helper = await make_seeker(place), await make_assistant(place)
    viewer = await viewer_for(seeker)
    order = await released(viewer)
    await asked(order.id, helper)
    await withdraw_order(viewer, None, order.id)
    assert await timeline(await as_(seeker), order) == [
        "ORDER RELEASE_ORDER SEEKER",
        "ORDER WITHDRAW_ORDER SEEKER",
    ]


async def test_acceptors_do_not_learn_which_kind_another_one_is(as_: As, place: Place) -> None:
    seeker, helper = await make_seeker(place), await make_assistant(place)
    house = await make_provider(place)
    coordinator = await make_coordinator(place, house)
    order = await released(await viewer_for(seeker))
    theirs = await Match.get(order_id=order.id, provider_id=house.id)
    await accept_order(await viewer_for(coordinator), None, theirs.id)
    (match,) = await asked(order.id, helper)
    await accept_order(await viewer_for(helper), None, match.id)
    await withdraw_acceptance(await viewer_for(helper), None, match.id)
    await suggest(order.id)
    for person, side in ((seeker, "COORDINATOR"), (coordinator, "ACCEPTOR")):
        found = await timeline(await as_(person), order)
        assert f"ORDER FIRST_ACCEPTANCE {side}" in found
        assert "MATCH ACCEPT_ORDER COORDINATOR" in found
        assert ("MATCH WITHDRAW_ACCEPTANCE ACCEPTOR" in found) == (person is seeker)


async def test_the_timeline_is_paged_and_belongs_to_each_match_as_well(
    as_: As, scene: Scene
) -> None:
    client, key = await as_(scene.people["seeker"]), encode("order", "03155", scene.order.id)
    found: list[str] = []
    after, more = None, True
    while more:
        order = (await client.data(TIMELINE, id=key, first=3, after=after))["order"]
        page = order["timeline"]
        assert page["totalCount"] == len(OWN)
        found += [f"{e['subject']} {e['action']} {e['actorSide']}" for e in page["nodes"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert found == OWN
    of_matches = [
        [each["action"] for each in match["timeline"]["nodes"]]
        for match in order["matches"]["nodes"]
    ]
    assert sorted(of_matches) == [["ACCEPT_ORDER", "AWARD_ORDER"], ["ACCEPT_ORDER", "HOLD"]]
    own = (await (await as_(scene.people["first"])).data(TIMELINE, id=key, first=1))["order"]
    assert [e["action"] for e in own["myMatch"]["timeline"]["nodes"]] == ["ACCEPT_ORDER", "HOLD"]


async def test_what_is_done_for_the_seeker_is_said_in_every_language(as_: As, place: Place) -> None:
    seeker = await make_seeker(place)
    _helper, delegation, secret = await acting(place, seeker)
    viewer = await viewer_acting(secret, delegation.id, clock.now())
    order = await create_order(viewer, None, weekly())
    await release_order(viewer, None, order.id)
    client, said = await as_(seeker), []
    for language in ("de", "de-x-leicht", "en"):
        client.headers["Accept-Language"] = language
        found = await client.data(TIMELINE, id=encode("order", "03155", order.id), first=5)
        (entry,) = found["order"]["timeline"]["nodes"]
        assert (entry["actorSide"], entry["actingForSeeker"]) == ("SEEKER", True)
        said.append(entry["sentence"])
    assert len(set(said)) == 3
    assert said[2].endswith("Somebody has done this for the seeker.")


async def test_a_step_without_a_sentence_of_its_own_says_how_things_stand(
    as_: As, scene: Scene
) -> None:
    await execute(
        "INSERT INTO transitions (id, machine, aggregate, action, source, target, version, at, "
        "person_id, order_id) VALUES (portal_uuid7(), 'ORDER', $1, 'UNHEARD_OF', 'AWARDED', "
        "'MEETING_SET', 99, now(), $2, $1)",
        scene.order.id,
        scene.people["seeker"].id,
    )
    client = await as_(scene.people["seeker"])
    client.headers["Accept-Language"] = "en"
    found = await client.data(TIMELINE, id=encode("order", "03155", scene.order.id), first=100)
    last = found["order"]["timeline"]["nodes"][-1]
    assert (last["sentence"], last["actorSide"]) == ("Order: Meeting arranged.", "SYSTEM")


async def meeting_steps(client: Client, order: UUID, language: str = "de") -> list[str]:
    """What the timeline says of a meeting, with its sentences, as one of the two reads it."""
    headers = {**client.headers, "Accept-Language": language}
    key = encode("order", "03155", order)
    found = await Client(client.http, headers).data(TIMELINE, id=key, first=100)
    nodes = found["order"]["timeline"]["nodes"]
    for each in nodes:
        assert "{" not in each["sentence"]
    return [
        f"{each['action']} {each['actorSide']}" for each in nodes if each["subject"] == "MEETING"
    ]


async def test_every_change_of_a_meeting_is_told_to_both_sides_and_to_staff(
    as_: As, owner_url: str, place: Place
) -> None:
    house = await make_provider(place)
    pair = await awarded(owner_url, place, employer=house)
    assert pair.helper is not None
    assert pair.coordinator is not None
    meeting = await propose(pair.helper, pair, at("10:00").begins)
    await propose(pair.seeker, pair, at("11:00").begins)
    await choose(pair.helper, meeting)
    await confirm_meeting(pair.coordinator, None, meeting.id)
    proposal = Proposal([at("14:00").begins], 60, "Rathaus")
    await move_meeting(pair.helper, None, meeting.id, proposal)
    await choose(pair.seeker, meeting)
    await confirm_meeting(pair.coordinator, None, meeting.id)
    await cancel_meeting(pair.seeker, None, meeting.id, MeetingReason.NO_TIME)
    told = [
        "PROPOSE_MEETINGS ACCEPTOR",
        "COUNTER_MEETING SEEKER",
        "CHOOSE_MEETING ACCEPTOR",
        "CONFIRM_MEETING COORDINATOR",
        "MOVE_MEETING ACCEPTOR",
        "CHOOSE_MEETING SEEKER",
        "CONFIRM_MEETING COORDINATOR",
        "CANCEL_MEETING SEEKER",
    ]
    stranger = await make_assistant(place)
    for viewer in (pair.seeker, pair.helper, pair.coordinator):
        client = await as_(await User.get(id=viewer.id))
        assert await meeting_steps(client, pair.order) == told
    assert await meeting_steps(await as_(place.officer), pair.order, "en") == told
    assert await timeline(await as_(stranger), await Order.get(id=pair.order)) == []
