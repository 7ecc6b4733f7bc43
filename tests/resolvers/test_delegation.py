"""Acting for somebody else over HTTP, the socket and live updates."""

from dataclasses import replace
from typing import Any

import httpx
import pytest

from domain.viewer import Role
from models.delegation import Delegation
from models.user import User
from portal.asgi import Process, application
from portal.http.app import Face
from portal.http.caller import Caller
from portal.http.guard import Params
from services import clock
from services.session import open_session
from tests.graph import As, Client
from tests.orders import make_order
from tests.people import Place, make_assistant, make_seeker, make_user
from tests.resolvers.test_live import Events

LIST = """{ delegations { nodes { id version state stateLabel kind email yoursToAct principalName
  delegateName validUntil availableActions { code } } } }"""
ME = "{ viewer { role actsAs user { id firstName } } sessions { id } orders { totalCount } }"


def acting(client: Client, delegation: Any) -> Client:
    """The same person, acting."""
    return replace(client, headers={**client.headers, "Acting-For": delegation["id"]})


async def listed(client: Client) -> list[Any]:
    found: list[Any] = (await client.data(LIST))["delegations"]["nodes"]
    return found


@pytest.fixture
async def seeker(place: Place) -> User:
    return await make_seeker(place)


@pytest.fixture
async def helper(place: Place) -> User:
    return await make_user(Role.REPRESENTATIVE, place, released=False)


async def agreed(as_: As, seeker: User, helper: User) -> dict[str, Any]:
    asks, helps = await as_(seeker), await as_(helper)
    given = {"email": helper.email, "kind": "RELATIVE"}
    asked = await asks.do("grantDelegation", given, "... on Delegation { id version }")
    key = {"delegationId": asked["id"], "ifVersion": asked["version"]}
    return await helps.do("acceptDelegation", key, "... on Delegation { id version state }")


async def test_somebody_is_asked_agrees_acts_and_is_stopped(
    as_: As, seeker: User, helper: User
) -> None:
    asks, helps = await as_(seeker), await as_(helper)
    given = {"email": helper.email, "kind": "TRUSTED_PERSON", "validUntil": "2199-12-31"}
    asked = await asks.do("grantDelegation", given, "... on Delegation { id state delegateName }")
    assert (asked["state"], asked["delegateName"]) == ("INVITED", None)
    (mine,), (theirs,) = await listed(asks), await listed(helps)
    assert (mine["yoursToAct"], theirs["yoursToAct"]) == (False, True)
    assert theirs["principalName"] == seeker.first_name
    assert [each["code"] for each in mine["availableActions"]] == ["REVOKE_DELEGATION"]
    codes = [each["code"] for each in theirs["availableActions"]]
    assert codes == ["ACCEPT_DELEGATION", "REVOKE_DELEGATION"]

    await helps.do("acceptDelegation", {"delegationId": asked["id"]}, "... on Delegation { id }")
    ((mine,), (theirs,)) = await listed(asks), await listed(helps)
    assert mine["delegateName"] == f"{helper.first_name} {helper.last_name}"
    assert theirs["principalName"] == f"{seeker.first_name} {seeker.last_name}"
    acts = acting(helps, asked)
    data = await acts.data(ME)
    assert data["viewer"] == {
        "role": "SEEKER",
        "actsAs": "TRUSTED_PERSON",
        "user": {"id": f"user_03155_{seeker.id.hex}", "firstName": seeker.first_name},
    }
    assert data["sessions"] == []
    made = await acts.do(
        "createOrder", {"kind": "RECURRING"}, "... on Order { id seeker { firstName } }"
    )
    assert made["seeker"] == {"firstName": seeker.first_name}
    (shown,) = await listed(acts)
    assert (shown["yoursToAct"], shown["availableActions"]) == (True, [])

    await asks.do("revokeDelegation", {"delegationId": asked["id"]}, "... on Delegation { state }")
    refused = await acts.send(ME)
    assert refused["errors"][0]["extensions"]["code"] == "ACTING_REFUSED"
    assert (await listed(asks), await listed(helps)) == ([], [])
    assert (await helps.data(ME))["viewer"]["role"] == "REPRESENTATIVE"


