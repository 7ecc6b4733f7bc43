"""When people have time for a meeting: looked at, taken and given back in the caller's transaction.

An exclusion constraint stands behind it for everybody (sql/51_meetings.sql), a second one for
assistants; see `busy_time`.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from tortoise.exceptions import IntegrityError

from domain.dates import BERLIN
from domain.errors import TimeTaken
from domain.meeting import MeetingKind, MeetingSide, Span, clashes, shortens_rest
from domain.policy import Policy
from domain.user import Employment
from models.busy import BusyKind
from models.meeting import Meeting, MeetingPerson
from services.busy_time import NO_WAY, busy_near, give_back, spans_of, take


async def demand_time(  # noqa: PLR0913  who, for what, when, and under which rules
    assistant_id: UUID,
    kind: MeetingKind,
    span: Span,
    policy: Policy,
    *,
    besides: UUID | None = None,
    field: str,
) -> bool:
    """Refuse a time at which an assistant is away or elsewhere; whether it shortens their rest.

    `besides` is the meeting whose own time does not count. Its times are locked for the rest of
    the transaction.

    Raises:
        TimeTaken: absent, elsewhere, or on the way from or to elsewhere.
    """
    assistant, rows = await busy_near(assistant_id, span, besides)
    absences = spans_of([row for row in rows if row.kind is BusyKind.ABSENCE])
    work = spans_of([row for row in rows if row.kind is not BusyKind.ABSENCE])
    travel = NO_WAY if kind is MeetingKind.VIDEO else timedelta(minutes=policy.travel_minutes)
    if clashes(span, absences, NO_WAY) or clashes(span, work, travel):
        raise TimeTaken(field=field)
    employed = assistant.employment is Employment.EMPLOYED
    return employed and shortens_rest(span, work, BERLIN)


async def occupy(meeting: Meeting, people: Sequence[MeetingPerson], span: Span) -> None:
    """Take the time of everybody who comes; one after the other, always in the same order.

    Raises:
        TimeTaken: somebody is elsewhere then.
    """
    try:
        for person in sorted(people, key=lambda each: str(each.user_id)):
            await MeetingPerson.filter(id=person.id).update(
                begins_at=span.begins, ends_at=span.ends
            )
            if person.side is MeetingSide.ASSISTANT and person.user_id is not None:
                await take(person.user_id, BusyKind.MEETING, span, meeting.id)
    except IntegrityError:
        raise TimeTaken(field="meetingId") from None


async def vacate(meeting_id: UUID) -> None:
    """Give everybody the time of a meeting back."""
    await MeetingPerson.filter(meeting_id=meeting_id).update(begins_at=None, ends_at=None)
    await give_back(BusyKind.MEETING, meeting_id)
