import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from tortoise.exceptions import IntegrityError

from domain.errors import NotFound, SignInRequired
from domain.ids import uuid7
from domain.keys import Keys
from domain.viewer import ANONYMOUS, AccountState, Role, Viewer
from models.database import fetch
from models.provider import Coordinator, Provider
from models.session import Session
from models.user import User
from services.session import (
    demand_same_rights,
    open_session,
    revoke_all_sessions,
    revoke_session,
    sessions_of,
    token_of,
    viewer_of,
    viewers_now,
)
from tests.conftest import Statements
from tests.staging import guards_asleep

pytestmark = pytest.mark.usefixtures("database")

KEYS = Keys(b"a secret of the portal, long enough")
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def at(**later: float) -> datetime:
    return START + timedelta(**later)


async def person(role: Role = Role.SEEKER, state: AccountState = AccountState.REGISTERED) -> User:
    return await User.create(
        email=f"{uuid4().hex}@example.org", role=role, state=state, first_name="M", last_name="M"
    )


async def test_a_token_stands_for_its_account() -> None:
    user = await person()
    session, token = await open_session(user.id, KEYS, START, strong=True)
    assert await viewer_of(token, START) == Viewer(
        id=user.id,
        role=Role.SEEKER,
        state=AccountState.REGISTERED,
        session_id=session.id,
        owes=True,
    )


async def test_a_coordinator_brings_the_provider_along() -> None:
    user = await person(Role.COORDINATOR)
    provider = await Provider.create(name="Hilfe", email="h@example.org", phone="1")
    await Coordinator.create(id=user.id, user_id=user.id, provider=provider)
    _, token = await open_session(user.id, KEYS, START, strong=True)
    assert (await viewer_of(token, START)).provider_id == provider.id


async def test_the_token_of_a_session_can_be_given_again_without_being_stored() -> None:
    session, token = await open_session((await person()).id, KEYS, START, strong=True)
    assert token_of(session.id, KEYS) == token
    row = (await fetch("SELECT * FROM sessions"))[0]
    assert row["token_hash"] == hashlib.sha256(token.encode()).digest()
    assert token not in repr(row)
    assert token not in repr(session)


async def test_every_sign_in_gets_a_token_of_its_own() -> None:
    user = await person()
    _, first = await open_session(user.id, KEYS, START, strong=True)
    _, second = await open_session(user.id, KEYS, START, strong=True)
    assert first != second
    assert (await viewer_of(first, START)).id == (await viewer_of(second, START)).id == user.id


@pytest.mark.parametrize(
    "token", [None, "", "x", "x" * 43, "x" * 5000, "\x00" * 43, "\ud800" * 43, "' OR 1=1 --"]
)
async def test_whoever_has_no_token_of_ours_is_anonymous(token: str | None) -> None:
    await open_session((await person()).id, KEYS, START, strong=True)
    assert await viewer_of(token, START) == ANONYMOUS


async def test_a_token_made_with_another_secret_is_worth_nothing() -> None:
    session, _ = await open_session((await person()).id, KEYS, START, strong=True)
    assert await viewer_of(token_of(session.id, Keys(b"another")), START) == ANONYMOUS


@pytest.mark.parametrize("role", [Role.SEEKER, Role.ASSISTANT])
async def test_a_session_lasts_twelve_hours_however_busy_it_is(role: Role) -> None:
    _, token = await open_session((await person(role)).id, KEYS, START, strong=True)
    for hour in range(12):
        assert (await viewer_of(token, at(hours=hour))).id
    assert await viewer_of(token, at(hours=12)) == ANONYMOUS


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CUSTOMER_SERVICE, Role.ADMINISTRATION])
async def test_staff_and_coordinators_are_signed_out_after_thirty_idle_minutes(role: Role) -> None:
    _, token = await open_session((await person(role)).id, KEYS, START, strong=True)
    assert (await viewer_of(token, at(minutes=29))).id
    assert (await viewer_of(token, at(minutes=58))).id
    assert await viewer_of(token, at(minutes=88)) == ANONYMOUS
    assert await viewer_of(token, at(minutes=88)) == ANONYMOUS


async def test_being_seen_is_written_at_most_once_a_minute(statements: Statements) -> None:
    session, token = await open_session((await person()).id, KEYS, START, strong=True)
    statements.clear()
    await viewer_of(token, at(seconds=59))
    assert len(statements) == 1
    await viewer_of(token, at(seconds=60))
    assert len(statements) == 3
    await viewer_of(token, at(seconds=119))
    assert len(statements) == 4
    assert (await Session.get(id=session.id)).last_seen_at == at(seconds=60)


async def test_a_revoked_session_is_over_and_the_others_go_on() -> None:
    user = await person()
    session, token = await open_session(user.id, KEYS, START, strong=True)
    _, other = await open_session(user.id, KEYS, START, strong=True)
    viewer = await viewer_of(token, START)
    await revoke_session(viewer, session.id, START)
    await revoke_session(viewer, session.id, at(minutes=1))
    assert await viewer_of(token, START) == ANONYMOUS
    assert (await viewer_of(other, START)).id == user.id


@pytest.mark.parametrize("role", list(Role))
async def test_nobody_ends_or_lists_a_stranger_s_session(role: Role) -> None:
    session, token = await open_session((await person()).id, KEYS, START, strong=True)
    stranger = Viewer(id=None if role in {Role.ANONYMOUS, Role.SYSTEM} else uuid7(), role=role)
    for target in (session.id, uuid7()):
        with pytest.raises(NotFound):
            await revoke_session(stranger, target, START)
    assert await sessions_of(stranger, START) == []
    assert (await viewer_of(token, START)).id


