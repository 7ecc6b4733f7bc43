"""As time goes by: warnings at 60, 30 and 7 days, the end, and records that are forgotten."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.evidence import WARNINGS, EvidenceKind
from domain.evidence_rules import KEPT, UNUSED_CERTIFICATE
from domain.states import ApplicationState, MatchState
from domain.suspension import SuspensionReason
from domain.user import Verdict
from domain.viewer import AccountState
from models.application import Application
from models.database import fetch, transaction
from models.event import Event
from models.evidence import Evidence
from models.match import Match
from models.message import Message
from models.outbox import Outbox
from models.user import Assistant, User
from services import clock
from services.application import remove_assistant
from services.clock import today
from services.evidence import record_evidence
from services.evidence_upkeep import forget, warn
from services.match import accept_order
from services.offer import OFFER_JOB, offer_table
from services.suspension import reinstate_account, suspend_account
from tests.people import (
    Place,
    make_assistant,
    make_coordinator,
    make_provider,
    show_proofs,
    viewer_for,
)
from tests.services.scenes import answering
from tests.services.test_evidence import registered, shown

NOON = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture(autouse=True)
async def time_stands_still() -> AsyncIterator[None]:
    at_day(0)
    yield
    clock.use(None)


def at_day(days: int) -> None:
    clock.use(lambda: NOON + timedelta(days=days))


async def ending(place: Place, days: int, **more: Any) -> User:
    """A released assistant whose proofs hold for so many days from the first one on."""
    user = await make_assistant(place, **more)
    await Assistant.filter(id=user.id).update(proofs_until=NOON.date() + timedelta(days=days))
    return user


async def warned() -> int:
    async with transaction():
        return await warn()


async def forgotten() -> int:
    async with transaction():
        return await forget()


async def mails(*kinds: str) -> list[tuple[str, Any]]:
    found = await Message.filter(kind__in=kinds).order_by("id")
    return [(row.kind, row.receiver_id) for row in found]


PROOFS = ("proof_expires", "proof_expired", "team_proof")


async def test_a_person_is_warned_once_at_each_mark_and_told_of_the_end(place: Place) -> None:
    user = await ending(place, 70)
    told: list[tuple[int, str]] = []
    for day in range(80):
        at_day(day)
        for _ in range(2):
            told += [(day, (await mails(*PROOFS))[-1][0])] if await warned() else []
    marks = [(70 - days, "proof_expires") for days in WARNINGS]
    assert told == [*marks, (71, "proof_expired")]
    assert await mails(*PROOFS) == [(kind, user.id) for _day, kind in told]


async def test_after_a_pause_of_the_worker_only_the_last_mark_is_said(place: Place) -> None:
    await ending(place, 70)
    at_day(65)
    assert [await warned(), await warned()] == [1, 0]
    at_day(75)
    assert [await warned(), await warned()] == [1, 0]
    assert [kind for kind, _ in await mails(*PROOFS)] == ["proof_expires", "proof_expired"]


async def test_the_own_providers_coordinators_are_told_too_and_nobody_elses(place: Place) -> None:
    house, other = await make_provider(place), await make_provider(place)
    coordinator = await make_coordinator(place, house)
    await make_coordinator(place, other)
    gone = await make_coordinator(place, house)
    await User.filter(id=gone.id).update(state=AccountState.SUSPENDED)
    user = await ending(place, 7, provider=house)
    await warned()
    assert await mails(*PROOFS) == [("proof_expires", user.id), ("team_proof", coordinator.id)]


async def test_with_the_last_day_an_assistant_is_out_of_matching_and_nothing_is_ended(
    place: Place,
) -> None:
    _seeker, order, helpers, matches = await answering(place, 1)
    await accept_order(helpers[0], None, matches[0].id)
    await Assistant.filter(id=helpers[0].id).update(proofs_until=NOON.date())
    assert helpers[0].id in (await offer_table()).offers.ids
    before = await Match.get(id=matches[0].id)
    at_day(1)
    assert helpers[0].id not in (await offer_table()).offers.ids  # before any worker has run
    await Outbox.all().update(state=1, finished_at=clock.now())
    await Event.all().delete()
    assert await warned() == 1
    assert await Outbox.filter(kind=OFFER_JOB, aggregate=helpers[0].id, state=0).exists()
    assert await Event.filter(topic="order", key=order.id, aggregate=before.id).exists()
    assert await Event.filter(topic="suggested", key=helpers[0].id, aggregate=before.id).exists()
    after = await Match.get(id=before.id)
    assert (after.state, after.version) == (MatchState.ACCEPTED, before.version)


async def test_a_renewed_proof_is_warned_of_anew(place: Place) -> None:
    user = await make_assistant(place)
    ends = today() + timedelta(days=30)
    desk = await viewer_for(place.officer)
    await record_evidence(desk, None, user.id, shown(EvidenceKind.INSURANCE, valid_until=ends))
    assert await warned() == 0  # whoever has just recorded it knows
    later = today() + timedelta(days=90)
    await record_evidence(desk, None, user.id, shown(EvidenceKind.INSURANCE, valid_until=later))
    at_day(30)
    assert [await warned(), await warned()] == [1, 0]


async def test_accounts_that_are_being_erased_are_not_warned(place: Place) -> None:
    user = await ending(place, 5)
    await User.filter(id=user.id).update(state=AccountState.DELETION_REQUESTED)
    assert await warned() == 0


async def left(user: User) -> set[EvidenceKind]:
    return {row.kind for row in await Evidence.filter(assistant_id=user.id)}


async def active(place: Place) -> User:
    """An assistant with a history: released by the desk's own step."""
    user = await make_assistant(place)
    await fetch(
        "INSERT INTO transitions (id, machine, aggregate, action, source, target, version, at)"
        " VALUES (portal_uuid7(), 'ACCOUNT', $1, 'RELEASE_ACCOUNT', 'REGISTERED', 'RELEASED', 2,"
        " now() - interval '2 years') RETURNING id",
        user.id,
    )
    return user


