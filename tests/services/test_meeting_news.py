"""Who is told what about a meeting, and that only the last date is reminded of."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.dates import BERLIN
from domain.states import MeetingState
from models.database import transaction
from models.message import Message
from models.outbox import Outbox
from notifications.language import Language
from services import clock
from services.meeting import confirm_meeting
from services.meeting_letter import values_of
from services.meeting_news import remind
from services.meeting_proposal import Proposal, move_meeting
from tests.meetings import NOW, TOMORROW, VIDEO, awarded, choose, confirmed, propose, rooms
from tests.people import Place, make_coordinator, make_provider
from workers.job import Cancelled, Done, Job
from workers.meeting import remind_of_meeting


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    clock.use(lambda: NOW)
    yield
    clock.use(None)


LATER = TOMORROW + timedelta(days=2)


async def told() -> list[tuple[str, object]]:
    return [(each.kind, each.receiver_id) for each in await Message.all().order_by("id")]


async def promised() -> list[tuple[Any, datetime]]:
    rows = await Outbox.filter(kind="meeting.remind").order_by("created_at")
    return [(row.payload, row.available_at) for row in rows]


async def work_off() -> list[type]:
    """Run every promised reminder."""
    ends = []
    for row in await Outbox.filter(kind="meeting.remind").order_by("created_at"):
        async with transaction():
            job = Job(row.id, row.kind, row.aggregate, row.payload, 1)
            ends.append(type(await remind_of_meeting(job)))
    return ends


async def test_everybody_is_told_what_concerns_them(owner_url: str, place: Place) -> None:
    provider = await make_provider(place)
    colleague = await make_coordinator(place, provider)
    pair = await awarded(owner_url, place, employer=provider)
    assert pair.helper is not None
    assert pair.coordinator is not None
    office = sorted([colleague.id, pair.coordinator.id])  # type: ignore[type-var]  # somebody
    meeting = await propose(pair.helper, pair)
    assert sorted(await told()) == sorted(
        ("meeting_proposed", each) for each in [pair.seeker.id, *office]
    )
    await Message.all().delete()
    await choose(pair.seeker, meeting)
    assert await told() == [("meeting_chosen", each) for each in office]
    await Message.all().delete()
    meeting = await confirm_meeting(pair.coordinator, None, meeting.id)
    everybody = sorted([pair.seeker.id, pair.helper.id, pair.coordinator.id])  # type: ignore[type-var]
    assert await told() == [("meeting_confirmed", each) for each in everybody]
    await Message.all().delete()
    await move_meeting(pair.seeker, None, meeting.id, Proposal([LATER], 60))
    assert {kind for kind, _receiver in await told()} == {"meeting_moved"}
    assert pair.seeker.id not in {receiver for _kind, receiver in await told()}


async def test_a_moved_meeting_is_reminded_of_once_and_last(owner_url: str, place: Place) -> None:
    pair = await awarded(owner_url, place)
    assert pair.helper is not None
    meeting = await confirmed(pair, TOMORROW + timedelta(hours=3))
    first = await promised()
    assert first == [
        ({"version": meeting.version, "number": 0}, TOMORROW + timedelta(hours=3 - 24))
    ]
    await move_meeting(pair.seeker, None, meeting.id, Proposal([LATER], 60))
    assert not await remind(meeting.id, meeting.version, 0)
    meeting = await choose(pair.helper, meeting)
    assert len(await promised()) == 2
    await Message.all().delete()
    assert await work_off() == [Cancelled, Done]
    assert await work_off() == [Cancelled, Done]
    found = sorted(await told())
    assert found == sorted(("meeting_reminder", each) for each in (pair.seeker.id, pair.helper.id))


async def test_mails_say_how_it_stands_when_they_are_sent(owner_url: str, place: Place) -> None:
    pair = await awarded(owner_url, place)
    assert pair.helper is not None
    meeting = await propose(pair.helper, pair, LATER, TOMORROW)
    proposed = await Message.get(kind="meeting_proposed")
    said = await values_of(proposed, Language.DE)
    assert said == {
        "what": "Kennenlern-Treffen",
        "dates": "Dienstag, 4. Mai 2027, 10:00 Uhr\nDonnerstag, 6. Mai 2027, 10:00 Uhr",
        "where": "Ort: Rathaus",
    }
    meeting = await choose(pair.seeker, meeting)
    assert await values_of(proposed, Language.DE) is None
    sure = await Message.filter(kind="meeting_confirmed").first()
    assert sure is not None
    said = await values_of(sure, Language.EN)
    assert said is not None
    assert said["dates"] == "Tuesday, 4 May 2027, 10:00"
    await move_meeting(pair.seeker, None, meeting.id, Proposal([LATER], 60))
    assert await values_of(sure, Language.EN) is None


async def test_the_room_of_a_video_meeting_stands_in_its_mail_only(
    owner_url: str, place: Place
) -> None:
    await rooms()
    pair = await awarded(owner_url, place, state="ACCEPTED")
    assert pair.helper is not None
    meeting = await propose(pair.helper, pair, kind=VIDEO)
    said = await values_of(await Message.get(kind="meeting_proposed"), Language.DE)
    assert said is not None
    assert "https" not in said["where"]
    meeting = await choose(pair.seeker, meeting)
    assert meeting.state is MeetingState.CONFIRMED
    sure = await Message.filter(kind="meeting_confirmed").first()
    assert sure is not None
    said = await values_of(sure, Language.DE)
    assert said is not None
    assert str(meeting.link) in said["where"]


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (datetime(2027, 3, 29, 10, tzinfo=BERLIN), datetime(2027, 3, 28, 8, tzinfo=UTC)),
        (datetime(2027, 11, 1, 10, tzinfo=BERLIN), datetime(2027, 10, 31, 9, tzinfo=UTC)),
    ],
)
async def test_reminders_around_changed_clocks_are_a_day_ahead(
    owner_url: str, place: Place, start: datetime, due: datetime
) -> None:
    clock.use(lambda: start.astimezone(UTC) - timedelta(days=5))
    pair = await awarded(owner_url, place)
    await confirmed(pair, start)
    assert [at for _payload, at in await promised()] == [due]
