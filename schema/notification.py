"""News for the viewer: what it says, which ways it went, and whether it arrived."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from domain.notification import Channel, NotificationState, NotificationTopic
from models.message import Message, MessageState
from models.notification import Notification as Row
from notifications.notice import notice, title
from schema import words
from schema.disclosed import disclosed
from schema.order_input import KEY
from schema.plan.entity import entity
from schema.plan.field import column, computed, identifier, relation
from schema.refusal import Refusals

if TYPE_CHECKING:
    from schema.appointment import Appointment
    from schema.contract import Contract
    from schema.funding import FundingSource
    from schema.match import Match
    from schema.meeting import Meeting
    from schema.nomination import Nomination
    from schema.order import Order


@entity(Message, "One way that a piece of news went, and how far it came.")
class Delivery:
    """Being in the list of the portal is not one of them: that holds always."""

    channel: Channel | None = column("Which way.")
    channel_label: str | None = computed(words.channel, "The same in words.")
    state: MessageState | None = column("How far it has come.")
    state_label: str | None = computed(words.message_state, "The same in words.")
    at: datetime | None = column("When it was sent.", "sent_at")


@entity(Row, "A piece of news for you.")
class Notification:
    """It names nobody. One of the links at most leads to what it is about."""

    id: strawberry.ID | None = identifier("Pass it to `markNotificationsRead`.")
    kind: str | None = column("A stable code, such as `ORDER_ACCEPTED`; new ones may come.")
    topic: NotificationTopic | None = column("What it is about.")
    topic_label: str | None = computed(words.notification_topic, "The same in words.")
    title: str | None = computed(title, "The headline, in the reader's language.")
    text: str | None = computed(notice, "What it says, in the reader's language.")
    state: NotificationState | None = column("Whether you have read it.")
    created_at: datetime | None = column("Since when it is true.")
    read_at: datetime | None = column("When it was marked as read.")
    deliveries: list[Delivery] | None = relation("Which other ways it went, and how far.")
    order: Annotated["Order", strawberry.lazy("schema.order")] | None = relation(
        "The order that it is about, as long as you may see it.", key="reference"
    )
    match: Annotated["Match", strawberry.lazy("schema.match")] | None = relation(
        "The match that it is about, as long as you may see it.", key="reference"
    )
    nomination: Annotated["Nomination", strawberry.lazy("schema.nomination")] | None = relation(
        "The nomination that it is about, as long as you may see it.", key="reference"
    )
    meeting: Annotated["Meeting", strawberry.lazy("schema.meeting")] | None = relation(
        "The meeting that it is about, as long as you may see it.", key="reference"
    )
    contract: Annotated["Contract", strawberry.lazy("schema.contract")] | None = relation(
        "The contract that it is about, as long as you may see it.", key="reference"
    )
    appointment: Annotated["Appointment", strawberry.lazy("schema.appointment")] | None = relation(
        "The appointment that it is about, as long as you may see it.", key="reference"
    )
    funding_source: Annotated["FundingSource", strawberry.lazy("schema.funding")] | None = relation(
        "The funding source that it is about, as long as you may see it.", key="reference"
    )


@strawberry.input(description="Which news.")
class NotificationFilter:
    """Conditions hold together; `or` and `not` take more of the same."""

    state: list[NotificationState] | None = strawberry.field(
        default=None, description="Read, or unread."
    )
    topic: list[NotificationTopic] | None = strawberry.field(
        default=None, description="About one of these."
    )
    kind: list[str] | None = strawberry.field(default=None, description="Of one of these kinds.")
    and_: list["NotificationFilter"] | None = strawberry.field(
        default=None, name="and", description="All of these hold too."
    )
    or_: list["NotificationFilter"] | None = strawberry.field(
        default=None, name="or", description="At least one of these holds."
    )
    not_: "NotificationFilter | None" = strawberry.field(
        default=None, name="not", description="This does not hold."
    )


@strawberry.input(description="News is marked as read.")
class MarkNotificationsReadInput:
    """What is read already stays as it is."""

    notification_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Which, 100 at most; all of them if left out."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@disclosed
@strawberry.type(description="News was marked as read.")
class NotificationsMarked:
    """Read `notifications` anew."""

    message: str = strawberry.field(description="What happened.")
    unread: int = strawberry.field(description="How many are unread now.")


@disclosed
@strawberry.type(description="How many are unread: first, and after some were marked as read.")
class UnreadNotifications:
    """The news themselves come as `NotificationAdded`."""

    event_id: strawberry.ID = strawberry.field(description="Where the reader stands now.")
    unread: int = strawberry.field(description="How many are unread.")


@disclosed
@strawberry.type(description="A piece of news has come.")
class NotificationAdded:
    """Pass `eventId` as `after` to resume."""

    event_id: strawberry.ID = strawberry.field(description="Where the reader stands now.")
    unread: int = strawberry.field(description="How many are unread.")
    notification: Notification | None = strawberry.field(
        description="The news; null if it is not yours to see, as for who acts for you."
    )


MarkNotificationsReadPayload = Annotated[
    NotificationsMarked | Refusals,
    strawberry.union("MarkNotificationsReadPayload", description="Done, or a refusal."),
]