async def test_records_of_active_people_are_kept_however_old(place: Place) -> None:
    user = await active(place)
    at_day(5_000)
    assert await forgotten() == 0
    assert await left(user) == set(EvidenceKind)


@pytest.mark.parametrize("kind", EvidenceKind)
async def test_after_the_activity_each_record_is_kept_for_its_time_and_no_longer(
    place: Place, kind: EvidenceKind
) -> None:
    user = await active(place)
    await User.filter(id=user.id).update(state=AccountState.DELETION_REQUESTED)
    await fetch(
        "INSERT INTO transitions (id, machine, aggregate, action, source, target, version, at)"
        " VALUES (portal_uuid7(), 'ACCOUNT', $1, 'REQUEST_DELETION', 'RELEASED',"
        " 'DELETION_REQUESTED', 3, $2) RETURNING id",
        user.id,
        NOON,
    )
    clock.use(lambda: NOON + KEPT[kind] - timedelta(seconds=1))
    await forgotten()
    assert kind in await left(user)
    clock.use(lambda: NOON + KEPT[kind] + timedelta(seconds=1))
    await forgotten()
    assert kind not in await left(user)
    assert {each for each in EvidenceKind if KEPT[each] > KEPT[kind]} <= await left(user)
    assert (await Assistant.get(id=user.id)).proofs_until is None


async def test_a_short_suspension_forgets_nothing_that_is_needed_for_coming_back(
    place: Place,
) -> None:
    user, desk = await active(place), await viewer_for(place.officer)
    await User.filter(id=user.id).update(version=2)
    await suspend_account(desk, None, user.id, SuspensionReason.REPORTED)
    at_day(UNUSED_CERTIFICATE.days - 1)
    assert await forgotten() == 0
    await reinstate_account(desk, None, user.id)
    at_day(UNUSED_CERTIFICATE.days + 30)
    assert await forgotten() == 0
    assert user.id in (await offer_table()).offers.ids


async def test_a_long_suspension_ends_the_activity(place: Place) -> None:
    user, desk = await active(place), await viewer_for(place.officer)
    await User.filter(id=user.id).update(version=2)
    await suspend_account(desk, None, user.id, SuspensionReason.REPORTED)
    at_day(UNUSED_CERTIFICATE.days + 1)
    assert await forgotten() > 0
    assert not await left(user) & {
        EvidenceKind.CERTIFICATE_OF_CONDUCT,
        EvidenceKind.MEASLES_PROTECTION,
    }
    assert EvidenceKind.TRAINING in await left(user)


async def test_leaving_a_provider_without_another_ends_the_activity(place: Place) -> None:
    user, house = await active(place), await make_provider(place)
    await fetch(
        "UPDATE assistants SET employment = 'EMPLOYED', provider_id = $2 WHERE id = $1",
        user.id,
        house.id,
    )
    await Application.create(user_id=user.id, provider_id=house.id, state=ApplicationState.APPROVED)
    coordinator = await viewer_for(await make_coordinator(place, house))
    await remove_assistant(coordinator, None, user.id)
    certificate = EvidenceKind.CERTIFICATE_OF_CONDUCT
    clock.use(lambda: NOON + KEPT[certificate] - timedelta(days=1))
    await forgotten()
    assert certificate in await left(user)
    clock.use(lambda: NOON + KEPT[certificate] + timedelta(days=2))
    await forgotten()
    assert certificate not in await left(user)


async def test_a_certificate_that_no_activity_follows_goes_and_the_rest_waits(
    place: Place,
) -> None:
    user = await registered(place)
    await show_proofs(user, place.officer.id)
    at_day(UNUSED_CERTIFICATE.days - 1)
    assert await forgotten() == 0
    at_day(UNUSED_CERTIFICATE.days + 1)
    assert await forgotten() == 1
    assert await left(user) == set(EvidenceKind) - {EvidenceKind.CERTIFICATE_OF_CONDUCT}
    await User.filter(id=user.id).update(state=AccountState.DELETION_REQUESTED)
    await forgotten()
    assert await left(user) == set()


async def test_of_certificates_only_the_newest_judged_one_is_kept(place: Place) -> None:
    user, desk = await make_assistant(place), await viewer_for(place.officer)
    certificate = EvidenceKind.CERTIFICATE_OF_CONDUCT
    await record_evidence(desk, None, user.id, shown(certificate, verdict=None, valid_until=None))
    assert await forgotten() == 0
    await record_evidence(desk, None, user.id, shown(certificate))
    assert await forgotten() == 2
    (kept,) = await Evidence.filter(assistant_id=user.id, kind=certificate)
    assert (kept.verdict, kept.seen_on) == (Verdict.CONFIRMED, today())
    assert (await Assistant.get(id=user.id)).proofs_until == kept.valid_until
