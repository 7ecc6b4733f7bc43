"""Registering again: what is replaced, what is repeated, and what is never made somebody else's."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest

from domain.errors import CredentialsRefused, LinkInvalid, RateLimited
from domain.user import ActingFor, DocumentKind, TalkChannel, TalkOutcome, Verdict
from domain.viewer import ANONYMOUS, Role
from domain.window import Window, week_of
from models.talk import Talk
from models.user import IdentityCheck, Need, Seeker, User
from notifications.language import Language
from services.limiter import MAIL_ACCOUNT
from services.registration import (
    confirm_email,
    register_account,
    request_confirmation,
)
from services.user import sign_in
from tests.people import SHOPPING, Place
from tests.services.keyed import EMAIL, KEY, PASSWORD, PERSON, changed
from tests.services.registering import mails, register, token
from tests.services.scenes import gate
from tests.staging import everything

OTHER = "acht-gelbe-Regenschirme"


@pytest.mark.usefixtures("place")
async def test_a_newer_registration_replaces_one_that_was_never_confirmed() -> None:
    await register(needs=(SHOPPING,), street="Fremder Weg 1", first_name="Fremd")
    user = await User.get(email=EMAIL)
    older = await token()
    windows = (Window(2, "08:00", "12:00"),)
    await register(
        email=EMAIL.lower(),
        password=OTHER,
        needs=("BEG_SPAZIERGANG",),
        windows=windows,
        introduction="Neu.",
        acting_for=ActingFor.RELATIVE,
        language=Language.LEICHT,
    )
    now = await User.get(role=Role.SEEKER)
    assert (now.id, now.email, now.version) == (user.id, EMAIL.lower(), 2)
    assert (now.first_name, now.street, now.language) == ("Erika", None, "de-x-leicht")
    seeker = await Seeker.get(id=user.id)
    assert (seeker.introduction, seeker.acting_for) == ("Neu.", ActingFor.RELATIVE)
    assert seeker.week == week_of(windows)
    assert [need.activity_id for need in await Need.all()] == ["BEG_SPAZIERGANG"]
    assert await mails() == ["confirm_email"] * 2
    with pytest.raises(LinkInvalid):
        await confirm_email(ANONYMOUS, None, older, gate())
    await confirm_email(ANONYMOUS, None, await token(), gate())
    with pytest.raises(CredentialsRefused):
        await sign_in(ANONYMOUS, None, EMAIL, PASSWORD, gate())
    assert (await sign_in(ANONYMOUS, None, EMAIL, OTHER, gate())).user_id == user.id


async def talk(user: User, officer: User) -> None:
    await Talk.create(
        user_id=user.id,
        officer_id=officer.id,
        channel=TalkChannel.PHONE,
        outcome=TalkOutcome.DONE,
        held_at=datetime.now(UTC),
    )


async def document(user: User, officer: User) -> None:
    await IdentityCheck.create(
        user_id=user.id,
        officer_id=officer.id,
        document=DocumentKind.PASSPORT,
        verdict=Verdict.CONFIRMED,
        checked_on=datetime.now(UTC).date(),
    )


@pytest.mark.parametrize("known_by", [talk, document])
async def test_an_account_that_staff_has_looked_at_is_never_made_somebody_else_s(
    place: Place, known_by: Callable[[User, User], Awaitable[None]]
) -> None:
    await register()
    user = await User.get(email=EMAIL)
    await known_by(user, place.officer)
    await register(password=OTHER, first_name="Fremd")
    now = await User.get(id=user.id)
    assert (now.first_name, now.version, now.password_hash) == ("Erika", 1, user.password_hash)
    assert await mails() == ["confirm_email", "already_registered"]


@pytest.mark.usefixtures("place")
async def test_repeats_are_answered_again_although_the_limit_is_reached() -> None:
    door = gate()
    await register_account(ANONYMOUS, KEY, PERSON, door)
    await request_confirmation(ANONYMOUS, KEY + "2", EMAIL, door)
    for _ in range(MAIL_ACCOUNT.tries - 2):
        await request_confirmation(ANONYMOUS, None, EMAIL, door)
    before = await everything()
    await register_account(ANONYMOUS, KEY, PERSON, door)
    await request_confirmation(ANONYMOUS, KEY + "2", EMAIL.upper(), door)
    for person in (PERSON, changed(PERSON, password=OTHER)):
        with pytest.raises(RateLimited):
            await register_account(ANONYMOUS, KEY + "2", person, door)
    with pytest.raises(RateLimited):
        await request_confirmation(ANONYMOUS, KEY, EMAIL, door)
    assert await everything() == before