async def test_what_is_personal_is_refused_in_words(as_: As, seeker: User, helper: User) -> None:
    acts = acting(await as_(helper), await agreed(as_, seeker, helper))
    for mutation, given in (
        ("revokeOtherSessions", {}),
        ("withdrawConsent", {"kind": "HEALTH_DATA"}),
        ("grantDelegation", {"email": "x@anderswo.example", "kind": "RELATIVE"}),
        ("setUpSecondFactor", {"password": "x" * 20}),
        ("signIn", {"email": "x@anderswo.example", "password": "x" * 20}),
        ("signOut", {}),
    ):
        refused = await acts.do(mutation, given, "")
        assert refused["code"] == "NOT_FOR_ANOTHER", mutation
        assert refused["remedy"], mutation


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("", "ID_MALFORMED"),
        ("delegation_03155_xyz", "ID_MALFORMED"),
        ("delegation_03156_" + "0" * 32, "NOT_MY_DISTRICT"),
        ("delegation_03155_" + "0" * 32, "ACTING_REFUSED"),
    ],
)
async def test_a_header_that_allows_nothing_is_refused_and_nobody_acts_as_oneself(
    as_: As, seeker: User, http: httpx.AsyncClient, given: str, code: str
) -> None:
    client = await as_(seeker)
    answer = await http.post(
        "/graphql",
        json={"query": "{ viewer { role } }"},
        headers={**client.headers, "Acting-For": given, "Accept-Language": "de-x-leicht"},
    )
    assert answer.status_code == 403
    (error,) = answer.json()["errors"]
    assert error["extensions"] == {"code": code}
    assert "data" not in answer.json()


async def test_somebody_without_a_session_acts_for_nobody(
    as_: As, anonymous: Client, seeker: User, helper: User
) -> None:
    delegation = await agreed(as_, seeker, helper)
    refused = await acting(anonymous, delegation).send(ME)
    assert refused["errors"][0]["extensions"]["code"] == "SIGN_IN_REQUIRED"


async def test_live_updates_come_while_it_holds_and_end_with_it(
    as_: As, process: Process, seeker: User, helper: User
) -> None:
    delegation = await agreed(as_, seeker, helper)
    order = await make_order(seeker)
    face: Face = application(process, None).state.face
    _session, token = await open_session(helper.id, process.keys, clock.now())
    caller = Caller(token, "en", "127.0.0.1", None, None, "websocket", delegation["id"])
    text = 'subscription { orderChanged(orderId: "%s") { ... on OrderChanged { kind } } }'
    plan = face.engine.plan(Params(text % f"order_03155_{order.id.hex}", None, {}))
    events = Events()
    subscription = face.followers.subscription(plan, caller, events)
    await face.followers.open(subscription)
    assert b"SNAPSHOT" in (await events.sent.get()).data
    await (await as_(seeker)).do(
        "revokeDelegation", {"delegationId": delegation["id"]}, "... on Delegation { state }"
    )
    own = await as_(seeker)
    await own.do("withdrawOrder", {"orderId": f"order_03155_{order.id.hex}"}, "")
    last = await events.sent.get()
    assert b"SIGN_IN_REQUIRED" in last.data
    await subscription.aclose()

    events = Events()
    subscription = face.followers.subscription(plan, caller, events)
    await face.followers.open(subscription)
    assert b"ACTING_REFUSED" in (await events.sent.get()).data
    await subscription.aclose()


async def test_staff_sees_all_of_them_and_an_assistant_none(
    as_: As, place: Place, seeker: User, helper: User
) -> None:
    await agreed(as_, seeker, helper)
    desk, stranger = await as_(place.officer), await as_(await make_assistant(place))
    (shown,) = await listed(desk)
    assert [each["code"] for each in shown["availableActions"]] == ["REVOKE_DELEGATION"]
    assert await listed(stranger) == []
    guarded = {"email": "amt@anderswo.example", "kind": "GUARDIAN"}
    guarded |= {"userId": f"user_03155_{seeker.id.hex}"}
    found = await desk.do("grantDelegation", guarded, "... on Delegation { kind kindLabel }")
    assert found["kind"] == "GUARDIAN"
    assert await Delegation.filter(officer_id=place.officer.id).count() == 1


async def test_reading_while_acting_takes_one_statement_for_the_session(
    as_: As, seeker: User, helper: User, statements: Any
) -> None:
    client = await as_(helper)
    acts = acting(client, await agreed(as_, seeker, helper))
    counts = []
    for asks in (client, acts):
        statements.clear()
        await asks.data("{ viewer { role } }")
        counts.append(len(statements))
    assert counts[0] == counts[1]
