"""Use cases of busy spans: reporting an absence, and taking it back."""

from datetime import datetime, timedelta
from uuid import UUID

from domain.dates import refusals
from domain.errors import DateInPast, DomainError, NotFound, SpanOverlaps, SpanRefused
from domain.permissions import demand_role
from domain.viewer import Role, Viewer
from models.busy import Busy, BusyKind
from models.outbox import enqueue
from models.user import Assistant
from services import clock
from services.appointment_gap import GAPS_JOB
from services.offer import offer_changed
from services.use_case import use_case

LONGEST = timedelta(days=366)


@use_case
async def report_absence(
    viewer: Viewer, begins_at: datetime, ends_at: datetime, assistant_id: UUID | None = None
) -> Busy:
    """An assistant is away; why is asked by nobody. A coordinator reports for the own people.

    Raises:
        NotFound: not an assistant of the viewer's.
        DateRefused, SpanRefused, SpanOverlaps: the span cannot be, or is there already.
        DateInPast: it is wholly over.
    """
    assistant = await _locked(viewer, assistant_id)
    now = clock.now()
    found: list[DomainError] = [
        *refusals(begins_at, now, field="beginsAt"),
        *refusals(ends_at, now, field="endsAt"),
    ]
    if not found and not timedelta() < ends_at - begins_at <= LONGEST:
        found.append(SpanRefused(field="endsAt"))
    elif not found and ends_at <= now:  # the past is matched with nothing any more
        found.append(DateInPast(field="endsAt"))
    if found:
        raise DomainError.of(found)
    absences = Busy.filter(assistant_id=assistant, kind=BusyKind.ABSENCE, cancelled_at=None)
    if await absences.filter(begins_at__lt=ends_at, ends_at__gt=begins_at).exists():
        raise SpanOverlaps(field="beginsAt")
    busy = await Busy.create(
        assistant_id=assistant, kind=BusyKind.ABSENCE, begins_at=begins_at, ends_at=ends_at
    )
    await offer_changed(assistant)
    await enqueue(GAPS_JOB, busy.id)
    return busy


@use_case
async def cancel_absence(viewer: Viewer, busy_id: UUID) -> Busy:
    """Take an absence back; doing it twice changes nothing.

    Raises:
        NotFound: not an absence of the viewer's, or of the own people.
    """
    busy = await Busy.get_or_none(id=busy_id, kind=BusyKind.ABSENCE)
    if busy is None:
        raise NotFound(field="busyId")
    await _locked(viewer, busy.assistant_id)
    if await Busy.filter(id=busy_id, cancelled_at=None).update(cancelled_at=clock.now()):
        await offer_changed(busy.assistant_id)
        await enqueue(GAPS_JOB, busy.id)
    return busy


async def _locked(viewer: Viewer, assistant_id: UUID | None) -> UUID:
    """The assistant whose times change, locked, so that two spans come one after the other.

    A provider sees who applies to it, too, and does not decide about their time.
    """
    viewer_id = demand_role(viewer, Role.ASSISTANT, Role.COORDINATOR)
    seen = Assistant.visible_to(viewer).filter(id=assistant_id or viewer_id)
    if viewer.role is Role.COORDINATOR:
        seen = seen.filter(provider_id=viewer.speaks_for)
    assistant = await seen.select_for_update(no_key=True).first()
    if assistant is None:
        raise NotFound(field="assistantId")
    return assistant.id
