"""Registering: one answer for known and unknown addresses, one account per address."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from domain.errors import CredentialsRefused, DomainError, LinkInvalid, RateLimited
from domain.viewer import ANONYMOUS, AccountState, Role
from domain.window import Window, week_of
from models.database import fetch
from models.mail_link import MailLink
from models.message import Message
from models.user import Need, Seeker, User
from services.mail_link import token_of
from services.registration import (
    Registration,
    confirm_email,
    register_seeker,
    request_confirmation,
)
from services.user import sign_in
from tests.people import SHOPPING, Place
from tests.services.keyed import PASSWORD, PERSON
from tests.services.scenes import KEYS, gate
from tests.staging import everything


async def register(person: Registration = PERSON, **changes: Any) -> None:
    await register_seeker(ANONYMOUS, None, replace(person, **changes), gate())


async def mails() -> list[str]:
    rows = await fetch("SELECT kind FROM messages ORDER BY created_at, kind")
    return [row["kind"] for row in rows]


async def token() -> str:
    return token_of(await MailLink.all().order_by("-number").first() or MailLink(), KEYS)


async def test_a_registration_makes_an_account_a_profile_and_a_mail(place: Place) -> None:
    windows = (Window(1, "08:00", "12:00"),)
    await register(needs=(SHOPPING, SHOPPING), windows=windows, street=" Weg 1 ", language="en")
    user = await User.get(email=PERSON.email)
    assert (user.role, user.state, user.version) == (Role.SEEKER, AccountState.REGISTERED, 1)
    assert (user.street, user.phone, user.language) == ("Weg 1", None, "en")
    assert user.municipality_id == place.municipality.id
    assert user.email_confirmed_at is None
    assert PASSWORD not in str(user.password_hash)
    seeker = await Seeker.get(id=user.id)
    assert seeker.week == week_of(windows)
    assert [need.activity_id for need in await Need.all()] == [SHOPPING]
    assert await mails() == ["confirm_email"]


@pytest.mark.usefixtures("place")
async def test_a_known_address_is_answered_alike_and_told_by_mail_alone() -> None:
    await register()
    known = await User.get(email=PERSON.email)
    answers = [
        await register_seeker(ANONYMOUS, None, replace(PERSON, email=email), gate())  # type: ignore[func-returns-value]
        for email in (PERSON.email.upper(), "somebody.else@assistenz-portal.example")
    ]
    assert answers == [None, None]
    assert await mails() == ["confirm_email", "already_registered", "confirm_email"]
    again = await Message.get(kind="already_registered")
    assert again.receiver_id == known.id
    assert (await User.get(id=known.id)).password_hash == known.password_hash


@pytest.mark.usefixtures("place")
async def test_what_is_wrong_is_said_before_the_address_is_looked_up() -> None:
    await register()
    before = await everything()
    seen = []
    for email in (PERSON.email, "new@assistenz-portal.example"):
        with pytest.raises(DomainError) as refused:
            await register(email=email, first_name=" ", mobile="", postcode="00000", password="x")
        seen.append({(each.code, each.field) for each in refused.value.problems})
    assert (
        seen[0]
        == seen[1]
        == {
            ("PASSWORD_TOO_SHORT", "password"),
            ("FIELD_REQUIRED", "firstName"),
            ("GROUP_REQUIRED", "phone"),
            ("POSTCODE_UNKNOWN", "postcode"),
        }
    )
    assert await everything() == before


@pytest.mark.usefixtures("place")
async def test_one_address_registered_many_times_at_once_is_one_account() -> None:
    calls = [
        register_seeker(ANONYMOUS, key, replace(PERSON, email=email), gate())
        for email in (PERSON.email, PERSON.email.upper())
        for key in (None, f"{email}1", f"{email}2")
    ]
    assert await asyncio.gather(*calls) == [None] * 6
    assert await User.filter(role=Role.SEEKER).count() == 1
    assert sorted(set(await mails())) == ["already_registered", "confirm_email"]
    assert (await mails()).count("confirm_email") == 1


@pytest.mark.usefixtures("place")
async def test_a_field_is_no_longer_than_its_column_after_normalising() -> None:
    with pytest.raises(DomainError) as refused:
        await register(first_name="\u0958" * 100)
    assert (refused.value.code, refused.value.field) == ("TEXT_TOO_LONG", "firstName")


@pytest.mark.usefixtures("place")
async def test_a_confirmed_address_opens_the_door_once() -> None:
    await register()
    user = await User.get(email=PERSON.email)
    link = await token()
    await confirm_email(ANONYMOUS, "key", link, gate())
    now = await User.get(id=user.id)
    assert now.email_confirmed_at is not None
    assert now.version == 2
    rows = await fetch("SELECT version FROM events WHERE topic = 'account' ORDER BY version")
    assert [row["version"] for row in rows] == [1, 2]
    await confirm_email(ANONYMOUS, "key", link, gate())
    with pytest.raises(LinkInvalid):
        await confirm_email(ANONYMOUS, None, link, gate())
    assert (await sign_in(ANONYMOUS, None, user.email, PASSWORD, gate())).user_id == user.id


@pytest.mark.usefixtures("place")
async def test_another_link_is_sent_to_the_unconfirmed_alone_and_answered_alike() -> None:
    await register()
    for email in (f" {PERSON.email.upper()} ", "nobody@assistenz-portal.example"):
        await request_confirmation(ANONYMOUS, None, email, gate())
    assert await mails() == ["confirm_email"] * 2
    await confirm_email(ANONYMOUS, None, await token(), gate())
    await request_confirmation(ANONYMOUS, None, PERSON.email, gate())
    assert await mails() == ["confirm_email"] * 2


@pytest.mark.usefixtures("place")
async def test_registrations_of_one_address_and_of_one_network_are_limited() -> None:
    door = gate()
    for _ in range(3):
        await register_seeker(ANONYMOUS, None, PERSON, door)
    with pytest.raises(RateLimited):
        await register_seeker(ANONYMOUS, None, PERSON, door)
    with pytest.raises(RateLimited):
        await request_confirmation(ANONYMOUS, None, PERSON.email.upper(), door)
    assert await User.filter(role=Role.SEEKER).count() == 1
    assert len(await mails()) == 3


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("text", ["\0", "a@b.de\0", "\ud800@b.de"])
async def test_what_no_database_takes_is_refused_like_anything_unknown(text: str) -> None:
    await request_confirmation(ANONYMOUS, "key", text, gate())
    with pytest.raises(CredentialsRefused):
        await sign_in(ANONYMOUS, None, text, PASSWORD, gate())
    with pytest.raises(DomainError) as refused:
        await register(email=text, postcode=text)
    found = {(each.code, each.field) for each in refused.value.problems}
    assert found == {("TEXT_REFUSED", "email"), ("POSTCODE_UNKNOWN", "postcode")}
