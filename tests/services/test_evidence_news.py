"""Whoever is told at once of what a record has changed for the worse."""

from datetime import timedelta

import pytest

from domain.evidence import EvidenceKind, Proof
from domain.user import Verdict
from models.message import Message
from services.clock import today
from services.evidence import record_evidence
from tests.people import Place, make_assistant, make_coordinator, make_provider, viewer_for


@pytest.mark.parametrize(
    ("verdict", "left", "kinds"),
    [
        (Verdict.CONFIRMED, 7, ("proof_expires", "team_proof")),
        (Verdict.CONFIRMED, -1, ("proof_expired", "team_proof")),
        (Verdict.REJECTED, None, ("proof_gone", "team_proof_gone")),
        (Verdict.CONFIRMED, 40, ()),
    ],
)
async def test_of_a_record_that_ends_soon_or_is_a_no_people_are_told_at_once(
    place: Place, verdict: Verdict, left: int | None, kinds: tuple[str, ...]
) -> None:
    house = await make_provider(place)
    coordinator, user = (
        await make_coordinator(place, house),
        await make_assistant(place, provider=house),
    )
    end = None if left is None else today() + timedelta(days=left)
    seen = today() - timedelta(days=30)
    proof = Proof(
        EvidenceKind.CERTIFICATE_OF_CONDUCT, verdict, seen, dated_on=seen, valid_until=end
    )
    if verdict is Verdict.REJECTED:
        proof = Proof(EvidenceKind.CERTIFICATE_OF_CONDUCT, verdict, today(), dated_on=seen)
    await record_evidence(await viewer_for(place.officer), None, user.id, proof)
    told = {(row.kind, row.receiver_id) for row in await Message.all()}
    assert told == set(zip(kinds, (user.id, coordinator.id), strict=False))
