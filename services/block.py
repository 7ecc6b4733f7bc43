"""Use cases of blocks: two who shall not be brought together any more."""

from uuid import UUID

from domain.errors import NotFound
from domain.permissions import demand_role
from domain.states import AGREED_MATCH, MATCH, MatchState
from domain.viewer import REGISTERING, SYSTEM, Role, Viewer
from models.block import Block
from models.match import Match
from models.order import Order
from notifications.message import MailKind
from services.match import after_leaving
from services.match_mail import tell_acceptors, tell_seeker
from services.offer import offer_changed
from services.transition import transition_many
from services.use_case import for_another, unasked, use_case


@use_case
@for_another()
@unasked
async def block_user(viewer: Viewer, match_id: UUID) -> Block:
    """Block the other side of a match: everything open between both ends, a contract stays.

    The other side is told of the ends only, as of any other. Blocking twice changes nothing.

    Raises:
        NotFound: not a match that the viewer may see.
    """
    demand_role(viewer, *REGISTERING)
    match = await Match.visible_to(viewer).get_or_none(id=match_id)
    if match is None:
        raise NotFound(field="matchId")
    order = await Order.get(id=match.order_id)
    block, made = await Block.get_or_create(
        seeker_id=order.seeker_id,
        assistant_id=match.assistant_id,
        provider_id=match.provider_id,
        by_seeker=viewer.role is Role.SEEKER,
        defaults={"named": match.state in AGREED_MATCH},
    )
    if made:
        await _part(viewer, block)
        await offer_changed(match.acceptor_id)
    return block


@use_case
@for_another()
async def unblock_user(viewer: Viewer, block_id: UUID) -> None:
    """Take a block back; the other side's own one stays. Both may be brought together again.

    Raises:
        NotFound: not a block of the viewer's.
    """
    demand_role(viewer, *REGISTERING)
    block = await Block.made_by(viewer).get_or_none(id=block_id)
    if block is None:
        raise NotFound(field="blockId")
    await block.delete()
    acceptor = block.assistant_id or block.provider_id
    if acceptor is not None:
        await offer_changed(acceptor)


async def _part(viewer: Viewer, block: Block) -> None:
    """End what is open between both, order by order, as the one who blocks would do it.

    What nobody has answered lapses: nobody said no, so it comes back when the block is lifted.
    """
    by_provider = block.provider_id is not None
    acceptor = {"provider_id": block.provider_id} if by_provider else {}
    acceptor = acceptor or {"assistant_id": block.assistant_id}
    between = Match.filter(order__seeker_id=block.seeker_id, **acceptor)
    orders = await between.distinct().values_list("order_id", flat=True)
    for order_id in sorted(set(orders)):
        order = await Order.filter(id=order_id).select_for_update(no_key=True).get()
        found = await between.filter(order_id=order_id)
        ids = [each.id for each in found]
        agreed = [each for each in found if each.state in AGREED_MATCH - {MatchState.CONTRACTED}]
        await transition_many(MATCH, ids, "LAPSE", SYSTEM)
        await transition_many(MATCH, ids, "END" if block.by_seeker else "DECLINE_ORDER", viewer)
        await after_leaving(order, viewer)
        await _tell_other_side(block, agreed)


async def _tell_other_side(block: Block, agreed: list[Match]) -> None:
    """In the words of any other end."""
    if block.by_seeker:
        await tell_acceptors(MailKind.ORDER_CLOSED, [match.id for match in agreed])
        return
    for match in agreed:
        await tell_seeker(MailKind.ACCEPTANCE_ENDED, match)
