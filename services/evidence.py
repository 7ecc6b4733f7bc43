"""Use cases of proofs: recording what was seen, and the letter that asks for a certificate."""

from dataclasses import replace
from uuid import UUID

from tortoise.expressions import Q

from domain.dates import refusals
from domain.errors import CertificateTooOld, DomainError, NotFound, StateRefused
from domain.evidence import EvidenceKind, Proof, certificate_end, milestone, proofs_until
from domain.evidence_rules import problems
from domain.permissions import demand_role
from domain.states import MatchState
from domain.user import Employment, Verdict
from domain.viewer import STAFF, STAYING, Role, Viewer
from models.event import append
from models.evidence import CertificateLetter, Evidence
from models.match import Match, lists_with
from models.provider import Coordinator
from models.user import Assistant, User
from notifications.certificate_letter import certificate_request
from services import clock
from services.evidence_news import tell_at_once
from services.offer import offer_changed
from services.talk import policy_for
from services.use_case import use_case
from services.user import touched

# What the other side has open with somebody whose proofs end.
_SHOWN = (
    MatchState.ACCEPTED,
    MatchState.ON_HOLD,
    MatchState.AWARDED,
    MatchState.MEETING,
    MatchState.CONTRACTED,
)


async def letter_text(letter: CertificateLetter) -> str:
    """The letter, in the name of the officer's provider or of the district."""
    user = await User.get(id=letter.assistant_id).prefetch_related("municipality__district")
    assistant = await Assistant.get(id=letter.assistant_id)
    coordinator = (
        await Coordinator.filter(id=letter.officer_id).first().prefetch_related("provider")
    )
    place = user.municipality
    desk = f"Assistenz-Portal, Kundenservice {place.district.name if place else ''}".strip()
    return certificate_request(
        coordinator.provider.name if coordinator else desk,
        f"{user.first_name} {user.last_name}",
        letter.issued_on,
        volunteer=assistant.employment is Employment.VOLUNTEER,
    )


@use_case
async def record_evidence(
    viewer: Viewer, assistant_id: UUID, proof: Proof, hours: int | None = None
) -> Assistant:
    """Record that a proof was shown: staff for everybody, coordinators for the own people.

    A certificate of conduct holds as long as the district has decided, or less if that is said.

    Raises:
        NotFound: no such assistant of the viewer's.
        StateRefused: the account is being erased.
        CertificateTooOld: it was over on the day on which it was seen.
        DomainError: everything wrong with the record, listed as its problems.
    """
    officer = demand_role(viewer, Role.COORDINATOR, *STAFF)
    user, assistant = await _locked(viewer, assistant_id)
    _demand_right(proof, hours)
    proof = await _with_end(proof, user)
    await Evidence.create(
        assistant_id=assistant_id,
        officer_id=officer,
        kind=proof.kind,
        verdict=proof.verdict,
        seen_on=proof.seen_on,
        dated_on=proof.dated_on,
        valid_until=proof.valid_until,
        exemption=proof.exemption,
        quality_id=proof.quality,
        hours=hours,
    )
    await refresh(assistant)
    await tell_at_once(assistant)
    await touched(user)
    return await Assistant.get(id=assistant_id)


def _demand_right(proof: Proof, hours: int | None) -> None:
    """Refuse a record that is wrong: days out of all reckoning first, then everything else."""
    days = (
        ("seenOn", proof.seen_on),
        ("datedOn", proof.dated_on),
        ("validUntil", proof.valid_until),
    )
    now = clock.now()
    found: list[DomainError] = [
        each for field, day in days for each in refusals(day, now, field=field)
    ]
    if found := found or list(problems(proof, hours, clock.today())):
        raise DomainError.of(found)


async def _locked(viewer: Viewer, assistant_id: UUID) -> tuple[User, Assistant]:
    """The account, locked before the profile, so that two records come one after the other.

    A provider records for its people and for who applies to it, as long as nobody else employs
    them: a record counts for everybody.
    """
    rows = Assistant.visible_to(viewer).filter(id=assistant_id)
    if viewer.role is Role.COORDINATOR:
        rows = rows.filter(Q(provider_id=viewer.speaks_for) | Q(provider_id__isnull=True))
    seen = await rows.exists()
    user = await User.filter(id=assistant_id).select_for_update(no_key=True).first()
    if not seen or user is None:
        raise NotFound(field="assistantId")
    if user.state not in STAYING:
        raise StateRefused(state=user.state.value, action="RECORD_EVIDENCE")
    return user, await Assistant.select_for_update(no_key=True).get(id=assistant_id)


async def _with_end(proof: Proof, user: User) -> Proof:
    is_certificate = proof.kind is EvidenceKind.CERTIFICATE_OF_CONDUCT
    if not is_certificate or proof.verdict is not Verdict.CONFIRMED:
        return proof
    months = (await policy_for(user)).certificate_months
    end = certificate_end(proof, months)
    if end < proof.seen_on:
        raise CertificateTooOld(field="datedOn", months=months)
    return replace(proof, valid_until=end)


async def refresh(assistant: Assistant) -> None:
    """Reckon anew until when the proofs of a locked assistant hold, in the caller's transaction.

    What was warned of counts for one end; whoever has an open match with the assistant is told.
    """
    until = proofs_until(await Evidence.ledger(assistant.id), assistant.employment)
    if until != assistant.proofs_until:
        told = milestone(until, clock.today()) if until else None
        rows = Assistant.filter(id=assistant.id)
        await rows.update(proofs_until=until, proofs_told=told)
        await tell_matches(assistant.id)
    await offer_changed(assistant.id)  # a qualification may count without changing the end


async def tell_matches(assistant_id: UUID) -> None:
    """Tell whoever sees the assistant's matches that these look different now."""
    for match in await Match.filter(assistant_id=assistant_id, state__in=_SHOWN).order_by("id"):
        await append("order", match.order_id, match.id, match.version, "MATCH")
        for key in await lists_with(match.id):
            await append("suggested", key, match.id, match.version, "MATCH")


@use_case
async def write_certificate_letter(viewer: Viewer, assistant_id: UUID) -> CertificateLetter:
    """Note that the letter that asks for the certificate was written (§ 30a Abs. 2 BZRG).

    Raises:
        NotFound: no such assistant of the viewer's.
        StateRefused: the account is being erased.
    """
    officer = demand_role(viewer, Role.COORDINATOR, *STAFF)
    await _locked(viewer, assistant_id)
    return await CertificateLetter.create(
        assistant_id=assistant_id, officer_id=officer, issued_on=clock.today()
    )
