"""Who meets: the match and the order that a meeting stands on, and who has to come, under lock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.errors import NotFound
from domain.meeting import SIDE_OF_ROLE, MeetingKind, MeetingSide, required
from domain.permissions import demand_role, left_to
from domain.policy import Policy
from domain.states import AGREED_MATCH
from domain.version import demand_version
from domain.viewer import PARTIES, Viewer
from models.district import Municipality
from models.event import Change, append_all
from models.match import Match, lists_with
from models.meeting import Meeting, MeetingPerson
from models.order import Order
from models.user import Assistant

Comers = Mapping[MeetingSide, "Comer"]


@dataclass(frozen=True, slots=True)
class Ground:
    """What a meeting stands on, locked: the order always first."""

    order: Order
    match: Match
    policy: Policy


@dataclass(frozen=True, slots=True)
class Comer:
    """Who has to come: a person, or whoever of a provider answers first."""

    user_id: UUID | None
    provider_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """A meeting that one of its people has to do with, with everything it stands on."""

    ground: Ground
    meeting: Meeting
    people: Sequence[MeetingPerson]
    me: MeetingPerson


async def ground_of(match_id: UUID) -> Ground:
    """What a meeting of a match stands on.

    Raises:
        NotFound: no match that both sides have agreed on.
    """
    order_id = await Match.filter(id=match_id).first().values_list("order_id", flat=True)
    if order_id is None:
        raise NotFound(field="matchId")
    order = await Order.filter(id=order_id).select_for_update(no_key=True).get()
    match = await Match.filter(id=match_id).select_for_update(no_key=True).first()
    if match is None or match.state not in AGREED_MATCH:
        raise NotFound(field="matchId")
    place = await Municipality.get(id=order.municipality_id).prefetch_related("district")
    return Ground(order, match, place.district.policy())


async def comers(ground: Ground, kind: MeetingKind) -> Comers:
    """Who has to come to a meeting of this kind."""
    match = ground.match
    assistant_id = match.assistant_id or match.nominee_id
    assistant = await Assistant.get_or_none(id=assistant_id) if assistant_id else None
    provider_id = match.provider_id or (assistant.provider_id if assistant else None)
    everybody = {
        MeetingSide.SEEKER: Comer(ground.order.seeker_id),
        MeetingSide.ASSISTANT: Comer(assistant.id if assistant else None),
        MeetingSide.COORDINATOR: Comer(None, provider_id),
    }
    sides = required(
        kind,
        match.kind,
        attached=provider_id is not None,
        nominated=assistant is not None,
        with_coordinator=ground.policy.coordinator_at_meetings,
    )
    return {side: everybody[side] for side in MeetingSide if side in sides}


async def side_of(viewer: Viewer, match: Match, people: Comers) -> MeetingSide:
    """As what the viewer comes.

    Raises:
        RoleNotAllowed: the match is the viewer's to see, and others come to this meeting.
        NotFound: not a match that the viewer sees.
    """
    side = SIDE_OF_ROLE.get(viewer.role)
    comer = people.get(side) if side else None
    if side is not None and comer is not None and _comes(viewer, side, comer):
        return side
    if await Match.visible_to(viewer).filter(id=match.id).exists():
        raise left_to(*(role for role, each in SIDE_OF_ROLE.items() if each in people))
    raise NotFound(field="matchId")


def _comes(viewer: Viewer, side: MeetingSide, comer: Comer) -> bool:
    if side is MeetingSide.COORDINATOR:
        return comer.provider_id is not None and viewer.speaks_for == comer.provider_id
    return viewer.id == comer.user_id


async def enter(viewer: Viewer, meeting_id: UUID, if_version: int | None) -> Entered:
    """A meeting of the viewer's, with what it stands on, locked.

    Raises:
        NotFound: none of the viewer's.
        Stale: it is not at `if_version`.
    """
    demand_role(viewer, *PARTIES)
    seen = await Meeting.visible_to(viewer).filter(id=meeting_id).first()
    if seen is None:
        raise NotFound(field="meetingId")
    ground = await _ground_behind(seen)
    meeting = await Meeting.filter(id=meeting_id).select_for_update(no_key=True).get()
    demand_version(meeting.version, if_version)
    people = await MeetingPerson.filter(meeting_id=meeting_id).order_by("id")
    mine = SIDE_OF_ROLE[viewer.role]
    return Entered(ground, meeting, people, next(each for each in people if each.side is mine))


async def _ground_behind(meeting: Meeting) -> Ground:
    try:
        return await ground_of(meeting.match_id)
    except NotFound:
        raise NotFound(field="meetingId") from None


async def changed(ground: Ground, meeting: Meeting, **values: object) -> int:
    """Write what has changed of a locked meeting without a step, and tell of it; the version."""
    meeting.version += 1
    await Meeting.filter(id=meeting.id).update(version=meeting.version, **values)
    await tell_of(ground, meeting)
    return meeting.version


async def tell_of(ground: Ground, meeting: Meeting) -> None:
    """Let both sides' subscriptions know, in the caller's transaction."""
    match, version = ground.match, meeting.version
    lists = await lists_with(match.id)
    await append_all(
        [
            Change("order", match.order_id, meeting.id, version, "MEETING"),
            *(Change("suggested", key, match.id, version, "MATCH") for key in lists),
        ]
    )
