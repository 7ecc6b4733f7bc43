"""Appointments through the graph: buttons, texts, and what is told to whom at once."""

from datetime import timedelta
from typing import Any

from domain.appointment import CancelReason
from models.appointment import Appointment
from models.user import User
from schema.appointment import looked_for
from services import clock
from services.appointment import agree_appointment, propose_appointment
from services.appointment_end import cancel_appointment
from tests.graph import As
from tests.people import Place, make_assistant, viewer_for
from tests.resolvers import test_live
from tests.resolvers.test_live import Open, _next
from tests.services.contracting import agreed
from tests.services.dating import NOBODY, at, contract_of, fixed, served

follow = test_live.follow
FIELDS = (
    "... on Appointment { id version state nextStep warnings { code } clientName address "
    "availableActions { code available blockedReason } }"
)
FOLLOW = """subscription($after: String) { appointmentsChanged(after: $after) { __typename
  ... on AppointmentChanged { appointment { state version warnings { code } } } } }"""


def buttons(found: dict[str, Any]) -> set[str]:
    return {each["code"] for each in found["availableActions"] if each["available"]}


async def test_both_sides_arrange_a_date(as_: As, owner_url: str, place: Place) -> None:
    both, contract = await agreed(owner_url, place)
    seeker, helper = [await as_(await User.get(id=v.id)) for v in (both.seeker, both.helper)]
    span = at("09:00")
    given = {
        "contractId": f"contract_03155_{contract.id.hex}",
        "startsAt": span.begins.isoformat(),
        "endsAt": span.ends.isoformat(),
    }
    made = await seeker.do("proposeAppointment", given, FIELDS)
    assert (made["state"], buttons(made)) == (
        "CLIENT_AGREED",
        {"MOVE_APPOINTMENT", "CANCEL_APPOINTMENT"},
    )
    yes = {"appointmentId": made["id"], "ifVersion": made["version"]}
    done = await helper.do("agreeAppointment", yes, FIELDS)
    assert done["state"] == "FIXED"
    assert done["clientName"]
    assert done["address"].endswith(f" {place.municipality.name}"), "street, postcode and town"
    stale = await helper.do("moveAppointment", yes | _times(), FIELDS)
    assert stale["code"] == "STALE"
    early = {"appointmentId": made["id"], **_times("startedAt", "endedAt")}
    refused = await helper.do("recordAppointment", early, FIELDS)
    assert refused["code"] == "APPOINTMENT_NOT_BEGUN"
    listed = await helper.data(
        "query($c: ID!, $w: AppointmentFilter) { contract(id: $c) { availableActions "
        "{ code available } appointments { nodes { state } } } "
        "appointments(where: $w) { totalCount } }",
        c=given["contractId"],
        w={
            "state": ["FIXED"],
            "startsAtFrom": given["startsAt"],
            "contractId": given["contractId"],
        },
    )
    assert listed["contract"]["appointments"]["nodes"] == [{"state": "FIXED"}]
    assert buttons(listed["contract"]) >= {"PROPOSE_APPOINTMENT", "PLAN_APPOINTMENTS"}
    assert listed["appointments"]["totalCount"] == 1
    gone = {"appointmentId": made["id"], "reason": "CLIENT_ILL"}
    assert (await seeker.do("cancelAppointment", gone, FIELDS))["state"] == "CANCELLED"


def _times(*names: str) -> dict[str, str]:
    first, last = names or ("startsAt", "endsAt")
    span = at("15:00")
    return {first: span.begins.isoformat(), last: span.ends.isoformat()}


async def test_everybody_concerned_learns_of_a_date_at_once(
    owner_url: str, place: Place, follow: Open
) -> None:
    house = await served(owner_url, place)
    people = [await User.get(id=v.id) for v in (house.seeker, house.helper, house.coordinator)]
    stranger = await make_assistant(place)
    async with (
        follow(people[0], FOLLOW) as client,
        follow(people[1], FOLLOW) as comer,
        follow(people[2], FOLLOW) as desk,
        follow(stranger, FOLLOW) as other,
    ):
        streams = (client, comer, desk)
        for stream in (*streams, other):
            assert (await _next(stream))["__typename"] == "AppointmentsReady"
        row = await propose_appointment(house.seeker, None, house.contract, at("09:00"))
        for stream in streams:
            assert (await _next(stream))["appointment"]["state"] == "CLIENT_AGREED"
    assert await Appointment.filter(id=row.id).count() == 1


