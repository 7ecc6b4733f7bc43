"""Nominations: a provider names its people, the seeker chooses, nobody is named who said no."""

import asyncio
from uuid import UUID

import pytest

from domain.errors import (
    AcceptorAway,
    NomineeRefused,
    NomineesFull,
    NotFound,
    ProofsMissing,
    RoleNotAllowed,
    StateRefused,
)
from domain.match import MOST_NOMINEES
from domain.permissions import Doer
from domain.states import MatchState, NominationState
from domain.viewer import Viewer
from models.block import Block
from models.database import execute, fetch
from models.match import Match
from models.nomination import Nomination
from models.order import Order
from models.user import Assistant, User
from services.application import remove_assistant
from services.commission import send_inquiry
from services.contract import consent_to_contract, draft_contract
from services.match import accept_order, decline_order, withdraw_acceptance
from services.nomination import (
    choose_nominee,
    decline_nomination,
    nominate_assistant,
    withdraw_nomination,
)
from services.order import amend_order, withdraw_order
from tests.doers import refused_for
from tests.people import Place, make_assistant, make_coordinator, make_provider, viewer_for
from tests.services.contracting import met_provider, terms
from tests.services.scenes import check_histories, history, seeker_of
from tests.services.test_commission import by_provider, mails
from tests.staging import guards_asleep


async def inquired(place: Place) -> tuple[Viewer, Order, Viewer, Match]:
    """An order for which a provider has an inquiry."""
    seeker, order, coordinator, match = await by_provider(place)
    await send_inquiry(seeker, None, match.id)
    return seeker, order, coordinator, match


async def employee(place: Place, match: Match) -> User:
    """One of the provider's people."""
    user = await make_assistant(place)
    await execute(
        "UPDATE assistants SET employment = 'EMPLOYED', provider_id = $2 WHERE id = $1",
        user.id,
        match.provider_id,
    )
    return user


async def nominee_of(match: Match) -> UUID | None:
    return (await Match.get(id=match.id)).nominee_id


async def test_the_seeker_chooses_among_those_who_are_named(place: Place) -> None:
    seeker, _order, coordinator, match = await inquired(place)
    first, second = await employee(place, match), await employee(place, match)
    named = [
        await nominate_assistant(coordinator, None, match.id, each.id) for each in (first, second)
    ]
    assert [each.fits for each in named] == [True, True]
    assert await mails("nominated") == {first.id, second.id}
    assert await mails("nominee_proposed") == {seeker.id}
    assert await nominee_of(match) is None
    chosen = await choose_nominee(seeker, None, named[0].id)
    assert chosen.state is NominationState.CHOSEN
    assert await nominee_of(match) == first.id
    assert await mails("nominee_chosen") == {first.id, coordinator.id}
    await choose_nominee(seeker, None, named[1].id)
    assert await nominee_of(match) == second.id
    assert (await Nomination.get(id=named[0].id)).state is NominationState.NOMINATED
    assert await mails("nomination_ended") == {first.id}
    assert await history(named[0].id) == ["CHOOSE_NOMINEE", "CHOOSE_ANOTHER"]


async def test_naming_somebody_twice_is_naming_once(place: Place) -> None:
    _seeker, _order, coordinator, match = await inquired(place)
    helper = await employee(place, match)
    calls = (nominate_assistant(coordinator, None, match.id, helper.id) for _ in range(8))
    found = await asyncio.gather(*calls)
    assert len({each.id for each in found}) == 1
    assert await Nomination.all().count() == 1


async def test_only_the_own_people_are_named_and_only_when_asked(place: Place) -> None:
    seeker, _order, coordinator, match = await by_provider(place)
    helper = await employee(place, match)
    with pytest.raises(StateRefused) as refused:
        await nominate_assistant(coordinator, None, match.id, helper.id)
    assert refused.value.params == {"state": "ACCEPTED", "action": "NOMINATE_ASSISTANT"}
    await send_inquiry(seeker, None, match.id)
    with pytest.raises(NotFound) as unknown:
        await nominate_assistant(coordinator, None, match.id, (await make_assistant(place)).id)
    assert unknown.value.field == "assistantId"
    stranger = await viewer_for(await make_coordinator(place, await make_provider(place)))
    with pytest.raises(NotFound) as unknown:
        await nominate_assistant(stranger, None, match.id, helper.id)
    assert unknown.value.field == "matchId"
    with pytest.raises(RoleNotAllowed):
        await nominate_assistant(seeker, None, match.id, helper.id)


