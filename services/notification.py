"""What people do with their news: counting it and marking it as read."""

from collections.abc import Sequence
from uuid import UUID

from domain.errors import NumberOutOfRange, SignInRequired
from domain.viewer import Viewer
from models.event import append
from models.notification import mark_read, unread_count
from notifications.message import READ, TOPIC
from services import clock
from services.use_case import for_another, use_case

MOST = 100


async def unread_of(viewer: Viewer) -> int:
    """How many of the viewer's news are unread."""
    return await unread_count(viewer)


@use_case
@for_another()
async def mark_notifications_read(viewer: Viewer, ids: Sequence[UUID] | None) -> None:
    """Mark news as read, all of it without ids; another's and unknown ones are passed over.

    Raises:
        SignInRequired: nobody.
        NumberOutOfRange: too many at once.
    """
    if viewer.id is None:
        raise SignInRequired
    if ids is not None and not 1 <= len(ids) <= MOST:
        raise NumberOutOfRange(field="notificationIds", low=1, high=MOST)
    if await mark_read(viewer, ids, clock.now()):
        await append(TOPIC, viewer.id, viewer.id, 1, READ)
