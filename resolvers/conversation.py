"""Root fields about conversations."""

from collections.abc import AsyncGenerator
from functools import partial
from uuid import UUID

import strawberry

from domain.errors import NotFound
from models import conversation as models
from resolvers.delivery import Event, Opened, Snapshot
from resolvers.live import Since, following, resync
from resolvers.outcome import answered, key_of, outcome
from resolvers.report import received
from schema.connection import Connection
from schema.context import Context, Info
from schema.conversation import (
    Conversation,
    ConversationPayload,
    MarkReadInput,
    Message,
    ReportMessageInput,
    SendMessageInput,
    SendMessagePayload,
)
from schema.conversation_live import ConversationEvent, ConversationEventKind, MessageAdded
from schema.live import ResyncRequired
from schema.node import Given
from schema.plan.field import NodeId, by_id, connection
from schema.report import ReportReceived, ReportUserPayload
from services import conversation as services
from services import report
from services.live_queue import LiveEvent, Resync


@strawberry.type
class ConversationQueries:
    """Reading what was written."""

    conversation: Conversation | None = by_id("A conversation, if it is yours.")
    conversations: Connection[Conversation] = connection(
        "Your conversations, those of ended matches too.",
        rows=models.Conversation.visible_to,
        sortable=True,
    )


@strawberry.type
class ConversationMutations:
    """Writing, reading, reporting."""

    @strawberry.mutation(description="Write to the other side of a match.")
    async def send_message(self, info: Info, input: Given[SendMessageInput]) -> SendMessagePayload:
        """F21."""

        async def work() -> Message:
            row = await services.send_message(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.conversation_id, "conversation", "conversationId"),
                input.text,
            )
            return await answered(info, Message, row.id)

        return await outcome(info, work)

    @strawberry.mutation(description="Note that you have read everything up to a message.")
    async def mark_read(self, info: Info, input: Given[MarkReadInput]) -> ConversationPayload:
        """F21."""

        async def work() -> Conversation:
            row = await services.mark_read(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.conversation_id, "conversation", "conversationId"),
                info.context.uuid_of(input.message_id, "message", "messageId"),
            )
            return await answered(info, Conversation, row.id)

        return await outcome(info, work)

    @strawberry.mutation(description="Show a message of the other side to customer service.")
    async def report_message(
        self, info: Info, input: Given[ReportMessageInput]
    ) -> ReportUserPayload:
        """F21."""

        async def work() -> ReportReceived:
            await report.report_message(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.message_id, "message", "messageId"),
                input.reason,
                input.note,
            )
            return received(info)

        return await outcome(info, work)


@strawberry.type
class ConversationSubscriptions:
    """Live."""

    @strawberry.subscription(description="What is written and read in a conversation of yours.")
    def message_added(
        self, info: Info, conversation_id: NodeId, after: Since = None
    ) -> AsyncGenerator[ConversationEvent, None]:
        """Resumes behind `after`."""
        return following(_messages, info.context, conversation_id, after)


async def _messages(context: Context, conversation_id: strawberry.ID, after: str | None) -> Opened:
    key = context.uuid_of(conversation_id, "conversation", "conversationId")
    since = after or context.last_event_id
    here = context.hub.cursor_now()
    await _demand_own(context, key)
    feed = context.hub.follow([("conversation", key)], since or here)
    return Opened(feed, partial(_message_added, key), None if since else Snapshot(here))


async def _message_added(
    key: UUID, event: Event, context: Context
) -> MessageAdded | ResyncRequired:
    if isinstance(event, Resync):
        return resync(event, context)
    await _demand_own(context, key)
    message = event.aggregate if isinstance(event, LiveEvent) else None
    return MessageAdded(
        event_id=strawberry.ID(event.event_id),
        kind=ConversationEventKind(event.kind),
        conversation=context.reader.reference(Conversation, key),
        added=None if message is None else context.reader.reference(Message, message),
    )


async def _demand_own(context: Context, key: UUID) -> None:
    if not await context.reader.sees(Conversation, key, among=models.Conversation.visible_to):
        raise NotFound(field="conversationId")