async def test_nobody_is_named_who_cannot_come(place: Place) -> None:
    _seeker, _order, coordinator, match = await inquired(place)
    helper = await employee(place, match)
    await execute("UPDATE assistants SET proofs_until = current_date - 1")
    with pytest.raises(ProofsMissing):
        await nominate_assistant(coordinator, None, match.id, helper.id)
    await execute("UPDATE users SET state = 'SUSPENDED' WHERE id = $1", helper.id)
    with pytest.raises(AcceptorAway):
        await nominate_assistant(coordinator, None, match.id, helper.id)


async def test_whoever_said_no_or_is_blocked_is_not_named_and_the_reason_is_not_told(
    place: Place,
) -> None:
    _seeker, order, coordinator, match = await inquired(place)
    first, second, third = [await employee(place, match) for _ in range(3)]
    named = await nominate_assistant(coordinator, None, match.id, first.id)
    await decline_nomination(await viewer_for(first), None, named.id)
    assert await mails("nomination_declined") == {coordinator.id}
    await Match.create(
        order_id=order.id, kind="ASSISTANT", assistant_id=second.id, state=MatchState.SUGGESTED
    )
    own = await Match.get(order_id=order.id, assistant_id=second.id)
    await decline_order(await viewer_for(second), None, own.id)
    await Block.create(
        seeker_id=order.seeker_id, assistant_id=third.id, by_seeker=True, named=False
    )
    for each in (first, second, third):
        with pytest.raises(NomineeRefused):
            await nominate_assistant(coordinator, None, match.id, each.id)


async def test_five_are_enough(place: Place) -> None:
    _seeker, _order, coordinator, match = await inquired(place)
    people = [await employee(place, match) for _ in range(MOST_NOMINEES + 1)]
    for each in people[:-1]:
        await nominate_assistant(coordinator, None, match.id, each.id)
    with pytest.raises(NomineesFull) as refused:
        await nominate_assistant(coordinator, None, match.id, people[-1].id)
    assert refused.value.params["number"] == MOST_NOMINEES


async def test_when_the_chosen_one_leaves_the_seeker_is_told_to_choose_anew(place: Place) -> None:
    seeker, _order, coordinator, match = await inquired(place)
    people = [await employee(place, match) for _ in range(3)]
    named = [await nominate_assistant(coordinator, None, match.id, each.id) for each in people]
    await choose_nominee(seeker, None, named[0].id)
    await decline_nomination(await viewer_for(people[0]), None, named[0].id)
    assert await nominee_of(match) is None
    await choose_nominee(seeker, None, named[1].id)
    await withdraw_nomination(coordinator, None, named[1].id)
    assert await nominee_of(match) is None
    await choose_nominee(seeker, None, named[2].id)
    await remove_assistant(coordinator, None, people[2].id)
    assert await nominee_of(match) is None
    assert (await Nomination.get(id=named[2].id)).state is NominationState.WITHDRAWN
    assert await mails("nominee_gone") == {seeker.id}
    await check_histories([match.id])


@pytest.mark.parametrize("end", ["order", "match"])
async def test_nominations_end_with_the_match(place: Place, end: str) -> None:
    seeker, order, coordinator, match = await inquired(place)
    helper = await employee(place, match)
    named = await nominate_assistant(coordinator, None, match.id, helper.id)
    await choose_nominee(seeker, None, named.id)
    if end == "order":
        await withdraw_order(seeker, None, order.id)
    else:
        await decline_order(coordinator, None, match.id)
    assert (await Nomination.get(id=named.id)).state is NominationState.WITHDRAWN
    assert await nominee_of(match) is None
    assert await mails("nomination_ended") == {helper.id}


