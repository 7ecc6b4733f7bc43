"""Getting in and out: nobody learns which accounts there are, and guessing is stopped."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher

from domain.errors import (
    CredentialsRefused,
    RateLimited,
    SignInSuspended,
    SignInUnconfirmed,
)
from domain.viewer import ANONYMOUS, AccountState, Role
from models.database import fetch
from models.session import Session
from models.user import User
from services import clock
from services import user as subject
from services.password import hash_password, verify_password
from services.session import token_of, viewer_of
from services.user import (
    sign_in,
    sign_out,
)
from tests.people import Place, make_seeker, make_user
from tests.services.keyed import PASSWORD, account, tries
from tests.services.scenes import KEYS, gate
from tests.staging import everything, guards_asleep, put_account


async def unreleased(place: Place, **more: Any) -> User:
    return await make_user(Role.SEEKER, place, released=False, **more)


async def test_the_right_password_opens_a_session_that_is_recognised(place: Place) -> None:
    user = await account(place)
    session = await sign_in(ANONYMOUS, None, f" {user.email.upper()} ", PASSWORD, gate())
    found = await viewer_of(token_of(session.id, KEYS), clock.now())
    assert (found.id, found.role, found.state) == (user.id, Role.SEEKER, AccountState.RELEASED)
    assert found.session_id == session.id


Spoil = Callable[[User, str], Awaitable[tuple[str, str]]]


async def unknown(_user: User, _owner_url: str) -> tuple[str, str]:
    return "nobody@assistenz-portal.example", PASSWORD


async def wrong(user: User, _owner_url: str) -> tuple[str, str]:
    return user.email, PASSWORD.upper()


async def unconfirmed(user: User, owner_url: str) -> tuple[str, str]:
    async with guards_asleep(owner_url) as connection:
        await connection.execute("UPDATE users SET email_confirmed_at = NULL")
    return user.email, PASSWORD


async def without_password(user: User, _owner_url: str) -> tuple[str, str]:
    await User.filter(id=user.id).update(password_hash=None)
    return user.email, PASSWORD


def in_state(state: AccountState) -> Spoil:
    async def spoil(user: User, owner_url: str) -> tuple[str, str]:
        async with guards_asleep(owner_url) as connection:
            await put_account(connection, user.id, state)
        return user.email, PASSWORD

    spoil.__name__ = state.value
    return spoil


CLOSED = ("DRAFT", "SUSPENDED", "DELETION_REQUESTED", "ERASED")


@pytest.mark.parametrize(
    "spoil",
    [unknown, wrong, unconfirmed, without_password, *(in_state(AccountState(s)) for s in CLOSED)],
    ids=lambda spoil: spoil.__name__,
)
async def test_who_cannot_sign_in_is_told_why_with_the_right_password_alone(
    place: Place, owner_url: str, spoil: Spoil
) -> None:
    email, password = await spoil(await account(place), owner_url)
    before = await everything()
    with pytest.raises(CredentialsRefused) as refused:
        await sign_in(ANONYMOUS, "key", email, password, gate())
    known = {"unconfirmed": SignInUnconfirmed, "SUSPENDED": SignInSuspended}
    assert type(refused.value) is known.get(spoil.__name__, CredentialsRefused)
    assert (refused.value.field, refused.value.params, refused.value.problems) == (None, {}, ())
    with pytest.raises(CredentialsRefused) as refused:
        await sign_in(ANONYMOUS, None, email, "falsch-und-lang-genug", gate())
    assert type(refused.value) is CredentialsRefused
    assert await everything() == before
    assert await fetch("SELECT 1 FROM idempotency_keys") == []


async def test_a_registered_account_may_sign_in_before_its_release(place: Place) -> None:
    user = await unreleased(place, password_hash=await hash_password(PASSWORD))
    session = await sign_in(ANONYMOUS, None, user.email, PASSWORD, gate())
    assert session.user_id == user.id


@pytest.mark.parametrize("known", [True, False])
async def test_guessing_is_slowed_and_stopped_for_known_and_unknown_accounts_alike(
    place: Place, *, known: bool
) -> None:
    user = await account(place)
    email = user.email if known else "nobody@assistenz-portal.example"
    door, start = gate(), datetime.now(UTC)
    times = [start + timedelta(seconds=10 * step) for step in range(7)]
    found = []
    try:
        for time in times:
            clock.use(lambda time=time: time)  # type: ignore[misc]  # a default that binds the loop's value
            found += await tries(door, email, 1)
        assert found == ["CREDENTIALS_REFUSED"] * 5 + ["RATE_LIMITED"] * 2
        with pytest.raises(RateLimited) as refused:
            await sign_in(ANONYMOUS, None, email, PASSWORD, door)
        assert 0 < int(refused.value.params["seconds"]) <= 15 * 60
    finally:
        clock.use(None)
    assert not await Session.exists()


async def test_signing_in_forgets_the_failures_before_it(place: Place) -> None:
    user, door = await account(place), gate()
    for _ in range(4):
        assert await tries(door, user.email, 1) == ["CREDENTIALS_REFUSED"]
        await sign_in(ANONYMOUS, None, user.email, PASSWORD, door)


async def test_a_password_hash_of_older_strength_is_renewed(place: Place) -> None:
    user = await account(place)
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    await User.filter(id=user.id).update(password_hash=weak)
    await tries(gate(), user.email, 1)
    assert (await User.get(id=user.id)).password_hash == weak
    await sign_in(ANONYMOUS, None, user.email, PASSWORD, gate())
    renewed = (await User.get(id=user.id)).password_hash
    assert renewed != weak
    await sign_in(ANONYMOUS, None, user.email, PASSWORD, gate())
    assert (await User.get(id=user.id)).password_hash == renewed


async def test_renewing_a_hash_never_undoes_a_new_password(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = await account(place)
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    chosen = await hash_password("acht-gelbe-Regenschirme")
    await User.filter(id=user.id).update(password_hash=weak)

    async def meanwhile(password: str) -> str:
        await User.filter(id=user.id).update(password_hash=chosen)
        return await hash_password(password)

    monkeypatch.setattr(subject, "hash_password", meanwhile)
    with pytest.raises(CredentialsRefused):
        await sign_in(ANONYMOUS, None, user.email, PASSWORD, gate())
    assert (await User.get(id=user.id)).password_hash == chosen


async def test_signing_out_ends_the_session(place: Place) -> None:
    user = await account(place)
    session = await sign_in(ANONYMOUS, None, user.email, PASSWORD, gate())
    token = token_of(session.id, KEYS)
    await sign_out(await viewer_of(token, clock.now()), None)
    assert await viewer_of(token, clock.now()) == ANONYMOUS


async def test_an_address_is_found_whatever_its_capitals(place: Place) -> None:
    user = await make_seeker(place)
    assert await User.by_address(user.email.upper()) == user
    assert await User.by_address("nobody@assistenz-portal.example") is None
    assert await User.by_address(user.email.replace("person", "p%")) is None


LOOKALIKES = {
    "miki@kiste.example": [
        "m\u0130k\u0130@kiste.example",
        "miki@k\u0130ste.example",
        "miki@ki\u017fte.example",
    ],
    "sam@kiste.example": ["\u017fam@kiste.example"],
}


@pytest.mark.parametrize(
    ("email", "spelling"), [(email, each) for email in LOOKALIKES for each in LOOKALIKES[email]]
)
async def test_a_spelling_that_only_the_database_takes_for_the_address_opens_nothing(
    place: Place, email: str, spelling: str
) -> None:
    user = await unreleased(place, email=email, password_hash=await hash_password(PASSWORD))
    with pytest.raises(CredentialsRefused):
        await sign_in(ANONYMOUS, None, spelling, PASSWORD, gate())
    assert (await sign_in(ANONYMOUS, None, email, PASSWORD, gate())).user_id == user.id


async def test_what_is_no_address_costs_the_work_of_an_unknown_one(
    monkeypatch: pytest.MonkeyPatch, database: object
) -> None:
    seen: list[str | None] = []

    async def noting(password: str, stored: str | None) -> Any:
        seen.append(stored)
        return await verify_password(password, stored)

    monkeypatch.setattr(subject, "verify_password", noting)
    for email in ("m\u0130ki@kiste.example", "nobody@kiste.example"):
        with pytest.raises(CredentialsRefused):
            await sign_in(ANONYMOUS, None, email, PASSWORD, gate())
    assert seen == [None, None]


async def test_spellings_of_one_account_share_its_tries(place: Place) -> None:
    user = await unreleased(place, email="miki@kiste\u00e4.example")
    door, start = gate(), datetime.now(UTC)
    spellings = [
        "miki@kiste\u00e4.example",
        "MIKI@KISTE\u00c4.example",
        "mi\u212ai@\u212aistea\u0308.example",  # the Kelvin sign is K in the normal form
        " miki@kiste\u00e4.EXAMPLE ",
        "Miki@kiste\u00e4.example",
        "mIki@kiste\u00e4.example",
    ]
    found = []
    try:
        for step, email in enumerate(spellings):
            time = start + timedelta(seconds=10 * step)
            clock.use(lambda time=time: time)  # type: ignore[misc]  # a default that binds the loop's value
            found += await tries(door, email, 1)
    finally:
        clock.use(None)
    assert found == ["CREDENTIALS_REFUSED"] * 5 + ["RATE_LIMITED"]
    assert await User.by_address(user.email) == user
