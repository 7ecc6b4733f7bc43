"""The use cases in every state and for every role: what the machines refuse, they refuse too."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest

from domain.errors import (
    AccountNotReleased,
    DomainError,
    NotFound,
    RoleNotAllowed,
    SecondFactorMissing,
    SignInRequired,
    StateRefused,
)
from domain.states import ACCOUNT, MATCH, ORDER, MatchState, OrderState
from domain.user import DocumentKind, TalkChannel, TalkOutcome, Verdict
from domain.viewer import ANONYMOUS, STAFF, AccountState, Role, Viewer
from models.database import fetch
from services.match import accept_order, decline_order, withdraw_acceptance
from services.order import release_order, update_order, withdraw_order
from services.talk import TalkRecord, record_talk
from services.user import record_identity_check, release_account
from tests.people import (
    Place,
    make_assistant,
    make_coordinator,
    make_provider,
    make_seeker,
    viewer_for,
)
from tests.services.test_transition import undone
from tests.staging import everything, guards_asleep, put_account, put_match, put_order

Refusals = list[tuple[Viewer, type[DomainError]]]
Do = Callable[[Viewer, UUID], Awaitable[Any]]


@dataclass(frozen=True)
class Case:
    """A use case; `action` is its row in the machine, None where no state moves."""

    action: str | None
    do: Do
    legal: frozenset[str]
    field: str


def talk(viewer: Viewer, user: UUID) -> Awaitable[Any]:
    held = datetime(2026, 1, 5, 9, tzinfo=UTC)
    return record_talk(viewer, None, user, TalkRecord(TalkChannel.PHONE, TalkOutcome.DONE, held))


def check(viewer: Viewer, user: UUID) -> Awaitable[Any]:
    day = datetime(2026, 1, 5, tzinfo=UTC).date()
    return record_identity_check(viewer, None, user, DocumentKind.PASSPORT, Verdict.CONFIRMED, day)


ORDERS = {
    "UPDATE_ORDER": Case(
        None, lambda v, o: update_order(v, None, o, {"count": 1}), frozenset({"DRAFT"}), "orderId"
    ),
    "RELEASE_ORDER": Case(
        "RELEASE_ORDER",
        lambda v, o: release_order(v, None, o),
        ORDER.sources("RELEASE_ORDER"),
        "orderId",
    ),
    "WITHDRAW_ORDER": Case(
        "WITHDRAW_ORDER",
        lambda v, o: withdraw_order(v, None, o),
        ORDER.sources("WITHDRAW_ORDER"),
        "orderId",
    ),
}
MATCHES = {
    "ACCEPT_ORDER": Case(
        "ACCEPT_ORDER",
        lambda v, m: accept_order(v, None, m),
        MATCH.sources("ACCEPT_ORDER"),
        "matchId",
    ),
    "DECLINE_ORDER": Case(
        "DECLINE_ORDER",
        lambda v, m: decline_order(v, None, m),
        MATCH.sources("DECLINE_ORDER"),
        "matchId",
    ),
    "WITHDRAW_ACCEPTANCE": Case(
        "WITHDRAW_ACCEPTANCE",
        lambda v, m: withdraw_acceptance(v, None, m),
        MATCH.sources("WITHDRAW_ACCEPTANCE"),
        "matchId",
    ),
}
ACCOUNTS = {
    "RECORD_TALK": Case(None, talk, frozenset({"REGISTERED"}), "userId"),
    "RECORD_IDENTITY_CHECK": Case(None, check, frozenset({"REGISTERED"}), "userId"),
    "RELEASE_ACCOUNT": Case(
        "RELEASE_ACCOUNT",
        lambda v, u: release_account(v, None, u),
        ACCOUNT.sources("RELEASE_ACCOUNT"),
        "userId",
    ),
}


def others(place: Place, *mine: Role) -> Refusals:
    """Everybody who may not, with the refusal that each of them gets; all released."""
    roles = set(Role) - {Role.ANONYMOUS, *mine}
    people = [Viewer(place.officer.id, role, AccountState.RELEASED) for role in sorted(roles)]
    return [(ANONYMOUS, SignInRequired), *((each, RoleNotAllowed) for each in people)]


def unreleased(viewer: Viewer) -> Refusals:
    states = [state for state in AccountState if state is not AccountState.RELEASED]
    found: Refusals = [(replace(viewer, state=state), AccountNotReleased) for state in states]
    return [*found, (replace(viewer, state=None, weak=True), SecondFactorMissing)]


async def refuse(case: Case, row: UUID, refusals: Refusals) -> None:
    before = await everything()
    for viewer, refusal in refusals:
        with pytest.raises(refusal) as refused:
            await case.do(viewer, row)
        assert type(refused.value) is refusal, (viewer, refused.value)
        if refusal is NotFound:
            assert refused.value.field == case.field
        assert await everything() == before, viewer


async def tell_of(row: UUID) -> list[tuple[str, ...]]:
    rows = await fetch("SELECT action, target FROM transitions WHERE aggregate = $1", row)
    return [tuple(each.values()) for each in rows]


async def attempt(case: Case, row: UUID, state: StrEnum, viewer: Viewer) -> None:
    """The right person: done where the state allows it, refused with the state elsewhere."""
    if state in case.legal:
        async with undone():
            await case.do(viewer, row)
            machine = {"orderId": ORDER, "matchId": MATCH, "userId": ACCOUNT}[case.field]
            wanted = [(case.action, machine.target(case.action))] if case.action else []
            assert await tell_of(row) == wanted
        return
    before = await everything()
    with pytest.raises(StateRefused) as refused:
        await case.do(viewer, row)
    assert refused.value.params["state"] == state
    assert await everything() == before


@pytest.mark.parametrize("name", ORDERS)
@pytest.mark.parametrize("state", OrderState)
async def test_orders_move_as_the_machine_says_and_for_their_owner_alone(
    owner_url: str, place: Place, state: OrderState, name: str
) -> None:
    case, owner = ORDERS[name], await viewer_for(await make_seeker(place))
    stranger = await viewer_for(await make_seeker(place))
    async with guards_asleep(owner_url) as connection:
        order = await put_order(connection, owner.id or place.officer.id, place, state)
    wrong: Refusals = [*others(place, Role.SEEKER), *unreleased(owner), (stranger, NotFound)]
    await refuse(case, order, wrong)
    await attempt(case, order, state, owner)


@pytest.mark.parametrize("name", MATCHES)
@pytest.mark.parametrize("state", MatchState)
async def test_matches_move_as_the_machine_says_and_for_their_acceptor_alone(
    owner_url: str, place: Place, state: MatchState, name: str
) -> None:
    case, seeker = MATCHES[name], await make_seeker(place)
    house, elsewhere = await make_provider(place), await make_provider(place)
    assistant = await viewer_for(await make_assistant(place))
    coordinator = await viewer_for(await make_coordinator(place, house))
    strangers = [
        await viewer_for(await make_assistant(place)),
        await viewer_for(await make_coordinator(place, elsewhere)),
    ]
    by_provider = state is MatchState.REQUESTED
    async with guards_asleep(owner_url) as connection:
        order = await put_order(connection, seeker.id, place)
        match = await put_match(
            connection,
            order,
            state,
            assistant=None if by_provider else assistant.id,
            provider=house.id if by_provider else None,
        )
    mine, not_mine = (coordinator, assistant) if by_provider else (assistant, coordinator)
    wrong: Refusals = [
        *others(place, Role.ASSISTANT, Role.COORDINATOR),
        *unreleased(mine),
        *((each, NotFound) for each in (*strangers, not_mine)),
    ]
    await refuse(case, match, wrong)
    await attempt(case, match, state, mine)


@pytest.mark.parametrize("name", ACCOUNTS)
@pytest.mark.parametrize("state", AccountState)
async def test_accounts_move_as_the_machine_says_and_by_staff_alone(
    owner_url: str, place: Place, state: AccountState, name: str
) -> None:
    case, person = ACCOUNTS[name], await make_seeker(place)
    async with guards_asleep(owner_url) as connection:
        await put_account(connection, person.id, state)
        if name == "RECORD_TALK":  # one that was held is not held again
            await connection.execute("DELETE FROM talks WHERE user_id = $1", person.id)
    officers = [Viewer(place.officer.id, role, AccountState.RELEASED) for role in sorted(STAFF)]
    await refuse(case, person.id, [*others(place, *STAFF), *unreleased(officers[0])])
    for officer in officers:
        await attempt(case, person.id, state, officer)


@pytest.mark.parametrize("name", ACCOUNTS)
async def test_staff_is_on_no_way_to_release_and_who_is_released_is_at_its_end(
    place: Place, name: str
) -> None:
    coordinator = await make_coordinator(place, await make_provider(place))
    officer = await viewer_for(place.officer)
    for person in (place.officer.id, place.municipality.id):
        await refuse(ACCOUNTS[name], person, [(officer, NotFound)])
    await refuse(ACCOUNTS[name], coordinator.id, [(officer, StateRefused)])


@pytest.mark.parametrize("state", sorted(set(OrderState) - {"RELEASED", "IN_PROGRESS"}))
async def test_nobody_accepts_an_order_that_is_not_open(
    owner_url: str, place: Place, state: OrderState
) -> None:
    helper, seeker = await make_assistant(place), await make_seeker(place)
    async with guards_asleep(owner_url) as connection:
        order = await put_order(connection, seeker.id, place, state)
        match = await put_match(connection, order, assistant=helper.id)
    before = await everything()
    with pytest.raises(StateRefused) as refused:
        await accept_order(await viewer_for(helper), None, match)
    assert refused.value.params == {"state": state, "action": "ACCEPT_ORDER"}
    assert await everything() == before
