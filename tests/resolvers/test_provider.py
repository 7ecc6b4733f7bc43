"""Providers and their people over HTTP: what each side is shown, and what a client can do."""

from typing import Any

import pytest

from domain.provider import CoordinatorRole
from models.application import Application
from models.provider import Provider
from models.user import User
from services.clock import today
from tests.graph import As, Client
from tests.people import (
    Place,
    make_assistant,
    make_coordinator,
    make_provider,
    make_seeker,
)

ADMIN = CoordinatorRole.ADMIN
TEAM = "query($id: ID!) { node(id: $id) { ... on Provider { %s } } }"
INSIDE = "coordinators { id role email availableActions { code } } availableActions { code }"


def key(kind: str, row: Any) -> str:
    return f"{kind}_03155_{row.id.hex}"


@pytest.fixture
async def house(place: Place) -> Provider:
    return await make_provider(place)


@pytest.fixture
async def lead(as_: As, place: Place, house: Provider) -> Client:
    return await as_(await make_coordinator(place, house, ADMIN))


async def test_who_speaks_for_a_provider_is_shown_inside_alone(
    as_: As, anonymous: Client, place: Place, house: Provider, lead: Client
) -> None:
    speaker = await as_(await make_coordinator(place, house))
    stranger = await as_(await make_coordinator(place, await make_provider(place), ADMIN))
    seeker = await as_(await make_seeker(place))
    query = TEAM % INSIDE
    for outsider in (stranger, seeker, anonymous):
        shown = (await outsider.data(query, id=key("provider", house)))["node"]
        assert shown == {"coordinators": [], "availableActions": []}
    shown = (await lead.data(query, id=key("provider", house)))["node"]
    codes = [[each["code"] for each in one["availableActions"]] for one in shown["coordinators"]]
    assert codes == [["SET_COORDINATOR_ROLE", "REMOVE_COORDINATOR"]] * 2
    shown = (await speaker.data(query, id=key("provider", house)))["node"]
    codes = [[each["code"] for each in one["availableActions"]] for one in shown["coordinators"]]
    assert codes == [[], ["REMOVE_COORDINATOR"]]
    desk = await as_(place.officer)
    shown = (await desk.data(query, id=key("provider", house)))["node"]
    assert [each["code"] for each in shown["availableActions"]] == ["RECORD_RECOGNITION"]


async def test_a_provider_changes_what_it_says_and_sets_its_prices(
    lead: Client, place: Place, house: Provider
) -> None:
    said: dict[str, Any] = {
        "introduction": "Wir sind da.",
        "municipalityIds": [f"municipality_03155_{place.municipality.id.hex}"],
        "acceptedPayers": ["PRIVATE"],
        "ifVersion": 1,
    }
    fields = "... on Provider { introduction acceptedPayers municipalities { name } version }"
    done = await lead.do("updateProvider", said, fields)
    assert done["introduction"] == "Wir sind da."
    assert (done["acceptedPayers"], done["municipalities"]) == (
        ["PRIVATE"],
        [{"name": "Northeim"}],
    )
    stale = await lead.do(
        "updateProvider",
        said,
        "... on StaleRefused { current { ... on Provider { version } } }",
    )
    assert stale["current"] == {"version": 2}
    price = {"payer": "PRIVATE", "hourlyCents": 3250, "validFrom": today().isoformat()}
    fields = "... on Provider { prices { payer payerLabel hourlyCents validFrom validUntil } }"
    (found,) = (await lead.do("setPrice", price, fields))["prices"]
    assert found == price | {"payerLabel": "Private Zahlung", "validUntil": None}
    refused = await lead.do("setPrice", price | {"hourlyCents": 0}, "")
    assert (refused["code"], refused["field"]) == ("NUMBER_OUT_OF_RANGE", "hourlyCents")


async def test_staff_records_what_is_recognised(as_: As, place: Place, house: Provider) -> None:
    desk = await as_(place.officer)
    said = {"providerId": key("provider", house), "kind": "CARE_SERVICE", "validFrom": "2026-01-01"}
    fields = "... on Provider { recognitions { kind validFrom validUntil } }"
    done = await desk.do("recordRecognition", said | {"validUntil": "2099-01-01"}, fields)
    assert {"kind": "CARE_SERVICE", "validFrom": "2026-01-01", "validUntil": "2099-01-01"} in done[
        "recognitions"
    ]


