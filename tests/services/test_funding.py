"""Funding sources: written down, decided, charged for confirmed hours, and forgotten."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.consent import ConsentKind
from domain.errors import (
    ApprovedBeforeApplied,
    DateInFuture,
    DomainError,
    FundingForeign,
    FundingOverlaps,
    NotFound,
    RoleNotAllowed,
    SpanRefused,
    Stale,
    StateRefused,
)
from domain.funding import FundingInstrument, FundingPeriod
from domain.funding_charge import Hours
from domain.funding_state import FundingState
from domain.user import Payer
from domain.viewer import Viewer
from models.appointment import Appointment
from models.database import fetch
from models.funding import ContractFunding, FundingCharge, FundingSource
from models.history import Transition
from models.user import User
from services import clock
from services.appointment_end import confirm_appointment
from services.consent import withdraw_consent
from services.funding import (
    approve_funding_source,
    change_funding_source,
    end_funding_source,
    record_funding_source,
    refuse_funding_source,
    withdraw_funding_source,
)
from services.funding_charge import _hours, fund_contract
from services.session import viewer_acting
from services.statement import monthly_statement
from tests.people import Place, viewer_for
from tests.services.dating import contract_of, served
from tests.services.delegating import acting
from tests.services.funding import approved, charged, confirmed, terms, worked
from tests.services.scenes import seeker_of
from tests.staging import everything

RELIEF = FundingInstrument.RELIEF_AMOUNT


async def test_an_application_is_written_down_approved_and_ended(place: Place) -> None:
    seeker, today = await seeker_of(place), clock.today()
    row = await record_funding_source(seeker, "a", terms(applied_on=today))
    assert (row.state, row.version, row.paragraph) == (FundingState.APPLIED, 1, "§ 29 SGB IX")
    again = await record_funding_source(seeker, "a", terms(applied_on=today))
    assert again.id == row.id
    row = await change_funding_source(seeker, None, row.id, terms(cents=70_00), row.version)
    assert (row.cents, row.version) == (70_00, 2)
    with pytest.raises(Stale):
        await approve_funding_source(seeker, None, row.id, today, 1)
    with pytest.raises(DateInFuture):
        await approve_funding_source(seeker, None, row.id, today + timedelta(days=1))
    row = await approve_funding_source(seeker, None, row.id, today, 2)
    assert (row.state, row.approved_on) == (FundingState.APPROVED, today)
    with pytest.raises(StateRefused):
        await refuse_funding_source(seeker, None, row.id)
    with pytest.raises(DateInFuture):
        await end_funding_source(seeker, None, row.id, today + timedelta(days=1))
    with pytest.raises(SpanRefused):
        await end_funding_source(seeker, None, row.id, today - timedelta(days=31))
    row = await end_funding_source(seeker, None, row.id, today)
    assert (row.state, row.valid_until) == (FundingState.ENDED, today)
    with pytest.raises(StateRefused):
        await change_funding_source(seeker, None, row.id, terms())
    history = await Transition.filter(machine="FUNDING", aggregate=row.id).order_by("id")
    assert [each.action for each in history] == ["APPROVE_FUNDING", "END_FUNDING"]
    assert {each.person_id for each in history} == {seeker.id}


async def test_an_application_is_refused_or_taken_back(place: Place) -> None:
    seeker = await seeker_of(place)
    for case, state in (
        (refuse_funding_source, FundingState.REFUSED),
        (withdraw_funding_source, FundingState.WITHDRAWN),
    ):
        row = await record_funding_source(seeker, None, terms())
        assert (await case(seeker, None, row.id, 1)).state is state
        with pytest.raises(StateRefused):
            await approve_funding_source(seeker, None, row.id, clock.today())


async def test_what_everybody_has_once_is_there_once_at_a_time(place: Place) -> None:
    seeker, first = await seeker_of(place), clock.today() - timedelta(days=30)
    month: dict[str, Any] = {
        "instrument": RELIEF,
        "payer": None,
        "cents": None,
        "per": FundingPeriod.MONTH,
    }
    kept = await approved(seeker, **month, valid_until=first + timedelta(days=9))
    before = await everything()
    with pytest.raises(FundingOverlaps):
        await approved(seeker, **month, valid_from=first + timedelta(days=9))
    with pytest.raises(FundingOverlaps):
        await change_funding_source(
            seeker, None, (await _next(seeker, month, 10)).id, terms(**month)
        )
    await FundingSource.exclude(id=kept.id).delete()
    applied = await record_funding_source(seeker, None, terms(**month))
    with pytest.raises(FundingOverlaps):
        await approve_funding_source(seeker, None, applied.id, clock.today())
    await FundingSource.exclude(id=kept.id).delete()
    assert (await everything())["funding_sources"] == before["funding_sources"]


async def _next(seeker: Viewer, month: dict[str, Any], days: int) -> FundingSource:
    first = clock.today() - timedelta(days=30)
    return await approved(seeker, **month, valid_from=first + timedelta(days=days))


async def test_nobody_but_the_seeker_and_who_acts_for_the_seeker_touches_or_sees_it(
    owner_url: str, place: Place
) -> None:
    house = await served(owner_url, place)
    row = await approved(house.seeker)
    officer, other = await viewer_for(place.officer), await seeker_of(place)
    before = await everything()
    for viewer, refusal in (
        (other, NotFound),
        (house.helper, RoleNotAllowed),
        (house.coordinator, RoleNotAllowed),
        (officer, RoleNotAllowed),
    ):
        with pytest.raises(refusal):
            await change_funding_source(viewer, None, row.id, terms())
        with pytest.raises(refusal):
            await fund_contract(viewer, None, house.contract, [row.id])
        seen = await FundingSource.visible_to(viewer)
        assert [each.id for each in seen] == ([row.id] if viewer is officer else [])
    assert await everything() == before
    _helper, delegation, secret = await acting(place, await User.get(id=house.seeker.id))
    helper = await viewer_acting(secret, delegation.id, clock.now())
    assert (await change_funding_source(helper, None, row.id, terms())).version == 2


async def test_confirmed_hours_are_charged_in_the_order_of_their_days(
    owner_url: str, place: Place
) -> None:
    house = await served(owner_url, place)
    budget = await approved(house.seeker)  # two hours
    rest = await approved(house.seeker, minutes=30, cents=None)
    await fund_contract(house.seeker, None, house.contract, [budget.id, rest.id])
    await worked(owner_url, house.contract, 4)  # not confirmed
    await confirmed(owner_url, house.seeker, house.contract, 1, 9)
    assert await charged(budget) == [(9, 60), (1, 60)]
    await confirmed(owner_url, house.seeker, house.contract, 5, 40)  # 40: before its first day
    assert await charged(budget) == [(9, 60), (5, 60)]
    assert await charged(rest) == [(1, 30)]
    line = await FundingCharge.filter(source_id=rest.id).get()
    assert (line.cents, line.payer, line.paragraph) == (
        12_50,
        Payer.INTEGRATION_ASSISTANCE,
        "§ 29 SGB IX",
    )


async def test_what_is_charged_follows_every_change_of_a_source(
    owner_url: str, place: Place
) -> None:
    house = await served(owner_url, place)
    seeker = house.seeker
    row = await record_funding_source(seeker, None, terms())
    await fund_contract(seeker, None, house.contract, [row.id])
    await confirmed(owner_url, seeker, house.contract, 9, 5, 1)
    assert await charged(row) == []
    await approve_funding_source(seeker, None, row.id, clock.today())
    assert await charged(row) == [(9, 60), (5, 60)]
    kept = set(await FundingCharge.all().values_list("id", flat=True))
    await change_funding_source(seeker, None, row.id, terms(cents=75_00))
    assert await charged(row) == [(9, 60), (5, 60), (1, 60)]
    assert kept < set(await FundingCharge.all().values_list("id", flat=True))  # lines stay
    helped = {"payer": Payer.HELP_TO_CARE}
    await change_funding_source(seeker, None, row.id, terms(cents=75_00, **helped))
    assert {each.payer for each in await FundingCharge.all()} == {Payer.HELP_TO_CARE}
    await end_funding_source(seeker, None, row.id, clock.today() - timedelta(days=5))
    assert await charged(row) == [(9, 60), (5, 60)]
    await fund_contract(seeker, None, house.contract, [])
    assert not await FundingCharge.exists()


async def test_a_contract_names_own_sources_that_can_pay_each_once(
    owner_url: str, place: Place
) -> None:
    house = await served(owner_url, place)
    row = await approved(house.seeker)
    refused = await record_funding_source(house.seeker, None, terms())
    await refuse_funding_source(house.seeker, None, refused.id)
    foreign = await approved(await seeker_of(place))
    before = await everything()
    tried: list[tuple[list[FundingSource], type[DomainError]]] = [
        ([row, row], FundingForeign),
        ([row, refused], FundingForeign),
        ([foreign], NotFound),
    ]
    for sources, refusal in tried:
        with pytest.raises(refusal):
            await fund_contract(house.seeker, None, house.contract, [each.id for each in sources])
    assert await everything() == before


async def test_yeses_to_two_contracts_at_once_never_charge_more_than_there_is(
    owner_url: str, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await served(owner_url, place)
    assert house.seeker.id
    assert house.helper.id
    other = await contract_of(owner_url, place, house.seeker.id, house.helper.id)
    row = await approved(house.seeker, cents=25_00)
    for contract in (house.contract, other):
        await fund_contract(house.seeker, None, contract, [row.id])
    hours = [*await worked(owner_url, house.contract, 1), *await worked(owner_url, other, 2)]

    readers: list[UUID] = []

    async def read_with_the_rival(seeker: UUID) -> list[Hours]:
        """Waits a moment for the rival, who has to stand outside."""
        readers.append(seeker)
        found = await _hours(seeker)
        for _ in range(25):
            if len(readers) < len(hours):
                await asyncio.sleep(0.02)
        return found

    monkeypatch.setattr("services.funding_charge._hours", read_with_the_rival)
    await asyncio.gather(
        *(confirm_appointment(house.seeker, None, each.id, each.version) for each in hours)
    )
    assert await charged(row) == [(2, 60)]


async def test_the_statement_says_by_which_law_each_part_is_paid(
    owner_url: str, place: Place
) -> None:
    house = await served(owner_url, place)
    first = await approved(house.seeker, cents=None, minutes=20)
    await fund_contract(house.seeker, None, house.contract, [first.id])
    await confirmed(owner_url, house.seeker, house.contract, 1)
    month = f"{clock.today() - timedelta(days=1):%Y-%m}"
    for viewer in (house.seeker, house.coordinator):
        (line,) = (await monthly_statement(viewer, house.contract, month)).lines
        assert [(part.minutes, part.cents, part.paragraph) for part in line.parts] == [
            (20, 8_33, "§ 29 SGB IX"),
            (40, 16_67, None),
        ]
        assert [part.legal_basis for part in line.parts][1] == "UNCOVERED"
    await fund_contract(house.seeker, None, house.contract, [])
    (line,) = (await monthly_statement(house.seeker, house.contract, month)).lines
    assert not line.parts


async def test_sources_are_forgotten_with_the_consent_to_health_data(
    owner_url: str, place: Place
) -> None:
    house = await served(owner_url, place)
    row = await approved(house.seeker)
    await fund_contract(house.seeker, None, house.contract, [row.id])
    await confirmed(owner_url, house.seeker, house.contract, 1)
    await withdraw_consent(house.seeker, None, ConsentKind.HEALTH_DATA)
    for model in (FundingSource, ContractFunding, FundingCharge):
        assert not await model.exists()
    assert await Appointment.filter(state="CONFIRMED").count() == 1
    (line,) = await fetch("SELECT payer FROM contracts WHERE id = $1", house.contract)
    assert line["payer"] is None


async def test_nothing_is_approved_before_it_was_applied_for(place: Place) -> None:
    seeker, today = await seeker_of(place), clock.today()
    before = today - timedelta(days=1)
    with pytest.raises(ApprovedBeforeApplied) as at_once:
        await record_funding_source(seeker, None, terms(applied_on=today), before)
    row = await record_funding_source(seeker, None, terms(applied_on=today))
    with pytest.raises(ApprovedBeforeApplied) as later:
        await approve_funding_source(seeker, None, row.id, before)
    await approve_funding_source(seeker, None, row.id, today)
    kept = await record_funding_source(seeker, None, terms(applied_on=before), before)
    with pytest.raises(ApprovedBeforeApplied) as changed:
        await change_funding_source(seeker, None, kept.id, terms(applied_on=today))
    fields = [each.value.field for each in (at_once, later, changed)]
    assert fields == ["approvedOn", "approvedOn", "appliedOn"]
