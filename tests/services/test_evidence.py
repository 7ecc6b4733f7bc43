"""Recording proofs: who may, what it changes in matching, and what no record can hold."""

import asyncio
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest

from domain.dates import BERLIN
from domain.errors import (
    DomainError,
    EvidenceFieldForeign,
    NotFound,
    ProofsMissing,
    RoleNotAllowed,
    SignInRequired,
    StateRefused,
)
from domain.evidence import EvidenceKind, Exemption, Proof, proofs_until, required
from domain.states import MatchState
from domain.user import Employment, Verdict
from domain.viewer import ANONYMOUS, AccountState, Role
from models.database import fetch
from models.event import Event
from models.evidence import CertificateLetter, Evidence
from models.match import Match
from models.offer import offer_rows
from models.outbox import Outbox
from models.quality import AssistantQuality
from models.user import Assistant, User
from services import clock
from services.application import attach_to_provider
from services.busy import report_absence
from services.clock import today
from services.evidence import letter_text, record_evidence, write_certificate_letter
from services.match import accept_order
from services.offer import OFFER_JOB, offer_table
from services.user import release_account
from tests.people import (
    PROVEN,
    Place,
    make_assistant,
    make_coordinator,
    make_profile,
    make_provider,
    make_seeker,
    make_user,
    viewer_for,
)
from tests.services.scenes import answering, released, suggest
from tests.staging import everything

CERTIFICATE, INSURANCE = EvidenceKind.CERTIFICATE_OF_CONDUCT, EvidenceKind.INSURANCE


def shown(kind: EvidenceKind, **more: Any) -> Proof:
    """A confirmed record of a kind, with what it has to hold."""
    said: dict[str, Any] = {"verdict": Verdict.CONFIRMED, "seen_on": today()}
    if kind is CERTIFICATE:
        said["dated_on"] = today() - timedelta(days=20)
    if kind is INSURANCE:
        said["valid_until"] = today() + timedelta(days=365)
    if kind is EvidenceKind.QUALIFICATION:
        said["quality"] = PROVEN
    return Proof(kind, **said | more)


async def on_the_way(place: Place) -> User:
    """An assistant with talk and identity check whose proofs nobody has seen yet."""
    user = await make_assistant(place)
    await Evidence.filter(assistant_id=user.id).delete()
    await Assistant.filter(id=user.id).update(proofs_until=None)
    return user


async def registered(place: Place, employment: Employment = Employment.SELF_EMPLOYED) -> User:
    user = await make_user(Role.ASSISTANT, place, released=False)
    provider = None if employment is Employment.SELF_EMPLOYED else await make_provider(place)
    await make_profile(user, place, provider=provider)
    await Assistant.filter(id=user.id).update(employment=employment)
    return user


async def until(user: UUID) -> date | None:
    return (await Assistant.get(id=user)).proofs_until


@pytest.mark.parametrize("employment", Employment)
async def test_everything_required_lets_an_assistant_be_released_and_nothing_less(
    place: Place, employment: Employment
) -> None:
    desk, user = await viewer_for(place.officer), await registered(place, employment)
    for kind in required(employment):
        with pytest.raises(DomainError) as refused:
            await release_account(desk, None, user.id)
        assert any(isinstance(each, ProofsMissing) for each in refused.value.problems)
        assert await until(user.id) is None
        await record_evidence(desk, None, user.id, shown(kind))
    assert (await until(user.id) or date.min) >= today()
    with pytest.raises(DomainError) as refused:  # talk and check are what is left
        await release_account(desk, None, user.id)
    assert not any(isinstance(each, ProofsMissing) for each in refused.value.problems)


async def test_a_rejected_proof_takes_the_assistant_out_of_matching_and_ends_no_match(
    place: Place,
) -> None:
    _seeker, order, helpers, matches = await answering(place, 2)
    await accept_order(helpers[0], None, matches[0].id)
    assert helpers[0].id is not None
    before = await Match.get(id=matches[0].id)
    await Event.all().delete()
    rejected = Proof(EvidenceKind.INTERVIEW, Verdict.REJECTED, today())
    await record_evidence(await viewer_for(place.officer), None, helpers[0].id, rejected)
    assert helpers[0].id not in (await offer_table()).offers.ids
    assert helpers[1].id in (await offer_table()).offers.ids
    await suggest(order.id)
    after = await Match.get(id=matches[0].id)
    assert (after.state, after.version) == (MatchState.ACCEPTED, before.version)
    assert await Event.filter(topic="order", key=order.id, aggregate=before.id).exists()


