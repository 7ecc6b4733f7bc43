"""The way of an account to its release: talk, identity check, confirmed address."""

import asyncio
from collections.abc import Awaitable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.errors import (
    DomainError,
    Stale,
)
from domain.user import DocumentKind, Payer, TalkChannel, TalkOutcome, Verdict
from domain.viewer import AccountState, Role, Viewer
from models.message import Message
from models.outbox import Outbox
from models.talk import Talk, TalkAnswer
from models.user import IdentityCheck, User
from services.talk import TalkRecord, record_talk
from services.user import record_identity_check, release_account
from tests.people import Place, make_user, viewer_for
from tests.services.scenes import history
from tests.staging import everything

HELD = datetime(2026, 1, 5, 9, tzinfo=UTC)
TALK = TalkRecord(TalkChannel.PHONE, TalkOutcome.DONE, HELD, care_grade=3, payer=Payer.PRIVATE)


async def unreleased(place: Place, **more: Any) -> User:
    return await make_user(Role.SEEKER, place, released=False, **more)


async def check(officer: Viewer, user: User, verdict: Verdict = Verdict.CONFIRMED) -> User:
    day = date(2026, 1, 5)
    return await record_identity_check(officer, None, user.id, DocumentKind.PASSPORT, verdict, day)


async def problems_of(call: Awaitable[Any]) -> set[tuple[str, str | None]]:
    with pytest.raises(DomainError) as refused:
        await call
    return {(each.code, each.field) for each in refused.value.problems or (refused.value,)}


async def test_an_account_is_released_after_talk_check_and_confirmed_address(place: Place) -> None:
    officer, user = await viewer_for(place.officer), await unreleased(place)
    assert (await record_talk(officer, None, user.id, TALK)).version == 2
    assert (await check(officer, user)).version == 3
    done = await release_account(officer, None, user.id, 3)
    assert (done.state, done.version) == (AccountState.RELEASED, 4)
    assert await history(user.id) == ["RELEASE_ACCOUNT"]
    message = await Message.get(receiver_id=user.id)
    assert message.kind == "account_released"
    assert (await Outbox.get()).aggregate == message.id
    answer = await TalkAnswer.get()
    assert (answer.care_grade, answer.payer) == (3, Payer.PRIVATE)
    assert (await Talk.get()).officer_id == (await IdentityCheck.get()).officer_id == officer.id


async def test_everything_that_release_lacks_is_said_at_once(place: Place) -> None:
    officer = await viewer_for(place.officer)
    user = await unreleased(place, email_confirmed_at=None)
    no_talk, no_check = ("TALK_MISSING", None), ("IDENTITY_CHECK_MISSING", None)
    missing = {no_talk, no_check, ("EMAIL_NOT_CONFIRMED", None)}
    assert await problems_of(release_account(officer, None, user.id)) == missing
    await record_talk(officer, None, user.id, TALK)
    missing.remove(no_talk)
    assert await problems_of(release_account(officer, None, user.id)) == missing
    await check(officer, user)
    await check(officer, user, Verdict.REJECTED)
    await User.filter(id=user.id).update(email_confirmed_at=HELD)
    assert await problems_of(release_account(officer, None, user.id)) == {no_check}
    await check(officer, user)
    assert (await release_account(officer, None, user.id)).state is AccountState.RELEASED


async def test_a_talk_that_failed_has_no_answers_and_releases_nobody(place: Place) -> None:
    officer, user = await viewer_for(place.officer), await unreleased(place)
    failed = TalkRecord(TalkChannel.VIDEO, TalkOutcome.FAILED, HELD)
    await record_talk(officer, None, user.id, failed)
    await check(officer, user)
    assert not await TalkAnswer.exists()
    assert await problems_of(release_account(officer, None, user.id)) == {("TALK_MISSING", None)}


async def test_a_record_that_cannot_be_true_is_refused(place: Place) -> None:
    officer, user = await viewer_for(place.officer), await unreleased(place)
    before = await everything()
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    wrong = TalkRecord(TalkChannel.PHONE, TalkOutcome.DONE, tomorrow, care_grade=6)
    assert await problems_of(record_talk(officer, None, user.id, wrong)) == {
        ("DATE_IN_FUTURE", "heldAt"),
        ("NUMBER_OUT_OF_RANGE", "careGrade"),
    }
    for held in (HELD.replace(tzinfo=None), datetime.min.replace(tzinfo=UTC)):
        never = TalkRecord(TalkChannel.PHONE, TalkOutcome.DONE, held)
        assert await problems_of(record_talk(officer, None, user.id, never)) == {
            ("DATE_REFUSED", "heldAt")
        }
    later = record_identity_check(
        officer,
        None,
        user.id,
        DocumentKind.PASSPORT,
        Verdict.CONFIRMED,
        (tomorrow + timedelta(days=1)).date(),
    )
    assert await problems_of(later) == {("DATE_IN_FUTURE", "checkedOn")}
    assert await everything() == before


async def test_two_officers_release_an_account_once(place: Place) -> None:
    officer, user = await viewer_for(place.officer), await unreleased(place)
    await record_talk(officer, None, user.id, TALK)
    await check(officer, user)
    calls = [release_account(officer, None, user.id) for _ in range(6)]
    found = await asyncio.gather(*calls, return_exceptions=True)
    assert sum(isinstance(each, User) for each in found) == 1
    assert {each.code for each in found if isinstance(each, DomainError)} == {"STATE_REFUSED"}
    assert await history(user.id) == ["RELEASE_ACCOUNT"]
    assert await Message.all().count() == 1


async def test_a_release_against_an_older_version_is_stale(place: Place) -> None:
    officer, user = await viewer_for(place.officer), await unreleased(place)
    await record_talk(officer, None, user.id, TALK)
    await check(officer, user)
    with pytest.raises(Stale) as refused:
        await release_account(officer, None, user.id, 2)
    assert refused.value.params == {"version": 3}


async def test_records_made_at_once_all_count(place: Place) -> None:
    officer, user = await viewer_for(place.officer), await unreleased(place)
    failed = TalkRecord(TalkChannel.VIDEO, TalkOutcome.FAILED, HELD)
    await asyncio.gather(*(record_talk(officer, None, user.id, failed) for _ in range(5)))
    assert await Talk.all().count() == 5
    assert (await User.get(id=user.id)).version == 6


async def test_a_rejection_beside_a_release_never_leaves_a_released_rejected_account(
    place: Place,
) -> None:
    officer = await viewer_for(place.officer)
    for _ in range(4):
        user = await unreleased(place)
        await record_talk(officer, None, user.id, TALK)
        await check(officer, user)
        await asyncio.gather(
            release_account(officer, None, user.id),
            check(officer, user, Verdict.REJECTED),
            return_exceptions=True,
        )
        now = await User.get(id=user.id)
        rejected = await IdentityCheck.filter(user_id=user.id, verdict=Verdict.REJECTED).exists()
        assert (now.state is AccountState.RELEASED) != rejected
