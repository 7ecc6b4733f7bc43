"""Use cases of the people of a meeting: choosing one of its dates, and confirming it."""

import secrets
from uuid import UUID

from domain.errors import (
    DateChosen,
    DateInPast,
    DateNotChosen,
    NotFound,
    OthersChoose,
    StateRefused,
)
from domain.meeting import (
    MeetingKind,
    MeetingNote,
    MeetingSide,
    Span,
    party,
)
from domain.policy import ROOM
from domain.states import MATCH, MEETING, ORDER, MeetingState
from domain.viewer import Viewer
from models.meeting import Meeting, MeetingDate, MeetingPerson
from notifications.message import MailKind
from services import clock
from services.meeting_news import promise_reminders, tell
from services.meeting_people import (
    Entered,
    Ground,
    changed,
    enter,
)
from services.meeting_time import demand_time, occupy
from services.transition import note, transition
from services.use_case import for_another, use_case

_ROOM_BYTES = 24


@use_case
@for_another()
async def choose_meeting(
    viewer: Viewer, meeting_id: UUID, date_id: UUID, if_version: int | None = None
) -> Meeting:
    """Choose one of the dates that the other side has proposed, and confirm it by that.

    Raises:
        NotFound, StateRefused, Stale: not such a meeting, or none of its dates.
        OthersChoose, DateChosen: not the viewer's turn.
        DateInPast, TimeTaken: the date is over, or somebody is elsewhere then.
    """
    entered = await enter(viewer, meeting_id, if_version)
    meeting = entered.meeting
    _demand_state(meeting, MeetingState.PROPOSED, "CHOOSE_MEETING")
    if meeting.starts_at is not None:
        raise DateChosen(state=meeting.state.value)
    if party(entered.me.side) is meeting.proposed_by:
        raise OthersChoose(state=meeting.state.value)
    date = await MeetingDate.get_or_none(id=date_id, meeting_id=meeting_id)
    if date is None:
        raise NotFound(field="dateId")
    meeting.starts_at, meeting.ends_at = date.starts_at, date.ends_at
    short = await _demand_held_free(entered, "dateId")
    await MeetingDate.filter(id=date_id).update(chosen=True)
    await changed(
        entered.ground,
        meeting,
        starts_at=date.starts_at,
        ends_at=date.ends_at,
        short_rest=short,
    )
    await note(MEETING, meeting_id, MeetingNote.CHOOSE_MEETING, viewer)
    return await _agreed(viewer, entered)


@use_case
@for_another()
async def confirm_meeting(
    viewer: Viewer, meeting_id: UUID, if_version: int | None = None
) -> Meeting:
    """Say that one comes to the chosen date; confirming twice changes nothing.

    Raises:
        NotFound, StateRefused, Stale: not such a meeting.
        DateNotChosen, DateInPast, TimeTaken: there is no date, or none that holds any more.
    """
    entered = await enter(viewer, meeting_id, if_version)
    meeting, me = entered.meeting, entered.me
    if me.confirmed_at is not None and meeting.state is MeetingState.CONFIRMED:
        return meeting
    _demand_state(meeting, MeetingState.PROPOSED, "CONFIRM_MEETING")
    if meeting.starts_at is None:
        raise DateNotChosen(state=meeting.state.value)
    if me.confirmed_at is not None:
        return meeting
    await _demand_held_free(entered, "meetingId")
    await changed(entered.ground, meeting)
    return await _agreed(viewer, entered)


def _demand_state(meeting: Meeting, state: MeetingState, action: str) -> None:
    if meeting.state is not state:
        raise StateRefused(state=meeting.state.value, action=action)


async def _demand_held_free(entered: Entered, field: str) -> bool:
    """Whether the chosen date can still be held, and shortens the assistant's rest."""
    meeting = entered.meeting
    if meeting.starts_at is None or meeting.ends_at is None:
        raise DateNotChosen(state=meeting.state.value)
    if meeting.starts_at <= clock.now():
        raise DateInPast(field=field)
    span = Span(meeting.starts_at, meeting.ends_at)
    for person in entered.people:
        if person.side is MeetingSide.ASSISTANT and person.user_id is not None:
            policy = entered.ground.policy
            return await demand_time(person.user_id, meeting.kind, span, policy, field=field)
    return False


async def _agreed(viewer: Viewer, entered: Entered) -> Meeting:
    """Note that one more comes; with the last one the meeting is confirmed."""
    meeting, me = entered.meeting, entered.me
    me.user_id, me.confirmed_at = viewer.id, clock.now()
    await MeetingPerson.filter(id=me.id).update(user_id=me.user_id, confirmed_at=me.confirmed_at)
    waiting = [each for each in entered.people if each.confirmed_at is None]
    if waiting:
        chosen = MailKind.MEETING_CHOSEN
        await tell(chosen, meeting.id, meeting.version, waiting, but=viewer)
    else:
        await _settle(viewer, entered)
    return await Meeting.get(id=meeting.id)


async def _settle(viewer: Viewer, entered: Entered) -> None:
    ground, meeting = entered.ground, entered.meeting
    if meeting.starts_at is None or meeting.ends_at is None:
        raise DateNotChosen(state=meeting.state.value)
    await occupy(meeting, entered.people, Span(meeting.starts_at, meeting.ends_at))
    values = {"known_at": meeting.starts_at, "link": _room(ground, meeting)}
    version = await transition(MEETING, meeting.id, "CONFIRM_MEETING", viewer, values=values)
    if meeting.kind is MeetingKind.INTRODUCTION:
        await transition(MATCH, ground.match.id, "SET_MEETING", viewer)
        await transition(ORDER, ground.order.id, "SET_MEETING", viewer)
    await tell(MailKind.MEETING_CONFIRMED, meeting.id, version, entered.people)
    await promise_reminders(meeting.id, version, meeting.starts_at, ground.policy)


def _room(ground: Ground, meeting: Meeting) -> str | None:
    """The address of a room that nobody can guess; None where people meet in person."""
    if meeting.kind is not MeetingKind.VIDEO:
        return None
    return ground.policy.room_url.replace(ROOM, secrets.token_urlsafe(_ROOM_BYTES))
