"""Use cases of how meetings end: cancelled, held or missed; and what that means for the order."""

from collections.abc import Sequence
from uuid import UUID

from domain.errors import MeetingNotBegun, StateRefused
from domain.match import AcceptorKind
from domain.meeting import MeetingKind, MeetingOutcome, MeetingReason, MeetingSide
from domain.states import (
    AGREED_MATCH,
    MATCH,
    MEETING,
    OPEN_MEETING,
    ORDER,
    MatchState,
    MeetingState,
    OrderState,
)
from domain.viewer import SYSTEM, Viewer
from models.match import Match
from models.meeting import Meeting, MeetingPerson
from notifications.message import MailKind
from services import clock
from services.meeting_news import tell
from services.meeting_people import Ground, changed, enter, ground_of
from services.meeting_time import vacate
from services.transition import transition
from services.use_case import for_another, use_case

_MET = frozenset({OrderState.MEETING_SET, OrderState.MEETING_HELD})


@use_case
@for_another()
async def cancel_meeting(
    viewer: Viewer, meeting_id: UUID, reason: MeetingReason, if_version: int | None = None
) -> Meeting:
    """Cancel an open meeting; the match stands where it stood before there was a date.

    Raises:
        NotFound, StateRefused, Stale: not such a meeting.
    """
    entered = await enter(viewer, meeting_id, if_version)
    meeting = entered.meeting
    if meeting.state not in OPEN_MEETING:
        raise StateRefused(state=meeting.state.value, action="CANCEL_MEETING")
    if meeting.state is MeetingState.CONFIRMED:
        await fall_out(viewer, entered.ground, meeting)
    await _cancel(viewer, meeting.id, reason, entered.people)
    return await Meeting.get(id=meeting_id)


@use_case
@for_another()
async def record_meeting(
    viewer: Viewer, meeting_id: UUID, outcome: MeetingOutcome, if_version: int | None = None
) -> Meeting:
    """Say what became of a confirmed meeting; after a missed one another can be arranged.

    Whoever else was to come is told of a missed one: it is what one of them says.

    Raises:
        NotFound, StateRefused, Stale: not such a meeting.
        MeetingNotBegun: it lies ahead.
    """
    entered = await enter(viewer, meeting_id, if_version)
    ground, meeting = entered.ground, entered.meeting
    if meeting.state is not MeetingState.CONFIRMED or meeting.starts_at is None:
        raise StateRefused(state=meeting.state.value, action="RECORD_MEETING")
    if meeting.starts_at > clock.now():
        raise MeetingNotBegun(state=meeting.state.value)
    if outcome is MeetingOutcome.MISSED:
        version = await transition(MEETING, meeting_id, "MISS_MEETING", viewer)
        if meeting.kind is MeetingKind.INTRODUCTION:
            await _go_back(viewer, ground)
        await tell(MailKind.MEETING_MISSED, meeting_id, version, entered.people, but=viewer)
    else:
        await transition(MEETING, meeting_id, "HOLD_MEETING", viewer)
        if meeting.kind is MeetingKind.INTRODUCTION:
            await transition(ORDER, ground.order.id, "HOLD_MEETING", viewer)
    return await Meeting.get(id=meeting_id)


async def fall_out(viewer: Viewer, ground: Ground, meeting: Meeting) -> None:
    """Undo what the confirmation of a meeting did, in the caller's transaction."""
    await vacate(meeting.id)
    if meeting.kind is MeetingKind.INTRODUCTION:
        await _go_back(viewer, ground)


async def _go_back(viewer: Viewer, ground: Ground) -> None:
    """Take match and order back to the inquiry or the award that the meeting followed."""
    inquiry = ground.match.kind is AcceptorKind.PROVIDER
    action = "BACK_TO_INQUIRY" if inquiry else "BACK_TO_AWARD"
    if ground.match.state is MatchState.MEETING:
        await transition(MATCH, ground.match.id, action, viewer)
    if ground.order.state in _MET:
        await transition(ORDER, ground.order.id, action, viewer)


async def call_off(order_id: UUID) -> None:
    """Cancel the open meetings of those matches of a locked order that have ended.

    In the caller's transaction, behind the step that ended them; all who were to come are told.
    """
    ended = Meeting.filter(match__order_id=order_id, state__in=sorted(OPEN_MEETING))
    ended = ended.exclude(match__state__in=sorted(AGREED_MATCH))
    for meeting in await ended.order_by("id"):
        people = await MeetingPerson.filter(meeting_id=meeting.id)
        await vacate(meeting.id)
        await _cancel(SYSTEM, meeting.id, MeetingReason.MATCH_ENDED, people)


async def another_comes(match_id: UUID) -> None:
    """Let the introductory meeting know whom the provider sends now.

    In the caller's transaction, with the order locked. Whoever comes anew has to confirm first; if
    nobody comes any more, there is no meeting. One that was held was with somebody else.
    """
    known = Meeting.filter(match_id=match_id, kind=MeetingKind.INTRODUCTION)
    meeting = await known.filter(state__in=sorted(OPEN_MEETING)).first()
    if meeting is None:
        if await Match.exists(id=match_id, state=MatchState.MEETING):
            await _go_back(SYSTEM, await ground_of(match_id))
        return
    ground = await ground_of(match_id)
    people = await MeetingPerson.filter(meeting_id=meeting.id)
    before = next((each for each in people if each.side is MeetingSide.ASSISTANT), None)
    nominee = ground.match.nominee_id
    if nominee == (before.user_id if before else None):
        return
    if meeting.state is MeetingState.CONFIRMED:
        await fall_out(SYSTEM, ground, meeting)
    if nominee is None:
        await _cancel(SYSTEM, meeting.id, MeetingReason.NOBODY_COMES, people)
        return
    if meeting.state is MeetingState.CONFIRMED:
        meeting.version = await transition(MEETING, meeting.id, "MOVE_MEETING", SYSTEM)
    await changed(ground, meeting)
    if before is not None:
        await before.delete()
    person = await MeetingPerson.create(
        meeting_id=meeting.id, side=MeetingSide.ASSISTANT, user_id=nominee
    )
    if meeting.starts_at is not None:
        await tell(MailKind.MEETING_CHOSEN, meeting.id, meeting.version, [person])


async def _cancel(
    viewer: Viewer, meeting_id: UUID, reason: MeetingReason, people: Sequence[MeetingPerson]
) -> None:
    values = {"reason": reason.value, "link": None}
    version = await transition(MEETING, meeting_id, "CANCEL_MEETING", viewer, values=values)
    await tell(MailKind.MEETING_CANCELLED, meeting_id, version, people, but=viewer)
