"""Use cases of reports: telling customer service about somebody, and handling what was told."""

from datetime import datetime, timedelta
from uuid import UUID

from domain.conversation import speaker
from domain.errors import NotFound, RateLimited
from domain.permissions import demand_role
from domain.report import KEPT, NOTE_LIMIT, PER_DAY, ReportReason
from domain.text import clean
from domain.viewer import REGISTERING, STAFF, Role, Viewer
from models.conversation import Conversation, ConversationMessage
from models.match import Match
from models.order import Order
from models.report import Report
from models.user import User
from services import clock
from services.use_case import for_another, use_case

BATCH = 500
_DAY = timedelta(days=1)


@use_case
@for_another()
async def report_user(viewer: Viewer, match_id: UUID, reason: ReportReason, note: str) -> Report:
    """Tell customer service about the other side of a match; that side learns nothing of it.

    Nothing ends by itself: `block_user` parts two people at once, and staff may suspend. A match
    can be reported after its end too, by a block for instance, as long as it is kept.

    Raises:
        NotFound: not a match that the viewer may see, or could see.
        TextTooLong, TextRefused: the note cannot be stored.
        RateLimited: more than ten in a day.
    """
    reporter = demand_role(viewer, *REGISTERING)
    match = await Match.visible_to(viewer).get_or_none(id=match_id)
    match = match or await Match.behind(viewer).get_or_none(id=match_id)
    if match is None:
        raise NotFound(field="matchId")
    said = clean(note, field="note", limit=NOTE_LIMIT, lines=True)
    await _not_too_many(reporter)
    subject, provider = await _other_side(viewer, match)
    return await Report.create(
        reporter_id=reporter, subject_id=subject, provider_id=provider, reason=reason, note=said
    )


@use_case
@for_another()
async def report_message(
    viewer: Viewer, message_id: UUID, reason: ReportReason, note: str
) -> Report:
    """Show customer service a message of the other side: this one, and no other.

    Raises:
        NotFound: not a message that somebody else has written to the viewer.
        TextTooLong, TextRefused, RateLimited: see `report_user`.
    """
    reporter = demand_role(viewer, *REGISTERING)
    seen = ConversationMessage.visible_to(viewer).exclude(side=speaker(viewer.role))
    message = await seen.get_or_none(id=message_id)
    if message is None:
        raise NotFound(field="messageId")
    said = clean(note, field="note", limit=NOTE_LIMIT, lines=True)
    await _not_too_many(reporter)
    conversation = await Conversation.get(id=message.conversation_id)
    match = await Match.get(id=conversation.match_id)
    subject, provider = await _other_side(viewer, match)
    return await Report.create(
        reporter_id=reporter,
        subject_id=subject,
        provider_id=provider,
        message_id=message_id,
        reason=reason,
        note=said,
    )


async def _other_side(viewer: Viewer, match: Match) -> tuple[UUID | None, UUID | None]:
    """The account or the provider that the viewer has to do with."""
    if viewer.role is Role.SEEKER:
        return match.assistant_id, match.provider_id
    return (await Order.get(id=match.order_id)).seeker_id, None


async def _not_too_many(reporter: UUID) -> None:
    await User.select_for_update(no_key=True).get(id=reporter)
    since = clock.now() - _DAY
    made = await Report.filter(reporter_id=reporter, created_at__gt=since).order_by("created_at")
    if len(made) >= PER_DAY:
        wait = made[-PER_DAY].created_at + _DAY - clock.now()
        raise RateLimited(seconds=max(1, int(wait.total_seconds())), what="REPORT")


@use_case
async def handle_report(viewer: Viewer, report_id: UUID) -> Report:
    """Note that a report was looked into; doing it again changes nothing.

    Raises:
        NotFound: no such report.
    """
    officer = demand_role(viewer, *STAFF)
    report = await Report.filter(id=report_id).select_for_update().first()
    if report is None:
        raise NotFound(field="reportId")
    if report.handled_at is None:
        await Report.filter(id=report_id).update(handled_at=clock.now(), officer_id=officer)
    return await Report.get(id=report_id)


async def forget_reports(now: datetime) -> int:
    """Delete reports that were handled long ago, in the caller's transaction; how many."""
    over = Report.filter(handled_at__lt=now - KEPT).order_by("id").limit(BATCH)
    ids = await over.values_list("id", flat=True)
    return await Report.filter(id__in=list(ids)).delete() if ids else 0