async def test_all_sessions_but_one_can_be_ended_at_once() -> None:
    user, other = await person(), await person()
    kept, token = await open_session(user.id, KEYS, START, strong=True)
    ended = [(await open_session(user.id, KEYS, START, strong=True))[1] for _ in range(2)]
    _, foreign = await open_session(other.id, KEYS, START, strong=True)
    assert await revoke_all_sessions(user.id, START, keep=kept.id) == 2
    assert [await viewer_of(each, START) for each in ended] == [ANONYMOUS, ANONYMOUS]
    assert (await viewer_of(token, START)).id == user.id
    assert (await viewer_of(foreign, START)).id == other.id
    assert await revoke_all_sessions(user.id, START) == 1


async def test_running_sessions_are_listed_newest_first() -> None:
    user = await person(Role.COORDINATOR)
    opened = [
        (await open_session(user.id, KEYS, at(minutes=minutes), strong=True))[0].id
        for minutes in (0, 20, 35, 36)
    ]
    viewer = Viewer(id=user.id, role=Role.COORDINATOR)
    await revoke_session(viewer, opened[3], at(minutes=37))
    listed = await sessions_of(viewer, at(minutes=40))
    assert [session.id for session in listed] == [opened[2], opened[1]]


async def test_a_new_state_counts_from_the_next_request_on_and_erased_accounts_are_nobody() -> None:
    user = await person()
    _, token = await open_session(user.id, KEYS, START, strong=True)
    assert await User.filter(id=user.id).update(state=AccountState.DELETION_REQUESTED)
    assert (await viewer_of(token, START)).state is AccountState.DELETION_REQUESTED
    assert await User.filter(id=user.id).update(state=AccountState.ERASED)
    assert await viewer_of(token, START) == ANONYMOUS


@pytest.mark.parametrize(
    ("token_hash", "end"),
    [(b"short", timedelta(hours=1)), (bytes(32), timedelta(hours=13)), (bytes(32), timedelta(0))],
)
async def test_the_database_refuses_plain_tokens_and_endless_sessions(
    token_hash: bytes, end: timedelta
) -> None:
    user = await person()
    with pytest.raises(IntegrityError):
        await Session.create(
            token_hash=token_hash,
            user_id=user.id,
            created_at=START,
            last_seen_at=START,
            expires_at=START + end,
        )


# --- many at once --------------------------------------------------------------------------------


async def _known(user: User) -> tuple[Session, Viewer]:
    session, token = await open_session(user.id, KEYS, START, strong=True)
    return session, await viewer_of(token, START)


async def test_viewers_who_are_as_they_were_are_the_same_objects() -> None:
    known = [(await _known(await person(role)))[1] for role in (Role.SEEKER, Role.COORDINATOR)]
    asked = [*known, ANONYMOUS, known[0]]
    now = await viewers_now(asked, at(seconds=1))
    assert [one is other for one, other in zip(asked, now, strict=True)] == [True] * 4
    assert await viewers_now([ANONYMOUS], START) == [ANONYMOUS]


async def test_many_sessions_are_asked_about_with_one_statement(statements: Statements) -> None:
    known = [(await _known(await person()))[1] for _ in range(5)]
    statements.clear()
    await viewers_now(known, START)
    assert len(statements) == 1


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE sessions SET revoked_at = now() WHERE user_id = $1",
        "UPDATE sessions SET expires_at = '2026-03-02T08:00:01Z' WHERE user_id = $1",
        "DELETE FROM sessions WHERE user_id = $1",
        "UPDATE users SET state = 'ERASED' WHERE id = $1",
    ],
)
async def test_whose_session_has_ended_is_nobody(owner_url: str, change: str) -> None:
    user = await person()
    (_, ended), (_, stays) = await _known(user), await _known(await person())
    async with guards_asleep(owner_url) as owner:
        await owner.execute(change, user.id)
    assert await viewers_now([ended, stays], at(seconds=1)) == [ANONYMOUS, stays]


async def test_an_officer_who_did_nothing_for_long_is_nobody() -> None:
    _, officer = await _known(await person(Role.CUSTOMER_SERVICE))
    _, seeker = await _known(await person())
    assert await viewers_now([officer, seeker], at(minutes=31)) == [ANONYMOUS, seeker]


async def test_what_somebody_has_become_is_told() -> None:
    user, provider = await person(Role.COORDINATOR), uuid7()
    _, known = await _known(user)
    await Provider.create(id=provider, name="Hilfe", email="h@example.org", phone="1")
    await Coordinator.create(id=user.id, user_id=user.id, provider_id=provider)
    assert await viewers_now([known], START) == [replace(known, provider_id=provider)]
    with pytest.raises(SignInRequired):
        demand_same_rights(replace(known, provider_id=provider), known)
    demand_same_rights(replace(known, state=AccountState.SUSPENDED), known)


async def test_to_be_sent_something_is_no_sign_of_life() -> None:
    session, officer = await _known(await person(Role.CUSTOMER_SERVICE))
    assert await viewers_now([officer], at(minutes=29)) == [officer]
    assert (await Session.get(id=session.id)).last_seen_at == START
    assert await viewers_now([officer], at(minutes=31)) == [ANONYMOUS]
