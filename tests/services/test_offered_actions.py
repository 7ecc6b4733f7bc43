"""What is offered is accepted: every button of a match on its way to a contract, for everybody."""

from collections.abc import Awaitable, Callable, Collection
from functools import partial
from typing import NoReturn
from uuid import UUID

import pytest

from domain.contract import ContractEnd
from domain.errors import DomainError, StateRefused
from domain.viewer import Viewer
from models.contract import Contract
from models.database import transaction
from models.match import Match
from models.nomination import Nomination
from models.order import Order
from models.provider import Provider
from models.user import User
from notifications.language import Language
from schema import contract as contracts
from schema import match as matches
from schema import nomination as nominations
from schema.action import Action
from services import clock
from services.contract import consent_to_contract, draft_contract
from services.contract_end import end_contract
from services.nomination import (
    choose_nominee,
    decline_nomination,
    nominate_assistant,
    withdraw_nomination,
)
from services.session import viewer_acting
from tests.people import Place, make_assistant, make_coordinator, make_provider, viewer_for
from tests.services.contracting import MetProvider, met_provider, terms
from tests.services.delegating import GUARDIAN, acting

Call = Callable[[], Awaitable[object]]
CASES: dict[str, Callable[..., Awaitable[object]]] = {
    "CHOOSE_NOMINEE": choose_nominee,
    "DECLINE_NOMINATION": decline_nomination,
    "WITHDRAW_NOMINATION": withdraw_nomination,
}
NOT_NOW = {"ROLE_NOT_ALLOWED", "STATE_REFUSED", "NOT_FOR_ANOTHER", "NOT_FOUND"}


class Undone(Exception):
    """Nothing of a try stays."""


async def actors(place: Place, both: MetProvider) -> dict[str, Viewer]:
    seeker = await User.get(id=both.seeker.id)
    found = {"seeker": both.seeker, "chosen": both.helper, "coordinator": both.coordinator}
    for name, kind in (("relative", ()), ("guardian", (GUARDIAN,))):
        _user, delegation, secret = await acting(place, seeker, *kind)
        found[name] = await viewer_acting(secret, delegation.id, clock.now())
    elsewhere = await make_coordinator(place, await make_provider(place))
    return found | {"elsewhere": await viewer_for(elsewhere)}


async def undone(call: Call) -> NoReturn:
    await call()
    raise Undone


async def refusal(call: Call) -> str | None:
    """The code of what is in the way of it; it is undone."""
    try:
        async with transaction():
            await undone(call)
    except DomainError as refused:
        return "STATE_REFUSED" if isinstance(refused, StateRefused) else refused.code
    except Undone:
        return None


async def of_match(both: MetProvider, viewer: Viewer) -> Collection[Action]:
    match = await Match.visible_to(viewer).get_or_none(id=both.match)
    if match is None:
        return ()
    order = await Order.get(id=both.order)
    row = (match.kind, match.state, order.state, False, None, "CHOSEN")
    found = matches.available_actions(*row, viewer, Language.EN)
    return [each for each in found if each.code == "DRAFT_CONTRACT"]


async def offered_of_nomination(both: MetProvider, key: UUID, viewer: Viewer) -> list[Action]:
    row = await Nomination.visible_to(viewer).get_or_none(id=key)
    match = await Match.get(id=both.match)
    known = await Contract.get_or_none(match_id=both.match)
    progress = f"{known.state}|t||||" if known else None
    if row is None:
        return []
    return nominations.available_actions(row.state, match.state, progress, viewer, Language.EN)


async def offered_of_contract(viewer: Viewer, said: str) -> list[Action]:
    row = await Contract.visible_to(viewer).first()
    if row is None:
        return []
    sides = (str(row.assistant_id), str(row.provider_id))
    return contracts.available_actions(row.state, row.version, said, *sides, viewer, Language.EN)


async def stage_of(both: MetProvider, stage: str) -> tuple[Contract | None, str]:
    """The contract as far as the stage has it, and who has said yes to it."""
    if stage == "met":
        return None, ""
    contract = await draft_contract(both.seeker, None, both.match, terms())
    said = {"half": [both.coordinator], "agreed": [both.coordinator, both.seeker]}.get(stage, [])
    for viewer in said:
        await consent_to_contract(viewer, None, contract.id, contract.version)
    contract = await Contract.get(id=contract.id)
    return contract, f"ACCEPTOR:{contract.version}" if said else ""


def calls_of(both: MetProvider, contract: Contract | None, viewer: Viewer) -> dict[str, Call]:
    """The mutation behind each button of the match or its contract."""
    version = contract.version if contract else None
    calls: dict[str, Call] = {
        "DRAFT_CONTRACT": lambda: draft_contract(viewer, None, both.match, terms(), version)
    }
    if contract:
        key, today = contract.id, clock.today()
        calls["CONSENT_TO_CONTRACT"] = lambda: consent_to_contract(
            viewer, None, key, contract.version
        )
        calls["END_CONTRACT"] = lambda: end_contract(
            viewer, None, key, today, ContractEnd.BY_AGREEMENT
        )
    return calls


STAGES = ("met", "drafted", "half", "agreed")


@pytest.mark.parametrize("stage", STAGES)
async def test_what_is_offered_of_a_contract_is_accepted_and_nothing_else(
    owner_url: str, place: Place, stage: str
) -> None:
    both = await met_provider(owner_url, place)
    contract, said = await stage_of(both, stage)
    for name, viewer in (await actors(place, both)).items():
        offered = await (offered_of_contract(viewer, said) if contract else of_match(both, viewer))
        available = {each.code for each in offered if each.available}
        for code, call in calls_of(both, contract, viewer).items():
            reason = await refusal(call)
            again = (name, code, stage) == ("coordinator", "CONSENT_TO_CONTRACT", "half")
            assert (reason is None) is (code in available or again), (name, code, reason)
            assert reason is None or reason in NOT_NOW, (name, code)


@pytest.mark.parametrize("stage", STAGES)
async def test_what_is_offered_of_a_nomination_is_accepted_and_nothing_else(
    owner_url: str, place: Place, stage: str
) -> None:
    both = await met_provider(owner_url, place)
    other = await make_assistant(place, provider=await Provider.get(id=both.house))
    named = (await nominate_assistant(both.coordinator, None, both.match, other.id)).id
    everybody = await actors(place, both) | {"named": await viewer_for(other)}
    await stage_of(both, stage)
    for name, viewer in everybody.items():
        for key in (both.nomination, named):
            buttons = await offered_of_nomination(both, key, viewer)
            available = {each.code for each in buttons if each.available}
            for code, case in CASES.items():
                reason = await refusal(partial(case, viewer, None, key))
                assert (reason is None) is (code in available), (name, code, reason)
                assert reason is None or reason in NOT_NOW, (name, code)
