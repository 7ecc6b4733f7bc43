"""Use cases of commissioning: a seeker decides for one of those who have said yes."""

from uuid import UUID

from domain.errors import (
    AcceptorAway,
    AcceptorProofsMissing,
    NotFound,
    StateRefused,
    WrongCommission,
)
from domain.match import AcceptorKind, MatchAction, commission, order_allows
from domain.permissions import demand_role
from domain.states import MATCH, ORDER
from domain.viewer import AccountState, Role, Viewer
from models.match import Match
from models.order import Order
from models.provider import Coordinator
from models.user import User
from services import clock
from services.match_mail import tell_commissioned
from services.transition import transition, transition_all
from services.use_case import for_another, use_case
from services.user import proofs_hold


@use_case
@for_another()
async def send_inquiry(viewer: Viewer, match_id: UUID, if_version: int | None = None) -> Match:
    """Ask a provider that has said yes for somebody who comes: the yellow button.

    Raises:
        DomainError: see `_commission`.
    """
    return await _commission(viewer, match_id, MatchAction.SEND_INQUIRY, if_version)


@use_case
@for_another()
async def award_order(viewer: Viewer, match_id: UUID, if_version: int | None = None) -> Match:
    """Award the order to an assistant who has said yes, bindingly: the green button.

    Raises:
        DomainError: see `_commission`.
    """
    return await _commission(viewer, match_id, MatchAction.AWARD_ORDER, if_version)


async def _commission(
    viewer: Viewer, match_id: UUID, action: MatchAction, if_version: int | None
) -> Match:
    """Commission one match; the others wait, and come back when this one falls through.

    Raises:
        NotFound: not a match of the viewer's orders that has been accepted.
        WrongCommission: this kind of match has the other button.
        StateRefused, Stale: see `transition`; somebody else is commissioned already.
        AcceptorProofsMissing, AcceptorAway: who said yes cannot come at present.
    """
    seeker_id = demand_role(viewer, Role.SEEKER)
    match = await Match.visible_to(viewer).get_or_none(id=match_id)
    if match is None:
        raise NotFound(field="matchId")
    if commission(match.kind) is not action:
        raise WrongCommission(state=match.state.value, action=commission(match.kind).value)
    own = Order.filter(id=match.order_id, seeker_id=seeker_id)
    order = await own.select_for_update(no_key=True).get()
    if not order_allows(action, order.state):
        raise StateRefused(state=order.state.value, action=action.value)
    await _demand_acceptor(match, action)
    values = {"decided_at": clock.now()}
    await transition(MATCH, match_id, action, viewer, if_version=if_version, values=values)
    await transition_all(MATCH, order.id, "HOLD", viewer)
    await transition(ORDER, order.id, action, viewer)
    await tell_commissioned(match)
    return await Match.get(id=match_id)


async def _demand_acceptor(match: Match, action: MatchAction) -> None:
    """Nobody is commissioned who could not answer."""
    if match.kind is AcceptorKind.PROVIDER:
        there = await Coordinator.speaking().filter(provider_id=match.acceptor_id).exists()
    else:
        if not await proofs_hold(match.acceptor_id):
            raise AcceptorProofsMissing(state=match.state.value, action=action.value)
        account = User.filter(id=match.acceptor_id, state=AccountState.RELEASED)
        there = await account.exists()
    if not there:
        raise AcceptorAway(state=match.state.value, action=action.value)
