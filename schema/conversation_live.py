"""What `messageAdded` delivers."""

from enum import Enum
from typing import Annotated

import strawberry

from schema.conversation import Conversation, Message
from schema.disclosed import disclosed
from schema.live import ResyncRequired


@strawberry.enum(description="What made a conversation's event.")
class ConversationEventKind(Enum):
    """A subscription begins with a SNAPSHOT."""

    SNAPSHOT = strawberry.enum_value("SNAPSHOT", description="The subscription is listening.")
    MESSAGE = strawberry.enum_value("MESSAGE", description="Something was written.")
    READ = strawberry.enum_value("READ", description="Something was read.")


@disclosed
@strawberry.type(description="A message was written or read.")
class MessageAdded:
    """Pass `eventId` as `after` to resume."""

    event_id: strawberry.ID = strawberry.field(description="Where the reader stands now.")
    kind: ConversationEventKind = strawberry.field(description="What happened.")
    conversation: Conversation = strawberry.field(description="The conversation as it is now.")
    added: Message | None = strawberry.field(
        description="The message that was written or read; null at the beginning."
    )


ConversationEvent = Annotated[
    MessageAdded | ResyncRequired,
    strawberry.union("ConversationEvent", description="What `messageAdded` delivers."),
]
