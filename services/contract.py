"""Use cases of contracts: write the terms down, and say yes to them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.contract import (
    ContractSide,
    Terms,
    models_of,
    problems,
    provider_is_party,
)
from domain.contract_state import CONTRACT, FIRST_CONSENT, OPEN_CONTRACT, ContractState
from domain.errors import (
    AssistantNotMet,
    ContractModelForeign,
    DomainError,
    MeetingNotHeld,
    NotFound,
    StateRefused,
)
from domain.permissions import Doer, demand_role, left_to
from domain.states import COMMISSIONED_ORDER, MATCH, OPEN_FOR_ANSWERS, ORDER, OrderState
from domain.version import demand_version
from domain.viewer import PARTIES, DelegationKind, Role, Viewer
from models.contract import Contract, ContractActivity, ContractConsent
from models.match import Match
from models.meeting import Meeting
from models.order import Order, parts_of
from models.user import Assistant
from notifications.message import MailKind
from services import clock
from services.contract_mail import tell_all, tell_other_side
from services.contract_news import promise_end, tell_lists
from services.match_end import end_others
from services.transition import note, transition
from services.use_case import for_another, use_case

_BEFORE_MEETING = OPEN_FOR_ANSWERS | COMMISSIONED_ORDER - {OrderState.MEETING_HELD}


@dataclass(frozen=True, slots=True)
class Party:
    """Who serves: the assistant, the provider, or an assistant of a provider's."""

    assistant_id: UUID | None
    provider_id: UUID | None


@use_case
@for_another()
async def draft_contract(
    viewer: Viewer, match_id: UUID, terms: Terms, if_version: int | None = None
) -> Contract:
    """Write the terms down, or write them anew: what was agreed to before holds no longer.

    Raises:
        NotFound: not a match of the viewer's.
        MeetingNotHeld, StateRefused: there was no meeting, or there is a contract already.
        AssistantNotMet: nobody is chosen, or not the one whom the seeker has met.
        Stale: somebody has changed the draft meanwhile.
        ContractModelForeign, RoleNotAllowed: this match leads to the other model; the other
            side's provider decides.
        DomainError: see `problems`.
    """
    demand_role(viewer, *PARTIES)
    match, order = await _locked_match(viewer, match_id)
    known = await Contract.get_or_none(match_id=match_id, state__in=sorted(OPEN_CONTRACT))
    if known is None and order.state in _BEFORE_MEETING:
        raise MeetingNotHeld(state=order.state.value, action="DRAFT_CONTRACT")
    if order.state is not OrderState.MEETING_HELD or (
        known is not None and known.state is not ContractState.DRAFT
    ):
        raise StateRefused(state=order.state.value, action="DRAFT_CONTRACT")
    if known is not None:
        demand_version(known.version, if_version)
    if terms.model not in models_of(match.kind):
        raise ContractModelForeign(field="model")
    offered = (await parts_of(order.id)).activities
    if found := problems(terms, offered, clock.today(), clock.now()):
        raise DomainError.of(found)
    party = await _party(match, terms)
    await _demand_met(match, party.assistant_id, "DRAFT_CONTRACT")
    side = side_of(viewer, order.seeker_id, party)
    contract = await _written(known, match, order, terms, party, side)
    await tell_lists(contract)
    await tell_other_side(MailKind.CONTRACT_DRAFTED, contract, side)
    return contract


async def _locked_match(viewer: Viewer, match_id: UUID) -> tuple[Match, Order]:
    seen = await Match.visible_to(viewer).get_or_none(id=match_id)
    if seen is None:
        raise NotFound(field="matchId")
    order = await Order.filter(id=seen.order_id).select_for_update(no_key=True).get()
    return await Match.get(id=match_id), order


async def _party(match: Match, terms: Terms) -> Party:
    assistant_id = match.assistant_id or match.nominee_id
    provider_id = match.provider_id
    if match.assistant_id is not None:
        provider_id = (await Assistant.get(id=match.assistant_id)).provider_id
    served = provider_is_party(terms.model, has_provider=provider_id is not None)
    return Party(assistant_id, provider_id if served else None)


async def _demand_met(match: Match, assistant_id: UUID | None, action: str) -> None:
    """A contract is with the one who comes, and whom the seeker has met.

    Raises:
        AssistantNotMet: the assistant is somebody else, or was at no meeting that was held.
    """
    comes = match.assistant_id or match.nominee_id
    if assistant_id != comes or not await Meeting.introduced(match.id, comes):
        raise AssistantNotMet(state=match.state.value, action=action)


