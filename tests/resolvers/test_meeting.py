"""Meetings through the graph: buttons, next steps, what each side sees, and live."""

from datetime import timedelta
from typing import Any

from models.user import User
from services import clock
from services.order import withdraw_order
from tests.graph import As
from tests.meetings import VIDEO, awarded, choose, propose, rooms
from tests.people import Place, make_provider

START = clock.now().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=3)
FIELDS = """... on Meeting { id version state kind startsAt place link reason nextStep proposedBy
  dates { id startsAt chosen } people { side you confirmed firstName } warnings { code }
  availableActions { code available blockedReason } match { id state } }"""


def buttons(meeting: dict[str, Any]) -> set[str]:
    return {each["code"] for each in meeting["availableActions"] if each["available"]}


async def test_two_sides_agree_through_the_graph(as_: As, owner_url: str, place: Place) -> None:
    pair = await awarded(owner_url, place)
    assert pair.helper is not None
    seeker, helper = [await as_(await User.get(id=each.id)) for each in (pair.seeker, pair.helper)]
    (match,) = (await helper.data("{ matches { nodes { id } } }"))["matches"]["nodes"]
    asked = {
        "matchId": match["id"],
        "kind": "INTRODUCTION",
        "minutes": 60,
        "place": "Rathaus",
        "dates": [START.isoformat(), (START + timedelta(days=1)).isoformat()],
    }
    meeting = await helper.do("proposeMeetings", asked, FIELDS)
    assert meeting["state"] == "PROPOSED"
    assert buttons(meeting) == {"MOVE_MEETING", "CANCEL_MEETING"}
    assert meeting["nextStep"] == "Jetzt wählt die andere Seite einen der Termine."
    seen = (await seeker.data(f"{{ meetings {{ nodes {{ __typename {FIELDS} }} }} }}"))["meetings"]
    assert buttons(seen["nodes"][0]) == {"CHOOSE_MEETING", "MOVE_MEETING", "CANCEL_MEETING"}
    date = seen["nodes"][0]["dates"][1]["id"]
    said = {"meetingId": meeting["id"], "dateId": date}
    chosen = await seeker.do("chooseMeeting", said, FIELDS)
    assert (chosen["state"], chosen["match"]["state"]) == ("CONFIRMED", "MEETING")
    assert all(each["confirmed"] for each in chosen["people"])
    assert [each["side"] for each in chosen["people"] if each["you"]] == ["SEEKER"]
    early = await seeker.do(
        "recordMeeting", {"meetingId": meeting["id"], "outcome": "HELD"}, FIELDS
    )
    assert early["code"] == "MEETING_NOT_BEGUN"
    this = {"meetingId": meeting["id"]}
    stale = await helper.do("cancelMeeting", {**this, "reason": "OTHER", "ifVersion": 1}, FIELDS)
    assert stale["code"] == "STALE"
    ended = await helper.do(
        "cancelMeeting", {"meetingId": meeting["id"], "reason": "OTHER"}, FIELDS
    )
    assert (ended["state"], ended["reason"]) == ("CANCELLED", "OTHER")
    assert buttons(ended) == set()
    assert [p["firstName"] is None for p in ended["people"]] == [
        not p["you"] for p in ended["people"]
    ]


async def test_a_meeting_of_a_withdrawn_order_promises_no_other_dates(
    as_: As, owner_url: str, place: Place
) -> None:
    pair = await awarded(owner_url, place)
    assert pair.helper is not None
    await propose(pair.helper, pair, START)
    await withdraw_order(pair.seeker, None, pair.order)
    helper = await as_(await User.get(id=pair.helper.id))
    seen = (await helper.data(f"{{ meetings {{ nodes {{ {FIELDS} }} }} }}"))["meetings"]["nodes"]
    assert [each["reason"] for each in seen] == ["MATCH_ENDED"]
    assert seen[0]["nextStep"] == "Das Treffen ist abgesagt, und ein neues gibt es nicht."


async def test_the_coordinator_confirms_and_staff_looks_on(
    as_: As, owner_url: str, place: Place
) -> None:
    pair = await awarded(owner_url, place, employer=await make_provider(place))
    assert pair.helper is not None
    assert pair.coordinator is not None
    meeting = await choose(pair.seeker, await propose(pair.helper, pair, START))
    del meeting
    coordinator = await as_(await User.get(id=pair.coordinator.id))
    (seen,) = (await coordinator.data(f"{{ meetings {{ nodes {{ {FIELDS} }} }} }}"))["meetings"][
        "nodes"
    ]
    assert "CONFIRM_MEETING" in buttons(seen)
    done = await coordinator.do("confirmMeeting", {"meetingId": seen["id"]}, FIELDS)
    assert done["state"] == "CONFIRMED"
    officer = await as_(place.officer)
    (shown,) = (await officer.data(f"{{ meetings {{ nodes {{ {FIELDS} }} }} }}"))["meetings"][
        "nodes"
    ]
    assert shown["availableActions"] == []


async def test_the_room_is_for_the_two_who_meet(as_: As, owner_url: str, place: Place) -> None:
    await rooms()
    pair = await awarded(owner_url, place, state="ACCEPTED")
    assert pair.helper is not None
    meeting = await choose(pair.seeker, await propose(pair.helper, pair, START, kind=VIDEO))
    for viewer in (pair.seeker, pair.helper):
        client = await as_(await User.get(id=viewer.id))
        found = await client.data("{ meetings { nodes { link } } }")
        assert found["meetings"]["nodes"] == [{"link": meeting.link}]
    officer = await as_(place.officer)
    assert (await officer.data("{ meetings { nodes { link } } }"))["meetings"]["nodes"] == [
        {"link": None}
    ]
