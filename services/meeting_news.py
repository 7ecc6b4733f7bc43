"""Who is told what about a meeting, and when they are reminded; in the caller's transaction."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from domain.policy import Policy
from domain.states import MeetingState
from domain.talk import reminder_version, reminders
from domain.viewer import Viewer
from models.meeting import Meeting, MeetingPerson
from models.outbox import enqueue
from models.provider import Coordinator
from notifications.message import MailKind, announce
from services import clock

REMIND_JOB = "meeting.remind"


async def tell(
    kind: MailKind,
    meeting_id: UUID,
    version: int,
    people: Iterable[MeetingPerson],
    *,
    but: Viewer | None = None,
) -> None:
    """Promise a mail to people of a meeting; not to whoever did it in person."""
    doer = but.id if but and not but.acting else None
    for receiver in sorted(await _receivers(people)):
        if receiver != doer:
            await announce(kind, receiver, version=version, reference=meeting_id)


async def _receivers(people: Iterable[MeetingPerson]) -> set[UUID]:
    """Everybody who comes; all who speak for a provider that has not said who."""
    found: set[UUID] = set()
    for person in people:
        if person.user_id is not None:
            found.add(person.user_id)
        elif person.provider_id is not None:
            speaking = Coordinator.speaking().filter(provider_id=person.provider_id)
            found |= set(await speaking.values_list("id", flat=True))  # type: ignore[arg-type]  # of one column
    return found


async def promise_reminders(
    meeting_id: UUID, version: int, starts_at: datetime, policy: Policy
) -> None:
    """Promise to remind of a confirmed meeting; another version makes the promises void."""
    ahead = reminders(starts_at, policy.reminder_hours, clock.now())
    for number, (_hours, due) in enumerate(ahead):
        await enqueue(
            REMIND_JOB,
            meeting_id,
            payload={"version": version, "number": number},
            dedupe_key=f"{REMIND_JOB}:{meeting_id}:{version}:{number}",
            available_at=due,
        )


async def remind(meeting_id: UUID, version: int, number: int) -> bool:
    """Promise reminders in the caller's transaction; False if the meeting is another by now."""
    meeting = await Meeting.filter(id=meeting_id).select_for_update(no_key=True).first()
    if meeting is None or meeting.state is not MeetingState.CONFIRMED:
        return False
    if meeting.version != version:
        return False
    people: Sequence[MeetingPerson] = await MeetingPerson.filter(meeting_id=meeting_id)
    await tell(MailKind.MEETING_REMINDER, meeting_id, reminder_version(version, number), people)
    return True
