"""Nobody is released without talk, check, address and proofs, with the services bypassed."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.user import DocumentKind, TalkChannel, TalkOutcome, Verdict
from domain.viewer import AccountState, Role
from models.asyncpg_client import SafeClient
from models.database import execute, fetch
from models.talk import Talk
from models.user import Assistant, IdentityCheck, User
from services.clock import today
from tests.models.test_walls_states import constraint
from tests.people import (
    Place,
    make_assistant,
    make_coordinator,
    make_profile,
    make_provider,
    make_seeker,
    make_user,
)


async def talk(user: UUID, place: Place, outcome: TalkOutcome = TalkOutcome.DONE) -> None:
    await Talk.create(
        user_id=user,
        officer_id=place.officer.id,
        channel=TalkChannel.VIDEO,
        outcome=outcome,
        held_at=place.officer.created_at,
    )


async def check(user: UUID, place: Place, verdict: Verdict = Verdict.CONFIRMED) -> None:
    await IdentityCheck.create(
        user_id=user,
        officer_id=place.officer.id,
        document=DocumentKind.PASSPORT,
        verdict=verdict,
        checked_on=place.officer.created_at.date(),
    )


RELEASE = "UPDATE users SET state = 'RELEASED' WHERE id = $1"
NO_PROOFS = "release_needs_proofs"
NO_TALK, NO_CHECK, NO_EMAIL = (
    "release_needs_talk",
    "release_needs_identity_check",
    "release_needs_email",
)


@pytest.mark.parametrize("role", [Role.SEEKER, Role.ASSISTANT])
@pytest.mark.parametrize("talk_first", [True, False])
async def test_release_needs_talk_and_check_in_whatever_order_and_then_proofs(
    place: Place, role: Role, *, talk_first: bool
) -> None:
    user = (await make_user(role, place, released=False)).id
    if talk_first:
        assert await constraint(RELEASE, user) == NO_TALK
        await talk(user, place)
        assert await constraint(RELEASE, user) == NO_CHECK
        await check(user, place)
    else:
        await check(user, place)
        assert await constraint(RELEASE, user) == NO_TALK
        await talk(user, place)
    if role is Role.ASSISTANT:
        assert await constraint(RELEASE, user) == NO_PROOFS
        await proofs_until(user, place, today())
    assert await execute(RELEASE, user) == 1


async def proofs_until(user: UUID, place: Place, day: date | None) -> None:
    await make_profile(await User.get(id=user), place)
    await Assistant.filter(id=user).update(proofs_until=day)


@pytest.mark.parametrize("day", [None, today() - timedelta(days=1)])
async def test_proofs_that_lack_or_have_ended_release_nobody(
    place: Place, day: date | None
) -> None:
    user = (await make_user(Role.ASSISTANT, place, released=False)).id
    await talk(user, place)
    await check(user, place)
    await proofs_until(user, place, day)
    assert await constraint(RELEASE, user) == NO_PROOFS


async def test_proofs_that_have_ended_keep_nobody_suspended(place: Place) -> None:
    user = (await make_assistant(place)).id
    await execute("UPDATE users SET state = 'SUSPENDED' WHERE id = $1", user)
    await Assistant.filter(id=user).update(proofs_until=None)
    assert await execute(RELEASE, user) == 1


async def test_a_failed_talk_and_a_rejected_check_release_nobody(place: Place) -> None:
    user = (await make_user(Role.SEEKER, place, released=False)).id
    await talk(user, place, TalkOutcome.FAILED)
    await check(user, place)
    assert await constraint(RELEASE, user) == NO_TALK
    await talk(user, place)
    await check(user, place, Verdict.REJECTED)
    assert await constraint(RELEASE, user) == NO_CHECK
    await check(user, place)
    assert await execute(RELEASE, user) == 1


async def test_the_talk_of_somebody_else_releases_nobody(place: Place) -> None:
    user, other = [(await make_user(Role.SEEKER, place, released=False)).id for _ in range(2)]
    await talk(other, place)
    await check(user, place)
    assert await constraint(RELEASE, user) == NO_TALK
    await talk(user, place)
    await check(other, place, Verdict.REJECTED)
    assert await execute(RELEASE, user) == 1


async def test_release_needs_a_confirmed_address_and_keeps_it(place: Place) -> None:
    user = (await make_user(Role.SEEKER, place, released=False, email_confirmed_at=None)).id
    await talk(user, place)
    await check(user, place)
    assert await constraint(RELEASE, user) == NO_EMAIL
    await execute("UPDATE users SET email_confirmed_at = now() WHERE id = $1", user)
    assert await execute(RELEASE, user) == 1
    undo = "UPDATE users SET email_confirmed_at = NULL WHERE id = $1"
    assert await constraint(undo, user) == NO_EMAIL


async def test_a_rejected_check_keeps_a_suspended_account_from_coming_back(place: Place) -> None:
    user = (await make_seeker(place)).id
    await execute("UPDATE users SET state = 'SUSPENDED' WHERE id = $1", user)
    await check(user, place, Verdict.REJECTED)
    assert await constraint(RELEASE, user) == NO_CHECK


async def test_another_role_is_no_way_around_talk_and_check(place: Place) -> None:
    coordinator = await make_coordinator(place, await make_provider(place))
    for role in ("SEEKER", "ASSISTANT"):
        sql = "UPDATE users SET role = $2 WHERE id = $1"
        assert await constraint(sql, coordinator.id, role) == NO_TALK
    seeker = await make_seeker(place)
    assert await constraint(sql, seeker.id, "ASSISTANT") == NO_PROOFS
    for role in ("seeker", "SYSTEM", "ANONYMOUS", ""):
        assert await constraint(sql, coordinator.id, role) == "users_role_known"


async def test_staff_are_released_by_their_confirmed_way_alone(database: SafeClient) -> None:
    user = await User.create(
        email="a@b.example",
        role=Role.COORDINATOR,
        state=AccountState.REGISTERED,
        first_name="A",
        last_name="B",
    )
    assert await execute(RELEASE, user.id) == 1
    assert await fetch("SELECT state FROM users") == [{"state": "RELEASED"}]