async def test_whoever_has_no_valid_proofs_accepts_nothing(place: Place) -> None:
    _seeker, _order, helpers, matches = await answering(place, 1)
    yesterday = today() - timedelta(days=1)
    await Assistant.filter(id=helpers[0].id).update(proofs_until=yesterday)
    before = await everything()
    with pytest.raises(ProofsMissing):
        await accept_order(helpers[0], None, matches[0].id)
    assert await everything() == before


async def test_a_renewed_proof_brings_the_assistant_back(place: Place) -> None:
    user = await on_the_way(place)
    desk = await viewer_for(place.officer)
    order = await released(await viewer_for(await make_seeker(place)))
    assert not await Match.filter(order_id=order.id).exists()
    for kind in EvidenceKind:
        await record_evidence(desk, None, user.id, shown(kind))
    assert await Outbox.filter(kind=OFFER_JOB, aggregate=user.id).exists()
    assert await suggest(order.id) == 1


async def test_a_proven_quality_counts_like_a_stated_one_until_it_ends(place: Place) -> None:
    user, desk = await make_assistant(place), await viewer_for(place.officer)

    async def qualities() -> frozenset[str]:
        (row,) = await offer_rows(BERLIN, today(), [user.id])
        return row.qualities

    assert "QUA_FACHKRAFT" not in await qualities()
    training = shown(EvidenceKind.TRAINING, quality="QUA_FACHKRAFT", valid_until=today())
    await record_evidence(desk, None, user.id, training)
    assert "QUA_FACHKRAFT" in await qualities()
    refused = Proof(EvidenceKind.TRAINING, Verdict.REJECTED, today(), quality="QUA_FACHKRAFT")
    await record_evidence(desk, None, user.id, refused)
    assert "QUA_FACHKRAFT" not in await qualities()
    assert not await AssistantQuality.filter(assistant_id=user.id).exists()


async def test_a_provider_that_was_only_applied_to_decides_nothing_about_others_people(
    place: Place,
) -> None:
    house, other = await make_provider(place), await make_provider(place)
    user = await make_assistant(place, provider=house)
    coordinator = await viewer_for(await make_coordinator(place, other))
    await attach_to_provider(await viewer_for(user), None, other.id)
    assert await Assistant.visible_to(coordinator).filter(id=user.id).exists()
    with pytest.raises(NotFound):
        await record_evidence(coordinator, None, user.id, shown(EvidenceKind.INTERVIEW))
    now = clock.now()
    with pytest.raises(NotFound):
        await report_absence(
            coordinator, None, now + timedelta(days=1), now + timedelta(days=2), user.id
        )
    own = await viewer_for(await make_coordinator(place, house))
    await record_evidence(own, None, user.id, shown(EvidenceKind.INTERVIEW))


async def test_a_coordinator_records_for_the_own_people_alone(place: Place) -> None:
    house = await make_provider(place)
    coordinator = await viewer_for(await make_coordinator(place, house))
    own, foreign = await make_assistant(place, provider=house), await make_assistant(place)
    row = await record_evidence(coordinator, None, own.id, shown(EvidenceKind.INTERVIEW))
    assert row.id == own.id
    before = await everything()
    for stranger in (foreign.id, place.officer.id):
        with pytest.raises(NotFound):
            await record_evidence(coordinator, None, stranger, shown(EvidenceKind.INTERVIEW))
        with pytest.raises(NotFound):
            await write_certificate_letter(coordinator, None, stranger)
    for viewer in (await viewer_for(own), await viewer_for(await make_seeker(place)), ANONYMOUS):
        with pytest.raises(DomainError) as refused:
            await record_evidence(viewer, None, own.id, shown(EvidenceKind.INTERVIEW))
        assert isinstance(refused.value, RoleNotAllowed | SignInRequired)
    assert (await everything())["transitions"] == before["transitions"]


