"""Contracts: two yeses to the same terms after a meeting, and an end that both know of."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from domain.contract import ContractModel, ContractSide
from domain.contract_state import FIRST_CONSENT, ContractState
from domain.errors import (
    ActivitiesMissing,
    ActivityNotAsked,
    ContractModelForeign,
    DateInPast,
    DomainError,
    MeetingNotHeld,
    NotFound,
    NumberOutOfRange,
    RoleNotAllowed,
    SpanRefused,
    Stale,
    StateRefused,
)
from domain.permissions import Doer
from domain.states import AGREED_MATCH, MatchState, OrderState
from domain.user import Employment
from models.contract import Contract, ContractConsent
from models.database import execute, fetch
from models.history import Transition
from models.match import Match
from models.order import Order
from models.user import Assistant, User
from services import clock
from services.contract import consent_to_contract, draft_contract
from services.match import decline_order
from services.order import withdraw_order
from services.session import viewer_acting
from tests.doers import refused_for
from tests.people import Place, make_assistant, make_coordinator, make_provider, viewer_for
from tests.services.contracting import met, met_provider, terms
from tests.services.delegating import GUARDIAN, acting
from tests.services.scenes import check_histories, seeker_of
from tests.services.test_commission import mails


async def state_of(contract: UUID) -> ContractState:
    return (await Contract.get(id=contract)).state


async def test_two_yeses_make_a_contract_and_let_the_others_go(
    owner_url: str, place: Place
) -> None:
    other = await make_assistant(place)
    both = await met(owner_url, place, waiting=other.id)
    contract = await draft_contract(both.seeker, None, both.match, terms())
    assert await mails("contract_drafted") == {both.helper.id}
    await consent_to_contract(both.helper, None, contract.id, 1)
    assert await state_of(contract.id) is ContractState.DRAFT
    assert await mails("contract_consented") == {both.seeker.id}
    await consent_to_contract(both.helper, None, contract.id, 1)
    assert await ContractConsent.all().count() == 1
    done = await consent_to_contract(both.seeker, None, contract.id, 1)
    assert done.state is ContractState.AGREED
    assert (await Order.get(id=both.order)).state is OrderState.CONTRACTED
    assert (await Match.get(id=both.match)).state is MatchState.CONTRACTED
    assert (await Match.get(assistant_id=other.id)).state is MatchState.WITHDRAWN
    assert await mails("order_filled") == {other.id}
    assert await mails("contract_agreed") == {both.seeker.id, both.helper.id}
    await check_histories([both.order, both.match])


async def test_a_change_of_the_terms_voids_the_yes_to_the_old_ones(
    owner_url: str, place: Place
) -> None:
    both = await met(owner_url, place)
    contract = await draft_contract(both.seeker, None, both.match, terms())
    await consent_to_contract(both.seeker, None, contract.id, 1)
    changed = await draft_contract(both.helper, None, both.match, terms(minutes=180), 1)
    assert (changed.id, changed.version, changed.drafted_by) == (
        contract.id,
        2,
        ContractSide.ACCEPTOR,
    )
    with pytest.raises(Stale):
        await consent_to_contract(both.seeker, None, contract.id, 1)
    with pytest.raises(Stale):
        await draft_contract(both.seeker, None, both.match, terms(), 1)
    await consent_to_contract(both.helper, None, contract.id, 2)
    assert await state_of(contract.id) is ContractState.DRAFT
    await consent_to_contract(both.seeker, None, contract.id, 2)
    assert await state_of(contract.id) is ContractState.AGREED


async def test_no_contract_before_a_meeting(owner_url: str, place: Place) -> None:
    both = await met(owner_url, place)
    await execute("UPDATE orders SET state = 'IN_PROGRESS' WHERE id = $1", both.order)
    with pytest.raises(MeetingNotHeld) as refused:
        await draft_contract(both.seeker, None, both.match, terms())
    assert refused.value.params["action"] == "DRAFT_CONTRACT"


async def test_strangers_find_no_match_and_no_contract(owner_url: str, place: Place) -> None:
    both = await met(owner_url, place)
    contract = await draft_contract(both.seeker, None, both.match, terms())
    for stranger in (await seeker_of(place), await viewer_for(await make_assistant(place))):
        with pytest.raises(NotFound):
            await draft_contract(stranger, None, both.match, terms())
        with pytest.raises(NotFound):
            await consent_to_contract(stranger, None, contract.id, 1)
    with pytest.raises(RoleNotAllowed):
        await consent_to_contract(await viewer_for(place.officer), None, contract.id, 1)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"minutes": 0}, NumberOutOfRange),
        ({"minutes": 168 * 60 + 1}, NumberOutOfRange),
        ({"hourly_cents": 0}, NumberOutOfRange),
        ({"activities": frozenset()}, ActivitiesMissing),
        ({"activities": frozenset({"HAU_KOCHEN"})}, ActivityNotAsked),
        ({"starts_on": clock.today() - timedelta(days=1)}, DateInPast),
        ({"ends_on": clock.today()}, SpanRefused),
    ],
)
async def test_terms_that_cannot_be_are_refused(
    owner_url: str, place: Place, more: dict[str, object], refusal: type[DomainError]
) -> None:
    both = await met(owner_url, place)
    with pytest.raises(refusal):
        await draft_contract(both.seeker, None, both.match, terms(**more))
    assert not await Contract.exists()


async def test_a_provider_serves_and_its_coordinator_says_yes(owner_url: str, place: Place) -> None:
    both = await met_provider(owner_url, place)
    with pytest.raises(ContractModelForeign):
        await draft_contract(both.seeker, None, both.match, terms(model=ContractModel.EMPLOYER))
    contract = await draft_contract(both.seeker, None, both.match, terms())
    assert (contract.provider_id, contract.assistant_id) == (both.house, both.helper.id)
    await consent_to_contract(both.seeker, None, contract.id, 1)
    done = await consent_to_contract(both.coordinator, None, contract.id, 1)
    assert done.state is ContractState.AGREED


async def test_an_employed_assistant_comes_and_the_provider_decides(
    owner_url: str, place: Place
) -> None:
    house = (await make_provider(place)).id
    both = await met(owner_url, place)
    await execute(
        "UPDATE assistants SET employment = 'EMPLOYED', provider_id = $1 WHERE id = $2",
        house,
        both.helper.id,
    )
    contract = await draft_contract(both.seeker, None, both.match, terms())
    assert (contract.provider_id, contract.assistant_id) == (house, both.helper.id)
    with refused_for(Doer.OWN_COORDINATOR):
        await consent_to_contract(both.helper, None, contract.id, 1)
    own = await draft_contract(both.seeker, None, both.match, terms(model=ContractModel.EMPLOYER))
    assert own.provider_id is None
    await consent_to_contract(both.helper, None, contract.id, 2)
    await consent_to_contract(both.seeker, None, contract.id, 2)
    assert await state_of(contract.id) is ContractState.AGREED


async def test_a_guardian_says_yes_and_both_are_named_a_relative_may_not(
    owner_url: str, place: Place
) -> None:
    both = await met(owner_url, place)
    contract = await draft_contract(both.helper, None, both.match, terms())
    seeker = await User.get(id=both.seeker.id)
    _relative, delegation, secret = await acting(place, seeker)
    relative = await viewer_acting(secret, delegation.id, clock.now())
    with pytest.raises(DomainError) as refused:
        await consent_to_contract(relative, None, contract.id, 1)
    assert refused.value.code == "NOT_FOR_ANOTHER"
    guardian_user, delegation, secret = await acting(place, seeker, GUARDIAN)
    guardian = await viewer_acting(secret, delegation.id, clock.now())
    await consent_to_contract(guardian, None, contract.id, 1)
    (said,) = await ContractConsent.filter(contract_id=contract.id)
    assert (said.actor_id, said.principal_id) == (guardian_user.id, seeker.id)
    (told,) = await Transition.concerning(both.seeker).filter(aggregate=contract.id)
    assert (told.action, told.source, told.target) == (FIRST_CONSENT, "DRAFT", "DRAFT")
    assert (told.actor_id, told.principal_id) == (guardian_user.id, seeker.id)
    assert (told.match_id, told.version) == (both.match, 1)


@pytest.mark.parametrize("attempt", range(4))
async def test_two_yeses_at_once_make_one_contract(
    owner_url: str, place: Place, attempt: int
) -> None:
    both = await met(owner_url, place)
    contract = await draft_contract(both.seeker, None, both.match, terms())
    sides = [both.seeker, both.helper] * 3
    calls = [consent_to_contract(each, None, contract.id, 1) for each in sides]
    found = await asyncio.gather(
        *(calls if attempt % 2 else reversed(calls)), return_exceptions=True
    )
    assert all(isinstance(each, (Contract, StateRefused)) for each in found)
    assert await state_of(contract.id) is ContractState.AGREED
    assert await ContractConsent.all().count() == 2
    await check_histories([both.order, both.match])


@pytest.mark.parametrize("end", ["order", "match"])
@pytest.mark.parametrize("attempt", range(2))
async def test_the_last_yes_and_the_end_of_the_match_at_once_reach_one_of_two_ends(
    owner_url: str, place: Place, end: str, attempt: int
) -> None:
    both = await met(owner_url, place)
    contract = await draft_contract(both.seeker, None, both.match, terms())
    await consent_to_contract(both.helper, None, contract.id, 1)
    leave = (
        withdraw_order(both.seeker, None, both.order)
        if end == "order"
        else decline_order(both.helper, None, both.match)
    )
    calls = [consent_to_contract(both.seeker, None, contract.id, 1), leave]
    found = await asyncio.gather(*(calls if attempt else reversed(calls)), return_exceptions=True)
    assert sum(isinstance(each, StateRefused) for each in found) == 1
    states = await fetch(
        "SELECT o.state AS orders, c.state AS contracts FROM orders o "
        "JOIN contracts c ON c.order_id = o.id"
    )
    without = "WITHDRAWN" if end == "order" else "RELEASED"
    assert states in (
        [{"orders": "CONTRACTED", "contracts": "AGREED"}],
        [{"orders": without, "contracts": "WITHDRAWN"}],
    )


async def test_who_withdraws_before_the_last_yes_leaves_no_contract_and_everybody_knows(
    owner_url: str, place: Place
) -> None:
    employer, waiting = await make_provider(place), await make_assistant(place)
    coordinator = await make_coordinator(place, employer)
    both = await met(owner_url, place, waiting=waiting.id)
    await Assistant.filter(id=both.helper.id).update(
        employment=Employment.EMPLOYED, provider_id=employer.id
    )
    contract = await draft_contract(both.seeker, None, both.match, terms())
    await withdraw_order(both.seeker, None, both.order)
    assert await state_of(contract.id) is ContractState.WITHDRAWN
    assert (await Order.get(id=both.order)).state is OrderState.WITHDRAWN
    matches = Match.filter(order_id=both.order)
    assert {each.state for each in await matches} == {MatchState.WITHDRAWN}
    assert await Match.counts([both.order], sorted(AGREED_MATCH)) == {}
    assert await mails("order_closed") == {both.helper.id, waiting.id}
    assert await mails("order_closed_team") == {coordinator.id}
    for each in (both.seeker, await viewer_for(coordinator)):
        with pytest.raises(StateRefused):
            await consent_to_contract(each, None, contract.id, contract.version)
    await check_histories([both.order, both.match])
