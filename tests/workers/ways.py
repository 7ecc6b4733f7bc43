"""All ways to a person, recorded, and people who choose among them."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from domain.ids import uuid7
from domain.keys import Keys
from domain.notification import Channel
from domain.viewer import Viewer
from models.database import transaction
from models.message import Message, MessageState
from models.notification_setting import PushDevice
from models.outbox import Outbox
from models.user import User
from notifications.channel import Recording, Ring, TextMessage
from notifications.mail import RecordingMailer
from notifications.message import MailKind, announce_again
from services import clock
from services.notification_setting import Choice, Wanted, set_notification_preferences
from tests.people import Place, make_seeker, viewer_for
from workers import message as subject
from workers.job import Job
from workers.message import Post, send_by, send_message

KEYS = Keys(b"a secret of the portal, long enough")
SENDER, PUBLIC = "portal@assistenz.example", "http://127.0.0.1:8000"
DAY = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
NIGHT = datetime(2026, 6, 1, 21, 0, tzinfo=UTC)  # 23:00 in Berlin


class Ways:
    """All ways of a test, recorded."""

    def __init__(self) -> None:
        self.mails = RecordingMailer()
        self.texts = Recording[TextMessage]()
        self.rings = Recording[Ring]()
        self.use(self.rings)

    def use(self, ringer: object) -> None:
        send_by(
            Post(self.mails, SENDER, PUBLIC, KEYS, self.texts, ringer)  # type: ignore[arg-type]  # whatever has a `send`
        )


@pytest.fixture
async def ways(database: object) -> AsyncIterator[Ways]:
    clock.use(lambda: DAY)
    yield Ways()
    subject._post.clear()
    clock.use(None)


async def person(place: Place) -> tuple[User, Viewer]:
    user = await make_seeker(place)
    await User.filter(id=user.id).update(mobile="0170 1234567")
    await Message.all().delete()
    await Outbox.all().delete()
    return user, await viewer_for(user)


async def choose(viewer: Viewer, *choices: Choice, **more: object) -> None:
    await set_notification_preferences(viewer, None, Wanted(choices, **more))  # type: ignore[arg-type]  # by name


async def device(user: User) -> PushDevice:
    endpoint = f"https://web.push.apple.com/{uuid7().hex}"
    return await PushDevice.create(user_id=user.id, endpoint=endpoint, p256dh="x", auth="y")


async def tell(user: User, kind: MailKind = MailKind.ORDER_EXPIRES) -> None:
    async with transaction():
        await announce_again(kind, user.id)


async def send(channel: Channel) -> object:
    message = await Message.get(channel=channel)
    return await send_message(Job(uuid7(), "mail.send", message.id, {}, 1))


async def state(channel: Channel) -> MessageState:
    return (await Message.get(channel=channel)).state
