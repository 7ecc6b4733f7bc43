"""What the tests of contracts begin with: two sides who have met."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.contract import ContractModel, Terms
from domain.order import Interval
from domain.viewer import Viewer
from models.contract import Contract
from models.database import transaction
from services import clock
from services.contract import consent_to_contract, draft_contract
from services.contract_end import end_on_its_day
from tests.meeting_rows import put_introduction
from tests.people import (
    SHOPPING,
    Place,
    make_assistant,
    make_coordinator,
    make_provider,
    viewer_for,
)
from tests.services.scenes import seeker_of
from tests.staging import guards_asleep, put_match, put_nomination, put_order


@dataclass(frozen=True, slots=True)
class Met:
    """A seeker and an assistant whose introductory meeting was held."""

    seeker: Viewer
    helper: Viewer
    order: UUID
    match: UUID


async def met(owner_url: str, place: Place, *, waiting: UUID | None = None) -> Met:
    seeker, helper = await seeker_of(place), await viewer_for(await make_assistant(place))
    async with guards_asleep(owner_url) as connection:
        order = await put_order(connection, seeker.id or UUID(int=0), place, "MEETING_HELD")
        match = await put_match(connection, order, "MEETING", assistant=helper.id)
        await put_introduction(connection, match)
        if waiting is not None:
            await put_match(connection, order, "ON_HOLD", assistant=waiting)
    return Met(seeker, helper, order, match)


@dataclass(frozen=True, slots=True)
class MetProvider:
    """A seeker, and a provider's assistant whom the seeker has chosen and met."""

    seeker: Viewer
    helper: Viewer
    coordinator: Viewer
    order: UUID
    match: UUID
    house: UUID
    nomination: UUID


async def met_provider(owner_url: str, place: Place) -> MetProvider:
    seeker, provider = await seeker_of(place), await make_provider(place)
    helper = await viewer_for(await make_assistant(place, provider=provider))
    coordinator = await viewer_for(await make_coordinator(place, provider))
    async with guards_asleep(owner_url) as connection:
        order = await put_order(connection, seeker.id or provider.id, place, "MEETING_HELD")
        match = await put_match(connection, order, "MEETING", provider=provider.id)
        nomination = await put_nomination(connection, match, helper.id or order, "CHOSEN")
        await put_introduction(connection, match)
    return MetProvider(seeker, helper, coordinator, order, match, provider.id, nomination)


def terms(**more: Any) -> Terms:
    said: dict[str, Any] = {
        "model": ContractModel.SERVICE,
        "starts_on": clock.today() + timedelta(days=7),
        "ends_on": None,
        "interval": Interval.WEEK,
        "minutes": 120,
        "hourly_cents": 2500,
        "payer": None,
        "activities": frozenset({SHOPPING}),
    }
    return Terms(**(said | more))


async def agreed(owner_url: str, place: Place, **more: Any) -> tuple[Met, Contract]:
    """A contract that holds."""
    both = await met(owner_url, place)
    contract = await draft_contract(both.seeker, None, both.match, terms(**more))
    await consent_to_contract(both.helper, None, contract.id, contract.version)
    return both, await consent_to_contract(both.seeker, None, contract.id, contract.version)


async def run_out(contract: UUID) -> Contract:
    """What the job does once the last day is over."""
    version = (await Contract.get(id=contract)).version
    async with transaction():
        assert await end_on_its_day(contract, version)
    return await Contract.get(id=contract)
