"""The second factor over the graph, from the first sign-in of an officer to the day it is lost."""

from typing import Any

import httpx
import pyotp
import pytest

from domain.viewer import Role
from models.second_factor import SecondFactor
from models.user import User
from portal.asgi import Process
from services import clock
from services.password import hash_password
from services.session import open_session
from tests.graph import As, Client
from tests.people import Place, make_coordinator, make_provider, make_seeker, make_user

PASSWORD = "sieben-blaue-Regenschirme"
SIGN_IN = """mutation($input: SignInInput!) { signIn(input: $input) { __typename
  ... on SignedIn { token viewer { needsSecondFactor nextStep user { id secondFactor } } }
  ... on Refusal { code field message remedy } } }"""
SET_UP = """mutation($input: SetUpSecondFactorInput!) { setUpSecondFactor(input: $input) {
  __typename ... on SecondFactorPending { secret address } ... on Refusal { code } } }"""
CONFIRM = """mutation($input: ConfirmSecondFactorInput!) { confirmSecondFactor(input: $input) {
  __typename ... on Refusal { code field }
  ... on SecondFactorConfirmed { recoveryCodes token viewer { needsSecondFactor nextStep } } } }"""
LISTS = """{ viewer { needsSecondFactor } accounts { totalCount } orders { totalCount }
  matches { totalCount } assistants { totalCount } proofsDue { totalCount }
  talkSlots { totalCount } suggestedOrders { totalCount } }"""


def client_with(http: httpx.AsyncClient, token: str) -> Client:
    return Client(http, {"Authorization": f"Bearer {token}"})


async def sign_in(anonymous: Client, user: User, code: str = "") -> dict[str, Any]:
    said = {"email": user.email, "password": PASSWORD, "code": code, "transport": "BEARER"}
    found: dict[str, Any] = (await anonymous.data(SIGN_IN, input=said))["signIn"]
    return found


@pytest.fixture
async def officer(place: Place) -> User:
    user = await make_user(Role.CUSTOMER_SERVICE, place)
    await User.filter(id=user.id).update(password_hash=await hash_password(PASSWORD))
    return user


async def test_an_officer_sets_it_up_and_signs_in_with_it(
    anonymous: Client, http: httpx.AsyncClient, officer: User
) -> None:
    first = await sign_in(anonymous, officer)
    assert first["viewer"]["needsSecondFactor"] is True
    assert "zwei Schritten" in first["viewer"]["nextStep"]
    assert first["viewer"]["user"]["secondFactor"] is False
    client = client_with(http, first["token"])
    pending = (await client.data(SET_UP, input={"password": PASSWORD}))["setUpSecondFactor"]
    app = pyotp.parse_uri(pending["address"])
    assert isinstance(app, pyotp.TOTP)
    assert (app.secret, app.name, app.issuer) == (
        pending["secret"],
        officer.email,
        "Assistenz-Portal",
    )
    wrong = {"code": "000000", "transport": "BEARER"}
    refused = (await client.data(CONFIRM, input=wrong))["confirmSecondFactor"]
    assert (refused["code"], refused["field"]) == ("CODE_REFUSED", "code")
    right = {"code": app.now(), "transport": "BEARER"}
    done = (await client.data(CONFIRM, input=right))["confirmSecondFactor"]
    assert done["viewer"]["needsSecondFactor"] is False
    assert len(done["recoveryCodes"]) == 10
    strong = client_with(http, done["token"])
    assert (await strong.data(LISTS))["accounts"]["totalCount"] >= 2
    asked = await sign_in(anonymous, officer)
    assert (asked["code"], asked["field"]) == ("CODE_REQUIRED", "code")
    again = await sign_in(anonymous, officer, done["recoveryCodes"][0])
    assert again["__typename"] == "SignedIn"


async def test_a_session_without_it_sees_the_own_account_and_nothing_else(
    http: httpx.AsyncClient, process: Process, place: Place, officer: User
) -> None:
    await make_seeker(place)
    coordinator = await make_coordinator(place, await make_provider(place))
    for user in (officer, coordinator):
        _session, token = await open_session(user.id, process.keys, clock.now())
        found = await client_with(http, token).data(LISTS)
        assert found.pop("viewer") == {"needsSecondFactor": True}
        assert found.pop("accounts") == {"totalCount": 1}
        assert {name: each["totalCount"] for name, each in found.items()} == dict.fromkeys(found, 0)


async def test_the_administration_is_offered_the_reset_and_customer_service_is_not(
    as_: As, place: Place, officer: User
) -> None:
    await SecondFactor.create(
        id=officer.id, user_id=officer.id, version=1, confirmed_at=clock.now()
    )
    query = "query($id: ID!) { node(id: $id) { ... on User { availableActions { code } } } }"
    key = f"user_03155_{officer.id.hex}"
    chief = await as_(await make_user(Role.ADMINISTRATION, place))
    for client, offered in ((chief, True), (await as_(place.officer), False)):
        found = await client.data(query, id=key)
        codes = [each["code"] for each in found["node"]["availableActions"]]
        assert ("RESET_SECOND_FACTOR" in codes) is offered
    done = await chief.do("resetSecondFactor", {"userId": key}, "... on User { secondFactor }")
    assert done["secondFactor"] is False