async def test_an_account_that_is_being_erased_takes_no_records(
    place: Place, owner_url: str
) -> None:
    user, desk = await make_assistant(place), await viewer_for(place.officer)
    await User.filter(id=user.id).update(state=AccountState.DELETION_REQUESTED)
    with pytest.raises(StateRefused):
        await record_evidence(desk, None, user.id, shown(EvidenceKind.INTERVIEW))
    with pytest.raises(StateRefused):
        await write_certificate_letter(desk, None, user.id)


async def test_everything_wrong_with_a_record_is_said_at_once(place: Place) -> None:
    user, desk = await make_assistant(place), await viewer_for(place.officer)
    wrong = Proof(
        EvidenceKind.INTERVIEW,
        Verdict.CONFIRMED,
        today(),
        exemption=Exemption.BORN_BEFORE_1971,
        quality=PROVEN,
    )
    before = await everything()
    with pytest.raises(DomainError) as refused:
        await record_evidence(desk, None, user.id, wrong, 3)
    problems = refused.value.problems
    assert {each.field for each in problems} == {"exemption", "quality", "hours"}
    assert all(isinstance(each, EvidenceFieldForeign) for each in problems)
    far = Proof(EvidenceKind.INTERVIEW, Verdict.CONFIRMED, date(1, 1, 1))
    with pytest.raises(DomainError):
        await record_evidence(desk, None, user.id, far)
    assert await everything() == before


async def test_the_kept_day_is_the_one_that_the_ledger_gives(place: Place) -> None:
    chance = Random(20)
    user, desk = await registered(place), await viewer_for(place.officer)
    found = set()
    for _ in range(40):
        kind = chance.choice(list(EvidenceKind))
        verdict = chance.choice([None, Verdict.REJECTED, *[Verdict.CONFIRMED] * 6])
        more = {} if verdict is Verdict.CONFIRMED else {"verdict": verdict, "valid_until": None}
        await record_evidence(desk, None, user.id, shown(kind, **more))
        ledger = await Evidence.ledger(user.id)
        assert await until(user.id) == proofs_until(ledger, Employment.SELF_EMPLOYED)
        found.add(await until(user.id))
    assert len(found) > 1


async def test_two_records_at_once_leave_the_day_that_both_give(place: Place) -> None:
    user, desk = await registered(place), await viewer_for(place.officer)
    await asyncio.gather(
        *(record_evidence(desk, None, user.id, shown(kind)) for kind in EvidenceKind)
    )
    ledger = await Evidence.ledger(user.id)
    assert len(ledger) == len(EvidenceKind)
    assert await until(user.id) == proofs_until(ledger, Employment.SELF_EMPLOYED) is not None


async def test_the_letter_speaks_for_the_provider_or_for_the_district(place: Place) -> None:
    house = await make_provider(place)
    coordinator = await viewer_for(await make_coordinator(place, house))
    user = await make_assistant(place, provider=house)
    letter = await write_certificate_letter(coordinator, None, user.id)
    said = await letter_text(letter)
    for part in (house.name, f"{user.first_name} {user.last_name}", "§ 30a Absatz 2"):
        assert part in said
    assert "Gebühr" not in said
    await Assistant.filter(id=user.id).update(employment=Employment.VOLUNTEER)
    letter = await write_certificate_letter(await viewer_for(place.officer), None, user.id)
    said = await letter_text(letter)
    assert "Kundenservice Northeim" in said
    assert "keine Gebühr" in said
    assert await CertificateLetter.filter(assistant_id=user.id, issued_on=today()).count() == 2


async def test_no_column_can_hold_a_document_or_its_number() -> None:
    rows = await fetch(
        "SELECT column_name AS name, data_type AS kind FROM information_schema.columns"
        " WHERE table_name = 'evidence'"
    )
    texts = {row["name"] for row in rows if row["kind"] not in {"uuid", "date", "integer"}}
    assert texts == {"kind", "verdict", "exemption", "quality_id", "created_at"}


async def test_records_are_written_once(place: Place) -> None:
    user = await make_assistant(place)
    with pytest.raises(Exception, match="append-only"):
        await Evidence.filter(assistant_id=user.id).update(verdict=Verdict.REJECTED)
