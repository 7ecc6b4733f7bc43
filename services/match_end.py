"""What hangs on a match ends with it: called wherever matches of an order may have ended."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from domain.contract_state import CONTRACT, ContractState
from domain.states import (
    AGREED_MATCH,
    ENDED_MATCH,
    MATCH,
    NOMINATION,
    OPEN_NOMINATION,
    MatchState,
    NominationState,
)
from domain.viewer import SYSTEM
from models.contract import Contract
from models.match import Match
from models.nomination import Nomination
from notifications.message import MailKind, announce_again
from services.match_mail import tell_acceptors
from services.meeting_end import another_comes, call_off
from services.transition import transition_all, transition_many


async def end_what_hangs_on(order_id: UUID) -> None:
    """End whatever is still open of the order's ended matches, in the caller's transaction.

    Nobody is named any more for a match that asks anew, nor beside the one who has the contract.
    A consequence has no actor of its own: the history of the match names who caused it.
    """
    drafts = Contract.filter(order_id=order_id, state=ContractState.DRAFT)
    gone = await drafts.filter(match__state__in=sorted(ENDED_MATCH)).order_by("id")
    await _withdraw_drafts([each.id for each in gone])
    await call_off(order_id)
    needless = _open(match__order_id=order_id).filter(
        ~Q(match__state__in=sorted(AGREED_MATCH))
        | Q(match__state=MatchState.CONTRACTED, state=NominationState.NOMINATED)
    )
    await _withdraw(await needless.order_by("id"))


async def end_others(order_id: UUID) -> None:
    """Let everybody go who had said yes to an order that is filled, in friendly words."""
    waiting = Match.filter(order_id=order_id, state__in=sorted(AGREED_MATCH))
    ended = [match.id for match in await waiting.exclude(state=MatchState.CONTRACTED)]
    await transition_all(MATCH, order_id, "LAPSE", SYSTEM)
    await transition_all(MATCH, order_id, "END", SYSTEM)
    await end_what_hangs_on(order_id)
    await tell_acceptors(MailKind.ORDER_FILLED, ended)


async def somebody_else_comes(match_id: UUID) -> None:
    """Undo what rested on whom the provider has sent so far: a meeting, and what was drafted.

    In the caller's transaction, with the order locked, behind the change of `Match.nominee`.
    """
    drafts = Contract.filter(match_id=match_id, state=ContractState.DRAFT)
    await _withdraw_drafts([each.id for each in await drafts])
    await another_comes(match_id)


async def end_nominations_of(assistant_id: UUID) -> None:
    """Somebody who leaves a provider comes for it no more."""
    await _withdraw(await _open(assistant_id=assistant_id).order_by("id"))


async def _withdraw_drafts(contracts: Sequence[UUID]) -> None:
    await transition_many(CONTRACT, contracts, "WITHDRAW_CONTRACT", SYSTEM)


def _open(**wanted: Any) -> "QuerySet[Nomination]":
    return Nomination.filter(state__in=sorted(OPEN_NOMINATION), **wanted)


async def _withdraw(found: Sequence[Nomination]) -> None:
    chosen = [each.match_id for each in found if each.state is NominationState.CHOSEN]
    await transition_many(NOMINATION, [each.id for each in found], "WITHDRAW_NOMINATION", SYSTEM)
    await Match.filter(id__in=chosen).update(nominee_id=None)
    for match_id in chosen:
        await somebody_else_comes(match_id)
    for each in found:
        await announce_again(MailKind.NOMINATION_ENDED, each.assistant_id, reference=each.id)
