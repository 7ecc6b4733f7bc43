"""Root fields about news: reading it, marking it, following it."""

from collections.abc import AsyncGenerator
from typing import Annotated
from uuid import UUID

import strawberry

from domain.errors import NotFound
from models.notification import Notification as Row
from notifications.message import READ, TOPIC
from resolvers.delivery import Event, Opened, Snapshot
from resolvers.live import Since, following, resync
from resolvers.outcome import key_of, outcome
from resolvers.user import said
from schema.connection import Connection
from schema.context import Context, Info
from schema.live import ResyncRequired
from schema.node import Given
from schema.notification import (
    MarkNotificationsReadInput,
    MarkNotificationsReadPayload,
    Notification,
    NotificationAdded,
    NotificationFilter,
    NotificationsMarked,
    UnreadNotifications,
)
from schema.plan.field import connection
from services import notification as services
from services.live_queue import Resync

NotificationEvent = Annotated[
    UnreadNotifications | NotificationAdded | ResyncRequired,
    strawberry.union("NotificationEvent", description="What `notificationAdded` delivers."),
]


@strawberry.type
class NotificationQueries:
    """What was told to the viewer."""

    notifications: Connection[Notification] = connection(
        "What you were told, and whether it arrived.",
        rows=Row.visible_to,
        where=NotificationFilter,
        sortable=True,
    )

    @strawberry.field(description="How many of `notifications` are unread.")
    async def unread_notifications(self, info: Info) -> int:
        """Nobody has none."""
        return await services.unread_of(info.context.viewer)


@strawberry.type
class NotificationMutations:
    """Marking."""

    @strawberry.mutation(description="Mark news as read: some of it, or all.")
    async def mark_notifications_read(
        self, info: Info, input: Given[MarkNotificationsReadInput]
    ) -> MarkNotificationsReadPayload:
        """Another device is told."""

        async def work() -> NotificationsMarked:
            given = input.notification_ids
            ids = None if given is None else [_key(info, each) for each in given]
            key = key_of(info, input.idempotency_key)
            await services.mark_notifications_read(info.context.viewer, key, ids)
            return NotificationsMarked(
                message=said(info, "notifications_read", "message"),
                unread=await services.unread_of(info.context.viewer),
            )

        return await outcome(info, work)


@strawberry.type
class NotificationSubscriptions:
    """News as it comes."""

    @strawberry.subscription(description="News for you, and how many are unread.")
    def notification_added(
        self, info: Info, after: Since = None
    ) -> AsyncGenerator[NotificationEvent, None]:
        """The first event says how many are unread, unless a resume follows."""
        return following(_news, info.context, after)


def _key(info: Info, given: strawberry.ID) -> UUID:
    return info.context.uuid_of(given, "notification", "notificationIds")


async def _news(context: Context, after: str | None) -> Opened:
    viewer, since = context.viewer, after or context.last_event_id
    if viewer.id is None or viewer.state is None:
        raise NotFound
    here = context.hub.cursor_now()
    feed = context.hub.follow([(TOPIC, viewer.id)], since or here)
    return Opened(feed, _event, None if since else Snapshot(here), reader=viewer.id)


async def _event(
    event: Event, context: Context
) -> UnreadNotifications | NotificationAdded | ResyncRequired:
    if isinstance(event, Resync):
        return resync(event, context)
    event_id = strawberry.ID(event.event_id)
    unread = await services.unread_of(context.viewer)
    if isinstance(event, Snapshot) or event.kind == READ:
        return UnreadNotifications(event_id=event_id, unread=unread)
    found = context.reader.reference(Notification, event.aggregate)
    return NotificationAdded(event_id=event_id, unread=unread, notification=found)
