"""Getting in and out again: a repeat is answered alike and is no way to guess."""

import pytest

from domain.errors import (
    CredentialsRefused,
    DomainError,
    RateLimited,
)
from domain.viewer import ANONYMOUS
from models.database import fetch
from models.user import User
from services import clock
from services.session import token_of, viewer_of
from services.user import (
    sign_in,
    sign_out,
)
from tests.graph import Client
from tests.people import Place
from tests.services.keyed import PASSWORD, account, tries
from tests.services.scenes import KEYS, gate


async def test_a_repeat_is_answered_again_although_the_account_is_held(place: Place) -> None:
    user, door = await account(place), gate()
    first = await sign_in(ANONYMOUS, "key", user.email, PASSWORD, door)
    assert set(await tries(door, user.email, 5)) == {"CREDENTIALS_REFUSED", "RATE_LIMITED"}
    assert (await sign_in(ANONYMOUS, "key", user.email.upper(), PASSWORD, door)).id == first.id
    for key, password in (("key", PASSWORD + "x"), ("key2", PASSWORD), (None, PASSWORD)):
        with pytest.raises(RateLimited):
            await sign_in(ANONYMOUS, key, user.email, password, door)


async def test_a_key_is_no_way_to_guess_without_limit(place: Place) -> None:
    user, door = await account(place), gate()
    await sign_in(ANONYMOUS, "key", user.email, PASSWORD, door)
    for number in range(5):
        with pytest.raises(DomainError):
            await sign_in(ANONYMOUS, "key", user.email, f"falsch-falsch-falsch-{number}", door)
    with pytest.raises(RateLimited):
        await sign_in(ANONYMOUS, "key", user.email, PASSWORD, door)


async def test_a_repeat_after_signing_out_is_a_new_sign_in(place: Place) -> None:
    user, door = await account(place), gate()
    first = await sign_in(ANONYMOUS, "key", user.email, PASSWORD, door)
    await sign_out(await viewer_of(token_of(first.id, KEYS), clock.now()), None)
    second = await sign_in(ANONYMOUS, "key", user.email, PASSWORD, door)
    assert second.id != first.id
    assert (await viewer_of(token_of(second.id, KEYS), clock.now())).id == user.id
    assert (await sign_in(ANONYMOUS, "key", user.email, PASSWORD, door)).id == second.id


async def test_a_repeat_after_the_session_s_time_is_a_new_sign_in(place: Place) -> None:
    user = await account(place)
    first = await sign_in(ANONYMOUS, "key", user.email, PASSWORD, gate())
    try:
        clock.use(lambda: first.expires_at)
        second = await sign_in(ANONYMOUS, "key", user.email, PASSWORD, gate())
    finally:
        clock.use(None)
    assert second.expires_at > first.expires_at


async def test_a_repeat_after_signing_out_must_prove_itself_again(place: Place) -> None:
    user, door = await account(place), gate()
    first = await sign_in(ANONYMOUS, "key", user.email, PASSWORD, door)
    await sign_out(await viewer_of(token_of(first.id, KEYS), clock.now()), None)
    await User.filter(id=user.id).update(password_hash=None)
    with pytest.raises(CredentialsRefused):
        await sign_in(ANONYMOUS, "key", user.email, PASSWORD, door)


async def test_signing_out_again_is_answered_alike(place: Place, anonymous: Client) -> None:
    user = await account(place)
    signed_in = {"email": user.email, "password": PASSWORD, "transport": "BEARER"}
    answer = await anonymous.do("signIn", signed_in, "... on SignedIn { token }")
    mine = Client(anonymous.http, {"Authorization": f"Bearer {answer['token']}"})
    wanted = ("signOut", {"idempotencyKey": "key"}, "... on SignedOut { message }")
    first = await mine.do(*wanted)
    assert first["__typename"] == "SignedOut"
    assert await mine.do(*wanted) == first
    assert await anonymous.do("signOut", {}, "... on SignedOut { message }") == first
    assert await fetch("SELECT 1 FROM sessions WHERE revoked_at IS NULL") == []
