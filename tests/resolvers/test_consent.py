"""Consents over the graph: read, owed, given and withdrawn."""

from models.consent import Consent
from tests.graph import As, Client
from tests.people import CONSENTS, Place, make_seeker

READ = """{ viewer { owesConsent nextStep user { nextStep } }
  consents { kind version title text withdrawable givenAt } }"""
CHANGED = "... on ConsentsChanged { message consents { kind givenAt } }"


async def test_what_is_owed_is_said_given_and_withdrawn(as_: As, place: Place) -> None:
    user = await make_seeker(place)
    await Consent.filter(user_id=user.id, kind="TERMS").delete()
    client = await as_(user)
    found = await client.data(READ)
    assert found["viewer"]["owesConsent"] is True
    assert "stimmen Sie zu" in found["viewer"]["nextStep"]
    assert {each["kind"] for each in found["consents"] if each["givenAt"] is None} == {"TERMS"}
    assert [each["kind"] for each in found["consents"] if each["withdrawable"]] == ["HEALTH_DATA"]
    refused = await client.do("createOrder", {"kind": "ONE_OFF"}, "... on Refusal { code }")
    assert refused["code"] == "CONSENT_OWED"
    given = {"consents": [{"kind": "TERMS", "version": 1}]}
    done = await client.do("giveConsents", given, CHANGED)
    assert all(each["givenAt"] for each in done["consents"])
    assert (await client.data(READ))["viewer"]["owesConsent"] is False
    done = await client.do("withdrawConsent", {"kind": "HEALTH_DATA"}, CHANGED)
    assert [each["kind"] for each in done["consents"] if not each["givenAt"]] == ["HEALTH_DATA"]
    viewer = (await client.data(READ))["viewer"]
    assert viewer["owesConsent"] is True
    assert viewer["nextStep"] == viewer["user"]["nextStep"]
    assert "neue" not in viewer["nextStep"]


async def test_staff_and_strangers_owe_nothing(as_: As, anonymous: Client, place: Place) -> None:
    for client in (anonymous, await as_(place.officer)):
        found = await client.data(READ)
        assert found["consents"] == []
        assert found["viewer"]["owesConsent"] is False


async def test_a_form_shows_the_texts_that_the_registration_asks_for(anonymous: Client) -> None:
    query = "{ form(name: SEEKER) { consents { kind version title text givenAt } } }"
    found = (await anonymous.data(query))["form"]["consents"]
    assert [{"kind": each["kind"], "version": each["version"]} for each in found] == CONSENTS
    assert all(each["title"] and each["text"] and each["givenAt"] is None for each in found)
