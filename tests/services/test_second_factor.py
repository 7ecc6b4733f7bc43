"""The second factor: who must have one, codes that count once, and the day the app is lost."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from domain.errors import (
    CodeRefused,
    CodeRequired,
    CredentialsRefused,
    DomainError,
    RateLimited,
    SecondFactorMissing,
    SecondFactorNeeded,
    StateRefused,
)
from domain.viewer import ANONYMOUS, Role, Viewer
from models.database import fetch
from models.message import Message
from models.second_factor import SecondFactor
from models.session import Session
from models.user import User
from services import clock
from services.password import hash_password
from services.second_factor import (
    confirm_second_factor,
    recovery_codes,
    remove_second_factor,
    renew_recovery_codes,
    secret_of,
    set_up_second_factor,
)
from services.session import token_of, viewer_of
from services.suspension import suspend_account
from services.user import sign_in
from tests.people import (
    Place,
    make_assistant,
    make_coordinator,
    make_provider,
    make_seeker,
    make_user,
)
from tests.services.scenes import KEYS, gate
from tests.staging import everything

PASSWORD = "sieben-blaue-Regenschirme"
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
async def time_stands_still() -> AsyncIterator[None]:
    at(0)
    yield
    clock.use(None)


def at(seconds: int) -> None:
    clock.use(lambda: NOON + timedelta(seconds=seconds))


async def with_password(user: User) -> User:
    await User.filter(id=user.id).update(password_hash=await hash_password(PASSWORD))
    return user


async def enter(user: User, code: str = "") -> Session:
    return await sign_in(ANONYMOUS, None, user.email, PASSWORD, gate(), code)


async def viewer_in(session: Session) -> Viewer:
    return await viewer_of(token_of(session.id, KEYS), clock.now())


async def row(user: User) -> SecondFactor:
    return await SecondFactor.get(id=user.id)


async def app_of(user: User, *, pending: bool = False) -> pyotp.TOTP:
    """What stands in the person's app, which knows the time as the portal does."""
    factor = await row(user)
    version = factor.pending if pending else factor.version
    return pyotp.TOTP(secret_of(KEYS, user.id, version or 0))


async def code_of(user: User, *, pending: bool = False) -> str:
    return (await app_of(user, pending=pending)).at(clock.now())


async def with_factor(user: User) -> User:
    """Sets a factor up by the person's own steps."""
    viewer = await viewer_in(await enter(await with_password(user)))
    await set_up_second_factor(viewer, None, PASSWORD, gate())
    await confirm_second_factor(viewer, None, await code_of(user, pending=True), gate())
    at(300)
    return user


async def officer(place: Place, role: Role = Role.CUSTOMER_SERVICE) -> User:
    return await make_user(role, place)


@pytest.mark.parametrize("role", [Role.CUSTOMER_SERVICE, Role.ADMINISTRATION, Role.COORDINATOR])
async def test_without_it_those_who_see_others_may_do_nothing_but_set_it_up(
    place: Place, role: Role
) -> None:
    house = await make_provider(place)
    user = (
        await make_coordinator(place, house)
        if role is Role.COORDINATOR
        else await officer(place, role)
    )
    viewer = await viewer_in(await enter(await with_password(user)))
    assert (viewer.weak, viewer.state, viewer.is_staff, viewer.speaks_for) == (
        True,
        None,
        False,
        None,
    )
    other = await make_seeker(place)
    before = await everything()
    with pytest.raises(SecondFactorMissing):
        await suspend_account(viewer, None, other.id, "REPORTED")  # type: ignore[arg-type]
    assert await everything() == before
    pending = await set_up_second_factor(viewer, None, PASSWORD, gate())
    assert pending.pending == 1
    session = await confirm_second_factor(viewer, None, await code_of(user, pending=True), gate())
    strong = await viewer_in(session)
    assert not strong.weak
    assert strong.is_released


async def test_seekers_and_assistants_need_none_and_may_have_one(place: Place) -> None:
    for user in (await make_seeker(place), await make_assistant(place)):
        assert not (await viewer_in(await enter(await with_password(user)))).weak
        await with_factor(user)
        with pytest.raises(CodeRequired):
            await enter(user)
        viewer = await viewer_in(await enter(user, await code_of(user)))
        at(600)
        await remove_second_factor(viewer, None, await code_of(user), gate())
        assert (await viewer_in(await enter(user))).id == user.id
        at(0)


async def test_a_code_is_asked_for_only_after_the_right_password(place: Place) -> None:
    user = await with_factor(await officer(place))
    sessions = await Session.all().count()
    for code in ("", await code_of(user)):
        with pytest.raises(CredentialsRefused):
            await sign_in(ANONYMOUS, None, user.email, "falsch-und-lang-genug", gate(), code)
    assert await Session.all().count() == sessions


