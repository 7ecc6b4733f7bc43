"""Registering by the API's own forms: drawn, checked, stored and released, role by role."""

import secrets
from typing import Any

import pytest

from domain.form import FORMS, FormName
from domain.states import ApplicationState
from models.application import Application
from models.match import Match
from models.provider import Coordinator, Provider
from models.user import Assistant, AssistantActivity, User
from tests.graph import As, Client
from tests.orders import ask, make_order
from tests.people import (
    CONSENTS,
    Place,
    make_assistant,
    make_coordinator,
    make_provider,
    make_seeker,
)
from tests.people import release as release_by_rows

FORM = """query($name: FormName!) { form(name: $name) { name title groups { fields label }
  fields { name kind label help purpose retention required limit low high
    options { code label group } onlyWith { field values } } } }"""
ANSWER = """{ __typename ... on RegistrationReceived { message }
  ... on Refusal { code field } ... on InputRefused { problems { code field } } }"""
PERSON = {
    "email": "jana@assistenz.example",
    "password": "sieben-blaue-Regenschirme",
    "firstName": "Jana",
    "lastName": "Neu",
    "postcode": "37154",
    "mobile": "0170 1",
}


@pytest.fixture(autouse=True)
def somebody_else() -> None:
    """Registrations are limited by address; Redis outlives a test."""
    PERSON["email"] = f"jana-{secrets.token_hex(4)}@assistenz.example"


async def register(client: Client, role: str, **said: Any) -> dict[str, Any]:
    query = f"mutation($i: Register{role}Input!) {{ register{role}(input: $i) {ANSWER} }}"
    values = {**PERSON, "consents": CONSENTS, **said}
    answer: dict[str, Any] = (await client.data(query, i=values))[f"register{role}"]
    return answer


async def newest() -> User:
    return await User.get(email=PERSON["email"])


@pytest.mark.parametrize("name", FormName)
@pytest.mark.parametrize("language", ["de", "de-x-leicht", "en"])
async def test_a_form_says_everything_that_a_front_end_has_to_draw(
    anonymous: Client, place: Place, name: FormName, language: str
) -> None:
    anonymous.headers["Accept-Language"] = language
    found = (await anonymous.data(FORM, name=name.value))["form"]
    assert [each["name"] for each in found["fields"]] == [each.name for each in FORMS[name].fields]
    for each in found["fields"]:
        assert all(each[part] for part in ("label", "help", "purpose", "retention"))
        choosing = each["kind"] in {"CHOICE", "ACTIVITIES", "QUALITIES", "LANGUAGES"}
        assert bool(each["options"]) is choosing
    assert found["title"]
    assert found["groups"][0]["fields"] == ["phone", "mobile"]


@pytest.mark.parametrize(
    "name", ["Seeker", "Assistant", "Provider", "Coordinator", "Representative"]
)
async def test_an_empty_form_is_refused_by_the_same_definition(
    anonymous: Client, place: Place, name: str
) -> None:
    query = f"mutation {{ register{name}(input: {{}}) {ANSWER} }}"
    answer = (await anonymous.data(query))[f"register{name}"]
    definition = (await anonymous.data(FORM, name=name.upper()))["form"]
    has_default = {"actingFor", "languages", "radiusKm"}
    required = {
        each["name"]
        for each in definition["fields"]
        if each["required"] and not each["onlyWith"] and each["name"] not in has_default
    }
    found = {(each["code"], each["field"]) for each in answer["problems"]}
    assert found - {("POSTCODE_UNKNOWN", "postcode")} == {
        ("FIELD_REQUIRED", each) for each in required
    } | {("GROUP_REQUIRED", "phone"), ("CONSENT_MISSING", "consents")}
    assert not await User.filter(email="").exists()


async def test_an_assistant_registers_through_a_provider(anonymous: Client, place: Place) -> None:
    house = await make_provider(place)
    await make_coordinator(place, house)
    (choice,) = (await anonymous.data("{ providers { nodes { id name } } }"))["providers"]["nodes"]
    said: dict[str, Any] = {
        "activities": ["HAU_EINKAUFEN"],
        "employment": "EMPLOYED",
        "languages": ["de", "tr"],
    }
    said |= {"qualities": ["ALL_NICHTRAUCHER"], "hasCar": True, "radiusKm": 12}
    done = await register(anonymous, "Assistant", providerId=choice["id"], **said)
    assert done["__typename"] == "RegistrationReceived"
    profile = await Assistant.get(id=(await newest()).id)
    assert (profile.languages, profile.radius_km, profile.has_car) == ("de tr", 12, True)
    assert profile.provider_id is None
    application = await Application.get(user_id=profile.id)
    assert (application.provider_id, application.state) == (house.id, ApplicationState.PREPARED)
    assert profile.latitude == place.municipality.latitude
    assert profile.proofs_until is None
    assert await AssistantActivity.filter(assistant_id=profile.id).count() == 1


async def test_a_provider_that_nobody_speaks_for_cannot_be_chosen(
    anonymous: Client, place: Place
) -> None:
    house = await make_provider(place)
    key = f"provider_03155_{house.id.hex}"
    assert (await anonymous.data("{ providers { totalCount } }"))["providers"]["totalCount"] == 0
    refused = await register(anonymous, "Coordinator", providerId=key)
    assert (refused["code"], refused["field"]) == ("PROVIDER_UNKNOWN", "providerId")


