"""Mails about talks: in words, in the language of the receiver, void once the talk is moved."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from domain.keys import Keys
from domain.states import BookingState
from domain.talk import TalkFailure
from domain.user import TalkChannel, TalkOutcome
from domain.viewer import Viewer
from models.database import transaction
from models.district import District
from models.message import Message, MessageState
from models.outbox import NOTHING, Outbox
from models.talk import TalkBooking
from models.user import User
from notifications.mail import RecordingMailer
from services import clock
from services.talk import TalkRecord, record_talk
from services.talk_booking import cancel_talk
from services.talk_slot import cancel_talk_slots
from tests.people import Place, viewer_for
from tests.talks import NOW, book, make_slot, waiting
from workers import message as subject
from workers.job import Cancelled, Done, Job
from workers.message import Post, send_by, send_message
from workers.talk import remind_of_talk


@pytest.fixture(autouse=True)
async def post() -> AsyncIterator[RecordingMailer]:
    clock.use(lambda: NOW)
    mailer = RecordingMailer()
    send_by(Post(mailer, "portal@assistenz.example", "http://127.0.0.1:8000", Keys(b"x" * 32)))
    yield mailer
    subject._post.clear()
    clock.use(None)


async def send_waiting() -> None:
    for message in await Message.filter(state=MessageState.WAITING).order_by("id"):
        await send_message(Job(message.id, "mail.send", message.id, NOTHING, 1))


async def remind_all() -> list[object]:
    outcomes: list[object] = []
    for row in await Outbox.filter(kind="talk.remind").order_by("available_at"):
        async with transaction():
            outcomes.append(
                await remind_of_talk(Job(row.id, row.kind, row.aggregate, row.payload, 1))
            )
    return outcomes


def bodies(post: RecordingMailer) -> list[str]:
    return [each.get_content() for each in post.sent]


async def booked(place: Place, channel: TalkChannel = TalkChannel.PHONE) -> Viewer:
    person = await waiting(place)
    await book(person, (await make_slot(place)).id, channel)
    return person


@pytest.mark.parametrize(
    ("language", "moment"),
    [
        ("de", "Donnerstag, 5. März 2026, 10:00 Uhr"),
        ("de-x-leicht", "Donnerstag, 5. März 2026, 10:00 Uhr"),
        ("en", "Thursday, 5 March 2026, 10:00"),
    ],
)
async def test_a_booking_is_told_in_words_and_local_time(
    place: Place, post: RecordingMailer, language: str, moment: str
) -> None:
    person = await booked(place)
    await User.filter(id=person.id).update(language=language)
    await send_waiting()
    (body,) = bodies(post)
    assert moment in body
    assert "5" not in str(post.sent[0]["Subject"])


async def test_a_video_talk_has_the_districts_link_if_there_is_one(
    place: Place, post: RecordingMailer
) -> None:
    await booked(place, TalkChannel.VIDEO)
    await send_waiting()
    await District.filter(key="03155").update(video_url="https://video.example/raum")
    await Message.all().update(state=MessageState.WAITING, sent_at=None)
    await send_waiting()
    without, with_link = bodies(post)
    assert "https://video.example/raum" not in without
    assert "https://video.example/raum" in with_link


async def test_a_moved_talk_is_neither_announced_nor_reminded_of(
    place: Place, post: RecordingMailer
) -> None:
    person = await booked(place)
    await book(person, (await make_slot(place, NOW + timedelta(days=6))).id)
    assert await remind_all() == [Cancelled("TALK_CHANGED"), Done()]
    await send_waiting()
    assert [str(each["Subject"]) for each in post.sent] == [
        "Ihr neuer Termin für das Kennenlern-Gespräch",
        "Erinnerung an Ihr Kennenlern-Gespräch",
    ]
    assert all("8. März" in body for body in bodies(post))


async def test_a_reminder_that_waits_while_its_talk_is_cancelled_is_not_sent(
    place: Place, post: RecordingMailer
) -> None:
    person = await booked(place)
    assert await remind_all() == [Done()]
    await cancel_talk(person, None)
    await send_waiting()
    assert post.sent == []
    assert {each.state for each in await Message.all()} == {MessageState.CANCELLED}


async def test_a_reminder_that_comes_after_its_talk_began_is_not_sent(
    place: Place, post: RecordingMailer
) -> None:
    await booked(place)
    await remind_all()
    clock.use(lambda: NOW + timedelta(days=3))
    await Message.filter(kind="talk_booked").delete()
    await send_waiting()
    assert post.sent == []


async def test_who_is_cancelled_by_the_desk_or_missed_is_asked_to_book_again(
    place: Place, post: RecordingMailer
) -> None:
    person, officer = await booked(place), await viewer_for(place.officer)
    await cancel_talk_slots(officer, None, [(await TalkBooking.get()).slot_id])
    await book(person, (await make_slot(place, NOW + timedelta(days=4))).id)
    await Message.filter(kind="talk_booked").delete()
    booking = await TalkBooking.get(state=BookingState.BOOKED)
    record = TalkRecord(
        TalkChannel.PHONE,
        TalkOutcome.FAILED,
        NOW,
        booking_id=booking.id,
        failure=TalkFailure.NO_SHOW,
    )
    clock.use(lambda: NOW + timedelta(days=4))
    await record_talk(officer, None, booking.user_id, record)
    await send_waiting()
    cancelled, missed = bodies(post)
    assert "5. März" in cancelled
    assert "6. März" in missed
    assert "http://127.0.0.1:8000/" in missed