async def _from(stream: Any, version: int) -> Any:
    """What an appointment says from a version on; earlier events may still be on their way."""
    while (found := (await _next(stream))["appointment"])["version"] < version:
        pass
    return found


async def test_whoever_is_no_longer_alone_with_the_client_learns_of_it_at_once(
    owner_url: str, place: Place, follow: Open
) -> None:
    both, contract = await agreed(owner_url, place)
    first = await fixed(both, contract, at("09:00"))
    second = await viewer_for(await make_assistant(place))
    other = await contract_of(owner_url, place, both.seeker.id or NOBODY, second.id or NOBODY)
    row = await propose_appointment(second, None, other, at("10:00"))
    async with follow(await User.get(id=both.helper.id), FOLLOW) as helper:
        assert (await _next(helper))["__typename"] == "AppointmentsReady"
        await agree_appointment(both.seeker, None, row.id, row.version)
        marked = {"state": "FIXED", "version": first.version + 1}
        beside = {"warnings": [{"code": "BESIDE_ANOTHER"}]}
        assert await _from(helper, first.version + 1) == marked | beside
        await cancel_appointment(second, None, row.id, CancelReason.NO_TIME)
        alone = {"state": "FIXED", "version": first.version + 2, "warnings": []}
        assert await _from(helper, first.version + 2) == alone


async def test_a_short_rest_is_told_to_the_side_that_works(
    as_: As, owner_url: str, place: Place
) -> None:
    house = await served(owner_url, place)
    row = await propose_appointment(house.seeker, None, house.contract, at("09:00"))
    await Appointment.filter(id=row.id).update(short_rest=True, beside_another=True)
    query = "query($id: ID!) { appointment(id: $id) { warnings { code } } }"
    wanted = {
        house.seeker: ["BESIDE_ANOTHER"],
        house.coordinator: ["SHORT_REST", "BESIDE_ANOTHER"],
    }
    for viewer, codes in wanted.items():
        client = await as_(await User.get(id=viewer.id))
        found = await client.data(query, id=f"appointment_03155_{row.id.hex}")
        assert [each["code"] for each in found["appointment"]["warnings"]] == codes


def test_a_gap_is_none_once_the_appointment_has_begun() -> None:
    now = clock.now()
    soon = now + timedelta(minutes=1)
    assert looked_for(gap=True, starts_at=soon, now=now)
    assert not looked_for(gap=True, starts_at=now, now=now)
    assert not looked_for(gap=False, starts_at=soon, now=now)


async def test_a_gap_is_filled_and_the_name_comes_with_the_yes(
    as_: As, owner_url: str, place: Place
) -> None:
    both, contract = await agreed(owner_url, place)
    other = await make_assistant(place)
    row = await fixed(both, contract, at("09:00"))
    await cancel_appointment(both.helper, None, row.id, CancelReason.ASSISTANT_ILL)
    seeker, helper, stand_in = [
        await as_(await User.get(id=each)) for each in (both.seeker.id, both.helper.id, other.id)
    ]
    key = f"appointment_03155_{row.id.hex}"
    listing = "query($id: ID!) { standIns(appointmentId: $id) { assistantId firstName } }"
    assert (await helper.data(listing, id=key))["standIns"] == []
    (found,) = (await seeker.data(listing, id=key))["standIns"]
    assert found["firstName"] is None
    looking = "query($id: ID!) { appointment(id: $id) { gap availableActions { code } comerName } }"
    gap = (await seeker.data(looking, id=key))["appointment"]
    assert gap["gap"]
    assert "ASK_STAND_IN" in {each["code"] for each in gap["availableActions"]}
    given = {"appointmentId": key, "assistantId": found["assistantId"]}
    asked = await seeker.do("askStandIn", given, FIELDS)
    assert (asked["state"], buttons(asked)) == ("PROPOSED", {"CANCEL_APPOINTMENT"})
    mine = (await seeker.data(looking, id=asked["id"]))["appointment"]
    assert mine["comerName"] is None
    yes = {"appointmentId": asked["id"], "ifVersion": asked["version"]}
    said = await stand_in.do("agreeAppointment", yes, FIELDS)
    assert (said["clientName"], said["address"]) == (None, None)
    mine = (await seeker.data(looking, id=asked["id"]))["appointment"]
    assert mine["comerName"] == other.first_name
    done = await seeker.do("agreeAppointment", yes | {"ifVersion": said["version"]}, FIELDS)
    assert done["state"] == "FIXED"
    theirs = await stand_in.data(
        "query($id: ID!) { appointment(id: $id) { clientName address } }", id=asked["id"]
    )
    assert all(theirs["appointment"].values())