async def test_each_code_opens_once_and_for_a_short_time(place: Place) -> None:
    user = await with_factor(await officer(place))
    code = await code_of(user)
    await enter(user, f" {code[:3]} {code[3:]} ")
    with pytest.raises(CodeRefused):
        await enter(user, code)
    for late, good in ((30, True), (95, False)):
        at(1_000 * (late + 1))
        code = await code_of(user)
        at(1_000 * (late + 1) + late)
        if good:
            await enter(user, code)
        else:
            with pytest.raises(CodeRefused):
                await enter(user, code)


@pytest.mark.parametrize("text", ["äöüäöü", "１２３４５６", "\ud800" * 6, "\0", "-", "x" * 9_999])
async def test_what_is_no_code_at_all_is_refused_like_a_wrong_one(place: Place, text: str) -> None:
    user = await with_factor(await officer(place))
    with pytest.raises(CodeRefused):
        await enter(user, text)


async def test_two_who_send_one_code_at_once_do_not_both_come_in(place: Place) -> None:
    user = await with_factor(await officer(place))
    code = await code_of(user)
    found = await asyncio.gather(*(enter(user, code) for _ in range(3)), return_exceptions=True)
    assert sum(isinstance(each, Session) for each in found) == 1
    assert all(isinstance(each, Session | CodeRefused | RateLimited) for each in found)


async def test_the_answer_to_a_repeated_sign_in_is_the_same_session(place: Place) -> None:
    user = await with_factor(await officer(place))
    door, code = gate(), await code_of(user)
    first = await sign_in(ANONYMOUS, "key", user.email, PASSWORD, door, code)
    again = await sign_in(ANONYMOUS, "key", user.email, PASSWORD, door, code)
    assert first.id == again.id


async def test_wrong_codes_are_counted_like_wrong_passwords(place: Place) -> None:
    user = await with_factor(await officer(place))
    door = gate()
    found: list[type[DomainError]] = []
    for number in range(8):
        at(1_000 + 20 * number)
        try:
            await sign_in(ANONYMOUS, None, user.email, PASSWORD, door, "000000")
        except DomainError as refused:
            found.append(type(refused))
    assert found == [CodeRefused] * 5 + [RateLimited] * 3


async def test_another_app_counts_from_its_first_code_on_and_ends_all_sessions(
    place: Place,
) -> None:
    user = await with_factor(await officer(place))
    old, session = await app_of(user), await enter(user, await code_of(user))
    viewer = await viewer_in(session)
    await set_up_second_factor(viewer, None, PASSWORD, gate())
    at(400)
    await enter(user, old.at(clock.now()))  # the new one was not confirmed
    with pytest.raises(CodeRefused):
        await confirm_second_factor(viewer, None, old.at(clock.now()), gate())
    codes = recovery_codes(KEYS, await row(user))
    with pytest.raises(CodeRefused):
        await confirm_second_factor(viewer, None, codes[0], gate())
    new = await confirm_second_factor(viewer, None, await code_of(user, pending=True), gate())
    assert await viewer_in(session) == ANONYMOUS
    assert (await viewer_in(new)).is_staff
    at(500)
    with pytest.raises(CodeRefused):
        await enter(user, old.at(clock.now()))
    with pytest.raises(CodeRefused):
        await enter(user, codes[0])
    mails = Message.filter(receiver_id=user.id, kind="second_factor_changed")
    assert await mails.count() == 2


async def test_setting_up_needs_the_password_once_more(place: Place) -> None:
    user = await with_password(await make_seeker(place))
    viewer = await viewer_in(await enter(user))
    with pytest.raises(CredentialsRefused):
        await set_up_second_factor(viewer, None, "falsch-und-lang-genug", gate())
    assert not await SecondFactor.all().exists()
    with pytest.raises(StateRefused):
        await confirm_second_factor(viewer, None, "123456", gate())
    with pytest.raises(StateRefused):
        await renew_recovery_codes(viewer, None, "123456", gate())


async def test_staff_cannot_go_without(place: Place) -> None:
    user = await with_factor(await officer(place))
    viewer = await viewer_in(await enter(user, await code_of(user)))
    at(400)
    with pytest.raises(SecondFactorNeeded):
        await remove_second_factor(viewer, None, await code_of(user), gate())


async def test_the_demos_codes_are_for_everybody_and_not_used_up(place: Place) -> None:
    user = await with_factor(await officer(place))
    await SecondFactor.filter(id=user.id).update(shared=True)
    code = await code_of(user)
    assert (await enter(user, code)).id != (await enter(user, code)).id
    with pytest.raises(CodeRefused):
        await enter(user, "000000")


async def test_no_secret_and_no_code_is_in_the_database(place: Place) -> None:
    user = await with_factor(await officer(place))
    secret = secret_of(KEYS, user.id, 1)
    codes = [secret, *recovery_codes(KEYS, await row(user)), await code_of(user)]
    rows = await fetch(
        "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'"
    )
    for each in rows:
        for found in await fetch(f"SELECT t::text AS said FROM {each['name']} t"):  # noqa: S608  our own names
            assert not any(code in found["said"] for code in codes), each["name"]
