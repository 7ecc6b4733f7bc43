import asyncio
import base64
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from tortoise.exceptions import DoesNotExist, IntegrityError

from domain.errors import LinkInvalid
from domain.ids import uuid7
from domain.keys import Keys
from domain.viewer import AccountState, Role
from models.database import fetch, transaction
from models.mail_link import LinkPurpose, MailLink
from models.message import Message
from models.outbox import Outbox
from models.user import User
from services.mail_link import UsedLink, open_link, send_link, token_of, use_link

pytestmark = pytest.mark.usefixtures("database")

KEYS = Keys(b"a secret of the portal, long enough")
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
CONFIRM, RESET = LinkPurpose.CONFIRM_EMAIL, LinkPurpose.RESET_PASSWORD


async def person() -> User:
    return await User.create(
        email=f"{uuid4().hex}@example.org",
        role=Role.SEEKER,
        state=AccountState.REGISTERED,
        first_name="M",
        last_name="M",
    )


async def send(user: User, purpose: LinkPurpose = CONFIRM, now: datetime = NOW) -> MailLink:
    async with transaction():
        return await send_link(user.id, purpose, now)


async def use(token: str, purpose: LinkPurpose = CONFIRM, now: datetime = NOW) -> UsedLink:
    async with transaction():
        return await use_link(token, purpose, KEYS, now)


async def refused(token: str, purpose: LinkPurpose = CONFIRM, now: datetime = NOW) -> None:
    with pytest.raises(LinkInvalid) as refusal:
        await use(token, purpose, now)
    assert refusal.value.field == "token"


async def test_a_link_is_announced_with_it_and_proves_account_and_address() -> None:
    user = await person()
    link = await send(user)
    message = await Message.get()
    assert (message.kind, message.receiver_id, message.version) == ("confirm_email", user.id, 1)
    assert message.reference == link.id
    assert (await Outbox.get()).aggregate == message.id
    assert await use(token_of(link, KEYS)) == UsedLink(user.id, 1)


async def test_a_link_works_once() -> None:
    link = await send(await person())
    await use(token_of(link, KEYS))
    await refused(token_of(link, KEYS))


async def test_a_link_used_twice_at_once_works_once() -> None:
    token = token_of(await send(await person()), KEYS)
    outcomes = await asyncio.gather(*(use(token) for _ in range(8)), return_exceptions=True)
    assert sum(isinstance(outcome, UsedLink) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, LinkInvalid) for outcome in outcomes) == 7


async def test_two_links_of_one_account_used_at_once_work_once() -> None:
    user = await person()
    tokens = [token_of(await send(user), KEYS) for _ in range(4)]
    outcomes = await asyncio.gather(*map(use, tokens), return_exceptions=True)
    assert sum(isinstance(outcome, UsedLink) for outcome in outcomes) == 1


async def test_an_earlier_link_stays_valid_until_one_is_used() -> None:
    user, other = await person(), await person()
    first, second, foreign = await send(user), await send(user), await send(other)
    reset = await send(user, RESET)
    assert (first.number, second.number, reset.number) == (1, 2, 1)
    await use(token_of(first, KEYS))
    await refused(token_of(second, KEYS))
    await use(token_of(foreign, KEYS))
    await use(token_of(reset, KEYS), RESET)


async def test_a_link_ends_after_an_hour() -> None:
    link = await send(await person())
    await refused(token_of(link, KEYS), now=NOW + timedelta(minutes=60))
    await use(token_of(link, KEYS), now=NOW + timedelta(minutes=59))


async def test_a_link_ends_with_the_address_it_went_to() -> None:
    user = await person()
    link = await send(user)
    await User.filter(id=user.id).update(email="new@example.org", email_version=2)
    await refused(token_of(link, KEYS))
    assert await open_link(link.id, NOW) is None


async def test_a_link_for_one_purpose_is_none_for_another() -> None:
    link = await send(await person())
    await refused(token_of(link, KEYS), RESET)
    await use(token_of(link, KEYS), CONFIRM)


async def test_a_refused_link_is_not_used_up() -> None:
    link = await send(await person())
    altered = bytearray(base64.urlsafe_b64decode(token_of(link, KEYS)))
    altered[-1] ^= 1
    await refused(base64.urlsafe_b64encode(bytes(altered)).decode())
    await refused(token_of(link, Keys(b"another secret")))
    await use(token_of(link, KEYS))


@pytest.mark.parametrize("token", ["", "x", "A" * 64, "ä" * 64, "A" * 63 + "\n", "A" * 100_000])
async def test_what_is_no_token_is_refused(token: str) -> None:
    await refused(token)


async def test_a_link_of_an_erased_account_is_refused() -> None:
    user = await person()
    link = await send(user)
    await User.filter(id=user.id).update(state=AccountState.DELETION_REQUESTED)
    await User.filter(id=user.id).update(state=AccountState.ERASED)
    await refused(token_of(link, KEYS))


async def test_no_token_is_stored_anywhere() -> None:
    link = await send(await person())
    token = token_of(link, KEYS)
    rows = [await fetch(f"SELECT * FROM {name}") for name in ("mail_links", "messages", "outbox")]  # noqa: S608
    assert all(rows)
    assert token not in repr(rows)
    assert base64.urlsafe_b64decode(token)[16:] not in [v for row in rows[0] for v in row.values()]


async def test_a_rolled_back_use_leaves_the_link_as_it_was() -> None:
    token = token_of(await send(await person()), KEYS)
    with pytest.raises(RuntimeError, match="undo"):
        await _use_and_fail(token)
    await use(token)


async def _use_and_fail(token: str) -> None:
    async with transaction():
        await use_link(token, CONFIRM, KEYS, NOW)
        raise RuntimeError("undo")


async def test_only_open_links_are_worth_sending() -> None:
    link = await send(await person())
    assert await open_link(link.id, NOW) == link
    assert await open_link(link.id, NOW + timedelta(hours=1)) is None
    assert await open_link(uuid7(), NOW) is None
    await use(token_of(link, KEYS))
    assert await open_link(link.id, NOW) is None


async def test_there_is_no_link_without_an_account() -> None:
    with pytest.raises(DoesNotExist):
        async with transaction():
            await send_link(uuid7(), CONFIRM, NOW)


async def test_the_database_refuses_links_that_live_too_long() -> None:
    user = await person()
    with pytest.raises(IntegrityError):
        await MailLink.create(
            purpose=CONFIRM,
            user_id=user.id,
            email_version=1,
            number=1,
            created_at=NOW,
            expires_at=NOW + timedelta(minutes=61),
        )
