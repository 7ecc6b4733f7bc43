"""How meetings end: cancelled, held, missed, or with the match that they belong to."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from domain.errors import MeetingNotBegun, NotFound, Stale, StateRefused
from domain.meeting import MeetingOutcome, MeetingReason
from domain.states import MeetingState
from models.busy import Busy
from models.match import Match
from models.meeting import Meeting, MeetingPerson
from models.message import Message
from notifications.language import Language
from services import clock
from services.block import block_user
from services.match import decline_order
from services.meeting import choose_meeting
from services.meeting_end import cancel_meeting, record_meeting
from services.meeting_letter import values_of
from services.order import withdraw_order
from tests.meetings import (
    NOW,
    TOMORROW,
    VIDEO,
    Pair,
    awarded,
    begin,
    confirmed,
    first_date,
    propose,
    requested,
    rooms,
)
from tests.people import Place
from tests.services.test_talk_booking import refused

HELD, MISSED = MeetingOutcome.HELD, MeetingOutcome.MISSED


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    clock.use(lambda: NOW)
    yield
    clock.use(None)


async def nothing_left(meeting: Meeting) -> None:
    """Nobody's time is taken by it any more."""
    assert await Busy.filter(source=meeting.id, cancelled_at=None).count() == 0
    spans = MeetingPerson.filter(meeting_id=meeting.id, begins_at__isnull=False)
    assert await spans.count() == 0


async def told(kind: str = "meeting_cancelled") -> set[object]:
    return set(await Message.filter(kind=kind).values_list("receiver_id", flat=True))


async def test_a_cancelled_meeting_leaves_the_commission(owner_url: str, place: Place) -> None:
    for pair, back in (
        (await awarded(owner_url, place), "AWARDED"),
        (await requested(owner_url, place), "REQUESTED"),
    ):
        meeting = await confirmed(pair)
        await refused(Stale, cancel_meeting(pair.seeker, None, meeting.id, MeetingReason.OTHER, 1))
        reason = MeetingReason.NO_TIME
        meeting = await cancel_meeting(pair.seeker, None, meeting.id, reason, meeting.version)
        assert (meeting.state, meeting.reason) == (MeetingState.CANCELLED, reason)
        assert await pair.states() == (back, back)
        await nothing_left(meeting)
        other = pair.helper or pair.coordinator
        assert other is not None
        assert await told() == {other.id}
        await refused(StateRefused, cancel_meeting(other, None, meeting.id, MeetingReason.OTHER))
        await Message.all().delete()
        again = await confirmed(pair, TOMORROW + timedelta(days=1))
        assert again.id != meeting.id


async def test_cancelled_dates_cannot_be_chosen(owner_url: str, place: Place) -> None:
    pair = await awarded(owner_url, place)
    assert pair.helper is not None
    meeting = await propose(pair.helper, pair)
    date = await first_date(meeting)
    await cancel_meeting(pair.helper, None, meeting.id, MeetingReason.OTHER)
    await refused(StateRefused, choose_meeting(pair.seeker, None, meeting.id, date))


async def test_a_held_meeting_moves_the_order(owner_url: str, place: Place) -> None:
    pair = await awarded(owner_url, place)
    assert pair.helper is not None
    meeting = await confirmed(pair)
    await refused(MeetingNotBegun, record_meeting(pair.seeker, None, meeting.id, HELD))
    await begin(meeting)
    meeting = await record_meeting(pair.helper, None, meeting.id, HELD)
    assert meeting.state is MeetingState.HELD
    assert await pair.states() == ("MEETING", "MEETING_HELD")
    await refused(StateRefused, record_meeting(pair.seeker, None, meeting.id, MISSED))
    await refused(StateRefused, propose(pair.helper, pair))
    await rooms()
    assert (await confirmed(pair, kind=VIDEO)).state is MeetingState.CONFIRMED
    assert await pair.states() == ("MEETING", "MEETING_HELD")


async def test_a_missed_meeting_leaves_the_way_open(owner_url: str, place: Place) -> None:
    for pair, back in (
        (await awarded(owner_url, place), "AWARDED"),
        (await requested(owner_url, place), "REQUESTED"),
    ):
        meeting = await confirmed(pair)
        await begin(meeting)
        meeting = await record_meeting(pair.seeker, None, meeting.id, MISSED)
        assert meeting.state is MeetingState.MISSED
        other = pair.helper or pair.coordinator
        assert other is not None
        assert await told("meeting_missed") == {other.id}
        said = await values_of(await Message.get(kind="meeting_missed"), Language.EN)
        assert said is not None
        assert said["what"] == "Introductory meeting"
        await Message.all().delete()
        assert await pair.states() == (back, back)
        assert (await confirmed(pair)).state is MeetingState.CONFIRMED


async def test_only_who_was_to_come_says_how_it_was(owner_url: str, place: Place) -> None:
    pair, other = await awarded(owner_url, place), await awarded(owner_url, place)
    meeting = await confirmed(pair)
    await begin(meeting)
    await refused(NotFound, record_meeting(other.seeker, None, meeting.id, HELD))
    await refused(NotFound, cancel_meeting(other.seeker, None, meeting.id, MeetingReason.OTHER))


async def declined(pair: Pair) -> None:
    assert pair.helper is not None
    await decline_order(pair.helper, None, pair.match)


async def withdrawn(pair: Pair) -> None:
    await withdraw_order(pair.seeker, None, pair.order)


async def blocked(pair: Pair) -> None:
    await block_user(pair.seeker, None, pair.match)


@pytest.mark.parametrize("is_confirmed", [True, False])
@pytest.mark.parametrize("end", [declined, withdrawn, blocked])
async def test_meetings_end_with_their_match(
    owner_url: str,
    place: Place,
    end: object,
    is_confirmed: bool,
) -> None:
    await rooms()
    pair = await awarded(owner_url, place)
    assert pair.helper is not None
    later = TOMORROW + timedelta(days=2)
    video = await propose(pair.helper, pair, later, kind=VIDEO)
    meeting = await confirmed(pair) if is_confirmed else await propose(pair.seeker, pair)
    await end(pair)  # type: ignore[operator]  # one of the above
    assert (await Match.get(id=pair.match)).state.value in {"DECLINED", "WITHDRAWN"}
    for each in (video, meeting):
        ended = await Meeting.get(id=each.id)
        assert (ended.state, ended.reason) == (MeetingState.CANCELLED, MeetingReason.MATCH_ENDED)
        await nothing_left(each)
    assert await told() == {pair.helper.id, pair.seeker.id}
    assert await Message.filter(kind="meeting_cancelled").count() == 4, "of two meetings"
