"""What hangs on a match ends with it: called wherever matches of an order may have ended."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from tortoise.queryset import QuerySet

from domain.states import ENDED_MATCH, NOMINATION, OPEN_NOMINATION, NominationState
from domain.viewer import SYSTEM
from models.match import Match
from models.nomination import Nomination
from notifications.message import MailKind, announce_again
from services.transition import transition_many


async def end_what_hangs_on(order_id: UUID) -> None:
    """End whatever is still open of the order's ended matches, in the caller's transaction.

    A consequence has no actor of its own: the history of the match names who caused it.
    """
    of_ended = _open(match__order_id=order_id, match__state__in=sorted(ENDED_MATCH))
    await _withdraw(await of_ended.order_by("id"))


async def end_nominations_of(assistant_id: UUID) -> None:
    """Somebody who leaves a provider comes for it no more."""
    await _withdraw(await _open(assistant_id=assistant_id).order_by("id"))


def _open(**wanted: Any) -> "QuerySet[Nomination]":
    return Nomination.filter(state__in=sorted(OPEN_NOMINATION), **wanted)


async def _withdraw(found: Sequence[Nomination]) -> None:
    chosen = [each.match_id for each in found if each.state is NominationState.CHOSEN]
    await transition_many(NOMINATION, [each.id for each in found], "WITHDRAW_NOMINATION", SYSTEM)
    await Match.filter(id__in=chosen).update(nominee_id=None)
    for each in found:
        await announce_again(MailKind.NOMINATION_ENDED, each.assistant_id, reference=each.id)
