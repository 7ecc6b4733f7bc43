"""What a mail about a talk says: read when it is sent, so that a moved talk is never announced."""

from domain.dates import BERLIN
from domain.states import BookingState
from domain.talk import reminded_version
from domain.user import TalkChannel
from models.message import Message
from models.talk import TalkBooking
from models.user import User
from notifications.language import Language, text
from notifications.message import MailKind
from notifications.moment import in_words
from services import clock
from services.talk import policy_for

_OF_THE_PAST = (MailKind.TALK_CANCELLED, MailKind.TALK_MISSED)
TALK_MAILS = (*_OF_THE_PAST, MailKind.TALK_BOOKED, MailKind.TALK_MOVED, MailKind.TALK_REMINDER)


async def values_of(message: Message, language: Language) -> dict[str, str] | None:
    """When and how the talk is held; None when the message is void."""
    booking = await TalkBooking.get_or_none(id=message.reference).prefetch_related("slot")
    if booking is None or not _still_true(message, booking):
        return None
    moment = booking.slot.starts_at.astimezone(BERLIN)
    return {"moment": in_words(moment, language), "how": await _how(message, booking, language)}


def _still_true(message: Message, booking: TalkBooking) -> bool:
    if message.kind in _OF_THE_PAST:
        return True
    version = message.version
    if message.kind == MailKind.TALK_REMINDER:
        if booking.slot.starts_at <= clock.now():
            return False
        version = reminded_version(version)
    return booking.state is BookingState.BOOKED and booking.version == version


async def _how(message: Message, booking: TalkBooking, language: Language) -> str:
    if booking.channel is TalkChannel.PHONE:
        return text("talks.how.PHONE", language)
    url = (await policy_for(await User.get(id=message.receiver_id))).video_url
    return text("talks.how.VIDEO_LINK" if url else "talks.how.VIDEO", language, url=url)
