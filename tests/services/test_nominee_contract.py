"""Whom a provider sends, and the contract: it names nobody but the one who was met."""

import asyncio
from dataclasses import dataclass
from uuid import UUID

import pytest

from domain.contract_state import ContractState
from domain.errors import (
    AssistantNotMet,
    DomainError,
    NomineeContracted,
    NomineeDrafted,
)
from domain.states import NominationState
from domain.viewer import Viewer
from models.contract import Contract
from models.database import execute, fetch
from models.match import Match
from models.nomination import Nomination
from models.provider import Provider
from models.user import Seeker
from services.application import remove_assistant
from services.contract import consent_to_contract, draft_contract
from services.nomination import (
    choose_nominee,
    decline_nomination,
    nominate_assistant,
    withdraw_nomination,
)
from tests.people import Place, make_assistant, viewer_for
from tests.services.contracting import MetProvider, met_provider, terms
from tests.services.scenes import check_histories
from tests.services.test_commission import mails
from tests.staging import guards_asleep


@dataclass(frozen=True)
class Case:
    """One assistant was met, another one was named."""

    both: MetProvider
    other: Viewer
    named: UUID


async def case_of(owner_url: str, place: Place) -> Case:
    both = await met_provider(owner_url, place)
    provider = await Provider.get(id=both.house)
    other = await make_assistant(place, provider=provider)
    named = await nominate_assistant(both.coordinator, None, both.match, other.id)
    return Case(both, await viewer_for(other), named.id)


async def states(both: MetProvider) -> tuple[str, str]:
    (row,) = await fetch(
        "SELECT o.state AS order_state, m.state AS match_state FROM orders o "
        "JOIN matches m ON m.order_id = o.id WHERE m.id = $1",
        both.match,
    )
    return row["match_state"], row["order_state"]


async def agreed(both: MetProvider) -> Contract:
    contract = await draft_contract(both.seeker, None, both.match, terms())
    for viewer in (both.coordinator, both.seeker):
        await consent_to_contract(viewer, None, contract.id, contract.version)
    return await Contract.get(id=contract.id)


async def sees(viewer: Viewer, both: MetProvider) -> bool:
    match = await Match.visible_to(viewer).filter(id=both.match).exists()
    seeker = await Seeker.visible_to(viewer).filter(id=both.seeker.id).exists()
    assert match == seeker
    return match


async def test_nobody_else_is_chosen_while_a_contract_is_drafted(
    owner_url: str, place: Place
) -> None:
    case = await case_of(owner_url, place)
    both = case.both
    contract = await draft_contract(both.seeker, None, both.match, terms())
    await consent_to_contract(both.coordinator, None, contract.id, contract.version)
    with pytest.raises(NomineeDrafted) as refused:
        await choose_nominee(both.seeker, None, case.named)
    assert refused.value.params["action"] == "CHOOSE_NOMINEE"
    assert (await Match.get(id=both.match)).nominee_id == both.helper.id
    await consent_to_contract(both.seeker, None, contract.id, contract.version)
    assert await sees(both.helper, both)
    assert not await sees(case.other, both)


async def test_whoever_is_chosen_after_a_held_meeting_is_met_first(
    owner_url: str, place: Place
) -> None:
    case = await case_of(owner_url, place)
    both = case.both
    await choose_nominee(both.seeker, None, case.named)
    assert await states(both) == ("REQUESTED", "REQUESTED")
    with pytest.raises(DomainError) as refused:
        await draft_contract(both.seeker, None, both.match, terms())
    assert refused.value.code == "MEETING_NOT_HELD"
    assert not await sees(both.helper, both)
    await check_histories([both.match, both.order])


@pytest.mark.parametrize("who", ["provider", "assistant", "leaves"])
async def test_a_draft_ends_with_the_one_whom_it_names(
    owner_url: str, place: Place, who: str
) -> None:
    case = await case_of(owner_url, place)
    both = case.both
    contract = await draft_contract(both.seeker, None, both.match, terms())
    if who == "provider":
        await withdraw_nomination(both.coordinator, None, both.nomination)
    elif who == "assistant":
        await decline_nomination(both.helper, None, both.nomination)
    else:
        assert both.helper.id is not None
        await remove_assistant(both.coordinator, None, both.helper.id)
    assert (await Contract.get(id=contract.id)).state is ContractState.WITHDRAWN
    assert await states(both) == ("REQUESTED", "REQUESTED")
    assert await mails("nominee_gone") == (set() if who == "leaves" else {both.seeker.id})
    chosen = await choose_nominee(both.seeker, None, case.named)
    assert chosen.state is NominationState.CHOSEN
    await check_histories([both.match, both.order])


async def test_after_the_contract_a_nomination_stays_as_it_is(owner_url: str, place: Place) -> None:
    both = await met_provider(owner_url, place)
    contract = await agreed(both)
    attempts = (
        (decline_nomination, both.helper),
        (withdraw_nomination, both.coordinator),
        (choose_nominee, both.seeker),
    )
    for attempt, viewer in attempts:
        with pytest.raises(NomineeContracted):
            await attempt(viewer, None, both.nomination)
    assert (await Nomination.get(id=both.nomination)).state is NominationState.CHOSEN
    assert (await Contract.get(id=contract.id)).state is ContractState.AGREED
    assert await sees(both.helper, both)


async def test_a_nomination_alone_shows_nobody_of_a_contract(owner_url: str, place: Place) -> None:
    case = await case_of(owner_url, place)
    both = case.both
    await agreed(both)
    async with guards_asleep(owner_url) as connection:
        sql = "UPDATE matches SET nominee_id = $2 WHERE id = $1"
        await connection.execute(sql, both.match, case.other.id)
    assert not await sees(case.other, both)


async def test_nobody_drafts_with_whom_nobody_has_met(owner_url: str, place: Place) -> None:
    both = await met_provider(owner_url, place)
    sides = (both.seeker, both.coordinator)
    await execute("UPDATE meeting_people SET user_id = $1", both.coordinator.id)
    for viewer in sides:
        with pytest.raises(AssistantNotMet):
            await draft_contract(viewer, None, both.match, terms())
    await execute("DELETE FROM meeting_people")
    async with guards_asleep(owner_url) as connection:  # the provider met alone, and named nobody
        await connection.execute("UPDATE matches SET nominee_id = NULL")
    for viewer in sides:
        with pytest.raises(AssistantNotMet):
            await draft_contract(viewer, None, both.match, terms())
    assert not await Contract.exists()


async def test_a_yes_counts_for_the_one_whom_the_draft_names(owner_url: str, place: Place) -> None:
    both = await met_provider(owner_url, place)
    contract = await draft_contract(both.seeker, None, both.match, terms())
    await execute("UPDATE meeting_people SET user_id = $1", both.coordinator.id)
    with pytest.raises(AssistantNotMet):
        await consent_to_contract(both.seeker, None, contract.id, contract.version)


@pytest.mark.parametrize("attempt", range(4))
async def test_another_choice_and_a_draft_at_once_leave_one_person(
    owner_url: str, place: Place, attempt: int
) -> None:
    case = await case_of(owner_url, place)
    both = case.both
    drafts = draft_contract(both.seeker, None, both.match, terms())
    calls = [drafts, choose_nominee(both.seeker, None, case.named)]
    found = await asyncio.gather(
        *(calls if attempt % 2 else reversed(calls)), return_exceptions=True
    )
    assert sum(isinstance(each, DomainError) for each in found) == 1, found
    nominee = (await Match.get(id=both.match)).nominee_id
    drafted = await Contract.filter(state=ContractState.DRAFT)
    assert all(each.assistant_id == nominee for each in drafted)
