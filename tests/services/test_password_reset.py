"""A forgotten password: a link for whoever may sign in, a new password, and everybody else out."""

import asyncio
from typing import Any

import pytest

from domain.errors import CredentialsRefused, LinkInvalid, PasswordTooShort
from domain.viewer import ANONYMOUS, Role
from models.database import execute, fetch, transaction
from models.mail_link import LinkPurpose, MailLink
from models.session import Session
from models.user import User
from services import clock
from services.mail_link import send_link, token_of
from services.password import hash_password
from services.password_reset import request_password_reset, reset_password
from services.user import sign_in
from tests.people import Place, make_seeker, make_user
from tests.services.scenes import KEYS, gate
from tests.staging import everything

OLD, NEW = "sieben-blaue-Regenschirme", "neun-gelbe-Gummistiefel"


@pytest.fixture
async def owner(place: Place) -> User:
    user = await make_seeker(place)
    await User.filter(id=user.id).update(password_hash=await hash_password(OLD))
    return await User.get(id=user.id)


async def ask(email: str) -> None:
    await request_password_reset(ANONYMOUS, None, email, gate())


async def token() -> str:
    link = await MailLink.filter(purpose=LinkPurpose.RESET_PASSWORD).order_by("-number").first()
    assert link is not None
    return token_of(link, KEYS)


async def reset(given: str, password: str = NEW, key: str | None = None) -> None:
    await reset_password(ANONYMOUS, key, given, password, gate())


async def enter(user: User, password: str) -> Any:
    return await sign_in(ANONYMOUS, None, user.email, password, gate())


async def test_a_link_sets_a_new_password_and_every_session_ends(owner: User) -> None:
    await enter(owner, OLD)
    await ask(owner.email.upper())
    await reset(await token())
    assert not await Session.filter(user_id=owner.id, revoked_at__isnull=True).exists()
    with pytest.raises(CredentialsRefused):
        await enter(owner, OLD)
    assert (await enter(owner, NEW)).user_id == owner.id
    kinds = [row["kind"] for row in await fetch("SELECT kind FROM messages ORDER BY created_at")]
    assert kinds == ["reset_password", "password_changed"]


async def test_a_refused_password_leaves_link_and_account_as_they_are(owner: User) -> None:
    await ask(owner.email)
    given, before = await token(), await everything()
    with pytest.raises(PasswordTooShort):
        await reset(given, "kurz")
    assert await everything() == before
    await reset(given)


async def test_a_link_works_once_and_earlier_ones_go_with_it(owner: User) -> None:
    await ask(owner.email)
    first = await token()
    await ask(owner.email)
    await reset(await token())
    for spent in (first, await token()):
        with pytest.raises(LinkInvalid):
            await reset(spent, "zwölf-rote-Fahrradklingeln")
    assert (await enter(owner, NEW)).user_id == owner.id


async def test_of_two_new_passwords_at_once_one_is_set(owner: User) -> None:
    await ask(owner.email)
    given = await token()
    other = "zwölf-rote-Fahrradklingeln"
    found = await asyncio.gather(reset(given), reset(given, other), return_exceptions=True)
    assert [type(each) for each in found if each is not None] == [LinkInvalid]


async def test_a_repeated_reset_is_answered_again_and_holds_no_secret(owner: User) -> None:
    await ask(owner.email)
    given = await token()
    await reset(given, key="again")
    await reset(given, key="again")
    (row,) = await fetch("SELECT answer::text AS answer, digest FROM idempotency_keys")
    assert NEW not in row["answer"] + row["digest"]
    assert given not in row["answer"] + row["digest"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE users SET state = 'SUSPENDED' WHERE role = 'SEEKER'",
        "DELETE FROM users WHERE role = 'SEEKER'",
    ],
)
async def test_who_may_not_sign_in_gets_no_link_and_the_same_answer(
    owner: User, change: str
) -> None:
    await execute(change)
    await ask(owner.email)
    assert not await MailLink.exists()


async def test_who_has_not_proved_the_address_gets_no_link(place: Place) -> None:
    user = await make_user(Role.SEEKER, place, released=False, email_confirmed_at=None)
    await ask(user.email)
    assert not await MailLink.exists()


async def test_a_link_of_another_purpose_sets_no_password(owner: User) -> None:
    async with transaction():
        link = await send_link(owner.id, LinkPurpose.CONFIRM_EMAIL, clock.now())
    before = await everything()
    for wrong in (token_of(link, KEYS), "A" * 64, "kein Link"):
        with pytest.raises(LinkInvalid):
            await reset(wrong)
    assert await everything() == before
