"""Subscriptions through the graph: what arrives, for whom, and after which interruption."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from typing import Any

import pytest

from domain.errors import NotFound, RateLimited, SignInRequired
from domain.suspension import SuspensionReason
from models.match import Match
from models.order import Order
from models.provider import Coordinator
from models.user import User
from portal.asgi import Process, application
from portal.http.answers import Sent
from portal.http.app import Face
from portal.http.caller import Caller
from portal.http.guard import Params
from portal.http.subscription import End
from services import clock, number_limit
from services.limiter import Rule
from services.match import accept_order, withdraw_acceptance
from services.order import update_order, withdraw_order
from services.session import open_session, revoke_all_sessions
from services.suspension import suspend_account
from tests.orders import ask, make_order
from tests.people import (
    Place,
    make_assistant,
    make_coordinator,
    make_provider,
    make_seeker,
    viewer_for,
)

pytestmark = pytest.mark.slow

ORDER = """subscription($id: ID!, $after: String) { orderChanged(orderId: $id, after: $after) {
  ... on OrderChanged { eventId kind matchId order { state acceptedCount suggestedCount }
                        match { state assistant { firstName } availableActions { code } } }
  ... on ResyncRequired { eventId message } } }"""
SUGGESTED = """subscription($after: String) { suggestedOrdersChanged(after: $after) {
  __typename ... on SuggestionChanged { eventId matchId order { id seeker { id } } match { state } }
  ... on SuggestionsReady { eventId } } }"""
NUMBER = "subscription($id: ID!) { availability(orderId: $id) { count exact } }"

_REFUSALS = {each.code: each for each in (NotFound, SignInRequired, RateLimited)}
Open = Callable[..., Any]


class Events:
    """A sink that keeps what it is sent."""

    def __init__(self) -> None:
        self.sent: asyncio.Queue[Sent] = asyncio.Queue()
        self.ends: list[End] = []

    def push(self, sent: Sent, release: Callable[[], None]) -> bool:
        del release
        self.sent.put_nowait(sent)
        return True

    def end(self, how: End) -> None:
        self.ends.append(how)


def _key(order: Order) -> str:
    return f"order_03155_{order.id.hex}"


@pytest.fixture
def follow(process: Process) -> Open:
    """Opens a subscription as a person: `async with follow(user, query, **variables) as events`."""

    @asynccontextmanager
    async def opened(user: User, query: str, **variables: Any) -> AsyncIterator[Any]:
        _session, token = await open_session(user.id, process.keys, clock.now(), strong=True)
        caller = Caller(token, "en", "127.0.0.1", None, None, "websocket")
        face: Face = application(process, None).state.face
        plan = face.engine.plan(Params(query, None, variables))
        events = Events()
        subscription = face.followers.subscription(plan, caller, events)
        async with aclosing(subscription):
            await face.followers.open(subscription)
            yield events

    return opened


async def _next(events: Any) -> Any:
    # Only against hanging: a transaction of another test on this server may hold events back.
    answer = json.loads((await asyncio.wait_for(events.sent.get(), 30)).data)
    if "errors" in answer:
        raise _REFUSALS[answer["errors"][0]["extensions"]["code"]]
    (value,) = answer["data"].values()
    return value


async def _accept(user: User) -> None:
    match = await Match.get(assistant_id=user.id)
    await accept_order(await viewer_for(user), None, match.id)


async def test_the_seeker_sees_state_and_match_the_moment_somebody_accepts(
    place: Place, follow: Open
) -> None:
    owner, assistant = await make_seeker(place), await make_assistant(place)
    order = await make_order(owner)
    await ask(order)
    async with follow(owner, ORDER, id=_key(order)) as events:
        first = await _next(events)
        assert (first["kind"], first["order"]["state"]) == ("SNAPSHOT", "RELEASED")
        assert first["order"]["suggestedCount"] == 4  # at most
        await _accept(assistant)
        kinds = {}
        while "MATCH" not in kinds:
            event = await _next(events)
            kinds[event["kind"]] = event
        assert kinds["MATCH"]["match"] == {
            "state": "ACCEPTED",
            "assistant": {"firstName": assistant.first_name},
            "availableActions": [{"code": "AWARD_ORDER"}],
        }
        assert kinds["MATCH"]["order"]["state"] == "IN_PROGRESS"
        assert kinds["MATCH"]["order"]["acceptedCount"] == 1


async def test_a_match_that_is_taken_back_is_named_although_it_is_gone(
    place: Place, follow: Open
) -> None:
    owner, assistant = await make_seeker(place), await make_assistant(place)
    order = await make_order(owner)
    await ask(order)
    await _accept(assistant)
    match = await Match.get(assistant_id=assistant.id)
    async with follow(owner, ORDER, id=_key(order)) as events:
        await _next(events)
        await withdraw_acceptance(await viewer_for(assistant), None, match.id)
        event = await _next(events)
        while event["kind"] != "MATCH":
            event = await _next(events)
        assert (event["matchId"], event["match"]) == (f"match_03155_{match.id.hex}", None)


async def test_a_reader_who_was_away_gets_what_was_missed(place: Place, follow: Open) -> None:
    owner, assistant = await make_seeker(place), await make_assistant(place)
    order = await make_order(owner)
    await ask(order)
    async with follow(owner, ORDER, id=_key(order)) as events:
        here = (await _next(events))["eventId"]
    await _accept(assistant)
    async with follow(owner, ORDER, id=_key(order), after=here) as events:
        seen = set()
        while "MATCH" not in seen:
            event = await _next(events)
            seen.add(event["kind"])
        assert "SNAPSHOT" not in seen


async def test_an_order_of_somebody_else_cannot_be_followed(place: Place, follow: Open) -> None:
    order = await make_order(await make_seeker(place))
    async with follow(await make_seeker(place), ORDER, id=_key(order)) as events:
        with pytest.raises(NotFound):
            await _next(events)
    async with follow(await make_assistant(place), NUMBER, id=_key(order)) as events:
        with pytest.raises(NotFound):
            await _next(events)


@pytest.mark.parametrize("resumes", [False, True])
async def test_an_acceptor_cannot_follow_an_order_to_count_its_rivals(
    place: Place, follow: Open, process: Process, resumes: bool
) -> None:
    owner, asked = await make_seeker(place), await make_assistant(place)
    order = await make_order(owner)
    await ask(order)
    after = process.hub.cursor_now() if resumes else None
    async with follow(asked, ORDER, id=_key(order), after=after) as events:
        with pytest.raises(NotFound):
            await _next(events)
    assert process.hub.registrations == 0


async def test_a_resume_does_not_tell_whether_a_foreign_order_exists(
    place: Place, follow: Open, process: Process
) -> None:
    order = await make_order(await make_seeker(place))
    stranger = await make_seeker(place)
    for key in (_key(order), f"order_03155_{'0' * 32}"):
        async with follow(stranger, ORDER, id=key, after=process.hub.cursor_now()) as events:
            with pytest.raises(NotFound):
                await _next(events)


async def test_a_coordinator_who_changed_the_provider_hears_nothing_of_the_old_one(
    place: Place, follow: Open
) -> None:
    provider, other = await make_provider(place), await make_provider(place)
    coordinator = await make_coordinator(place, provider)
    await make_coordinator(place, provider)  # so that the old provider can still be asked
    order = await make_order(await make_seeker(place))
    async with follow(coordinator, SUGGESTED) as events:
        await _next(events)
        await Coordinator.filter(id=coordinator.id).update(provider_id=other.id)
        await ask(order)
        with pytest.raises(SignInRequired):
            await _next(events)


async def test_a_session_that_ended_gets_no_number_any_more(place: Place, follow: Open) -> None:
    owner = await make_seeker(place)
    order = await make_order(owner, released=False)
    async with follow(owner, NUMBER, id=_key(order)) as events:
        await _next(events)
        await revoke_all_sessions(owner.id, clock.now())
        await update_order(await viewer_for(owner), None, order.id, {"count": 3})
        with pytest.raises(SignInRequired):
            await _next(events)


async def test_a_session_that_ended_gets_nothing_more(place: Place, follow: Open) -> None:
    owner = await make_seeker(place)
    order = await make_order(owner, released=False)
    async with follow(owner, ORDER, id=_key(order)) as events:
        await _next(events)
        viewer = await viewer_for(owner)
        await revoke_all_sessions(owner.id, clock.now())
        await update_order(viewer, None, order.id, {"count": 3})
        with pytest.raises(SignInRequired):
            await _next(events)


async def test_an_account_that_is_suspended_gets_nothing_more(place: Place, follow: Open) -> None:
    owner, desk = await make_seeker(place), await viewer_for(place.officer)
    order = await make_order(owner, released=False)
    async with follow(owner, ORDER, id=_key(order)) as events:
        await _next(events)
        viewer = await viewer_for(owner)
        await suspend_account(desk, None, owner.id, SuspensionReason.REPORTED)
        await update_order(viewer, None, order.id, {"count": 3})
        with pytest.raises(SignInRequired):
            await _next(events)


async def test_the_live_number_follows_the_draft(place: Place, follow: Open) -> None:
    owner = await make_seeker(place)
    for _ in range(6):
        await make_assistant(place)
    await make_assistant(place, "HAU_KOCHEN")
    order = await make_order(owner, released=False)
    async with follow(owner, NUMBER, id=_key(order)) as events:
        found = await _next(events)
        assert (found["count"], found["exact"]) == (6, True)
        await update_order(await viewer_for(owner), None, order.id, {"activities": ["HAU_KOCHEN"]})
        found = await _next(events)
        assert (found["count"], found["exact"]) == (4, False)  # one, and nobody learns that


async def test_a_number_too_many_is_refused_and_a_known_draft_has_its_number_again(
    place: Place, follow: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(number_limit, "NUMBER_HOUR", Rule("number-hour", tries=1, seconds=3_600))
    viewer = await viewer_for(owner := await make_seeker(place))
    order = await make_order(owner, released=False)
    async with follow(owner, NUMBER, id=_key(order)) as events:
        found = await _next(events)
        await update_order(viewer, None, order.id, {"max_distance_km": 9})
        with pytest.raises(RateLimited):
            await _next(events)
        await update_order(viewer, None, order.id, {"max_distance_km": None})
        assert await _next(events) == found


async def test_an_assistant_sees_a_suggestion_come_and_go(place: Place, follow: Open) -> None:
    owner, assistant = await make_seeker(place), await make_assistant(place)
    order = await make_order(owner)
    async with follow(assistant, SUGGESTED) as events:
        assert (await _next(events))["__typename"] == "SuggestionsReady"
        await ask(order)
        come = await _next(events)
        assert come["order"] == {"id": _key(order), "seeker": None}
        assert come["match"] == {"state": "SUGGESTED"}
        await withdraw_order(await viewer_for(owner), None, order.id)
        gone = await _next(events)
        assert gone["matchId"] == come["matchId"]
        assert (gone["order"], gone["match"]) == (None, None)


async def test_leaving_ends_the_registration(place: Place, follow: Open, process: Process) -> None:
    owner = await make_seeker(place)
    order = await make_order(owner, released=False)
    async with follow(owner, ORDER, id=_key(order)) as events:
        await _next(events)
        await update_order(await viewer_for(owner), None, order.id, {"count": 3})
        await _next(events)
        assert process.hub.registrations == 1
    assert process.hub.registrations == 0
