"""Every example operation, run against the demo as its role, over HTTP like anybody would."""

import json
import re
import time
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import anyio
import httpx
import pytest
from graphql import FieldNode, GraphQLObjectType, OperationDefinitionNode, parse

from portal.graphql import schema
from portal.pages.examples import ROLES, Example, of_role
from tests.servers import Session, own_redis
from tests.stage import running_portal, stage_database

REFUSED = {
    "ConfirmEmail": "InputRefused",
    "SignIn": "NotAllowed",
    "ResetPassword": "InputRefused",
    "BookTalk": "StateRefused",
    "CancelTalk": "StateRefused",
    "ConfirmSecondFactor": "InputRefused",
    "RenewRecoveryCodes": "StateRefused",
    "RemoveSecondFactor": "StateRefused",
    "ResetSecondFactor": "NotFound",
    "WithdrawConsent": "InputRefused",
    "AcceptDelegation": "StateRefused",
    "ConfirmByPhone": "InputRefused",
    "RecordTold": "NotFound",
    "DeclineNomination": "NotFound",
    "RecordMeeting": "StateRefused",
    "DraftContract": "StateRefused",
    "RejectApplication": "StateRefused",
    "WithdrawFundingSource": "StateRefused",
    "RefuseFundingSource": "StateRefused",
    "RemoveCoordinator": "StateRefused",
    # A contract takes a meeting that was held, so a fresh demo has none.
    **dict.fromkeys(
        (
            *("ConsentToContract", "EndContract", "ProposeAppointment", "AgreeAppointment"),
            *("MoveAppointment", "CancelAppointment", "ConfirmAppointment", "RecordAppointment"),
            *("RecordTrust", "PlanAppointments", "AgreePlan", "EndPlan", "AskStandIn"),
            "FundContract",
        ),
        "NotFound",
    ),
}
# A registered account without confirmed address would be the newest one at the desk, so the desk
# comes before it.
ORDER = (
    "seeker",
    "representative",
    "assistant",
    "coordinator",
    "customer_service",
    "administration",
    "anonymous",
)
# What several people do with each other, in the order in which it happens.
TOGETHER = (
    ("assistant", "AcceptToStay"),
    ("assistant", "MyConversations"),
    ("assistant", "WriteToSeeker"),
    ("seeker", "WrittenToMe"),
    ("seeker", "ConversationLive"),
    ("seeker", "MarkRead"),
    ("seeker", "ReportMessage"),
    ("seeker", "WhoSaidYes"),
    ("seeker", "AwardOrder"),
    ("seeker", "DraftContract"),
    ("seeker", "CopyForAProvider"),
    ("seeker", "ReleaseForAProvider"),
    ("coordinator", "OrdersForMyProviderNow"),
    ("coordinator", "AcceptForMyProvider"),
    ("seeker", "WhoSaidYesNow"),
    ("seeker", "SendInquiry"),
    ("coordinator", "WhoCouldCome"),
    ("coordinator", "NominateAssistant"),
    ("coordinator", "WithdrawNomination"),
    ("coordinator", "NominateAgain"),
    ("seeker", "WhoWasNamed"),
    ("seeker", "ChooseNominee"),
    ("coordinator", "ProposeMeetings"),
    ("seeker", "WhenCouldWeMeet"),
    ("seeker", "ChooseMeeting"),
    ("coordinator", "ConfirmMeeting"),
    ("seeker", "RecordMeeting"),
    ("seeker", "MoveMeeting"),
    ("coordinator", "CancelMeeting"),
    ("seeker", "WithdrawOrder"),
)
EVERY = [(role, e) for role in ORDER for e in of_role(role)]
BY_NAME = {(role, e.name): (role, e) for role, e in EVERY}
ALL = [each for key, each in BY_NAME.items() if key not in TOGETHER]
ALL += [BY_NAME[key] for key in TOGETHER]
PATIENCE = 30
RELEASED = 2  # so many orders the seeker releases at first, and later one for a provider

Answers = dict[str, Any]


