"""What a provider says of itself, what an hour costs, and what is recognised."""

from datetime import date, timedelta

import pytest

from domain.errors import (
    AdminRequired,
    DateInPast,
    DomainError,
    NotFound,
    NumberOutOfRange,
    PeriodRefused,
    RoleNotAllowed,
    Stale,
)
from domain.ids import uuid7
from domain.recognition import Recognition
from domain.user import Payer
from models.database import execute
from models.match import Match
from models.provider import Provider, ProviderArea, ProviderPrice, ProviderRecognition
from services.clock import today
from services.offer import OfferTable, offer_table
from services.provider import record_recognition, set_price, update_provider
from tests.people import SHOPPING, Place, make_coordinator, viewer_for
from tests.services.scenes import draft, released, seeker_of
from tests.services.test_application import a_house


async def test_what_is_said_changes_and_the_rest_stays(place: Place) -> None:
    house, lead = await a_house(place)
    said = {"introduction": " Neu. ", "activities": [SHOPPING, "HAU_KOCHEN"]}
    changed = await update_provider(lead, None, said, None, None, 1)
    assert (changed.introduction, changed.email, changed.version) == ("Neu.", house.email, 2)
    assert await changed.activities.all().count() == 2  # type: ignore[attr-defined]  # the other end
    changed = await update_provider(lead, None, {}, None, [Payer.OTHER, Payer.PRIVATE])
    assert changed.accepted_payers == ["PRIVATE", "OTHER"]
    assert await ProviderArea.filter(provider_id=house.id).count() == 1
    with pytest.raises(Stale):
        await update_provider(lead, None, {"phone": "1"}, None, None, 1)


async def test_what_is_wrong_is_listed_and_nothing_is_half_written(place: Place) -> None:
    house, lead = await a_house(place)
    with pytest.raises(DomainError) as refused:
        await update_provider(lead, None, {"email": "x", "phone": "", "activities": ["NO"]})
    found = {(each.field, each.code) for each in refused.value.problems}
    assert found == {
        ("email", "EMAIL_REFUSED"),
        ("phone", "FIELD_REQUIRED"),
        ("activities", "ACTIVITY_UNKNOWN"),
    }
    with pytest.raises(NotFound):
        await update_provider(lead, None, {"phone": "05551 7"}, [uuid7()])
    assert (await Provider.get(id=house.id)).phone == house.phone
    assert await ProviderArea.filter(provider_id=house.id).exists()


async def test_only_those_who_lead_decide_and_only_staff_records_recognitions(
    place: Place,
) -> None:
    house, lead = await a_house(place)
    speaker = await viewer_for(await make_coordinator(place, house))
    with pytest.raises(AdminRequired):
        await update_provider(speaker, None, {"phone": "05551 7"})
    with pytest.raises(AdminRequired):
        await set_price(speaker, None, Payer.PRIVATE, 3_000, today())
    with pytest.raises(RoleNotAllowed):
        await record_recognition(lead, None, house.id, Recognition.CARE_SERVICE, today())


async def test_an_order_reaches_a_provider_once_it_serves_the_place(place: Place) -> None:
    house, lead = await a_house(place)
    await ProviderArea.filter(provider_id=house.id).delete()
    seeker = await seeker_of(place)
    order = await released(seeker)
    assert not await Match.filter(order_id=order.id, provider_id=house.id).exists()
    await update_provider(lead, None, {}, [place.municipality.id])
    again = await released(seeker)
    assert await Match.filter(order_id=again.id, provider_id=house.id).exists()
    assert await draft(seeker)


async def test_a_recognition_decides_what_is_offered_and_its_end_can_be_moved(
    place: Place,
) -> None:
    house, _lead = await a_house(place)
    officer = await viewer_for(place.officer)
    await execute("DELETE FROM provider_recognitions")
    assert not _able(await offer_table(), house)
    first = today() - timedelta(days=30)
    await record_recognition(officer, None, house.id, Recognition.EVERYDAY_SUPPORT, first)
    assert _able(await offer_table(), house)
    ended = today() - timedelta(days=1)
    await record_recognition(officer, None, house.id, Recognition.EVERYDAY_SUPPORT, first, ended)
    assert not _able(await offer_table(), house)
    assert await ProviderRecognition.all().count() == 1
    with pytest.raises(DomainError) as refused:
        await record_recognition(officer, None, house.id, Recognition.CARE_SERVICE, today(), ended)
    assert isinstance(refused.value, PeriodRefused)
    with pytest.raises(NotFound):
        await record_recognition(officer, None, uuid7(), Recognition.CARE_SERVICE, today())


def _able(table: OfferTable, house: Provider) -> bool:
    offers = table.offers
    return bool(offers.activities[:, offers.column[house.id]].any())


async def test_a_price_begins_today_or_later_and_one_that_has_begun_stays(place: Place) -> None:
    _house, lead = await a_house(place)
    ahead = today() + timedelta(days=10)
    await set_price(lead, None, Payer.PRIVATE, 3_000, today())
    await set_price(lead, None, Payer.PRIVATE, 3_500, ahead)
    await set_price(lead, None, Payer.PRIVATE, 3_600, ahead)
    assert await prices() == [(3_000, today()), (3_600, ahead)]
    await set_price(lead, None, Payer.PRIVATE, None, ahead)
    assert await prices() == [(3_000, today())]
    with pytest.raises(DateInPast):
        await set_price(lead, None, Payer.PRIVATE, None, today() - timedelta(days=1))
    for cents in (0, 50_001, -1):
        with pytest.raises(NumberOutOfRange):
            await set_price(lead, None, Payer.PRIVATE, cents, today())
    assert await prices() == [(3_000, today())]


async def prices() -> list[tuple[int, date]]:
    rows = await ProviderPrice.all().order_by("valid_from")
    return [(row.cents, row.valid_from) for row in rows]
