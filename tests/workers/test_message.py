from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from uuid import UUID, uuid4

import pytest

from domain.ids import uuid7
from domain.keys import Keys
from domain.viewer import AccountState, Role
from models import outbox
from models.database import fetch, transaction
from models.mail_link import LinkPurpose, MailLink
from models.message import Message, MessageState, finish
from models.outbox import Claimed, Outbox, State
from models.session import Session
from models.user import User
from notifications.mail import (
    MailDelayed,
    MailRefused,
    MailServer,
    RecordingMailer,
    SmtpMailer,
)
from notifications.message import MailKind, announce, announce_again
from portal.mailsink import Sink, smtp_side
from services import clock
from services.mail_link import UsedLink, send_link, use_link
from services.session import open_session
from workers import message as subject
from workers import session as upkeep
from workers.execution import run
from workers.job import HANDLERS, Cancelled, Done, Job
from workers.message import Post, PostMissing, send_by, send_message

pytestmark = pytest.mark.usefixtures("database")

KEYS = Keys(b"a secret of the portal, long enough")
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
PUBLIC = "http://127.0.0.1:8000"
HOST = "assistenz.example"
SENDER = f"portal@{HOST}"


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    clock.use(lambda: NOW)
    yield
    clock.use(None)


@pytest.fixture(autouse=True)
def post() -> Iterator[RecordingMailer]:
    mailer = RecordingMailer()
    send_by(Post(mailer, SENDER, PUBLIC, KEYS))
    yield mailer
    subject._post.clear()


@pytest.fixture
async def sink() -> AsyncIterator[Sink]:
    sink = Sink()
    async with smtp_side(sink, 0) as port:
        mailer = SmtpMailer(MailServer.from_url(f"smtp://127.0.0.1:{port}"))
        send_by(Post(mailer, SENDER, PUBLIC, KEYS))
        yield sink


class FailingMailer:
    def __init__(self, error: Exception) -> None:
        self.error = error

    async def send(self, _: EmailMessage) -> None:
        raise self.error


def fail_with(error: Exception) -> None:
    send_by(Post(FailingMailer(error), SENDER, PUBLIC, KEYS))


async def person(language: str = "de") -> User:
    return await User.create(
        email=f"{uuid4().hex}@example.org",
        role=Role.SEEKER,
        state=AccountState.REGISTERED,
        first_name="Maria",
        last_name="Muster",
        language=language,
    )


async def send(user: User) -> MailLink:
    async with transaction():
        return await send_link(user.id, LinkPurpose.CONFIRM_EMAIL, NOW)


def job(aggregate: UUID) -> Job:
    return Job(uuid7(), "mail.send", aggregate, {}, 1)


async def claimed() -> Claimed:
    (found,) = await outbox.claim(limit=5, window=5, lease=30)
    return found


async def test_an_announced_mail_is_sent_and_marked(sink: Sink) -> None:
    user = await person()
    await send(user)
    await run(HANDLERS, await claimed())
    message = await Message.get()
    assert (message.state, message.sent_at) == (MessageState.SENT, NOW)
    assert (await Outbox.get()).state == State.DONE
    (mail,) = sink.mails
    assert mail.to == [user.email]
    assert mail.message_id == f"<{message.id}@assistenz.example>"


async def test_the_link_in_the_mail_works(sink: Sink) -> None:
    user = await person()
    await send(user)
    await run(HANDLERS, await claimed())
    (word,) = [word for word in sink.mails[0].body.split() if word.startswith(PUBLIC)]
    token = word.removeprefix(f"{PUBLIC}/#confirm-email=")
    async with transaction():
        used = await use_link(token, LinkPurpose.CONFIRM_EMAIL, KEYS, NOW)
    assert used == UsedLink(user.id, 1)


@pytest.mark.parametrize("language", ["de", "de-x-leicht", "en"])
async def test_a_mail_speaks_the_receiver_s_language(post: RecordingMailer, language: str) -> None:
    await send(await person(language))
    await send_message(job((await Message.get()).id))
    assert post.sent[0]["Content-Language"] == language