class Caller:
    """One role's client, and what its examples were answered so far."""

    def __init__(self, address: str, token: str | None) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.client = httpx.AsyncClient(base_url=address, headers=headers, timeout=PATIENCE)
        self.answers: Answers = {}

    async def run(self, example: Example) -> dict[str, Any]:
        """The data of the answer, or of the first event."""
        variables = _filled(example.variables, self.answers)
        asked = {"query": example.query, "variables": variables, "operationName": example.name}
        stream = re.search(r"^subscription ", example.query, re.MULTILINE)
        answer = await (self._first_event(asked) if stream else self._answer(asked))
        assert "errors" not in answer, answer
        self.answers[example.name] = answer["data"]
        data: dict[str, Any] = answer["data"]
        return data

    async def _answer(self, asked: Mapping[str, Any]) -> Any:
        headers = {"Accept": "application/graphql-response+json"}
        return (await self.client.post("/graphql", json=asked, headers=headers)).json()

    async def _first_event(self, asked: Mapping[str, Any]) -> Any:
        headers = {"Accept": "text/event-stream"}
        async with self.client.stream("POST", "/graphql", json=asked, headers=headers) as stream:
            async for line in stream.aiter_lines():
                if line.startswith("data:"):
                    return json.loads(line.removeprefix("data:"))
        raise AssertionError("the stream ended without an event")


def _filled(value: Any, answers: Answers) -> Any:
    """The variables with days and values of earlier answers put in."""
    if isinstance(value, dict):
        return {key: _filled(inner, answers) for key, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, answers) for inner in value]
    if not isinstance(value, str):
        return value
    if path := re.fullmatch(r"\{([A-Z]\w*(?:\.\w+)+)\}", value):
        found: Any = answers
        for key in path[1].split("."):
            found = found[int(key) if key.isdigit() else key]
        return found
    return re.sub(r"\{today([+-]\d+)?\}", lambda match: _day(int(match[1] or 0)), value)


def _day(offset: int) -> str:
    return (datetime.now(UTC) + timedelta(days=offset)).date().isoformat()


async def _token(address: str, role: str) -> str | None:
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE) as client:
        personas = (await client.get("/demo/personas")).json()
    persona = next((each for each in personas if each["role"] == role.upper()), None)
    if persona is None:
        return None
    document = """mutation ($input: SignInInput!) {
      signIn(input: $input) { ... on SignedIn { token } ... on Refusal { message } }
    }"""
    known = {name: persona[name] for name in ("email", "password", "code")}
    known["transport"] = "BEARER"
    asked = {"query": document, "variables": {"input": known}}
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE) as client:
        answer = (await client.post("/graphql", json=asked)).json()
    token: str = answer["data"]["signIn"]["token"]
    return token


@pytest.fixture
async def callers(server_session: Session, worker_name: str) -> AsyncIterator[dict[str, Caller]]:
    urls = await stage_database(server_session, worker_name, "examples")
    with own_redis() as redis, running_portal(*urls, redis.url) as stage:
        found = {role: Caller(stage.address, await _token(stage.address, role)) for role in ROLES}
        yield found
        for caller in found.values():
            await caller.client.aclose()


def test_the_examples_cover_every_role_and_every_name_is_used_once() -> None:
    assert set(ORDER) == set(ROLES)
    names = [example.name for _role, example in EVERY]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("root", ["Mutation", "Subscription"])
def test_every_mutation_and_subscription_has_an_example(root: str) -> None:
    used = {
        field.name.value
        for _role, example in EVERY
        for operation in parse(example.query).definitions
        if isinstance(operation, OperationDefinitionNode)
        and operation.operation.value == root.lower()
        for field in operation.selection_set.selections
        if isinstance(field, FieldNode)
    }
    type_ = schema._schema.type_map[root]
    assert isinstance(type_, GraphQLObjectType)
    assert used == type_.fields.keys()


@pytest.mark.slow
async def test_every_example_does_what_its_comment_says(callers: dict[str, Caller]) -> None:
    for role, example in ALL:
        data = await callers[role].run(example)
        if example.name.startswith(("FittingOrders", "OrdersForMy")) and "Live" not in example.name:
            data = await _until_somebody_fits(callers[role], example, data)
        if example.query.find("\nmutation ") < 0:
            continue
        kind = next(iter(data.values()))["__typename"]
        expected = REFUSED.get(example.name)
        assert kind == expected if expected else not kind.endswith("Refused"), (example.name, data)


async def _until_somebody_fits(
    caller: Caller, example: Example, data: dict[str, Any]
) -> dict[str, Any]:
    """The worker needs a moment for the matches."""
    deadline = time.monotonic() + PATIENCE

    def nobody(nodes: list[dict[str, Any]]) -> bool:
        if example.name.endswith("Now"):  # the newest, not an older one that somebody else got
            return not nodes or nodes[0]["state"] != "RELEASED"
        return len(nodes) < RELEASED

    while nobody(data["suggestedOrders"]["nodes"]):
        assert time.monotonic() < deadline, "nobody was suggested"
        await anyio.sleep(0.1)
        data = await caller.run(example)
    return data
