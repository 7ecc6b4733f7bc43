"""Conversations as the graph shows them, and what a client says about them."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from domain.conversation import Speaker, is_open, speaker
from domain.report import ReportReason
from domain.states import MatchState
from domain.viewer import PARTIES, Role, Viewer
from models import conversation as models
from notifications.language import Language
from schema.action import Action, action
from schema.connection import Connection
from schema.node import Node
from schema.order_input import KEY
from schema.plan.declare import Scalar
from schema.plan.entity import entity
from schema.plan.field import column, computed, connection, identifier, relation
from schema.refusal import Refusals
from schema.text_warning import TextWarning, message_warnings

if TYPE_CHECKING:
    from schema.match import Match

_UNREAD = "SELECT count(*) FROM {rows} AND read_at IS NULL AND side = '%s'"


def mine(side: Speaker, viewer: Viewer) -> bool:
    """Whether the viewer's own side has written it."""
    return side is speaker(viewer.role)


def is_read(read_at: datetime | None) -> bool:
    """Whether the side that it was written to has read it."""
    return read_at is not None


@entity(models.ConversationMessage, "What somebody has written to the other side of a match.")
class Message:
    """For both sides, until six months after the match has ended."""

    id: strawberry.ID | None = identifier("Pass it to `markRead`.")
    side: Speaker | None = column("Which side has written it.")
    mine: bool | None = computed(mine, "Whether it is your own side's.")
    text: str | None = column("What was written.")
    sent_at: datetime | None = column("When.")
    is_read: bool | None = computed(is_read, "Whether the other side has read it.")
    warnings: list[TextWarning] | None = computed(
        message_warnings, "Contact data that the text seems to hold."
    )


def opened(match__state: MatchState) -> bool:
    """Whether something can be written."""
    return is_open(match__state)


def unread_count(from_seeker: int, from_acceptor: int, viewer: Viewer) -> int:
    """How many messages of the other side wait."""
    return from_acceptor if viewer.role is Role.SEEKER else from_seeker


def available_actions(match__state: MatchState, language: Language) -> list[Action]:
    """Writing as long as the match stands; reading is always possible."""
    reason = None if is_open(match__state) else "STATE"
    return [action("SEND_MESSAGE", PARTIES, reason, language)]


@entity(models.Conversation, "What the two sides of a match write to each other.")
class Conversation(Node):
    """From the first yes on."""

    from_seeker = Scalar("messages", _UNREAD % "SEEKER")
    from_acceptor = Scalar("messages", _UNREAD % "ACCEPTOR")

    created_at: datetime | None = column("When it began.")
    last_message_at: datetime | None = column("When something was written last.")
    open: bool | None = computed(opened, "Whether something can be written.")
    unread_count: int | None = computed(
        unread_count, "How many of the other side's you have not read."
    )
    match: Annotated["Match", strawberry.lazy("schema.match")] | None = relation(
        "The match; null to an acceptor once it has ended."
    )
    messages: Connection[Message] | None = connection(
        "What was written, the newest first.", newest_first=True
    )
    available_actions: list[Action] | None = computed(
        available_actions, "What can be done with it."
    )


@strawberry.input(description="Something is written to the other side.")
class SendMessageInput:
    """Contact data are pointed out, not refused."""

    conversation_id: strawberry.ID = strawberry.field(description="Of `Match.conversation`.")
    text: str = strawberry.field(description="2000 characters at most.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Messages were read.")
class MarkReadInput:
    """Up to one of them."""

    conversation_id: strawberry.ID = strawberry.field(description="Which conversation.")
    message_id: strawberry.ID = strawberry.field(description="The newest that was read.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Customer service shall look at a message.")
class ReportMessageInput:
    """It reads this message and no other; the other side is not told."""

    message_id: strawberry.ID = strawberry.field(description="Which message of the other side.")
    reason: ReportReason = strawberry.field(description="What it is about.")
    note: str = strawberry.field(default="", description="In your own words, 2000 characters.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


SendMessagePayload = Annotated[
    Message | Refusals,
    strawberry.union("SendMessagePayload", description="The message, or a refusal."),
]
ConversationPayload = Annotated[
    Conversation | Refusals,
    strawberry.union("ConversationPayload", description="As it stands now, or a refusal."),
]