async def test_nobody_stays_named_for_a_match_that_asks_anew(owner_url: str, place: Place) -> None:
    seeker, order, coordinator, match = await inquired(place)
    helper = await employee(place, match)
    named = await nominate_assistant(coordinator, None, match.id, helper.id)
    await choose_nominee(seeker, None, named.id)
    async with guards_asleep(owner_url) as connection:  # as before nominations needed an inquiry
        await connection.execute("UPDATE matches SET state = 'ACCEPTED' WHERE id = $1", match.id)
        await connection.execute("UPDATE orders SET state = 'IN_PROGRESS' WHERE id = $1", order.id)
    await execute("DELETE FROM events")
    await amend_order(seeker, None, order.id, {"duration_minutes": 90})
    assert (await Match.get(id=match.id)).state is MatchState.SUGGESTED
    assert (await Nomination.get(id=named.id)).state is NominationState.WITHDRAWN
    assert await nominee_of(match) is None
    assert await mails("nomination_ended") == {helper.id}
    told = await fetch("SELECT key FROM events WHERE topic = 'suggested' AND key <> $1", helper.id)
    assert {each["key"] for each in told} == {match.provider_id}


async def test_whoever_was_named_beside_the_one_with_the_contract_is_let_go(
    owner_url: str, place: Place
) -> None:
    both = await met_provider(owner_url, place)
    match = await Match.get(id=both.match)
    other = await employee(place, match)
    named = await nominate_assistant(both.coordinator, None, both.match, other.id)
    contract = await draft_contract(both.seeker, None, both.match, terms())
    for viewer in (both.seeker, both.coordinator):
        await consent_to_contract(viewer, None, contract.id, contract.version)
    states = [(await Nomination.get(id=each)).state for each in (both.nomination, named.id)]
    assert states == [NominationState.CHOSEN, NominationState.WITHDRAWN]
    assert await nominee_of(match) == both.helper.id
    assert await mails("nomination_ended") == {other.id}


async def test_a_nominee_sees_the_match_once_chosen_and_the_seeker_sees_the_profile(
    place: Place,
) -> None:
    seeker, _order, coordinator, match = await inquired(place)
    helper = await employee(place, match)
    eyes = await viewer_for(helper)
    named = await nominate_assistant(coordinator, None, match.id, helper.id)
    assert not await Match.visible_to(eyes).filter(id=match.id).exists()
    assert not await Assistant.visible_to(seeker).filter(id=helper.id).exists()
    assert await Nomination.visible_to(eyes).filter(id=named.id).exists()
    assert await Nomination.visible_to(seeker).filter(id=named.id).exists()
    assert not await Nomination.visible_to(await seeker_of(place)).exists()
    await choose_nominee(seeker, None, named.id)
    assert await Match.visible_to(eyes).filter(id=match.id).exists()
    assert await Assistant.visible_to(seeker).filter(id=helper.id).exists()
    for answer in (accept_order, decline_order, withdraw_acceptance):
        with refused_for(Doer.OWN_COORDINATOR):
            await answer(eyes, None, match.id)


@pytest.mark.parametrize("attempt", range(4))
async def test_choosing_and_leaving_at_once_leave_nobody_chosen_who_left(
    place: Place, attempt: int
) -> None:
    seeker, _order, coordinator, match = await inquired(place)
    helper = await employee(place, match)
    named = await nominate_assistant(coordinator, None, match.id, helper.id)
    calls = [
        choose_nominee(seeker, None, named.id),
        decline_nomination(await viewer_for(helper), None, named.id),
    ]
    found = await asyncio.gather(
        *(calls if attempt % 2 else reversed(calls)), return_exceptions=True
    )
    assert all(isinstance(each, (Nomination, StateRefused, NotFound)) for each in found)
    assert (await Nomination.get(id=named.id)).state is NominationState.DECLINED
    assert await nominee_of(match) is None