async def test_a_provider_takes_part_once_its_first_coordinator_is_released(
    anonymous: Client, as_: As, place: Place
) -> None:
    said = {"providerName": "Haus Sonne", "providerEmail": "info@sonne.example"}
    said |= {"providerPhone": "05551 9"}
    done = await register(anonymous, "Provider", **said, activities=["HAU_EINKAUFEN"])
    assert done["__typename"] == "RegistrationReceived"
    user, house = await newest(), await Provider.get(name="Haus Sonne")
    assert (await Coordinator.get(id=user.id)).provider_id == house.id
    desk, key = await as_(place.officer), f"user_03155_{user.id.hex}"
    query = (
        "query($id: ID!) { node(id: $id) { ... on User { nextStep availableActions { code } } } }"
    )
    node = (await desk.data(query, id=key))["node"]
    assert [each["code"] for each in node["availableActions"]][:2] == [
        "RECORD_IDENTITY_CHECK",
        "RELEASE_ACCOUNT",
    ]
    early = await desk.do(
        "releaseAccount", {"userId": key}, "... on StateRefused { problems { code } }"
    )
    assert {each["code"] for each in early["problems"]} == {
        "EMAIL_NOT_CONFIRMED",
        "IDENTITY_CHECK_MISSING",
    }
    await User.filter(id=user.id).update(email_confirmed_at=user.created_at)
    check = {"document": "PASSPORT", "verdict": "CONFIRMED", "checkedOn": "2026-01-05"}
    await desk.do("recordIdentityCheck", {"userId": key, **check}, "... on User { id }")
    await desk.do("releaseAccount", {"userId": key}, "... on User { state }")
    assert (await anonymous.data("{ providers { totalCount } }"))["providers"]["totalCount"] == 1


async def test_a_name_that_another_provider_has_is_refused(anonymous: Client, place: Place) -> None:
    house = await make_provider(place)
    said = {"providerEmail": "info@sonne.example", "providerPhone": "05551 9"}
    refused = await register(anonymous, "Provider", providerName=house.name, **said)
    assert (refused["code"], refused["field"]) == ("NAME_TAKEN", "providerName")


async def test_a_registration_that_nobody_confirmed_gives_way_to_one_of_another_role(
    anonymous: Client, place: Place
) -> None:
    said = {"providerEmail": "info@sonne.example", "providerPhone": "05551 9"}
    await register(anonymous, "Provider", providerName="Haus Mond", **said)
    first = await newest()
    done = await register(anonymous, "Seeker")
    assert done["__typename"] == "RegistrationReceived"
    again = await newest()
    assert (again.id, again.role.value) == (first.id, "SEEKER")
    assert not await Provider.filter(name="Haus Mond").exists()
    assert not await Coordinator.filter(id=first.id).exists()
    await release_by_rows(await as_confirmed(again), place.officer.id)
    await register(anonymous, "Provider", providerName="Haus Mond", **said)
    assert (await newest()).role.value == "SEEKER"


async def test_a_provider_with_a_past_stays_when_a_registration_for_it_gives_way(
    anonymous: Client, place: Place
) -> None:
    house = await make_provider(place)
    speaker = await make_coordinator(place, house)
    await ask(await make_order(await make_seeker(place)))
    assert await Match.filter(provider_id=house.id).exists()
    key = f"provider_03155_{house.id.hex}"
    await register(anonymous, "Coordinator", providerId=key)
    await Coordinator.filter(id=speaker.id).delete()
    await register(anonymous, "Seeker")
    assert not await Coordinator.filter(provider_id=house.id).exists()
    assert await Provider.filter(id=house.id).exists()
    assert await Match.filter(provider_id=house.id).exists()


async def as_confirmed(user: User) -> User:
    await User.filter(id=user.id).update(email_confirmed_at=user.created_at)
    return await User.get(id=user.id)


async def test_a_profile_is_changed_and_a_stale_change_gets_the_present_one(
    as_: As, place: Place
) -> None:
    user = await make_assistant(place)
    client = await as_(user)
    fields = "... on User { version mobile assistant { introduction radiusKm } }"
    said = {"mobile": "0170 5", "radiusKm": 7, "introduction": None, "ifVersion": user.version}
    done = await client.do("updateProfile", said, fields)
    assert done["assistant"] == {"introduction": "Ich helfe gern.", "radiusKm": 7}
    stale = "... on StaleRefused { currentVersion current { ... on User { mobile } } }"
    refused = await client.do("updateProfile", said, stale)
    assert (refused["currentVersion"], refused["current"]) == (
        done["version"],
        {"mobile": "0170 5"},
    )
    told = await client.do("updateProfile", {"language": "LEICHT"}, "... on User { language }")
    assert told["language"] == "de-x-leicht"
    hint = "... on User { assistant { introductionWarnings { code } } }"
    told = await client.do("updateProfile", {"introduction": "Ich bin da: 0170 1234567."}, hint)
    assert told["assistant"] == {"introductionWarnings": [{"code": "PHONE"}]}
    wrong = await client.do("updateProfile", {"needs": ["HAU_EINKAUFEN"]}, "")
    assert (wrong["code"], wrong["field"]) == ("PROFILE_FIELD_FOREIGN", "needs")
