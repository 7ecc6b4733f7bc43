"""The main job from end to end, through GraphQL alone, with the workers' real code."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from domain.keys import Keys
from domain.viewer import Role
from models.mail_link import MailLink
from models.match import Match
from models.user import User
from notifications.language import Language, text
from services.mail_link import token_of
from tests.graph import As, Client
from tests.people import (
    CONSENTS,
    SHOPPING,
    Place,
    make_assistant,
    make_coordinator,
    make_provider,
    make_seeker,
)

RunJobs = Callable[[], Awaitable[int]]

REGISTRATION: dict[str, Any] = {
    "consents": CONSENTS,
    "email": "erika.beispiel@assistenz-portal.example",
    "password": "sieben-blaue-Regenschirme",
    "firstName": "Erika",
    "lastName": "Beispiel",
    "postcode": "37154",
    "mobile": "0170 1234567",
    "introduction": "Ich lese gern und gehe gern spazieren.",
    "needs": [SHOPPING],
    "windows": [{"weekday": 1, "start": "08:00", "end": "12:00"}],
}


async def test_a_stranger_becomes_a_released_seeker(
    anonymous: Client, as_: As, place: Place, keys: Keys, http: httpx.AsyncClient
) -> None:
    said = await anonymous.do(
        "registerSeeker", REGISTRATION, "... on RegistrationReceived { nextStep }"
    )
    assert said["__typename"] == "RegistrationReceived"
    user = await User.get(email=REGISTRATION["email"])
    token = token_of(await MailLink.get(user_id=user.id), keys)
    confirmed = await anonymous.do("confirmEmail", {"token": token}, "")
    assert confirmed["__typename"] == "EmailConfirmed"

    desk = await as_(place.officer)
    person = f"user_03155_{user.id.hex}"
    early = await desk.do(
        "releaseAccount", {"userId": person}, "... on StateRefused { problems { code } }"
    )
    assert {each["code"] for each in early["problems"]} == {
        "TALK_MISSING",
        "IDENTITY_CHECK_MISSING",
    }

    waiting = await desk.data(
        "query($id: ID!) { node(id: $id) { ... on User { nextStep } } }", id=person
    )
    assert waiting["node"]["nextStep"] == text("next_steps.DESK.TALK_OPEN", Language.DE)

    now = datetime.now(UTC)
    talk = {
        "userId": person,
        "channel": "PHONE",
        "outcome": "DONE",
        "heldAt": now.isoformat(),
        "careGrade": 3,
    }
    assert (await desk.do("recordTalk", talk, ""))["__typename"] == "User"
    check = {
        "userId": person,
        "document": "IDENTITY_CARD",
        "verdict": "CONFIRMED",
        "checkedOn": now.date().isoformat(),
    }
    assert (await desk.do("recordIdentityCheck", check, ""))["__typename"] == "User"
    released = await desk.do("releaseAccount", {"userId": person}, "... on User { state nextStep }")
    assert released["state"] == "RELEASED"

    signed_in = await anonymous.do(
        "signIn",
        {
            "email": REGISTRATION["email"].upper(),
            "password": REGISTRATION["password"],
            "transport": "BEARER",
        },
        "... on SignedIn { token viewer { role user { firstName } } }",
    )
    assert signed_in["viewer"] == {"role": "SEEKER", "user": {"firstName": "Erika"}}
    seeker = Client(http, {"Authorization": f"Bearer {signed_in['token']}"})
    assert (await seeker.data("{ viewer { role } }"))["viewer"]["role"] == "SEEKER"


ORDER = """... on Order { id version state acceptedCount suggestedCount nextStep draftIssues
  availableActions { code available } }"""
COUNTS = (
    "query($id: ID!) { order(id: $id) { suggestedCount acceptedCount matches { totalCount } } }"
)
SUGGESTED = """{ suggestedOrders { totalCount nodes { id description seeker { firstName }
  myMatch { id state availableActions { code available } } } } }"""


async def draft(client: Client, **more: Any) -> dict[str, Any]:
    recurring = {
        "kind": "RECURRING",
        "durationMinutes": 60,
        "activities": [SHOPPING],
        "startDate": (datetime.now(UTC) + timedelta(days=7)).date().isoformat(),
        "interval": "WEEK",
        "count": 2,
    }
    return await client.do("createOrder", recurring | more, ORDER)


async def test_an_order_is_matched_accepted_and_withdrawn(
    as_: As, place: Place, run_jobs: RunJobs
) -> None:
    seeker = await as_(await make_seeker(place))
    provider = await make_provider(place)
    assistant = await as_(await make_assistant(place))
    coordinator = await as_(await make_coordinator(place, provider))
    await make_assistant(place, "HAU_KOCHEN")

    order = await draft(seeker)
    assert (order["state"], order["draftIssues"]) == ("DRAFT", [])
    order = await seeker.do("releaseOrder", {"orderId": order["id"]}, ORDER)
    assert order["state"] == "RELEASED"
    await run_jobs()

    seen = await seeker.data(
        COUNTS,
        id=order["id"],
    )
    assert seen["order"] == {"suggestedCount": 4, "acceptedCount": 0, "matches": {"totalCount": 0}}

    for acceptor in (assistant, coordinator):
        listed = await acceptor.data(SUGGESTED)
        (suggested,) = listed["suggestedOrders"]["nodes"]
        assert (suggested["id"], suggested["seeker"]) == (order["id"], None)
        answered = await acceptor.do(
            "acceptOrder", {"matchId": suggested["myMatch"]["id"]}, "... on Match { state }"
        )
        assert answered["state"] == "ACCEPTED"

    seen = await seeker.data(
        """query($id: ID!) { order(id: $id) { state acceptedCount nextStep matches { nodes {
             kind state nextStep assistant { firstName lastName } provider { name }
             availableActions { code available } } } } }""",
        id=order["id"],
    )
    assert (seen["order"]["state"], seen["order"]["acceptedCount"]) == ("IN_PROGRESS", 2)
    actions = {
        match["kind"]: [each["code"] for each in match["availableActions"] if each["available"]]
        for match in seen["order"]["matches"]["nodes"]
    }
    assert actions == {"ASSISTANT": ["AWARD_ORDER"], "PROVIDER": ["SEND_INQUIRY"]}
    by_assistant = next(m for m in seen["order"]["matches"]["nodes"] if m["kind"] == "ASSISTANT")
    assert by_assistant["assistant"]["firstName"]
    assert by_assistant["assistant"]["lastName"] is None

    withdrawn = await seeker.do("withdrawOrder", {"orderId": order["id"]}, ORDER)
    assert withdrawn["state"] == "WITHDRAWN"
    assert {match.state.value for match in await Match.all()} == {"WITHDRAWN"}
    for acceptor in (assistant, coordinator):
        assert (await acceptor.data("{ suggestedOrders { totalCount } }"))["suggestedOrders"][
            "totalCount"
        ] == 0


async def test_a_seeker_who_is_not_released_cannot_create_an_order(as_: As, place: Place) -> None:
    seeker = await as_(await make_seeker(place, released=False))
    refused = await draft(seeker)
    assert (refused["__typename"], refused["code"]) == ("NotAllowed", "ACCOUNT_NOT_RELEASED")


async def test_the_staff_have_a_list_of_accounts_and_others_only_themselves(
    as_: As, place: Place
) -> None:
    seeker = await make_seeker(place)
    query = "{ accounts { totalCount nodes { role } } }"
    assert (await (await as_(place.officer)).data(query))["accounts"]["totalCount"] == 2
    own = (await (await as_(seeker)).data(query))["accounts"]
    assert own == {"totalCount": 1, "nodes": [{"role": Role.SEEKER.value}]}
