"""When people have time for a meeting: looked at, taken and given back in the caller's transaction.

The assistant's row is the lock that brings two who want the same hour one behind the other. Two
exclusion constraints stand behind it for everybody (sql/30_matching.sql, sql/51_meetings.sql).
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
from models.busy import Busy, BusyKind
from models.meeting import Meeting, MeetingPerson
from models.user import Assistant
from services import clock
from services.offer import offer_changed

_AROUND = timedelta(days=2)
_NO_WAY = timedelta()


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
    assistant = await Assistant.filter(id=assistant_id).select_for_update(no_key=True).get()
    near = Busy.filter(
        assistant_id=assistant_id,
        cancelled_at=None,
        begins_at__lt=span.ends + _AROUND,
        ends_at__gt=span.begins - _AROUND,
    )
    rows = [row for row in await near if besides is None or row.source != besides]
    absences, work = _spans(rows, absent=True), _spans(rows, absent=False)
    travel = _NO_WAY if kind is MeetingKind.VIDEO else timedelta(minutes=policy.travel_minutes)
    if clashes(span, absences, _NO_WAY) or clashes(span, work, travel):
        raise TimeTaken(field=field)
    employed = assistant.employment is Employment.EMPLOYED
    return employed and shortens_rest(span, work, BERLIN)


def _spans(rows: Sequence[Busy], *, absent: bool) -> list[Span]:
    return [
        Span(row.begins_at, row.ends_at) for row in rows if (row.kind is BusyKind.ABSENCE) is absent
    ]


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
                await Busy.create(
                    assistant_id=person.user_id,
                    kind=BusyKind.MEETING,
                    begins_at=span.begins,
                    ends_at=span.ends,
                    source=meeting.id,
                )
                await offer_changed(person.user_id)
    except IntegrityError:
        raise TimeTaken(field="meetingId") from None


async def vacate(meeting_id: UUID) -> None:
    """Give everybody the time of a meeting back."""
    await MeetingPerson.filter(meeting_id=meeting_id).update(begins_at=None, ends_at=None)
    taken = Busy.filter(source=meeting_id, kind=BusyKind.MEETING, cancelled_at=None)
    for busy in await taken:
        await Busy.filter(id=busy.id).update(cancelled_at=clock.now())
        await offer_changed(busy.assistant_id)