def side_of(viewer: Viewer, seeker_id: UUID, party: Party) -> ContractSide:
    """For which side the viewer speaks.

    Raises:
        RoleNotAllowed: for none; an assistant whose provider is the party only comes.
    """
    if viewer.role is Role.SEEKER and viewer.id == seeker_id:
        return ContractSide.SEEKER
    if party.provider_id is not None:
        speaks = viewer.speaks_for == party.provider_id
    else:
        speaks = viewer.role is Role.ASSISTANT and viewer.id == party.assistant_id
    if not speaks:
        only_comes = party.provider_id is not None and viewer.role is Role.ASSISTANT
        raise left_to(Doer.OWN_COORDINATOR if only_comes else Role.ASSISTANT)
    return ContractSide.ACCEPTOR


async def _written(  # noqa: PLR0913, PLR0917  what a contract is made of
    known: Contract | None,
    match: Match,
    order: Order,
    terms: Terms,
    party: Party,
    side: ContractSide,
) -> Contract:
    said: dict[str, Any] = {
        "model": terms.model,
        "starts_on": terms.starts_on,
        "ends_on": terms.ends_on,
        "interval": terms.interval,
        "minutes": terms.minutes,
        "hourly_cents": terms.hourly_cents,
        "payer": terms.payer,
        "assistant_id": party.assistant_id,
        "provider_id": party.provider_id,
        "drafted_by": side,
    }
    if known is None:
        known = await Contract.create(
            order_id=order.id, match_id=match.id, seeker_id=order.seeker_id, **said
        )
    else:
        await Contract.filter(id=known.id).update(version=known.version + 1, **said)
        await ContractActivity.filter(contract_id=known.id).delete()
    await ContractActivity.bulk_create(
        [ContractActivity(contract_id=known.id, activity_id=each) for each in terms.activities]
    )
    return await Contract.get(id=known.id)


@use_case
@for_another(DelegationKind.GUARDIAN)
async def consent_to_contract(viewer: Viewer, contract_id: UUID, if_version: int) -> Contract:
    """Say yes to the terms of this very version; the second yes makes them a contract.

    Raises:
        NotFound, StateRefused: not a contract of the viewer's, or none that waits for a yes.
        Stale: the terms are others by now.
        RoleNotAllowed: the viewer speaks for neither side.
        AssistantNotMet: the draft names somebody who does not come.
    """
    demand_role(viewer, *PARTIES)
    contract, order = await locked(viewer, contract_id)
    side = side_of(viewer, order.seeker_id, Party(contract.assistant_id, contract.provider_id))
    if contract.state is not ContractState.DRAFT:
        raise StateRefused(state=contract.state.value, action="CONSENT_TO_CONTRACT")
    demand_version(contract.version, if_version)
    match = await Match.get(id=contract.match_id)
    await _demand_met(match, contract.assistant_id, "CONSENT_TO_CONTRACT")
    said = await ContractConsent.filter(contract_id=contract_id, version=contract.version)
    if side not in {each.side for each in said}:
        await ContractConsent.create(
            contract_id=contract_id,
            side=side,
            version=contract.version,
            actor_id=viewer.actor_id,
            principal_id=viewer.principal_id,
        )
        if said:
            return await _agree(viewer, contract, order)
        await note(CONTRACT, contract_id, FIRST_CONSENT, viewer)
        await tell_lists(contract)
        await tell_other_side(MailKind.CONTRACT_CONSENTED, contract, side)
    return contract


async def locked(viewer: Viewer, contract_id: UUID) -> tuple[Contract, Order]:
    """A contract that the viewer sees, and its order, both locked: the order first.

    Raises:
        NotFound: none of the viewer's.
    """
    seen = await Contract.visible_to(viewer).get_or_none(id=contract_id)
    if seen is None:
        raise NotFound(field="contractId")
    order = await Order.filter(id=seen.order_id).select_for_update(no_key=True).get()
    return await Contract.filter(id=contract_id).select_for_update(no_key=True).get(), order


async def _agree(viewer: Viewer, contract: Contract, order: Order) -> Contract:
    """Both have said yes: contract, match and order move together, the others are let go."""
    values = {"agreed_at": clock.now()}
    await transition(CONTRACT, contract.id, "CONSENT_TO_CONTRACT", viewer, values=values)
    await transition(MATCH, contract.match_id, "CONTRACT", viewer)
    await transition(ORDER, order.id, "CONTRACT", viewer)
    await end_others(order.id)
    contract = await Contract.get(id=contract.id)
    await tell_all(MailKind.CONTRACT_AGREED, contract)
    await promise_end(contract)
    return contract