async def test_a_sender_that_dies_before_marking_sends_the_same_mail_once_more(
    sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dies(*_: object) -> None:
        raise RuntimeError

    await send(await person())
    with monkeypatch.context() as patched:
        patched.setattr(subject, "finish", dies)
        await run(HANDLERS, await claimed())
    assert (await Message.get()).state is MessageState.WAITING
    await Outbox.all().update(available_at=NOW)
    await run(HANDLERS, await claimed())
    await Outbox.all().update(available_at=NOW)
    assert await outbox.claim(limit=5, window=5, lease=30) == []
    first, second = sink.mails
    assert first.message_id == second.message_id == f"<{(await Message.get()).id}@{HOST}>"
    assert (first.to, first.headers, first.body) == (second.to, second.headers, second.body)


async def test_a_sent_message_is_not_sent_again(post: RecordingMailer) -> None:
    await send(await person())
    message = await Message.get()
    for _ in range(3):
        assert await send_message(job(message.id)) == Done()
    assert len(post.sent) == 1


async def test_a_mail_server_that_is_down_means_later_and_then_it_goes() -> None:
    fail_with(MailDelayed("the mail server answered 450"))
    await send(await person())
    await run(HANDLERS, await claimed())
    row = await Outbox.get()
    assert (row.state, row.attempts, row.last_error) == (State.WAITING, 1, "MailDelayed")
    assert row.available_at > row.created_at + timedelta(seconds=1)
    assert (await Message.get()).state is MessageState.WAITING
    mailer = RecordingMailer()
    send_by(Post(mailer, SENDER, PUBLIC, KEYS))
    await Outbox.filter(id=row.id).update(available_at=row.created_at)
    await run(HANDLERS, await claimed())
    assert len(mailer.sent) == 1
    assert (await Outbox.get()).state == State.DONE


async def test_a_refused_mail_is_given_up() -> None:
    fail_with(MailRefused("the mail server answered 550"))
    await send(await person())
    await run(HANDLERS, await claimed())
    assert (await Message.get()).state is MessageState.FAILED
    row = await Outbox.get()
    assert (row.state, row.last_error) == (State.CANCELLED, "MAIL_REFUSED")


async def test_a_link_that_is_used_or_outdated_is_not_mailed(post: RecordingMailer) -> None:
    user = await person()
    await send(user)
    await User.filter(id=user.id).update(email="new@example.org", email_version=2)
    message = await Message.get()
    assert await send_message(job(message.id)) == Cancelled("NOTHING_TO_SAY")
    assert (await Message.get()).state is MessageState.CANCELLED
    assert not post.sent


async def test_a_mail_without_a_link_of_its_own_leads_to_the_portal(post: RecordingMailer) -> None:
    user = await person()
    async with transaction():
        await announce_again(MailKind.ALREADY_REGISTERED, user.id)
    assert await send_message(job((await Message.get()).id)) == Done()
    assert f"{PUBLIC}/" in post.sent[0].get_content().split()


async def test_an_erased_account_gets_no_mail(post: RecordingMailer) -> None:
    user = await person()
    async with transaction():
        await announce_again(MailKind.ALREADY_REGISTERED, user.id)
    await User.filter(id=user.id).update(state=AccountState.DELETION_REQUESTED)
    await User.filter(id=user.id).update(state=AccountState.ERASED)
    assert await send_message(job((await Message.get()).id)) == Cancelled("NOTHING_TO_SAY")
    assert not post.sent


async def test_a_message_that_is_gone_is_cancelled() -> None:
    assert await send_message(job(uuid7())) == Cancelled("MESSAGE_GONE")


async def test_a_worker_that_cannot_send_says_so() -> None:
    subject._post.clear()
    await send(await person())
    with pytest.raises(PostMissing):
        await send_message(job((await Message.get()).id))


async def test_the_same_news_is_announced_once_and_the_next_again() -> None:
    user = await person()
    async with transaction():
        first = await announce(MailKind.ALREADY_REGISTERED, user.id, version=1)
        again = await announce(MailKind.ALREADY_REGISTERED, user.id, version=1)
        later = await announce_again(MailKind.ALREADY_REGISTERED, user.id)
    assert first is not None
    assert again is None
    assert later not in {None, first}
    assert await Outbox.all().count() == 2


async def test_news_about_two_things_do_not_swallow_each_other() -> None:
    user, one, other = await person(), uuid7(), uuid7()
    async with transaction():
        for reference in (one, other):
            assert await announce(MailKind.TALK_BOOKED, user.id, version=1, reference=reference)
            assert not await announce(MailKind.TALK_BOOKED, user.id, version=1, reference=reference)
        await announce_again(MailKind.TALK_BOOKED, user.id, reference=one)
    found = {(each.reference, each.version) for each in await Message.all()}
    assert found == {(one, 1), (one, 2), (other, 1)}
    assert await Outbox.all().count() == len(found)


async def test_nothing_is_announced_by_a_transaction_that_is_undone() -> None:
    user = await person()
    with pytest.raises(RuntimeError, match="undo"):
        await _announce_and_fail(user)
    assert not await Message.exists()
    assert not await Outbox.exists()


async def _announce_and_fail(user: User) -> None:
    async with transaction():
        await announce_again(MailKind.ALREADY_REGISTERED, user.id)
        raise RuntimeError("undo")


async def test_a_message_ends_once() -> None:
    await send(await person())
    message = await Message.get()
    assert await finish(message.id, MessageState.SENT, NOW)
    assert not await finish(message.id, MessageState.FAILED)
    assert (await Message.get()).state is MessageState.SENT


async def test_nothing_personal_stands_in_the_job_or_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    user = await person()
    fail_with(MailDelayed("the mail server answered 450"))
    await send(user)
    await run(HANDLERS, await claimed())
    (row,) = await fetch("SELECT * FROM outbox")
    assert row["payload"] == "{}"
    for personal in (user.email, "Maria", "Muster"):
        assert personal not in caplog.text
        assert personal not in repr(row)


async def test_ended_sessions_and_links_are_deleted_after_a_week() -> None:
    user = await person()
    for days in (9, 8, 1):
        now = NOW - timedelta(days=days)
        await open_session(user.id, KEYS, now, strong=True)
        async with transaction():
            await send_link(user.id, LinkPurpose.CONFIRM_EMAIL, now)
    assert await upkeep.delete_ended(job(uuid7())) == Done()
    assert await Session.all().count() == 1
    assert [link.number for link in await MailLink.all()] == [3]
    assert (await send(user)).number == 4
