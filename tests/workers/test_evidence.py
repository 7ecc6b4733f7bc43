"""Mails about proofs: with the day, in the receiver's language, void once a proof was renewed."""

from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest

from domain.ids import uuid7
from domain.keys import Keys
from models.database import transaction
from models.message import Message, MessageState
from models.outbox import NOTHING
from models.user import Assistant, User
from notifications.language import Language
from notifications.mail import RecordingMailer
from notifications.moment import day_in_words
from services.clock import today
from tests.people import Place, make_assistant, make_coordinator, make_provider
from workers import message as subject
from workers.evidence import forget_records, warn_of_ends
from workers.job import HANDLERS, Done, Job
from workers.message import Post, send_by, send_message


@pytest.fixture(autouse=True)
async def post() -> AsyncIterator[RecordingMailer]:
    mailer = RecordingMailer()
    send_by(Post(mailer, "portal@assistenz.example", "http://127.0.0.1:8000", Keys(b"x" * 32)))
    yield mailer
    subject._post.clear()


async def ends(user: User, day: date) -> None:
    await Assistant.filter(id=user.id).update(proofs_until=day)


async def warn() -> None:
    async with transaction():
        job = Job(uuid7(), "evidence.warn", uuid7(), NOTHING, 1)
        assert isinstance(await warn_of_ends(job), Done)
        assert isinstance(await forget_records(job), Done)


async def send_waiting() -> None:
    for message in await Message.filter(state=MessageState.WAITING).order_by("id"):
        await send_message(Job(message.id, "mail.send", message.id, NOTHING, 1))


async def test_ends_are_looked_for_every_minute_and_what_is_over_every_hour() -> None:
    every = {name: HANDLERS[name].every for name in ("evidence.warn", "evidence.forget")}
    assert every == {
        "evidence.warn": timedelta(minutes=1),
        "evidence.forget": timedelta(hours=1),
    }


async def test_a_warning_says_the_last_day_and_no_more(place: Place, post: RecordingMailer) -> None:
    house = await make_provider(place)
    coordinator = await make_coordinator(place, house)
    user = await make_assistant(place, provider=house)
    await User.filter(id=user.id).update(language="en")
    day = today() + timedelta(days=7)
    await ends(user, day)
    await warn()
    await send_waiting()
    own, team = post.sent
    assert (own["To"], team["To"]) == (user.email, coordinator.email)
    assert day_in_words(day, Language.EN) in own.get_content()
    assert "Contracts that you already have stay" in own.get_content()
    assert day_in_words(day, Language.DE) in team.get_content()
    assert user.last_name not in team.get_content()


@pytest.mark.parametrize(("first", "then"), [(7, 300), (-1, 300), (-1, 30), (7, -1)])
async def test_a_mail_that_is_not_true_any_more_is_not_sent(
    place: Place, post: RecordingMailer, first: int, then: int
) -> None:
    user = await make_assistant(place)
    await ends(user, today() + timedelta(days=first))
    await warn()
    await ends(user, today() + timedelta(days=then))
    await send_waiting()
    assert post.sent == []


async def test_the_end_is_told_in_plain_words(place: Place, post: RecordingMailer) -> None:
    user = await make_assistant(place)
    await User.filter(id=user.id).update(language="de-x-leicht")
    await ends(user, today() - timedelta(days=1))
    await warn()
    await send_waiting()
    (mail,) = post.sent
    assert mail["Subject"] == "Ihr Nachweis ist zu Ende"
