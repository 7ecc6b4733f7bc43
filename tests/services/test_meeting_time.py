"""Whose time a meeting takes: absences, the way, rest, two at once, and fifty at once."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.dates import BERLIN
from domain.errors import TimeTaken
from domain.meeting import MeetingReason
from domain.states import MeetingState
from domain.user import Employment
from models.busy import Busy, BusyKind
from models.district import District
from models.meeting import Meeting, MeetingPerson
from models.user import Assistant
from services import clock
from services.busy import report_absence
from services.meeting import choose_meeting, confirm_meeting
from services.meeting_end import cancel_meeting
from tests.meetings import (
    NOW,
    TOMORROW,
    VIDEO,
    Pair,
    awarded,
    choose,
    confirmed,
    first_date,
    propose,
    requested,
    rooms,
)
from tests.people import (
    Place,
    make_assistant,
    make_coordinator,
    make_provider,
    make_seeker,
)
from tests.services.test_talk_booking import refused

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    clock.use(lambda: NOW)
    yield
    clock.use(None)


async def busy(helper: UUID, begins: datetime, kind: BusyKind = BusyKind.APPOINTMENT) -> None:
    await Busy.create(assistant_id=helper, kind=kind, begins_at=begins, ends_at=begins + HOUR)


async def test_nobody_meets_who_is_away(owner_url: str, place: Place) -> None:
    pair = await awarded(owner_url, place)
    assert pair.helper is not None
    meeting = await propose(pair.helper, pair)
    await report_absence(pair.helper, None, TOMORROW - HOUR, TOMORROW + HOUR / 2)
    await refused(TimeTaken, choose(pair.seeker, meeting))
    await refused(TimeTaken, propose(pair.helper, pair, TOMORROW + HOUR / 4))
    await propose(pair.seeker, pair, TOMORROW)  # which tells the seeker nothing
    meeting = await propose(pair.helper, pair, TOMORROW + HOUR / 2)
    assert (await choose(pair.seeker, meeting)).state is MeetingState.CONFIRMED


async def test_an_absence_between_choice_and_confirmation_counts(
    owner_url: str, place: Place
) -> None:
    pair = await awarded(owner_url, place, employer=await make_provider(place))
    assert pair.helper is not None
    assert pair.coordinator is not None
    meeting = await choose(pair.seeker, await propose(pair.helper, pair))
    await report_absence(pair.helper, None, TOMORROW - HOUR, TOMORROW + HOUR)
    await refused(TimeTaken, confirm_meeting(pair.coordinator, None, meeting.id))


@pytest.mark.parametrize(
    ("minutes", "travel", "free"), [(29, 30, False), (30, 30, True), (0, 0, True)]
)
async def test_the_way_takes_time(
    owner_url: str, place: Place, minutes: int, travel: int, *, free: bool
) -> None:
    await District.filter(key="03155").update(travel_minutes=travel)
    pair = await awarded(owner_url, place)
    assert pair.helper is not None
    meeting = await propose(pair.helper, pair)
    await busy(pair.helper.id, TOMORROW + HOUR + timedelta(minutes=minutes))  # type: ignore[arg-type]  # somebody
    if free:
        assert (await choose(pair.seeker, meeting)).state is MeetingState.CONFIRMED
    else:
        await refused(TimeTaken, choose(pair.seeker, meeting))


async def test_there_is_no_way_to_a_video_meeting(owner_url: str, place: Place) -> None:
    await rooms()
    pair = await awarded(owner_url, place)
    assert pair.helper is not None
    meeting = await propose(pair.helper, pair, kind=VIDEO)
    await busy(pair.helper.id, TOMORROW + HOUR)  # type: ignore[arg-type]  # somebody
    assert (await choose(pair.seeker, meeting)).state is MeetingState.CONFIRMED


@pytest.mark.parametrize("employed", [True, False])
async def test_short_rest_of_the_employed_is_a_warning(
    owner_url: str, place: Place, *, employed: bool
) -> None:
    late = NOW.astimezone(BERLIN).replace(hour=22, minute=30)
    for hour, short in ((8, True), (11, False)):
        pair = await awarded(owner_url, place)
        assert pair.helper is not None
        if employed:
            await Assistant.filter(id=pair.helper.id).update(employment=Employment.EMPLOYED)
        await busy(pair.helper.id, late)  # type: ignore[arg-type]  # somebody
        start = late.replace(hour=hour) + timedelta(days=1)
        meeting = await confirmed(pair, start)
        assert meeting.state is MeetingState.CONFIRMED
        assert meeting.short_rest is (short and employed), hour


async def rivals(owner_url: str, place: Place, number: int) -> list[tuple[Pair, Meeting, UUID]]:
    """Meetings of one assistant with many seekers, all of them proposed for the same hour."""
    helper = await make_assistant(place)
    found = []
    for _ in range(number):
        pair = await awarded(owner_url, place, helper=helper)
        assert pair.helper is not None
        meeting = await propose(pair.helper, pair)
        found.append((pair, meeting, await first_date(meeting)))
    return found


@pytest.mark.slow
async def test_of_fifty_who_want_the_same_hour_one_has_it(owner_url: str, place: Place) -> None:
    found = await rivals(owner_url, place, 50)
    outcomes = await asyncio.gather(
        *(choose_meeting(pair.seeker, None, meeting.id, date) for pair, meeting, date in found),
        return_exceptions=True,
    )
    won = [each for each in outcomes if isinstance(each, Meeting)]
    assert [each.state for each in won] == [MeetingState.CONFIRMED]
    assert {type(each) for each in outcomes if not isinstance(each, Meeting)} == {TimeTaken}
    assert await Meeting.filter(state=MeetingState.CONFIRMED).count() == 1
    assert await Busy.all().count() == 1
    assert await Meeting.filter(starts_at__isnull=False).count() == 1, "nothing else is left"


async def test_a_seeker_is_not_in_two_places(owner_url: str, place: Place) -> None:
    seeker = await make_seeker(place)
    first = await awarded(owner_url, place, seeker=seeker)
    second = await awarded(owner_url, place, seeker=seeker)
    await confirmed(first, TOMORROW)
    assert second.helper is not None
    meeting = await propose(second.helper, second, TOMORROW + HOUR / 2)
    await refused(TimeTaken, choose(second.seeker, meeting))
    assert (await confirmed(second, TOMORROW + HOUR)).state is MeetingState.CONFIRMED


async def test_two_coordinators_meetings_at_once_leave_one(owner_url: str, place: Place) -> None:
    coordinator = await make_coordinator(place, await make_provider(place))
    pairs = [await requested(owner_url, place, coordinator=coordinator) for _ in range(8)]
    meetings = []
    for pair in pairs:
        assert pair.coordinator is not None
        meeting = await propose(pair.coordinator, pair)
        meetings.append((pair, meeting, await first_date(meeting)))
    outcomes = await asyncio.gather(
        *(choose_meeting(pair.seeker, None, meeting.id, date) for pair, meeting, date in meetings),
        return_exceptions=True,
    )
    assert len([each for each in outcomes if isinstance(each, Meeting)]) == 1
    assert {type(each) for each in outcomes if not isinstance(each, Meeting)} == {TimeTaken}


async def test_a_cancelled_hour_can_be_had_by_somebody_else(owner_url: str, place: Place) -> None:
    (first, meeting, date), (second, other, other_date) = await rivals(owner_url, place, 2)
    await choose_meeting(first.seeker, None, meeting.id, date)
    await refused(TimeTaken, choose_meeting(second.seeker, None, other.id, other_date))
    await cancel_meeting(first.seeker, None, meeting.id, MeetingReason.OTHER)
    won = await choose_meeting(second.seeker, None, other.id, other_date)
    assert won.state is MeetingState.CONFIRMED
    assert await MeetingPerson.filter(begins_at__isnull=False).count() == 2


@pytest.mark.parametrize(
    ("day", "offset"),
    [(datetime(2027, 3, 28, tzinfo=BERLIN), 2), (datetime(2027, 10, 31, tzinfo=BERLIN), 1)],
)
async def test_both_sundays_on_which_clocks_change(
    owner_url: str, place: Place, day: datetime, offset: int
) -> None:
    clock.use(lambda: day.astimezone(UTC) - timedelta(days=3))
    pair = await awarded(owner_url, place)
    start = day.replace(hour=7).astimezone(UTC)
    meeting = await confirmed(pair, start)
    assert meeting.starts_at is not None
    assert meeting.starts_at.hour == 7 - offset
    assert meeting.starts_at.astimezone(BERLIN).hour == 7