async def test_somebody_applies_is_looked_at_and_taken_in(
    as_: As, place: Place, house: Provider, lead: Client
) -> None:
    user = await make_assistant(place, provider=house, released=False)
    removed = await lead.do("removeAssistant", {"assistantId": key("assistant", user)}, "")
    assert removed["__typename"] == "MembershipEnded"
    me = await as_(user)
    own = "{ viewer { nextStep user { availableActions { code } } } }"
    codes = (await me.data(own))["viewer"]["user"]["availableActions"]
    assert {"code": "ATTACH_TO_PROVIDER"} in codes
    fields = "... on Application { id version state provider { name } }"
    done = await me.do("attachToProvider", {"providerId": key("provider", house)}, fields)
    assert (done["state"], done["provider"]) == ("WAITING", {"name": house.name})
    query = (
        "{ applications { totalCount nodes { id role assistant { firstName }"
        " availableActions { code } } } }"
    )
    (waiting,) = (await lead.data(query))["applications"]["nodes"]
    assert (waiting["id"], waiting["role"]) == (done["id"], "ASSISTANT")
    assert waiting["assistant"] == {"firstName": user.first_name}
    assert [each["code"] for each in waiting["availableActions"]] == [
        "APPROVE_APPLICATION",
        "REJECT_APPLICATION",
    ]
    (mine,) = (await me.data(query))["applications"]["nodes"]
    assert [each["code"] for each in mine["availableActions"]] == ["WITHDRAW_APPLICATION"]
    taken = await lead.do(
        "approveApplication",
        {"applicationId": done["id"], "ifVersion": done["version"]},
        "... on Application { state stateLabel }",
    )
    assert (taken["state"], taken["stateLabel"]) == ("APPROVED", "Aufgenommen")
    refused = await lead.do("rejectApplication", {"applicationId": done["id"]}, "")
    assert refused["code"] == "STATE_REFUSED"


async def test_what_happens_next_names_the_provider_on_the_way(
    as_: As, place: Place, house: Provider
) -> None:
    user = await make_assistant(place, provider=house)
    me = await as_(user)
    await me.do("removeAssistant", {"assistantId": key("assistant", user)}, "")
    step = (await me.data("{ viewer { nextStep } }"))["viewer"]["nextStep"]
    assert step == "Bitte bewerben Sie sich bei einem Leistungs-Anbieter."
    await make_coordinator(place, house)
    await me.do("attachToProvider", {"providerId": key("provider", house)}, "")
    step = (await me.data("{ viewer { nextStep } }"))["viewer"]["nextStep"]
    assert step.startswith("Der Leistungs-Anbieter entscheidet")


async def test_the_team_is_invited_given_roles_and_left(
    as_: As, place: Place, house: Provider, lead: Client
) -> None:
    colleague = await make_coordinator(place, house)
    done = await lead.do(
        "inviteCoordinator",
        {"email": "neu@assistenz-portal.example", "role": "ADMIN"},
        "... on InvitationSent { message nextStep }",
    )
    assert done["message"] == "Die Einladung ist unterwegs."
    query = "{ applications { totalCount } }"
    assert (await lead.data(query))["applications"]["totalCount"] == 0
    person = {"coordinatorId": key("coordinator", colleague)}
    fields = "... on Provider { coordinators { id role } }"
    roles = (await lead.do("setCoordinatorRole", person | {"role": "ADMIN"}, fields))[
        "coordinators"
    ]
    assert {"id": person["coordinatorId"], "role": "ADMIN"} in roles
    them = await as_(await User.get(id=colleague.id))
    gone = await lead.do("removeCoordinator", person, "... on MembershipEnded { message }")
    assert gone["message"] == "Die Zusammenarbeit ist beendet."
    assert (await them.data("{ viewer { role } }"))["viewer"]["role"] == "ANONYMOUS"
    assert await Application.all().count() == 1


async def test_nobody_but_those_who_lead_may_decide(as_: As, place: Place, house: Provider) -> None:
    speaker = await as_(await make_coordinator(place, house))
    for mutation, said in (
        ("updateProvider", {"phone": "05551 7"}),
        ("setPrice", {"payer": "PRIVATE", "hourlyCents": 1, "validFrom": today().isoformat()}),
        ("inviteCoordinator", {"email": "a@assistenz-portal.example"}),
    ):
        refused = await speaker.do(mutation, said, "")
        assert (refused["__typename"], refused["code"]) == ("NotAllowed", "ADMIN_REQUIRED")
