"""Two sides of a commissioned order, and meetings of theirs."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from domain.meeting import MeetingKind
from domain.viewer import Viewer
from models.busy import Busy
from models.database import transaction
from models.district import District
from models.match import Match
from models.meeting import Meeting, MeetingDate, MeetingPerson
from models.order import Order
from models.provider import Provider
from models.user import User
from services.meeting import choose_meeting, confirm_meeting
from services.meeting_proposal import Proposal, propose_meetings
from tests.people import (
    Place,
    make_assistant,
    make_coordinator,
    make_provider,
    make_seeker,
    viewer_for,
)
from tests.staging import guards_asleep, put_match, put_order

NOW = datetime(2027, 5, 3, 8, tzinfo=UTC)  # a Monday, ten o'clock in Berlin
TOMORROW = NOW + timedelta(days=1)
COMMISSIONED = {"AWARDED", "REQUESTED"}
VIDEO, INTRODUCTION = MeetingKind.VIDEO, MeetingKind.INTRODUCTION


@dataclass(frozen=True)
class Pair:
    """Who has commissioned whom."""

    seeker: Viewer
    helper: Viewer | None
    coordinator: Viewer | None
    match: UUID
    order: UUID

    async def meeting(self) -> Meeting:
        return await Meeting.filter(match_id=self.match).order_by("-id").first()  # type: ignore[return-value]  # there is one

    async def states(self) -> tuple[str, str]:
        match, order = await Match.get(id=self.match), await Order.get(id=self.order)
        return match.state.value, order.state.value


async def awarded(  # noqa: PLR0913  each by its name
    owner_url: str,
    place: Place,
    *,
    seeker: User | None = None,
    helper: User | None = None,
    employer: Provider | None = None,
    state: str = "AWARDED",
) -> Pair:
    """A direct match; self-employed unless somebody employs the assistant."""
    seeker = seeker or await make_seeker(place)
    helper = helper or await make_assistant(place, provider=employer)
    coordinator = await make_coordinator(place, employer) if employer else None
    async with guards_asleep(owner_url) as connection:
        order_state = state if state in COMMISSIONED else "IN_PROGRESS"
        order = await put_order(connection, seeker.id, place, order_state)
        match = await put_match(connection, order, state, assistant=helper.id)
    return Pair(
        await viewer_for(seeker),
        await viewer_for(helper),
        await viewer_for(coordinator) if coordinator else None,
        match,
        order,
    )


async def requested(
    owner_url: str,
    place: Place,
    *,
    seeker: User | None = None,
    coordinator: User | None = None,
    state: str = "REQUESTED",
) -> Pair:
    """A provider's match."""
    seeker = seeker or await make_seeker(place)
    coordinator = coordinator or await make_coordinator(place, await make_provider(place))
    speaks = await viewer_for(coordinator)
    async with guards_asleep(owner_url) as connection:
        order_state = state if state in COMMISSIONED else "IN_PROGRESS"
        order = await put_order(connection, seeker.id, place, order_state)
        match = await put_match(connection, order, state, provider=speaks.provider_id)
    return Pair(await viewer_for(seeker), None, speaks, match, order)


async def propose(
    viewer: Viewer,
    pair: Pair,
    *starts: datetime,
    kind: MeetingKind = INTRODUCTION,
    minutes: int = 60,
) -> Meeting:
    proposal = Proposal(starts or (TOMORROW,), minutes, "" if kind is VIDEO else "Rathaus")
    return await propose_meetings(viewer, None, pair.match, kind, proposal)


async def first_date(meeting: Meeting) -> UUID:
    date = await MeetingDate.filter(meeting_id=meeting.id).order_by("starts_at").first()
    assert date is not None
    return date.id


async def choose(viewer: Viewer, meeting: Meeting) -> Meeting:
    return await choose_meeting(viewer, None, meeting.id, await first_date(meeting))


async def confirmed(pair: Pair, *starts: datetime, kind: MeetingKind = INTRODUCTION) -> Meeting:
    """The acceptor's side proposes, the seeker chooses, whoever is left confirms."""
    proposing = pair.helper or pair.coordinator
    assert proposing is not None
    meeting = await choose(pair.seeker, await propose(proposing, pair, *starts, kind=kind))
    if pair.helper and pair.coordinator and kind is INTRODUCTION:
        meeting = await confirm_meeting(pair.coordinator, None, meeting.id)
    return meeting


async def begin(meeting: Meeting, hours: float = 1) -> None:
    """Let it have begun, in the portal's clock and in the database's."""
    starts = datetime.now(UTC) - timedelta(hours=hours)
    ends = starts + timedelta(minutes=meeting.minutes)
    async with transaction():
        dates = MeetingDate.filter(meeting_id=meeting.id, chosen=True)
        await dates.update(starts_at=starts, ends_at=ends)
        people = MeetingPerson.filter(meeting_id=meeting.id)
        await people.update(begins_at=starts, ends_at=ends)
        await Busy.filter(source=meeting.id).update(begins_at=starts, ends_at=ends)
        await Meeting.filter(id=meeting.id).update(starts_at=starts, ends_at=ends, known_at=starts)


async def rooms(url: str = "https://video.example/{room}") -> None:
    """Let the district have a service for video meetings."""
    await District.filter(key="03155").update(room_url=url)
