"""Talks over the graph: what people and the desk see of them, and what they are told to do."""

from datetime import UTC, datetime, timedelta
from typing import Any

from domain.ids import encode
from domain.user import TalkChannel, TalkOutcome
from models.talk import TalkBooking, TalkSlot
from tests.graph import As, Client
from tests.people import Place, make_seeker
from tests.talks import make_slot

SLOTS = (
    "{ talkSlots { totalCount nodes { id startsAt booking { state wishes user { firstName } } } } }"
)
ME = """{ viewer { nextStep user { nextStep talkBooking { id state version slot { startsAt } }
  availableActions { code available blockedReason }
  talks { id answers { careGrade corrected correctedBy correctedAt } } } } }"""
SOON = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=4)


async def slots(client: Client) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = (await client.data(SLOTS))["talkSlots"]["nodes"]
    return nodes


async def me(client: Client) -> dict[str, Any]:
    viewer: dict[str, Any] = (await client.data(ME))["viewer"]
    return viewer


async def test_the_way_of_a_talk_from_the_offer_to_the_correction(place: Place, as_: As) -> None:
    desk, seeker = await as_(place.officer), await make_seeker(place, released=False)
    person = await as_(seeker)
    days = {
        "from": (SOON - timedelta(days=2)).date().isoformat(),
        "to": (SOON + timedelta(days=5)).date().isoformat(),
    }
    offered = await desk.do(
        "publishTalkSlots", days, "... on TalkSlotsChanged { message nextStep }"
    )
    assert offered["message"]
    found = await slots(person)
    assert found == sorted(found, key=lambda each: each["startsAt"])
    assert await slots(desk) == found

    before = await me(person)
    assert before["nextStep"] == "Bitte buchen Sie einen Termin für das Kennenlern-Gespräch."
    assert [(each["code"], each["available"]) for each in before["user"]["availableActions"]] == [
        ("BOOK_TALK", True),
        ("CANCEL_TALK", False),
    ]
    wish = {"slotId": found[4]["id"], "channel": "PHONE", "wishes": ["PLAIN_LANGUAGE"]}
    booked = await person.do("bookTalk", wish, "... on User { nextStep }")
    assert booked["nextStep"].startswith("Ihr Kennenlern-Gespräch ist am ")
    after = await me(person)
    assert after["nextStep"] == booked["nextStep"]
    assert after["user"]["talkBooking"]["slot"]["startsAt"] == found[4]["startsAt"]
    (taken,) = [each for each in await slots(desk) if each["booking"]]
    assert taken["booking"]["user"]["firstName"] == seeker.first_name
    assert taken["booking"]["wishes"] == ["PLAIN_LANGUAGE"]

    record = {
        "userId": encode("user", "03155", seeker.id),
        "channel": "PHONE",
        "outcome": "DONE",
        "heldAt": datetime.now(UTC).isoformat(),
        "careGrade": 3,
        "bookingId": after["user"]["talkBooking"]["id"],
    }
    await desk.do("recordTalk", record, "... on User { nextStep }")
    held = (await me(person))["user"]
    assert held["talkBooking"] is None
    assert held["availableActions"] == []
    (talk,) = held["talks"]
    assert talk["answers"]["corrected"] is False
    change = {"talkId": talk["id"], "careGrade": None}
    assert "code" not in await person.do("correctTalkAnswers", change, "... on User { id }")
    (talk,) = (await me(person))["user"]["talks"]
    assert talk["answers"]["careGrade"] is None
    assert talk["answers"]["correctedBy"] == "SEEKER"
    assert talk["answers"]["correctedAt"]


async def test_people_see_the_free_slots_ahead_and_their_own(place: Place, as_: As) -> None:
    free = await make_slot(place, SOON)
    withdrawn = await make_slot(place, SOON + timedelta(hours=1))
    await TalkSlot.filter(id=withdrawn.id).update(cancelled_at=SOON)
    await make_slot(place, datetime.now(UTC) - timedelta(hours=2))
    taken = await make_slot(place, SOON + timedelta(hours=2))
    other, seeker = (
        await make_seeker(place, released=False),
        await make_seeker(place, released=False),
    )
    await TalkBooking.create(
        slot_id=taken.id, user_id=other.id, channel=TalkChannel.PHONE, wishes=[], version=1
    )
    person = await as_(seeker)
    assert [each["id"] for each in await slots(person)] == [encode("talkslot", "03155", free.id)]
    assert len(await slots(await as_(other))) == 2
    assert await slots(await as_(await make_seeker(place))) == []
    assert len(await slots(await as_(place.officer))) == 4


async def test_nobody_sees_who_has_booked_but_staff_and_the_person(
    place: Place, as_: As, anonymous: Client
) -> None:
    assert await slots(anonymous) == []
    slot, seeker = await make_slot(place, SOON), await make_seeker(place, released=False)
    await TalkBooking.create(
        slot_id=slot.id, user_id=seeker.id, channel=TalkChannel.PHONE, wishes=[], version=1
    )
    (own,) = await slots(await as_(seeker))
    assert own["booking"]["state"] == "BOOKED"
    assert await slots(await as_(await make_seeker(place, released=False))) == []


async def test_slots_can_be_asked_for_by_when_they_begin(place: Place, as_: As) -> None:
    for day in range(3):
        await make_slot(place, SOON + timedelta(days=day))
    desk = await as_(place.officer)
    page = "{ totalCount nodes { startsAt } }"
    text = f"query($where: TalkSlotFilter) {{ talkSlots(where: $where) {page} }}"
    where = {
        "startsAtFrom": (SOON + timedelta(days=1)).isoformat(),
        "startsAtUntil": (SOON + timedelta(days=2)).isoformat(),
    }
    found = (await desk.data(text, where=where))["talkSlots"]
    assert found["totalCount"] == len(found["nodes"]) == 1
    refused = await desk.send(text, where={"startsAtFrom": "2026-01-01T00:00:00"})
    assert refused["errors"]


async def test_the_desk_sees_who_waits_who_missed_and_whom_to_call(place: Place, as_: As) -> None:
    desk, seeker = await as_(place.officer), await make_seeker(place, released=False)
    person = await as_(seeker)
    steps = []
    for number in range(2):
        slot = await make_slot(place, SOON + timedelta(days=number))
        wish = {"slotId": encode("talkslot", "03155", slot.id), "channel": "VIDEO"}
        await person.do("bookTalk", wish, "... on User { id }")
        record = {
            "userId": encode("user", "03155", seeker.id),
            "channel": "VIDEO",
            "outcome": TalkOutcome.FAILED.value,
            "heldAt": datetime.now(UTC).isoformat(),
            "bookingId": (await me(person))["user"]["talkBooking"]["id"],
        }
        refused = await desk.do("recordTalk", record, "")
        assert refused["code"] == "TALK_NOT_BEGUN"
        over = datetime.now(UTC) - timedelta(hours=2 - number)
        await TalkSlot.filter(id=slot.id).update(
            starts_at=over, ends_at=over + timedelta(minutes=30)
        )
        told = await desk.do("recordTalk", record, "... on User { nextStep }")
        steps.append((told["nextStep"], (await me(person))["nextStep"]))
    assert [desk_step for desk_step, _own in steps] == [
        "Die Person hat das Gespräch verpasst und kann neu buchen.",
        "Die Person hat mehrmals verpasst: Bitte rufen Sie an.",
    ]
    assert "neuen Termin" in steps[0][1]
    assert "ruft Sie an" in steps[1][1]
