"""Registering: one answer for known and unknown addresses, one account per address."""

import asyncio
from typing import Any

import pytest

from domain.errors import CredentialsRefused, DomainError, LinkInvalid, RateLimited
from domain.viewer import ANONYMOUS, AccountState, Role
from domain.window import Window, week_of
from models.district import District, Municipality
from models.mail_link import MailLink
from models.message import Message
from models.user import Need, Seeker, User
from notifications.language import Language
from services.mail_link import token_of
from services.registration import (
    confirm_email,
    register_account,
    request_confirmation,
)
from services.user import sign_in
from tests.graph import Client
from tests.people import CONSENTS, SHOPPING, Place
from tests.services.keyed import EMAIL, PASSWORD, PERSON, changed
from tests.services.registering import mails, register, token
from tests.services.scenes import KEYS, gate
from tests.staging import everything


async def test_a_registration_makes_an_account_a_profile_and_a_mail(place: Place) -> None:
    windows = (Window(1, "08:00", "12:00"),)
    await register(
        needs=(SHOPPING, SHOPPING), windows=windows, street=" Weg 1 ", language=Language.EN
    )
    user = await User.get(email=EMAIL)
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
    await confirm_email(ANONYMOUS, None, await token(), gate())
    known = await User.get(email=EMAIL)
    answers = [
        await register_account(ANONYMOUS, None, changed(PERSON, email=email), gate())  # type: ignore[func-returns-value]
        for email in (EMAIL.upper(), "somebody.else@assistenz-portal.example")
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
    for email in (EMAIL, "new@assistenz-portal.example"):
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
        register_account(ANONYMOUS, key, changed(PERSON, email=email), gate())
        for email in (EMAIL, EMAIL.upper())
        for key in (None, f"{email}1", f"{email}2")
    ]
    assert await asyncio.gather(*calls) == [None] * 6
    assert await User.filter(role=Role.SEEKER).count() == 1
    assert await mails() == ["confirm_email"] * 6
    assert await MailLink.filter(voided_at=None).count() == 1


@pytest.mark.usefixtures("place")
async def test_a_field_is_no_longer_than_its_column_after_normalising() -> None:
    with pytest.raises(DomainError) as refused:
        await register(first_name="\u0958" * 100)
    assert (refused.value.code, refused.value.field) == ("TEXT_TOO_LONG", "firstName")


@pytest.mark.usefixtures("place")
async def test_a_confirmed_address_opens_the_door_once() -> None:
    await register()
    user = await User.get(email=EMAIL)
    link = await token()
    await confirm_email(ANONYMOUS, "key", link, gate())
    now = await User.get(id=user.id)
    assert now.email_confirmed_at is not None
    assert now.version == 2
    await confirm_email(ANONYMOUS, "key", link, gate())
    with pytest.raises(LinkInvalid):
        await confirm_email(ANONYMOUS, None, link, gate())
    assert (await sign_in(ANONYMOUS, None, user.email, PASSWORD, gate())).user_id == user.id


@pytest.mark.usefixtures("place")
async def test_another_link_is_sent_to_the_unconfirmed_alone_and_answered_alike() -> None:
    await register()
    for email in (f" {EMAIL.upper()} ", "nobody@assistenz-portal.example"):
        await request_confirmation(ANONYMOUS, None, email, gate())
    assert await mails() == ["confirm_email"] * 2
    await confirm_email(ANONYMOUS, None, await token(), gate())
    await request_confirmation(ANONYMOUS, None, EMAIL, gate())
    assert await mails() == ["confirm_email"] * 2


@pytest.mark.usefixtures("place")
async def test_registrations_of_one_address_and_of_one_network_are_limited() -> None:
    door = gate()
    for _ in range(3):
        await register_account(ANONYMOUS, None, PERSON, door)
    with pytest.raises(RateLimited):
        await register_account(ANONYMOUS, None, PERSON, door)
    with pytest.raises(RateLimited):
        await request_confirmation(ANONYMOUS, None, EMAIL.upper(), door)
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
    assert found == {("TEXT_REFUSED", "email"), ("POSTCODE_REFUSED", "postcode")}


@pytest.mark.usefixtures("place")
async def test_a_postcode_of_another_district_is_refused() -> None:
    await District.create(key="03159", name="Göttingen", land="NI")
    await Municipality.create(
        district_id="03159",
        name="Göttingen",
        postcodes=["37073", "37154"],
        latitude=51.5,
        longitude=9.9,
        population=1,
    )
    with pytest.raises(DomainError) as refused:
        await register(postcode="37073")
    assert (refused.value.code, refused.value.field) == ("POSTCODE_UNKNOWN", "postcode")
    await register()
    municipality = await Municipality.get(id=(await User.get(email=EMAIL)).municipality_id)
    assert municipality.name == "Northeim"


INPUT: dict[str, Any] = {
    "email": EMAIL,
    "password": PASSWORD,
    "firstName": "Erika",
    "lastName": "Muster",
    "postcode": "37154",
    "mobile": "0170 1234567",
    "consents": CONSENTS,
}


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(("name", "stored"), [(each.name, each.value) for each in Language])
async def test_a_language_of_the_portal_is_stored(
    anonymous: Client, name: str, stored: str
) -> None:
    await anonymous.do("registerSeeker", {**INPUT, "language": name}, "")
    assert (await User.get(email=EMAIL)).language == stored


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("language", ["fr", "de", "FR"])
async def test_a_language_the_portal_does_not_write_is_no_input(
    anonymous: Client, language: str
) -> None:
    query = (
        "mutation M($input: RegisterSeekerInput!) { registerSeeker(input: $input) { __typename } }"
    )
    answer = await anonymous.send(query, input={**INPUT, "language": language})
    assert "errors" in answer
    assert not await User.filter(email=EMAIL).exists()


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    "lookalike", ["er\u0130ka@mail.example", "erika@ma\u0130l.example", "e\u017fka@mail.example"]
)
async def test_no_link_is_sent_for_a_spelling_that_is_no_address(lookalike: str) -> None:
    await register(email="erika@mail.example")
    await request_confirmation(ANONYMOUS, None, lookalike, gate())
    assert await mails() == ["confirm_email"]
    with pytest.raises(DomainError) as refused:
        await register(email=lookalike)
    assert refused.value.code == "EMAIL_REFUSED"


@pytest.mark.usefixtures("place")
async def test_a_link_confirms_the_registration_it_was_sent_for_or_nothing() -> None:
    for number in range(5):
        person = changed(PERSON, email=f"person{number}@mail.example")
        await register(person)
        link = await MailLink.all().order_by("-created_at", "-id").first() or MailLink()
        answers = await asyncio.gather(
            confirm_email(ANONYMOUS, None, token_of(link, KEYS), gate()),
            register(person, first_name="Fremd"),
            return_exceptions=True,
        )
        user = await User.get(id=link.user_id)
        assert (user.email_confirmed_at is not None) == (answers[0] is None)
        assert user.first_name == ("Erika" if answers[0] is None else "Fremd")
        assert answers[0] is None or isinstance(answers[0], LinkInvalid)
