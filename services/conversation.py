"""Use cases of conversations: writing, reading, and what becomes of them in the end."""

from datetime import datetime, timedelta
from uuid import UUID

from tortoise.expressions import Q

from domain.conversation import (
    HOUR,
    KEPT_DAYS,
    MOST_PER_HOUR,
    TEXT_LIMIT,
    Speaker,
    is_open,
    listener,
    speaker,
)
from domain.errors import ConversationClosed, FieldRequired, NotFound, RateLimited
from domain.permissions import demand_role
from domain.text import clean
from domain.viewer import PARTIES, AccountState, Role, Viewer
from models.block import Block
from models.conversation import Conversation, ConversationMessage
from models.database import execute
from models.event import append
from models.match import Match
from models.order import Order
from models.provider import Coordinator
from models.user import User
from notifications.message import MailKind, announce_again
from services import clock
from services.coordinator_mail import tell_coordinators
from services.use_case import for_another, unasked, use_case

BATCH = 200
_FORGET = """
DELETE FROM conversations WHERE id IN (
  SELECT c.id FROM conversations c JOIN matches m ON m.id = c.match_id
  WHERE m.state IN ('DECLINED', 'WITHDRAWN', 'LAPSED')
    AND NOT EXISTS (SELECT FROM transitions t
                    WHERE t.machine = 'MATCH' AND t.aggregate = m.id AND t.at >= $1)
    AND NOT EXISTS (SELECT FROM reports r JOIN conversation_messages s ON s.id = r.message_id
                    JOIN conversations w ON w.id = s.conversation_id
                    WHERE w.match_id = m.id AND r.handled_at IS NULL)
  ORDER BY c.id LIMIT $2)
"""


@use_case
@for_another()
async def send_message(viewer: Viewer, conversation_id: UUID, text: str) -> ConversationMessage:
    """Write to the other side of a match.

    Raises:
        NotFound: not a conversation of the viewer's.
        FieldRequired, TextTooLong, TextRefused: nothing was written, or it cannot be kept.
        ConversationClosed: the match has ended, or the other side cannot be written to.
        RateLimited: sixty in an hour are enough.
    """
    author = demand_role(viewer, *PARTIES)
    said = clean(text, field="text", limit=TEXT_LIMIT, lines=True)
    if not said:
        raise FieldRequired(field="text")
    conversation, match, order = await _locked(viewer, conversation_id)
    if not is_open(match.state) or not await _reaches(viewer, match, order):
        raise ConversationClosed(state=match.state.value, action="SEND_MESSAGE")
    await _not_too_many(author)
    side = speaker(viewer.role)
    unread = ConversationMessage.filter(
        conversation_id=conversation_id, side=side, read_at__isnull=True
    )
    first = not await unread.exists()
    message = await ConversationMessage.create(
        conversation_id=conversation_id,
        side=side,
        author_id=viewer.actor_id,
        principal_id=viewer.principal_id,
        text=said,
    )
    await Conversation.filter(id=conversation_id).update(last_message_at=clock.now())
    await append("conversation", conversation.id, message.id, 1, "MESSAGE")
    if first:
        await _tell(match, order, side)
    return message


async def _locked(viewer: Viewer, conversation_id: UUID) -> tuple[Conversation, Match, Order]:
    """As it is once the order is locked: whoever ends the match comes before or after."""
    conversation = await Conversation.visible_to(viewer).get_or_none(id=conversation_id)
    if conversation is None:
        raise NotFound(field="conversationId")
    match = await Match.get(id=conversation.match_id)
    order = await Order.filter(id=match.order_id).select_for_update(no_key=True).get()
    return conversation, await Match.get(id=match.id), order


async def _reaches(viewer: Viewer, match: Match, order: Order) -> bool:
    """Whether the other side is there, and neither has blocked the other."""
    between = Block.filter(seeker_id=order.seeker_id)
    acceptor = match.acceptor_id
    if await between.filter(Q(assistant_id=acceptor) | Q(provider_id=acceptor)).exists():
        return False
    if viewer.role is not Role.SEEKER:
        return await User.exists(id=order.seeker_id, state=AccountState.RELEASED)
    if match.provider_id is not None:
        return await Coordinator.speaking().filter(provider_id=match.provider_id).exists()
    return await User.exists(id=match.assistant_id, state=AccountState.RELEASED)


async def _not_too_many(author: UUID) -> None:
    since = clock.now() - HOUR
    mine = ConversationMessage.filter(author_id=author, sent_at__gt=since)
    if await mine.count() >= MOST_PER_HOUR:
        oldest = await mine.order_by("sent_at").first()
        wait = (oldest.sent_at if oldest else since) + HOUR - clock.now()
        raise RateLimited(seconds=max(1, int(wait.total_seconds())), what="MESSAGE")


async def _tell(match: Match, order: Order, side: Speaker) -> None:
    """One mail at most until it was read; it says nothing of what was written."""
    if listener(side) is Speaker.SEEKER:
        await announce_again(MailKind.NEW_MESSAGE, order.seeker_id, reference=match.id)
    elif match.provider_id is not None:
        await tell_coordinators(MailKind.NEW_MESSAGE, match.provider_id, match.id)
    else:
        await announce_again(MailKind.NEW_MESSAGE, match.acceptor_id, reference=match.id)


@use_case
@for_another()
@unasked
async def mark_read(viewer: Viewer, conversation_id: UUID, message_id: UUID) -> Conversation:
    """Note that everything up to a message was read; an older one changes nothing.

    Raises:
        NotFound: not a conversation of the viewer's, or not a message of it.
    """
    demand_role(viewer, *PARTIES)
    conversation = await Conversation.visible_to(viewer).get_or_none(id=conversation_id)
    if conversation is None:
        raise NotFound(field="conversationId")
    messages = ConversationMessage.filter(conversation_id=conversation_id)
    if not await messages.filter(id=message_id).exists():
        raise NotFound(field="messageId")
    theirs = messages.filter(side=listener(speaker(viewer.role)), read_at__isnull=True)
    if await theirs.filter(id__lte=message_id).update(read_at=clock.now()):
        await append("conversation", conversation_id, message_id, 1, "READ")
    return conversation


async def forget_conversations(now: datetime) -> int:
    """Delete what was written in matches that ended six months ago, a batch at most; how many."""
    return await execute(_FORGET, now - timedelta(days=KEPT_DAYS), BATCH)
