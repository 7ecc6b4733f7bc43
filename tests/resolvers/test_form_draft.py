"""Leaving a registration for later, over HTTP."""

import json

import httpx
import pytest

from tests.graph import As, Client
from tests.people import Place, make_seeker

KEPT = "... on FormDraft { token form expiresAt values { field value } }"
READ = "query($token: String!) { formDraft(token: $token) { form values { field value } } }"
GIVEN = {
    "form": "ASSISTANT",
    "values": [
        {"field": "firstName", "value": '"Jürgen"'},
        {"field": "hasCar", "value": "true"},
        {"field": "activities", "value": '["HAU_EINKAUFEN"]'},
    ],
}


async def test_a_registration_is_left_and_gone_on_with(anonymous: Client, place: Place) -> None:
    kept = await anonymous.do("saveDraft", GIVEN, KEPT)
    assert kept["values"] == GIVEN["values"]
    found = (await anonymous.data(READ, token=kept["token"]))["formDraft"]
    assert found == {"form": "ASSISTANT", "values": kept["values"]}
    done = await anonymous.do(
        "discardDraft", {"token": kept["token"]}, "... on DraftDiscarded { message }"
    )
    assert done["message"]
    assert (await anonymous.data(READ, token=kept["token"]))["formDraft"] is None


async def test_a_password_is_refused_at_its_field(anonymous: Client, place: Place) -> None:
    given = {"form": "SEEKER", "values": [{"field": "password", "value": json.dumps("geheim")}]}
    refused = await anonymous.do("saveDraft", given, KEPT)
    assert (refused["code"], refused["field"]) == ("DRAFT_FIELD_REFUSED", "password")


async def test_whoever_is_signed_in_reads_by_the_token_too(as_: As, place: Place) -> None:
    client = await as_(await make_seeker(place))
    kept = await client.do("saveDraft", GIVEN, KEPT)
    assert (await client.data(READ, token=kept["token"]))["formDraft"]["form"] == "ASSISTANT"


@pytest.mark.parametrize("value", ["Dora", "[" * 3000, '"\\ud800"'])
async def test_a_value_that_is_no_json_is_refused_at_its_field(
    http: httpx.AsyncClient, place: Place, value: str
) -> None:
    given = {"form": "SEEKER", "values": [{"field": "needs", "value": value}]}
    answer = await Client(http, {}).do("saveDraft", given, "... on FormDraft { token }")
    assert (answer["code"], answer["field"]) == ("DRAFT_VALUE_REFUSED", "needs")


@pytest.mark.parametrize("form", ["SEEKER_PROFILE", "CONTACT", "SEEKER_BY_PHONE"])
async def test_only_registrations_are_kept(
    http: httpx.AsyncClient, place: Place, form: str
) -> None:
    given = {"form": form, "values": []}
    answer = await Client(http, {}).do("saveDraft", given, "... on FormDraft { token }")
    assert (answer["code"], answer["field"]) == ("INPUT_REFUSED", "form")
