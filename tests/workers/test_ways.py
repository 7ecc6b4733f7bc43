"""Which ways a piece of news goes, when it waits, and what becomes of what cannot arrive."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from domain.ids import uuid7
from domain.notification import Channel, NotificationTopic, Quiet
from models.database import transaction
from models.event import Event
from models.message import Message, MessageState
from models.notification_setting import NotificationSetting, PushDevice
from models.outbox import Outbox
from models.user import User
from notifications.channel import Delayed, Gone, Refused, Ring
from notifications.message import MailKind, announce
from services import clock
from services.notification_setting import Choice
from services.ringing import international
from tests.people import Place
from tests.workers.ways import (
    KEYS,
    NIGHT,
    PUBLIC,
    SENDER,
    Ways,
    choose,
    device,
    person,
    send,
    state,
    tell,
    ways,
)
from workers.job import Cancelled, Done, Snooze
from workers.message import Post, send_by

__all__ = ["ways"]


async def test_who_has_chosen_nothing_gets_mails(place: Place, ways: Ways) -> None:
    user, _viewer = await person(place)
    await tell(user)
    assert [each.channel for each in await Message.all()] == [Channel.EMAIL]


async def test_a_topic_that_is_switched_off_is_news_in_the_portal_alone(
    place: Place, ways: Ways
) -> None:
    user, viewer = await person(place)
    await choose(viewer, Choice(NotificationTopic.MATCHES, Channel.EMAIL, enabled=False))
    await tell(user)
    assert not await Message.exists()
    await tell(user, MailKind.ACCOUNT_RELEASED)
    assert await Message.all().count() == 1


async def test_a_text_message_and_a_ring_say_that_there_is_news_and_no_more(
    place: Place, ways: Ways
) -> None:
    user, viewer = await person(place)
    await choose(viewer, Choice(NotificationTopic.MATCHES, Channel.SMS, enabled=True))
    await device(user)
    await tell(user)
    for channel in Channel:
        assert await send(channel) == Done()
        assert await state(channel) is MessageState.SENT
    (text,), (ring,) = ways.texts.sent, ways.rings.sent
    assert text.number == "+491701234567"
    assert text.text == ring.text == "Es gibt etwas Neues. Bitte öffnen Sie das Portal."
    assert len(text.text) <= 160
    assert len(ways.mails.sent) == 1


async def test_news_that_is_void_rings_nobody(place: Place, ways: Ways) -> None:
    user, _viewer = await person(place)
    await device(user)
    async with transaction():
        await announce(MailKind.TALK_REMINDER, user.id, version=1, reference=uuid7())
    assert await send(Channel.PUSH) == Cancelled("NOTHING_TO_SAY")
    assert not ways.rings.sent


class Service:
    """A push service that answers for each device in its own way."""

    def __init__(self, answers: dict[str, Exception | None]) -> None:
        self.answers = answers

    async def send(self, ring: Ring) -> None:
        answer = self.answers[ring.endpoint]
        if answer is not None:
            raise answer


@pytest.mark.parametrize(
    ("answers", "outcome", "left"),
    [
        ((Gone("x"), None), Done(), 1),
        ((Gone("x"), Gone("x")), Cancelled("NO_WAY"), 0),
        ((Refused("x"), None), Done(), 2),
        ((Refused("x"), Refused("x")), Cancelled("PUSH_REFUSED"), 2),
    ],
)
async def test_devices_that_are_gone_are_forgotten(
    place: Place,
    ways: Ways,
    answers: tuple[Exception | None, ...],
    outcome: object,
    left: int,
) -> None:
    user, _viewer = await person(place)
    devices = [await device(user) for _ in answers]
    pairs = zip(devices, answers, strict=True)
    ways.use(Service({each.endpoint: answer for each, answer in pairs}))
    await tell(user)
    assert await send(Channel.PUSH) == outcome
    assert await PushDevice.all().count() == left


async def test_a_service_that_is_away_means_later(place: Place, ways: Ways) -> None:
    user, _viewer = await person(place)
    mine = await device(user)
    other = await device(user)
    ways.use(Service({mine.endpoint: Refused("x"), other.endpoint: Delayed("x")}))
    await tell(user)
    with pytest.raises(Delayed):
        await send(Channel.PUSH)
    assert await state(Channel.PUSH) is MessageState.WAITING


async def test_a_way_that_is_switched_off_is_said_to_be_none_and_a_bad_number_too(
    place: Place, ways: Ways
) -> None:
    user, viewer = await person(place)
    await choose(viewer, Choice(NotificationTopic.MATCHES, Channel.SMS, enabled=True))
    await User.filter(id=user.id).update(mobile="12")
    await device(user)
    await tell(user)
    assert await send(Channel.SMS) == Cancelled("NO_WAY")
    send_by(Post(ways.mails, SENDER, PUBLIC, KEYS))
    assert await send(Channel.PUSH) == Cancelled("NO_WAY")
    for channel in (Channel.SMS, Channel.PUSH):
        assert await state(channel) is MessageState.NO_WAY, "no longer needed would be untrue"


@pytest.mark.parametrize(
    ("number", "wanted"),
    [
        ("0170 1234567", "+491701234567"),
        ("+49 (0)170 123 45 67", "+491701234567"),
        ("0043 660 1234567", "+436601234567"),
        ("12", None),
        ("", None),
    ],
)
def test_numbers_are_told_with_their_country(number: str, wanted: str | None) -> None:
    assert international(number) == wanted


async def test_at_night_news_waits_until_the_morning_and_urgent_news_passes(
    place: Place, ways: Ways
) -> None:
    user, viewer = await person(place)
    await choose(viewer, sets_quiet=True, quiet=Quiet("22:00", "07:00"))
    clock.use(lambda: NIGHT)
    await tell(user)
    assert await send(Channel.EMAIL) == Snooze(datetime(2026, 6, 2, 5, 0, tzinfo=UTC))
    assert await state(Channel.EMAIL) is MessageState.WAITING
    assert not ways.mails.sent
    clock.use(lambda: NIGHT + timedelta(hours=8))
    assert await send(Channel.EMAIL) == Done()
    await Message.all().delete()
    clock.use(lambda: NIGHT)
    await tell(user, MailKind.PASSWORD_CHANGED)
    assert await send(Channel.EMAIL) == Done()


@pytest.mark.parametrize("_number", range(3))
async def test_news_that_two_announce_at_once_is_told_once(
    place: Place, ways: Ways, _number: int
) -> None:
    user, _viewer = await person(place)
    about = uuid7()

    async def say() -> bool:
        async with transaction():
            return (
                await announce(MailKind.TALK_REMINDER, user.id, version=1, reference=about)
                is not None
            )

    assert sorted(await asyncio.gather(say(), say(), say())) == [False, False, True]
    assert await Message.all().count() == await Outbox.all().count() == 1
    assert await Event.filter(topic="notifications", key=user.id, kind="ADDED").count() >= 1


async def test_two_who_choose_at_once_both_have_their_way(place: Place, ways: Ways) -> None:
    user, viewer = await person(place)
    topics = list(NotificationTopic)[1:]
    choices = [Choice(topic, Channel.EMAIL, enabled=False) for topic in topics]
    await asyncio.gather(*(choose(viewer, each) for each in choices))
    assert (await NotificationSetting.get(id=user.id)).email == ["SECURITY"]
