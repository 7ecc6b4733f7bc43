"""Use cases of providers: what they say of themselves, what an hour costs, what is recognised."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from domain.dates import refusals
from domain.errors import (
    DateInPast,
    DomainError,
    NotFound,
    NumberOutOfRange,
    PeriodRefused,
)
from domain.form import PROVIDER_CHANGES
from domain.form_check import check
from domain.permissions import demand_role
from domain.provider import HIGHEST_CENTS, LOWEST_CENTS
from domain.recognition import Recognition
from domain.user import Payer
from domain.version import demand_version
from domain.viewer import STAFF, Viewer
from models.district import Municipality
from models.provider import (
    Provider,
    ProviderActivity,
    ProviderArea,
    ProviderPrice,
    ProviderRecognition,
)
from services import clock
from services.offer import offer_changed
from services.team import demand_lead
from services.use_case import use_case

_COLUMNS = ("introduction", "email", "phone")


@use_case
async def update_provider(
    viewer: Viewer,
    said: Mapping[str, Any],
    municipality_ids: Sequence[UUID] | None = None,
    payers: Sequence[Payer] | None = None,
    if_version: int | None = None,
) -> Provider:
    """Change what the viewer's provider says of itself; what is left out stays as it is.

    The name stays: it is what was examined at the release.

    Raises:
        AdminRequired: the viewer only speaks for it.
        DomainError: everything wrong with the values, listed as its problems.
        NotFound: not a municipality. Stale: the provider is not at `if_version`.
    """
    provider = await _locked(demand_lead(viewer), if_version)
    stored, found = check(PROVIDER_CHANGES, said, kept={})
    if found:
        raise DomainError.of(found)
    changes: dict[str, Any] = {name: stored[name] for name in _COLUMNS if name in said}
    if payers is not None:
        changes["accepted_payers"] = [each.value for each in Payer if each in payers]
    await Provider.filter(id=provider.id).update(**changes, version=provider.version + 1)
    if "activities" in said:
        await _offer(provider.id, stored["activities"])
    if municipality_ids is not None:
        await _serve(provider.id, municipality_ids)
    await offer_changed(provider.id)
    return await Provider.get(id=provider.id)


async def _locked(provider_id: UUID, if_version: int | None = None) -> Provider:
    provider = await Provider.filter(id=provider_id).select_for_update(no_key=True).first()
    if provider is None:
        raise NotFound(field="providerId")
    demand_version(provider.version, if_version)
    return provider


async def _offer(provider_id: UUID, codes: Sequence[str]) -> None:
    await ProviderActivity.filter(provider_id=provider_id).delete()
    await ProviderActivity.bulk_create(
        ProviderActivity(provider_id=provider_id, activity_id=code) for code in codes
    )


async def _serve(provider_id: UUID, municipality_ids: Sequence[UUID]) -> None:
    wanted = sorted(set(municipality_ids))
    if await Municipality.filter(id__in=wanted).count() != len(wanted):
        raise NotFound(field="municipalityIds")
    await ProviderArea.filter(provider_id=provider_id).delete()
    await ProviderArea.bulk_create(
        ProviderArea(provider_id=provider_id, municipality_id=each) for each in wanted
    )


@use_case
async def set_price(viewer: Viewer, payer: Payer, cents: int | None, valid_from: date) -> Provider:
    """Say what an hour costs a payer from a day on; None takes back what was to begin that day.

    A day that has passed stays as it was: bills were written by it.

    Raises:
        AdminRequired: the viewer only speaks for the provider.
        DateInPast, DateRefused, NumberOutOfRange: the price cannot be set like this.
    """
    provider = await _locked(demand_lead(viewer))
    for refusal in refusals(valid_from, clock.now(), field="validFrom"):
        raise refusal
    if valid_from < clock.today():
        raise DateInPast(field="validFrom")
    if cents is not None and not LOWEST_CENTS <= cents <= HIGHEST_CENTS:
        raise NumberOutOfRange(field="hourlyCents", low=LOWEST_CENTS, high=HIGHEST_CENTS)
    begins = ProviderPrice.filter(provider_id=provider.id, payer=payer, valid_from=valid_from)
    await begins.delete()
    if cents is not None:
        await ProviderPrice.create(
            provider_id=provider.id, payer=payer, valid_from=valid_from, cents=cents
        )
    await Provider.filter(id=provider.id).update(version=provider.version + 1)
    return await Provider.get(id=provider.id)


@use_case
async def record_recognition(
    viewer: Viewer,
    provider_id: UUID,
    kind: Recognition,
    valid_from: date,
    valid_until: date | None = None,
) -> Provider:
    """Record what a provider is recognised for; once more from the same day changes the end.

    For staff: it decides what may be carried out, so somebody has to have seen it.

    Raises:
        NotFound: no such provider.
        PeriodRefused, DateRefused: the days do not fit.
    """
    demand_role(viewer, *STAFF)
    provider = await _locked(provider_id)
    found: list[DomainError] = [
        *refusals(valid_from, clock.now(), field="validFrom"),
        *refusals(valid_until, clock.now(), field="validUntil"),
    ]
    if valid_until is not None and valid_until < valid_from:
        found.append(PeriodRefused(field="validUntil"))
    if found:
        raise DomainError.of(found)
    await ProviderRecognition.update_or_create(
        provider_id=provider_id,
        kind=kind,
        valid_from=valid_from,
        defaults={"valid_until": valid_until},
    )
    await Provider.filter(id=provider_id).update(version=provider.version + 1)
    await offer_changed(provider_id)
    return await Provider.get(id=provider_id)
