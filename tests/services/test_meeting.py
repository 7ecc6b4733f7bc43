"""Proposing, choosing and confirming meetings: whose turn it is, and what follows from it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from domain.errors import (
    AccountNotReleased,
    DateChosen,
    DateInPast,
    DateNotChosen,
    DateTooFar,
    MeetingHourRefused,
    NotFound,
    NumberOutOfRange,
    OthersChoose,
    ProviderProposes,
    RoleNotAllowed,
    SignInRequired,
    Stale,
    StateRefused,
    VideoMissing,
)
from domain.ids import uuid7
from domain.meeting import MeetingKind, MeetingParty, MeetingSide
from domain.states import MeetingState
from domain.viewer import ANONYMOUS, Role
from models.busy import Busy
from models.district import District
from models.meeting import Meeting, MeetingDate, MeetingPerson
from services import clock
from services.meeting import choose_meeting, confirm_meeting
from services.meeting_proposal import Proposal, move_meeting, propose_meetings
from tests.meetings import (
    INTRODUCTION,
    NOW,
    TOMORROW,
    VIDEO,
    awarded,
    choose,
    confirmed,
    first_date,
    propose,
    requested,
    rooms,
)
from tests.people import Place, make_provider, make_user, viewer_for
from tests.services.scenes import history
from tests.services.test_talk_booking import refused


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    clock.use(lambda: NOW)
    yield
    clock.use(None)


async def people(meeting: Meeting) -> dict[str, bool]:
    """Who comes, and who has confirmed."""
    rows = await MeetingPerson.filter(meeting_id=meeting.id)
    return {row.side.value: row.confirmed_at is not None for row in rows}


async def test_two_people_are_confirmed_once_one_chooses(owner_url: str, place: Place) -> None:
    pair = await awarded(owner_url, place)
    assert pair.helper is not None
    later = TOMORROW + timedelta(days=1)
    meeting = await propose(pair.helper, pair, later, TOMORROW)
    assert (meeting.state, meeting.version, meeting.proposed_by) == (
        MeetingState.PROPOSED,
        1,
        MeetingParty.ACCEPTOR,
    )
    assert await people(meeting) == {"SEEKER": False, "ASSISTANT": True}
    assert await pair.states() == ("AWARDED", "AWARDED")
    meeting = await choose(pair.seeker, meeting)
    assert (meeting.state, meeting.starts_at) == (MeetingState.CONFIRMED, TOMORROW)
    assert meeting.ends_at == TOMORROW + timedelta(hours=1)
    assert await people(meeting) == {"SEEKER": True, "ASSISTANT": True}
    assert await pair.states() == ("MEETING", "MEETING_SET")
    assert await history(meeting.id) == ["PROPOSE_MEETINGS", "CHOOSE_MEETING", "CONFIRM_MEETING"]
    busy = await Busy.get(source=meeting.id)
    assert (busy.assistant_id, busy.begins_at, busy.ends_at) == (
        pair.helper.id,
        meeting.starts_at,
        meeting.ends_at,
    )


async def test_whoever_is_employed_comes_with_a_coordinator(owner_url: str, place: Place) -> None:
    pair = await awarded(owner_url, place, employer=await make_provider(place))
    assert pair.helper is not None
    assert pair.coordinator is not None
    meeting = await choose(pair.seeker, await propose(pair.helper, pair))
    assert meeting.state is MeetingState.PROPOSED
    assert await people(meeting) == {"SEEKER": True, "ASSISTANT": True, "COORDINATOR": False}
    assert await Busy.all().count() == 0
    meeting = await confirm_meeting(pair.coordinator, None, meeting.id)
    assert meeting.state is MeetingState.CONFIRMED
    person = await MeetingPerson.get(meeting_id=meeting.id, side=MeetingSide.COORDINATOR)
    assert person.user_id == pair.coordinator.id
    again = await confirm_meeting(pair.coordinator, None, meeting.id)
    assert again.version == meeting.version


async def test_a_district_may_do_without_the_coordinator(owner_url: str, place: Place) -> None:
    await District.filter(key="03155").update(coordinator_at_meetings=False)
    pair = await awarded(owner_url, place, employer=await make_provider(place))
    assert pair.helper is not None
    meeting = await choose(pair.seeker, await propose(pair.helper, pair))
    assert meeting.state is MeetingState.CONFIRMED
    assert set(await people(meeting)) == {"SEEKER", "ASSISTANT"}


async def test_the_coordinator_of_the_employer_may_propose(owner_url: str, place: Place) -> None:
    pair = await awarded(owner_url, place, employer=await make_provider(place))
    assert pair.helper is not None
    assert pair.coordinator is not None
    meeting = await choose(pair.seeker, await propose(pair.coordinator, pair))
    assert meeting.state is MeetingState.PROPOSED
    assert (await confirm_meeting(pair.helper, None, meeting.id)).state is MeetingState.CONFIRMED


async def test_a_provider_proposes_and_the_seeker_decides(owner_url: str, place: Place) -> None:
    pair = await requested(owner_url, place)
    assert pair.coordinator is not None
    await refused(ProviderProposes, propose(pair.seeker, pair))
    meeting = await propose(pair.coordinator, pair)
    await refused(OthersChoose, choose(pair.coordinator, meeting))
    other = TOMORROW + timedelta(days=2)
    countered = await propose(pair.seeker, pair, other)
    assert (countered.id, countered.version) == (meeting.id, 2)
    assert countered.proposed_by is MeetingParty.SEEKER
    assert [date.starts_at for date in await MeetingDate.all()] == [other]
    await refused(OthersChoose, choose(pair.seeker, countered))
    meeting = await choose(pair.coordinator, countered)
    assert meeting.state is MeetingState.CONFIRMED
    assert await pair.states() == ("MEETING", "MEETING_SET")


async def test_nothing_is_chosen_or_confirmed_twice_or_too_early(
    owner_url: str, place: Place
) -> None:
    pair = await awarded(owner_url, place, employer=await make_provider(place))
    assert pair.helper is not None
    assert pair.coordinator is not None
    meeting = await propose(pair.helper, pair)
    await refused(DateNotChosen, confirm_meeting(pair.seeker, None, meeting.id))
    await refused(NotFound, choose_meeting(pair.seeker, None, meeting.id, uuid7()))
    date = await first_date(meeting)
    await refused(Stale, choose_meeting(pair.seeker, None, meeting.id, date, 7))
    await choose(pair.seeker, meeting)
    await refused(DateChosen, choose(pair.seeker, meeting))
    await confirm_meeting(pair.coordinator, None, meeting.id)
    await refused(StateRefused, choose(pair.seeker, meeting))


async def test_a_date_of_another_meeting_is_not_one_of_this(owner_url: str, place: Place) -> None:
    pair, other = await awarded(owner_url, place), await awarded(owner_url, place)
    assert pair.helper is not None
    assert other.helper is not None
    meeting, foreign = await propose(pair.helper, pair), await propose(other.helper, other)
    date = await first_date(foreign)
    await refused(NotFound, choose_meeting(pair.seeker, None, meeting.id, date))


async def test_other_dates_in_place_of_a_confirmed_one_release_it(
    owner_url: str, place: Place
) -> None:
    for pair, back in (
        (await awarded(owner_url, place), "AWARDED"),
        (await requested(owner_url, place), "REQUESTED"),
    ):
        meeting = await confirmed(pair)
        later = TOMORROW + timedelta(days=3)
        moved = await move_meeting(
            pair.seeker, None, meeting.id, Proposal([later], 30, "Bei mir"), meeting.version
        )
        assert (moved.state, moved.starts_at, moved.known_at) == (
            MeetingState.PROPOSED,
            None,
            TOMORROW,
        )
        assert moved.version > meeting.version
        assert (moved.minutes, moved.place) == (30, "Bei mir")
        assert await pair.states() == (back, back)
        assert await Busy.filter(source=meeting.id, cancelled_at=None).count() == 0
        spans = await MeetingPerson.filter(meeting_id=meeting.id).values_list("begins_at")
        assert {each for (each,) in spans} == {None}
        acceptor = pair.helper or pair.coordinator
        assert acceptor is not None
        assert (await choose(acceptor, moved)).state is MeetingState.CONFIRMED
        assert await history(meeting.id) == [
            "PROPOSE_MEETINGS",
            "CHOOSE_MEETING",
            "CONFIRM_MEETING",
            "MOVE_MEETING",
            "CHOOSE_MEETING",
            "CONFIRM_MEETING",
        ]


@pytest.mark.parametrize("kind", [INTRODUCTION, VIDEO])
async def test_strangers_learn_nothing(owner_url: str, place: Place, kind: MeetingKind) -> None:
    await rooms()
    pair, other = await awarded(owner_url, place), await awarded(owner_url, place)
    stranger = await requested(owner_url, place)
    assert pair.helper is not None
    assert other.helper is not None
    assert stranger.coordinator is not None
    meeting = await propose(pair.helper, pair, kind=kind)
    date = await first_date(meeting)
    for viewer in (other.seeker, other.helper, stranger.coordinator):
        await refused(NotFound, propose(viewer, pair, kind=kind))
        await refused(NotFound, choose_meeting(viewer, None, meeting.id, date))
        await refused(NotFound, confirm_meeting(viewer, None, meeting.id))
        await refused(NotFound, move_meeting(viewer, None, meeting.id, Proposal([TOMORROW], 60)))
    await refused(SignInRequired, choose_meeting(ANONYMOUS, None, meeting.id, date))
    officer = await viewer_for(place.officer)
    await refused(RoleNotAllowed, choose_meeting(officer, None, meeting.id, date))
    waiting = await viewer_for(await make_user(Role.SEEKER, place, released=False))
    await refused(AccountNotReleased, choose_meeting(waiting, None, meeting.id, date))


@pytest.mark.parametrize("state", ["ACCEPTED", "ON_HOLD"])
async def test_nobody_is_introduced_before_the_commission(
    owner_url: str, place: Place, state: str
) -> None:
    await rooms()
    pair = await awarded(owner_url, place, state=state)
    assert pair.helper is not None
    await refused(StateRefused, propose(pair.helper, pair))
    if state == "ACCEPTED":
        meeting = await propose(pair.seeker, pair, kind=VIDEO)
        assert (await choose(pair.helper, meeting)).state is MeetingState.CONFIRMED
        assert await pair.states() == (state, "IN_PROGRESS")
    else:
        await refused(StateRefused, propose(pair.seeker, pair, kind=VIDEO))


@pytest.mark.parametrize("state", ["SUGGESTED", "DECLINED", "WITHDRAWN", "LAPSED"])
async def test_nobody_meets_who_has_not_said_yes(owner_url: str, place: Place, state: str) -> None:
    await rooms()
    pair = await awarded(owner_url, place, state=state)
    assert pair.helper is not None
    for viewer in (pair.seeker, pair.helper):
        for kind in (VIDEO, INTRODUCTION):
            await refused(NotFound, propose(viewer, pair, kind=kind))


async def test_video_meetings_have_a_room_that_nobody_can_guess(
    owner_url: str, place: Place
) -> None:
    pair = await awarded(owner_url, place, state="ACCEPTED")
    assert pair.helper is not None
    await refused(VideoMissing, propose(pair.helper, pair, kind=VIDEO))
    await rooms("https://video.example/{room}#lobby")
    meeting = await propose(pair.helper, pair, kind=VIDEO)
    assert meeting.link is None
    links = set()
    for _ in range(2):
        meeting = await choose(pair.seeker, meeting)
        assert meeting.link is not None
        room = meeting.link.removeprefix("https://video.example/").removesuffix("#lobby")
        assert len(room) == 32
        links.add(room)
        meeting = await propose(pair.helper, pair, kind=VIDEO)
        assert meeting.link is None
    assert len(links) == 2, "another date, another room"


async def test_dates_lie_ahead_and_at_a_fair_hour(owner_url: str, place: Place) -> None:
    pair = await awarded(owner_url, place)
    assert pair.helper is not None
    for starts, minutes, error in (
        ([NOW], 60, DateInPast),
        ([NOW + timedelta(days=61)], 60, DateTooFar),
        ([TOMORROW + timedelta(hours=11, minutes=30)], 60, MeetingHourRefused),
        ([TOMORROW - timedelta(hours=5)], 60, MeetingHourRefused),
        ([], 60, NumberOutOfRange),
        ([TOMORROW + timedelta(days=day) for day in range(6)], 60, NumberOutOfRange),
        ([TOMORROW], 14, NumberOutOfRange),
        ([TOMORROW], 241, NumberOutOfRange),
    ):
        proposal = Proposal(starts, minutes)
        case = propose_meetings(pair.helper, None, pair.match, INTRODUCTION, proposal)
        await refused(error, case)
    meeting = await propose(pair.helper, pair)
    clock.use(lambda: TOMORROW)
    await refused(DateInPast, choose(pair.seeker, meeting))
