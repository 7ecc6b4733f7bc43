"""The digest of the day: what waits for it, when it comes, and that it comes once."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from uuid import UUID

import pytest

from domain.ids import uuid7
from domain.notification import Channel
from models.database import execute, transaction
from models.message import Message, MessageState
from models.notification_setting import NotificationSetting
from models.outbox import Outbox
from models.user import User
from notifications.mail import RecordingMailer
from notifications.message import MailKind
from services import clock
from services.digest import promise_digests
from tests.people import Place
from tests.workers.ways import (
    DAY,
    KEYS,
    PUBLIC,
    SENDER,
    Ways,
    choose,
    person,
    send,
    state,
    tell,
    ways,
)
from workers.job import Done, Job
from workers.message import Post, send_by, send_message
from workers.notification import send_digests

__all__ = ["ways"]


async def written_at(at: datetime) -> None:
    await execute("UPDATE messages SET created_at = $1 WHERE kind <> 'daily_digest'", at)


async def digest() -> list[EmailMessage]:
    """Run the duty and send what it promises."""
    before = set(await Outbox.all().values_list("id", flat=True))
    async with transaction():
        await send_digests(Job(uuid7(), "notification.digest", UUID(int=0), {}, 1))
    found = RecordingMailer()
    send_by(Post(found, SENDER, PUBLIC, KEYS))
    for row in await Outbox.exclude(id__in=before):
        await send_message(Job(uuid7(), row.kind, row.aggregate, {}, 1))
    return found.sent


async def test_the_digest_of_the_day_is_one_mail_with_the_headlines(
    place: Place, ways: Ways
) -> None:
    user, viewer = await person(place)
    await choose(viewer, sets_digest=True, digest_hour=18)
    await tell(user, MailKind.ORDER_EXPIRES)
    await tell(user, MailKind.ORDER_EXPIRED)
    assert not await Outbox.exists()
    await written_at(DAY)
    assert not await digest()  # it is noon
    clock.use(lambda: datetime(2026, 6, 1, 16, 0, tzinfo=UTC))
    (mail,) = await digest()
    text = mail.get_content()
    assert "- Ihr Such-Auftrag endet bald\n- Ihr Such-Auftrag ist beendet" in text
    states = {each.kind: each.state for each in await Message.all()}
    assert states == dict.fromkeys(
        ("order_expires", "order_expired", "daily_digest"), MessageState.SENT
    )
    assert not await digest()


async def test_nobody_gets_two_digests_on_one_day_and_nothing_is_lost(
    place: Place, ways: Ways
) -> None:
    user, viewer = await person(place)
    await choose(viewer, sets_digest=True, digest_hour=8)
    await tell(user)
    await written_at(datetime(2026, 5, 31, 12, 0, tzinfo=UTC))
    assert len(await digest()) == 1
    await tell(user)
    await execute(
        "UPDATE messages SET created_at = $1 WHERE state = 'WAITING'",
        datetime(2026, 6, 1, 5, 30, tzinfo=UTC),
    )
    assert not await digest()
    clock.use(lambda: DAY + timedelta(days=1))
    assert len(await digest()) == 1
    assert not await Message.filter(state=MessageState.WAITING).exists()


async def test_what_comes_after_the_hour_waits_for_the_next_day(place: Place, ways: Ways) -> None:
    user, viewer = await person(place)
    await choose(viewer, sets_digest=True, digest_hour=8)
    await tell(user)
    await written_at(datetime(2026, 6, 1, 6, 1, tzinfo=UTC))  # 8:01 in Berlin
    assert not await digest()
    clock.use(lambda: DAY + timedelta(days=1))
    assert len(await digest()) == 1


async def test_urgent_news_and_people_without_an_address_know_no_digest(
    place: Place, ways: Ways
) -> None:
    user, viewer = await person(place)
    await choose(viewer, sets_digest=True, digest_hour=8)
    await tell(user, MailKind.PASSWORD_CHANGED)
    assert await Outbox.all().count() == 1
    await Message.all().delete()
    await User.filter(id=user.id).update(email=None)
    await tell(user)
    assert await send(Channel.EMAIL) == Done()
    assert await state(Channel.EMAIL) is MessageState.TO_TELL


async def test_who_ends_the_digest_gets_what_has_waited(place: Place, ways: Ways) -> None:
    user, viewer = await person(place)
    await choose(viewer, sets_digest=True, digest_hour=18)
    await tell(user)
    await written_at(DAY - timedelta(days=1))
    await choose(viewer, sets_digest=True)
    assert (await NotificationSetting.get(id=user.id)).digest_hour is None
    assert len(await digest()) == 1


@pytest.mark.parametrize("number", range(3))
async def test_two_workers_at_once_promise_one_digest(
    place: Place, ways: Ways, number: int
) -> None:
    user, viewer = await person(place)
    await choose(viewer, sets_digest=True, digest_hour=number)
    await tell(user)
    await written_at(DAY - timedelta(days=1))

    async def promise() -> int:
        async with transaction():
            return await promise_digests()

    assert sorted(await asyncio.gather(promise(), promise(), promise())) == [0, 0, 1]
    assert await Message.filter(kind="daily_digest").count() == 1
    (waiting,) = await Message.filter(in_digest=True)
    assert waiting.digest_id is not None
