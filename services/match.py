"""Use cases of matches: who is asked, who answers, and what that does to the order."""

from uuid import UUID

from domain.errors import FitsNoLonger, NotFound, OwnProofsMissing, StateRefused
from domain.match import AcceptorKind
from domain.matching.demand import Demand
from domain.matching.hint import Numbers, numbers
from domain.matching.snapshot import fingerprint
from domain.permissions import Doer, demand_role, demand_signed_in, left_to, may_answer
from domain.states import (
    AGREED_MATCH,
    COMMISSIONED_MATCH,
    COMMISSIONED_ORDER,
    MATCH,
    OPEN_FOR_ANSWERS,
    ORDER,
    MatchState,
    OrderState,
)
from domain.viewer import Role, Viewer
from models.demand import demand_row
from models.event import append
from models.match import Match
from models.order import Order
from models.outbox import merge
from notifications.message import MailKind
from services import clock
from services.limiter import Limiter
from services.match_end import end_what_hangs_on
from services.match_mail import tell_seeker
from services.number_limit import count_number
from services.offer import offer_table, who_fits
from services.order import MATCH_JOB
from services.order_draft import draft_of
from services.transition import transition, transition_all
from services.use_case import unasked, use_case
from services.user import proofs_hold


async def live_number(viewer: Viewer, order_id: UUID, limiter: Limiter) -> Numbers:
    """The same as `available`, for a reader who may not look at too many different drafts.

    Raises:
        NotFound: not the viewer's order.
        RateLimited: see `count_number`.
    """
    demand = await _own_demand(viewer, order_id)
    if demand is not None:
        asked = fingerprint(demand)
        await count_number(limiter, demand_signed_in(viewer), asked, clock.now())
    return await _numbers(demand)


async def available(viewer: Viewer, order_id: UUID) -> Numbers:
    """How many assistants would be shown the viewer's order as it is, and what would help.

    Raises:
        NotFound: not the viewer's order.
    """
    return await _numbers(await _own_demand(viewer, order_id))


async def _own_demand(viewer: Viewer, order_id: UUID) -> Demand | None:
    own = Order.visible_to(viewer).filter(seeker_id=viewer.id, id=order_id)
    if not await own.exists():
        raise NotFound(field="orderId")
    return await demand_row(order_id, clock.today())


async def _numbers(demand: Demand | None) -> Numbers:
    return numbers(demand, (await offer_table()).offers) if demand else Numbers(0, ())


@use_case
async def accept_order(viewer: Viewer, match_id: UUID, if_version: int | None = None) -> Match:
    """The acceptor says yes: from now on the seeker sees the match.

    What was found may be over by now, so both sides are compared once more under the order's lock.

    Raises:
        NotFound, StateRefused, Stale: see `transition`.
        OwnProofsMissing, FitsNoLonger: the acceptor cannot come.
    """
    match, order = await _mine(viewer, match_id)
    if order.state not in OPEN_FOR_ANSWERS:
        raise StateRefused(state=order.state.value, action="ACCEPT_ORDER")
    if match.kind is AcceptorKind.ASSISTANT and not await proofs_hold(match.acceptor_id):
        raise OwnProofsMissing(state=match.state.value, action="ACCEPT_ORDER")
    await _decide(match, order, "ACCEPT_ORDER", viewer, if_version)
    if match.acceptor_id not in await who_fits(order.id, [match.acceptor_id]):
        raise FitsNoLonger(state=match.state.value, action="ACCEPT_ORDER")
    version = order.version
    if order.state is OrderState.RELEASED:
        version = await transition(ORDER, order.id, "FIRST_ACCEPTANCE", viewer)
    await append("order", order.id, order.id, version, "COUNT")
    await tell_seeker(MailKind.ORDER_ACCEPTED, match)
    return await Match.get(id=match_id)


@use_case
@unasked
async def decline_order(viewer: Viewer, match_id: UUID, if_version: int | None = None) -> Match:
    """The acceptor says no, at once or after having accepted."""
    match, order = await _mine(viewer, match_id)
    await _decide(match, order, "DECLINE_ORDER", viewer, if_version)
    await after_leaving(order, viewer)
    if match.state in AGREED_MATCH:
        await tell_seeker(MailKind.ACCEPTANCE_ENDED, match)
    return await Match.get(id=match_id)


@use_case
@unasked
async def withdraw_acceptance(
    viewer: Viewer, match_id: UUID, if_version: int | None = None
) -> Match:
    """The acceptor takes a yes back before the seeker has commissioned anybody."""
    match, order = await _mine(viewer, match_id)
    await _decide(match, order, "WITHDRAW_ACCEPTANCE", viewer, if_version)
    await after_leaving(order, viewer)
    await tell_seeker(MailKind.ACCEPTANCE_ENDED, match)
    return await Match.get(id=match_id)


async def _mine(viewer: Viewer, match_id: UUID) -> tuple[Match, Order]:
    """The viewer's match, and its order under lock: the order is always locked first.

    Raises:
        RoleNotAllowed: the viewer comes for the provider that answers.
        NotFound: none of the viewer's.
    """
    demand_role(viewer, Role.ASSISTANT, Role.COORDINATOR)
    match = await Match.get_or_none(id=match_id)
    if match is not None and viewer.id == match.nominee_id:
        raise left_to(Doer.OWN_COORDINATOR)
    if match is None or not may_answer(viewer, match.kind, match.acceptor_id) or _waits(match):
        raise NotFound(field="matchId")
    return match, await Order.filter(id=match.order_id).select_for_update(no_key=True).get()


def _waits(match: Match) -> bool:
    """Whether its turn has not come: nobody has seen it yet."""
    return match.state is MatchState.SUGGESTED and match.waits_until is not None


async def _decide(
    match: Match, order: Order, action: str, viewer: Viewer, if_version: int | None
) -> None:
    """The answer is to what the order says now, which matching may not have looked at yet."""
    asked_for = (await draft_of(order)).asked_for(order.municipality_id)
    values = {"decided_at": clock.now(), "asked_for": asked_for}
    await transition(MATCH, match.id, action, viewer, if_version=if_version, values=values)


async def after_leaving(order: Order, viewer: Viewer) -> None:
    """Bring a locked order to where it stands once some of its matches have ended."""
    state, version = order.state, order.version
    if state in COMMISSIONED_ORDER and not await _has(order, COMMISSIONED_MATCH):
        version = await transition(ORDER, order.id, "FALL_THROUGH", viewer)
        await transition_all(MATCH, order.id, "RESUME", viewer)
        await merge(MATCH_JOB, order.id, available_at=clock.now())  # nobody was asked meanwhile
        state = OrderState.IN_PROGRESS
    if state is OrderState.IN_PROGRESS and not await _has(order, AGREED_MATCH):
        version = await transition(ORDER, order.id, "LAST_ACCEPTANCE_GONE", viewer)
    await end_what_hangs_on(order.id)
    await append("order", order.id, order.id, version, "COUNT")


async def _has(order: Order, states: frozenset[MatchState]) -> bool:
    return await Match.filter(order_id=order.id, state__in=sorted(states)).exists()
