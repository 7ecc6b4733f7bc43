"""Use cases of funding sources: written down, changed, decided, ended. Health data by inference."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from domain.errors import (
    DateInFuture,
    DomainError,
    FundingOverlaps,
    NotFound,
    SpanRefused,
    StateRefused,
)
from domain.funding import (
    ONCE,
    PARAGRAPHS,
    FundingTerms,
    approval_problems,
    order_problems,
    problems,
)
from domain.funding_state import EDITABLE, FUNDING, PAYING, FundingState
from domain.permissions import demand_role
from domain.version import demand_version
from domain.viewer import Role, Viewer
from models.funding import FundingSource
from models.user import Seeker
from services import clock
from services.funding_charge import recharge
from services.transition import transition
from services.use_case import for_another, use_case


@use_case
@for_another()
async def record_funding_source(
    viewer: Viewer, terms: FundingTerms, approved_on: date | None = None
) -> FundingSource:
    """Write down that somebody was asked to pay, or pays since a day.

    Raises:
        DomainError: see `domain.funding.problems`.
        FundingOverlaps: a benefit that everybody has once is there for these days already.
    """
    seeker = await _locked(viewer)
    today, now = clock.today(), clock.now()
    _refuse(
        [
            *problems(terms, today, now),
            *approval_problems(approved_on, terms.applied_on, today, now),
        ]
    )
    state = FundingState.APPLIED if approved_on is None else FundingState.APPROVED
    if state in PAYING:
        await _demand_once(seeker, terms, None)
    return await FundingSource.create(
        seeker_id=seeker, state=state, approved_on=approved_on, **_columns(terms)
    )


@use_case
@for_another()
async def change_funding_source(
    viewer: Viewer, source_id: UUID, terms: FundingTerms, if_version: int | None = None
) -> FundingSource:
    """Write the terms anew; what was charged is reckoned again.

    Raises:
        NotFound, StateRefused, Stale: nothing of the viewer's that can be changed.
        DomainError: see `record_funding_source`.
    """
    row = await _entered(viewer, source_id, if_version)
    if row.state not in EDITABLE:
        raise StateRefused(state=row.state.value, action="CHANGE_FUNDING")
    _refuse(
        [
            *problems(terms, clock.today(), clock.now()),
            *order_problems(row.approved_on, terms.applied_on, field="appliedOn"),
        ]
    )
    if row.state in PAYING:
        await _demand_once(row.seeker_id, terms, row.id)
    changed = FundingSource.filter(id=row.id)
    await changed.update(version=row.version + 1, looked_on=None, **_columns(terms))
    await recharge(row.seeker_id)
    return await FundingSource.get(id=row.id)


@use_case
@for_another()
async def approve_funding_source(
    viewer: Viewer, source_id: UUID, approved_on: date, if_version: int | None = None
) -> FundingSource:
    """Note that it was approved: from then on it pays for hours of its days, earlier ones too.

    Raises:
        NotFound, StateRefused, Stale: nothing of the viewer's that waits for an approval.
        DateInFuture, DateRefused, ApprovedBeforeApplied, FundingOverlaps: it cannot have been so.
    """
    row = await _entered(viewer, source_id, if_version)
    _refuse(list(approval_problems(approved_on, row.applied_on, clock.today(), clock.now())))
    if row.state is FundingState.APPLIED:
        await _demand_once(row.seeker_id, _terms(row), row.id)
    values = {"approved_on": approved_on, "looked_on": None}
    await transition(FUNDING, row.id, "APPROVE_FUNDING", viewer, values=values)
    await recharge(row.seeker_id)
    return await FundingSource.get(id=row.id)


@use_case
@for_another()
async def refuse_funding_source(
    viewer: Viewer, source_id: UUID, if_version: int | None = None
) -> FundingSource:
    """Note that the payer has said no.

    Raises:
        NotFound, StateRefused, Stale: nothing of the viewer's that waits for an approval.
    """
    return await _close(viewer, source_id, "REFUSE_FUNDING", if_version)


@use_case
@for_another()
async def withdraw_funding_source(
    viewer: Viewer, source_id: UUID, if_version: int | None = None
) -> FundingSource:
    """Note that the application was taken back.

    Raises:
        NotFound, StateRefused, Stale: nothing of the viewer's that waits for an approval.
    """
    return await _close(viewer, source_id, "WITHDRAW_FUNDING", if_version)


async def _close(
    viewer: Viewer, source_id: UUID, action: str, if_version: int | None
) -> FundingSource:
    row = await _entered(viewer, source_id, if_version)
    await transition(FUNDING, row.id, action, viewer)
    return await FundingSource.get(id=row.id)


@use_case
@for_another()
async def end_funding_source(
    viewer: Viewer, source_id: UUID, ends_on: date, if_version: int | None = None
) -> FundingSource:
    """Note that it has ended with a day: it goes on paying for hours until then, no later ones.

    Raises:
        NotFound, StateRefused, Stale: nothing of the viewer's that pays.
        DateInFuture, SpanRefused: it has not ended yet, or had not begun, or had ended before.
    """
    row = await _entered(viewer, source_id, if_version)
    if ends_on > clock.today():
        raise DateInFuture(field="endsOn")
    if ends_on < row.valid_from or (row.valid_until and ends_on > row.valid_until):
        raise SpanRefused(field="endsOn")
    values = {"valid_until": ends_on}
    await transition(FUNDING, row.id, "END_FUNDING", viewer, values=values)
    await recharge(row.seeker_id)
    return await FundingSource.get(id=row.id)


async def _locked(viewer: Viewer) -> UUID:
    """The seeker that it is about, locked: what is charged depends on all of the sources."""
    seeker = demand_role(viewer, Role.SEEKER)
    if await Seeker.filter(id=seeker).select_for_update(no_key=True).first() is None:
        raise NotFound
    return seeker


async def _entered(viewer: Viewer, source_id: UUID, if_version: int | None) -> FundingSource:
    seeker = await _locked(viewer)
    row = await FundingSource.get_or_none(id=source_id, seeker_id=seeker)
    if row is None:
        raise NotFound(field="fundingSourceId")
    demand_version(row.version, if_version)
    return row


def _refuse(found: Sequence[DomainError]) -> None:
    if found:
        raise DomainError.of(found)


async def _demand_once(seeker: UUID, terms: FundingTerms, besides: UUID | None) -> None:
    if terms.instrument not in ONCE:
        return
    rows = FundingSource.filter(
        seeker_id=seeker, instrument=terms.instrument, state__in=sorted(PAYING)
    )
    for row in await rows.exclude(id=besides) if besides else await rows:
        begins_before_end = row.valid_until is None or terms.valid_from <= row.valid_until
        ends_after_begin = terms.valid_until is None or terms.valid_until >= row.valid_from
        if begins_before_end and ends_after_begin:
            raise FundingOverlaps(field="validFrom")


def _columns(terms: FundingTerms) -> dict[str, Any]:
    return {
        "instrument": terms.instrument,
        "payer": terms.known_payer,
        "paragraph": PARAGRAPHS.get(terms.instrument),
        "cents": terms.cents,
        "minutes": terms.minutes,
        "per": terms.per,
        "valid_from": terms.valid_from,
        "valid_until": terms.valid_until,
        "applied_on": terms.applied_on,
    }


def _terms(row: FundingSource) -> FundingTerms:
    return FundingTerms(
        instrument=row.instrument,
        payer=row.payer,
        cents=row.cents,
        minutes=row.minutes,
        per=row.per,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        applied_on=row.applied_on,
    )
