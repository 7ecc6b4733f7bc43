"""What a mail about a meeting says: read when it is sent, so that no old date is ever announced."""

from domain.dates import BERLIN
from domain.states import MeetingState
from domain.talk import reminded_version
from models.meeting import Meeting, MeetingDate
from models.message import Message
from notifications.language import Language, text
from notifications.message import MailKind
from notifications.moment import in_words
from services import clock

_PROPOSING = (MailKind.MEETING_PROPOSED, MailKind.MEETING_COUNTERED, MailKind.MEETING_MOVED)
MAILS = (
    *_PROPOSING,
    MailKind.MEETING_CHOSEN,
    MailKind.MEETING_CONFIRMED,
    MailKind.MEETING_CANCELLED,
    MailKind.MEETING_MISSED,
    MailKind.MEETING_REMINDER,
)


async def values_of(message: Message, language: Language) -> dict[str, str] | None:
    """What is met for, when and where; None when the message is void."""
    meeting = await Meeting.get_or_none(id=message.reference)
    if meeting is None or not _still_true(message, meeting):
        return None
    dates = await MeetingDate.filter(meeting_id=meeting.id).order_by("starts_at")
    shown = [each for each in dates if each.chosen] or dates
    return {
        "what": text(f"enums.meeting_kind.{meeting.kind.value}", language),
        "dates": "\n".join(in_words(d.starts_at.astimezone(BERLIN), language) for d in shown),
        "where": _where(meeting, language),
    }


def _still_true(message: Message, meeting: Meeting) -> bool:
    kind, version = message.kind, message.version
    if kind in {MailKind.MEETING_CANCELLED, MailKind.MEETING_MISSED}:
        return True
    if kind == MailKind.MEETING_REMINDER:
        version = reminded_version(version)
        if meeting.starts_at is None or meeting.starts_at <= clock.now():
            return False
    proposed = kind in {*_PROPOSING, MailKind.MEETING_CHOSEN}
    state = MeetingState.PROPOSED if proposed else MeetingState.CONFIRMED
    return meeting.state is state and meeting.version == version


def _where(meeting: Meeting, language: Language) -> str:
    if meeting.link:
        return text("meetings.where.VIDEO", language, url=meeting.link)
    if meeting.place:
        return text("meetings.where.PLACE", language, place=meeting.place)
    return text("meetings.where.OPEN", language)
