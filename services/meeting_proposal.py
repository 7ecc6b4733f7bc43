"""Use cases of proposing dates for a meeting: the first ones, and others in their place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.errors import (
    DomainError,
    ProviderProposes,
    StateRefused,
    VideoMissing,
)
from domain.meeting import (
    PLACE_LIMIT,
    MeetingKind,
    MeetingNote,
    MeetingSide,
    Span,
    can_be_arranged,
    date_problems,
    may_open,
    party,
)
from domain.permissions import demand_role
from domain.policy import ROOM
from domain.states import MEETING, OPEN_MEETING, MeetingState
from domain.text import clean
from domain.version import demand_version
from domain.viewer import PARTIES, Viewer
from models.meeting import Meeting, MeetingDate, MeetingPerson
from notifications.message import MailKind
from services import clock
from services.meeting_end import fall_out
from services.meeting_news import tell
from services.meeting_people import (
    Comers,
    Ground,
    changed,
    comers,
    enter,
    ground_of,
    side_of,
    tell_of,
)
from services.meeting_time import demand_time
from services.transition import note, transition
from services.use_case import for_another, use_case


@dataclass(frozen=True, slots=True)
class Proposal:
    """One to five dates for a meeting, how long it takes and where it is."""

    starts: Sequence[datetime]
    minutes: int
    place: str = ""


@use_case
@for_another()
async def propose_meetings(
    viewer: Viewer,
    match_id: UUID,
    kind: MeetingKind,
    proposal: Proposal,
    if_version: int | None = None,
) -> Meeting:
    """Propose dates for a meeting of a match; they replace those that were proposed before.

    An open meeting of the kind gets a new version, whoever proposed the earlier dates; one that
    was confirmed is moved.

    Raises:
        NotFound, RoleNotAllowed: not a match that the viewer sees, or others come to this meeting.
        StateRefused, Stale: the two have not come so far, or the meeting is another by now.
        ProviderProposes, VideoMissing: not the viewer's turn, or not in this district.
        DomainError: see `date_problems` and `demand_time`.
    """
    demand_role(viewer, *PARTIES)
    ground = await ground_of(match_id)
    people = await comers(ground, kind)
    side = await side_of(viewer, ground.match, people)
    known = Meeting.filter(match_id=match_id, kind=kind, state__in=sorted(OPEN_MEETING))
    meeting = await known.select_for_update(no_key=True).first()
    if meeting is not None:
        demand_version(meeting.version, if_version)
    elif not may_open(kind, ground.match.kind, side):
        raise ProviderProposes(state=ground.match.state.value)
    await _demand_sense(ground, kind, side, people, proposal, meeting)
    return await _proposed(viewer, ground, kind, side, people, proposal, meeting)


@use_case
@for_another()
async def move_meeting(
    viewer: Viewer, meeting_id: UUID, proposal: Proposal, if_version: int | None = None
) -> Meeting:
    """Propose other dates for an open meeting; a confirmed one does not hold any more.

    Raises:
        DomainError: see `propose_meetings`.
    """
    entered = await enter(viewer, meeting_id, if_version)
    ground, meeting = entered.ground, entered.meeting
    if meeting.state not in OPEN_MEETING:
        raise StateRefused(state=meeting.state.value, action="MOVE_MEETING")
    people = await comers(ground, meeting.kind)
    side = await side_of(viewer, ground.match, people)
    await _demand_sense(ground, meeting.kind, side, people, proposal, meeting)
    return await _proposed(viewer, ground, meeting.kind, side, people, proposal, meeting)


async def _demand_sense(  # noqa: PLR0913, PLR0917  all that a proposal depends on
    ground: Ground,
    kind: MeetingKind,
    side: MeetingSide,
    people: Comers,
    proposal: Proposal,
    meeting: Meeting | None,
) -> None:
    policy, match = ground.policy, ground.match
    if not can_be_arranged(kind, match.state, ground.order.state):
        raise StateRefused(state=match.state.value, action="PROPOSE_MEETINGS")
    if kind is MeetingKind.VIDEO and ROOM not in policy.room_url:
        raise VideoMissing(state=match.state.value)
    now = clock.now()
    found = list(date_problems(proposal.starts, proposal.minutes, now, policy.horizon_days))
    if found:
        raise DomainError.of(found)
    assistant = people.get(MeetingSide.ASSISTANT)
    if side is MeetingSide.SEEKER or assistant is None or assistant.user_id is None:
        return  # whoever seeks does not learn from proposals when somebody is elsewhere
    own = meeting.id if meeting else None
    for number, start in enumerate(proposal.starts):
        span = _span(start, proposal.minutes)
        field = f"dates.{number}"
        await demand_time(assistant.user_id, kind, span, policy, besides=own, field=field)


async def _proposed(  # noqa: PLR0913, PLR0917  as above
    viewer: Viewer,
    ground: Ground,
    kind: MeetingKind,
    side: MeetingSide,
    people: Comers,
    proposal: Proposal,
    meeting: Meeting | None,
) -> Meeting:
    said: dict[str, Any] = {
        "proposed_by": party(side),
        "minutes": proposal.minutes,
        "place": clean(proposal.place, field="place", limit=PLACE_LIMIT),
        "starts_at": None,
        "ends_at": None,
        "short_rest": False,
    }
    news = MailKind.MEETING_PROPOSED
    if meeting is None:
        meeting = await Meeting.create(match_id=ground.match.id, kind=kind, **said)
        await tell_of(ground, meeting)
        await note(MEETING, meeting.id, MeetingNote.PROPOSE_MEETINGS, viewer)
    else:
        news = MailKind.MEETING_COUNTERED
        if meeting.state is MeetingState.CONFIRMED:
            news = MailKind.MEETING_MOVED
            await fall_out(viewer, ground, meeting)
            values = {"link": None}
            meeting.version = await transition(
                MEETING, meeting.id, "MOVE_MEETING", viewer, values=values
            )
        await changed(ground, meeting, **said)
        if news is MailKind.MEETING_COUNTERED:
            await note(MEETING, meeting.id, MeetingNote.COUNTER_MEETING, viewer)
    await _write_dates(meeting.id, proposal)
    rows = await _write_people(viewer, meeting.id, side, people)
    await tell(news, meeting.id, meeting.version, rows, but=viewer)
    return await Meeting.get(id=meeting.id)


async def _write_dates(meeting_id: UUID, proposal: Proposal) -> None:
    await MeetingDate.filter(meeting_id=meeting_id).delete()
    for start in sorted(set(proposal.starts)):
        span = _span(start, proposal.minutes)
        await MeetingDate.create(meeting_id=meeting_id, starts_at=span.begins, ends_at=span.ends)


async def _write_people(
    viewer: Viewer, meeting_id: UUID, side: MeetingSide, people: Comers
) -> list[MeetingPerson]:
    """Everybody anew: whoever proposes has confirmed by that, nobody else has."""
    await MeetingPerson.filter(meeting_id=meeting_id).delete()
    return [
        await MeetingPerson.create(
            meeting_id=meeting_id,
            side=each,
            user_id=viewer.id if each is side else comer.user_id,
            provider_id=comer.provider_id,
            confirmed_at=clock.now() if each is side else None,
        )
        for each, comer in people.items()
    ]


def _span(start: datetime, minutes: int) -> Span:
    return Span(start, start + timedelta(minutes=minutes))
