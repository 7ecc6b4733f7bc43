"""Makes slots of introductory talks, and people who wait for one."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from domain.ids import uuid7_at
from domain.user import TalkChannel
from domain.viewer import Viewer
from models.talk import TalkSlot
from services.talk_booking import BookingWish, book_talk
from tests.people import Place, make_seeker, viewer_for

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday


async def make_slot(place: Place, starts_at: datetime | None = None, minutes: int = 30) -> TalkSlot:
    """A slot of the officer; three days ahead of `NOW` unless it is said."""
    begins = starts_at or NOW + timedelta(days=3)
    return await TalkSlot.create(
        id=uuid7_at(begins),
        officer_id=place.officer.id,
        starts_at=begins,
        ends_at=begins + timedelta(minutes=minutes),
        minutes=minutes,
    )


async def waiting(place: Place) -> Viewer:
    """Somebody who has registered and can book."""
    return await viewer_for(await make_seeker(place, released=False))


async def book(viewer: Viewer, slot: UUID, channel: TalkChannel = TalkChannel.PHONE) -> None:
    await book_talk(viewer, None, BookingWish(slot, channel))
