"""Proofs over the graph: recorded by those who may, and shown to the other side as a badge only."""

from datetime import timedelta
from typing import Any

import pytest

from models.match import Match
from models.order import Order
from models.user import Assistant, User
from notifications.language import Language, text
from services.clock import today
from tests.graph import As
from tests.orders import ask, make_order
from tests.people import Place, make_assistant, make_coordinator, make_provider, make_seeker

RECORD = """mutation($input: RecordEvidenceInput!) { recordEvidence(input: $input) { __typename
  ... on Assistant { proofsHoldUntil proofs { kind state validUntil } }
  ... on Refusal { code field } ... on InputRefused { problems { code field } } } }"""
LETTER = """mutation($input: WriteCertificateLetterInput!) { writeCertificateLetter(input: $input) {
  __typename ... on CertificateLetterWritten { text issuedOn } ... on Refusal { code } } }"""
BADGE = """{ matches { nodes { id proofsExpired nextStep
  availableActions { code available blockedReason }
  assistant { proofsChecked proofsHoldUntil proofs { kind } evidence { id }
    availableActions { code } } } } }"""


def id_of(user: User) -> str:
    return f"assistant_03155_{user.id.hex}"


async def expire(user: User) -> None:
    await Assistant.filter(id=user.id).update(proofs_until=today() - timedelta(days=1))


async def test_a_coordinator_records_and_sees_how_it_stands(as_: As, place: Place) -> None:
    house = await make_provider(place)
    client = await as_(await make_coordinator(place, house))
    user = await make_assistant(place, provider=house)
    ends = (today() + timedelta(days=30)).isoformat()
    said: dict[str, Any] = {"assistantId": id_of(user), "kind": "TRAINING", "verdict": "CONFIRMED"}
    said |= {"seenOn": today().isoformat(), "validUntil": ends, "hours": 8}
    found = (await client.data(RECORD, input=said))["recordEvidence"]
    states = {each["kind"]: (each["state"], each["validUntil"]) for each in found["proofs"]}
    assert found["proofsHoldUntil"] == ends
    assert states["TRAINING"] == ("EXPIRING", ends)
    assert states["INTERVIEW"] == ("VALID", None)
    due = await client.data("{ proofsDue { totalCount nodes { id } } assistants { totalCount } }")
    assert due["proofsDue"] == {"totalCount": 1, "nodes": [{"id": id_of(user)}]}
    assert due["assistants"]["totalCount"] == 1
    letter = await client.data(LETTER, input={"assistantId": id_of(user)})
    assert house.name in letter["writeCertificateLetter"]["text"]


async def test_what_is_wrong_is_said_field_by_field(as_: As, place: Place) -> None:
    client, user = await as_(place.officer), await make_assistant(place)
    said: dict[str, Any] = {"assistantId": id_of(user), "kind": "INSURANCE", "verdict": "CONFIRMED"}
    said |= {"seenOn": (today() + timedelta(days=3)).isoformat(), "hours": 8}
    found = (await client.data(RECORD, input=said))["recordEvidence"]
    assert found["__typename"] == "InputRefused"
    assert {(each["code"], each["field"]) for each in found["problems"]} == {
        ("DATE_IN_FUTURE", "seenOn"),
        ("FIELD_REQUIRED", "validUntil"),
        ("EVIDENCE_FIELD_FOREIGN", "hours"),
    }


@pytest.mark.parametrize("field", ["document", "number", "text", "file", "note"])
async def test_no_input_takes_a_document_or_its_number(as_: As, place: Place, field: str) -> None:
    client, user = await as_(place.officer), await make_assistant(place)
    said: dict[str, Any] = {
        "assistantId": id_of(user),
        "kind": "INTERVIEW",
        "seenOn": today().isoformat(),
    }
    answer = await client.send(RECORD, input={**said, field: "4711"})
    assert "errors" in answer
    assert "4711" not in str(answer)


async def test_the_seeker_sees_a_badge_and_the_flag_and_no_details(as_: As, place: Place) -> None:
    seeker, user = await make_seeker(place), await make_assistant(place)
    order = await make_order(seeker)
    await ask(order)
    await Match.all().update(state="ACCEPTED")
    await Order.filter(id=order.id).update(state="IN_PROGRESS")

    async def seen() -> dict[str, Any]:
        (node,) = (await (await as_(seeker)).data(BADGE))["matches"]["nodes"]
        assert isinstance(node, dict)
        return node

    hidden = dict.fromkeys(["proofsHoldUntil", "proofs", "evidence", "availableActions"])
    before = await seen()
    assert before["proofsExpired"] is False
    assert before["assistant"] == {"proofsChecked": True, **hidden}
    await expire(user)
    after = await seen()
    assert after["proofsExpired"] is True
    assert after["assistant"] == {"proofsChecked": False, **hidden}
    assert before["availableActions"][0]["available"] is True
    blocked = {"code": "AWARD_ORDER", "available": False}
    reason = text("actions.blocked.ACCEPTOR_PROOFS_MISSING", Language.DE)
    assert after["availableActions"] == [{**blocked, "blockedReason": reason}]
    assert after["nextStep"] == text("next_steps.MATCH.UNPROVEN.seeker", Language.DE)
    refused = await (await as_(seeker)).do("awardOrder", {"matchId": after["id"]}, "")
    assert refused["code"] == "ACCEPTOR_PROOFS_MISSING"


async def test_without_proofs_the_button_to_accept_says_why_it_is_blocked(
    as_: As, place: Place
) -> None:
    user = await make_assistant(place)
    await ask(await make_order(await make_seeker(place)))
    query = """{ viewer { nextStep } matches { nodes {
      availableActions { code available blockedReason } } } }"""
    client = await as_(user)
    await expire(user)
    found = await client.data(query)
    actions = {each["code"]: each for each in found["matches"]["nodes"][0]["availableActions"]}
    assert actions["ACCEPT_ORDER"]["available"] is False
    assert "Nachweise" in actions["ACCEPT_ORDER"]["blockedReason"]
    assert actions["DECLINE_ORDER"]["available"] is True
    assert "Ein Nachweis gilt nicht" in found["viewer"]["nextStep"]


async def test_nobody_else_has_a_list_of_proofs_that_are_due(as_: As, place: Place) -> None:
    await expire(await make_assistant(place))
    for user in (await make_seeker(place), await make_assistant(place)):
        found = await (await as_(user)).data("{ proofsDue { totalCount } }")
        assert found["proofsDue"]["totalCount"] == 0
    found = await (await as_(place.officer)).data("{ proofsDue { totalCount } }")
    assert found["proofsDue"]["totalCount"] == 1
