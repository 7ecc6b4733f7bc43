"""Whom a provider sends to a meeting, who stays away, and what becomes of it when that changes."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from domain.errors import RoleNotAllowed
from domain.meeting import MeetingReason, MeetingSide
from domain.states import MeetingState
from domain.viewer import Viewer
from models.busy import Busy
from models.district import District
from models.meeting import Meeting, MeetingPerson
from models.message import Message
from models.nomination import Nomination
from models.provider import Provider
from services import clock
from services.meeting import confirm_meeting
from services.nomination import (
    choose_nominee,
    decline_nomination,
    nominate_assistant,
    withdraw_nomination,
)
from tests.meetings import (
    INTRODUCTION,
    NOW,
    VIDEO,
    Pair,
    awarded,
    choose,
    propose,
    requested,
    rooms,
)
from tests.people import Place, make_assistant, make_coordinator, make_provider, viewer_for


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    clock.use(lambda: NOW)
    yield
    clock.use(None)


@dataclass(frozen=True)
class Named:
    """A provider's match, with assistants who were named for it."""

    pair: Pair
    helpers: list[Viewer]
    nominations: list[Nomination]

    @property
    def speaks(self) -> Viewer:
        assert self.pair.coordinator is not None
        return self.pair.coordinator


async def named(owner_url: str, place: Place, number: int = 1) -> Named:
    provider: Provider = await make_provider(place)
    coordinator = await make_coordinator(place, provider)
    people = [await make_assistant(place, provider=provider) for _ in range(number)]
    pair = await requested(owner_url, place, coordinator=coordinator)
    speaks = await viewer_for(coordinator)
    found = [await nominate_assistant(speaks, None, pair.match, each.id) for each in people]
    return Named(pair, [await viewer_for(each) for each in people], found)


async def sides(meeting: Meeting) -> dict[str, bool]:
    rows = await MeetingPerson.filter(meeting_id=meeting.id)
    return {row.side.value: row.confirmed_at is not None for row in rows}


async def test_the_chosen_one_comes_and_confirms(owner_url: str, place: Place) -> None:
    case = await named(owner_url, place)
    await choose_nominee(case.pair.seeker, None, case.nominations[0].id)
    meeting = await choose(case.pair.seeker, await propose(case.speaks, case.pair))
    assert meeting.state is MeetingState.PROPOSED
    assert await sides(meeting) == {"SEEKER": True, "COORDINATOR": True, "ASSISTANT": False}
    meeting = await confirm_meeting(case.helpers[0], None, meeting.id)
    assert meeting.state is MeetingState.CONFIRMED
    assert (await Busy.get(source=meeting.id)).assistant_id == case.helpers[0].id


async def test_who_is_chosen_later_has_to_confirm(owner_url: str, place: Place) -> None:
    case = await named(owner_url, place)
    meeting = await choose(case.pair.seeker, await propose(case.speaks, case.pair))
    assert meeting.state is MeetingState.CONFIRMED
    assert await case.pair.states() == ("MEETING", "MEETING_SET")
    await choose_nominee(case.pair.seeker, None, case.nominations[0].id)
    now = await Meeting.get(id=meeting.id)
    assert (now.state, now.starts_at) == (MeetingState.PROPOSED, meeting.starts_at)
    assert await case.pair.states() == ("REQUESTED", "REQUESTED")
    told = await Message.filter(kind="meeting_chosen").values_list("receiver_id", flat=True)
    assert case.helpers[0].id in told
    now = await confirm_meeting(case.helpers[0], None, meeting.id)
    assert now.state is MeetingState.CONFIRMED


async def test_another_choice_takes_the_place_of_the_first(owner_url: str, place: Place) -> None:
    case = await named(owner_url, place, 2)
    first, second = case.helpers
    await choose_nominee(case.pair.seeker, None, case.nominations[0].id)
    meeting = await choose(case.pair.seeker, await propose(case.speaks, case.pair))
    await confirm_meeting(first, None, meeting.id)
    await choose_nominee(case.pair.seeker, None, case.nominations[1].id)
    person = await MeetingPerson.get(meeting_id=meeting.id, side=MeetingSide.ASSISTANT)
    assert (person.user_id, person.confirmed_at) == (second.id, None)
    assert await Busy.filter(cancelled_at=None).count() == 0
    assert (await confirm_meeting(second, None, meeting.id)).state is MeetingState.CONFIRMED
    assert (await Busy.get(cancelled_at=None)).assistant_id == second.id


@pytest.mark.parametrize("by_provider", [True, False])
async def test_there_is_no_meeting_to_which_nobody_comes(
    owner_url: str, place: Place, *, by_provider: bool
) -> None:
    case = await named(owner_url, place)
    await choose_nominee(case.pair.seeker, None, case.nominations[0].id)
    meeting = await choose(case.pair.seeker, await propose(case.speaks, case.pair))
    await confirm_meeting(case.helpers[0], None, meeting.id)
    if by_provider:
        await withdraw_nomination(case.speaks, None, case.nominations[0].id)
    else:
        await decline_nomination(case.helpers[0], None, case.nominations[0].id)
    ended = await Meeting.get(id=meeting.id)
    assert (ended.state, ended.reason) == (MeetingState.CANCELLED, MeetingReason.NOBODY_COMES)
    assert await case.pair.states() == ("REQUESTED", "REQUESTED")
    assert await Busy.filter(cancelled_at=None).count() == 0


async def test_a_nomination_that_was_not_chosen_changes_nothing(
    owner_url: str, place: Place
) -> None:
    case = await named(owner_url, place)
    meeting = await choose(case.pair.seeker, await propose(case.speaks, case.pair))
    await withdraw_nomination(case.speaks, None, case.nominations[0].id)
    assert (await Meeting.get(id=meeting.id)).state is MeetingState.CONFIRMED


async def test_who_sees_a_match_and_does_not_come_is_told_who_does(
    owner_url: str, place: Place
) -> None:
    await rooms()
    await District.filter(key="03155").update(coordinator_at_meetings=False)
    pair = await awarded(owner_url, place, employer=await make_provider(place))
    assert pair.coordinator is not None
    for kind in (INTRODUCTION, VIDEO):
        with pytest.raises(RoleNotAllowed) as refusal:
            await propose(pair.coordinator, pair, kind=kind)
        assert refusal.value.params["doers"] == "SEEKER, ASSISTANT"
    assert await Meeting.all().count() == 0
