"""Certificates of conduct: how long one holds, and which one is too old to be recorded."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.dates import months_later
from domain.errors import CertificateTooOld
from domain.user import Verdict
from models.district import District
from models.evidence import Evidence
from services.clock import today
from services.evidence import record_evidence
from tests.people import Place, make_assistant, viewer_for
from tests.services.test_evidence import CERTIFICATE, shown, until
from tests.staging import everything


@pytest.mark.parametrize("said", [None, 30, 900])
async def test_a_certificate_holds_as_long_as_the_district_says_at_most(
    place: Place, said: int | None
) -> None:
    await District.filter(key="03155").update(certificate_months=6)
    desk, user = await viewer_for(place.officer), await make_assistant(place)
    dated = today() - timedelta(days=1)
    most = months_later(dated, 6)
    given = None if said is None else dated + timedelta(days=said)
    proof = shown(CERTIFICATE, dated_on=dated, valid_until=given)
    await record_evidence(desk, None, user.id, proof)
    newest = await Evidence.filter(assistant_id=user.id, kind=CERTIFICATE).order_by("-id").first()
    assert newest is not None
    assert newest.valid_until == min(given or most, most)
    assert await until(user.id) == newest.valid_until


async def test_a_certificate_that_was_over_when_it_was_seen_counts_for_nothing(
    place: Place,
) -> None:
    desk, user = await viewer_for(place.officer), await make_assistant(place)
    before = await everything()
    for more in ({}, {"valid_until": today() + timedelta(days=9)}):
        proof = shown(CERTIFICATE, dated_on=date(today().year - 10, 1, 1), **more)
        with pytest.raises(CertificateTooOld) as refused:
            await record_evidence(desk, None, user.id, proof)
        assert (refused.value.field, refused.value.params) == ("datedOn", {"months": 36})
    assert await everything() == before
    last = shown(CERTIFICATE, dated_on=today() - timedelta(days=3 * 365))
    await record_evidence(desk, None, user.id, last)
    rejected = replace(proof, verdict=Verdict.REJECTED, valid_until=None)
    await record_evidence(desk, None, user.id, rejected)
