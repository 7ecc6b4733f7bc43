"""Warnings about funding: each once for its source and period, void when no longer true."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from domain.dates import BERLIN
from domain.funding import FundingInstrument, FundingPeriod
from domain.funding_state import FundingState
from domain.notification import NotificationTopic
from models.database import transaction
from models.funding import FundingSource
from models.message import Message
from models.notification import Notification
from notifications.language import Language
from services import clock
from services.funding import change_funding_source
from services.funding_charge import fund_contract
from services.funding_warning import values_of, warn
from tests.people import Place
from tests.services.dating import served
from tests.services.funding import approved, confirmed, terms
from tests.services.scenes import seeker_of

NINE = time(9, 1)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Another day, at nine unless another hour is said."""

    def set_to(ahead: int = 0, hour: time = NINE) -> datetime:
        day = datetime.now(UTC).astimezone(BERLIN).date() + timedelta(days=ahead)
        now = datetime.combine(day, hour, BERLIN).astimezone(UTC)
        monkeypatch.setattr(clock, "_current", [lambda: now])
        return now

    return set_to


async def told() -> list[str]:
    """Look once; the kinds that are there, the oldest first."""
    async with transaction():
        await warn()
    return [row.kind for row in await Notification.all().order_by("id")]


async def test_what_is_used_up_is_told_once_and_anew_when_there_is_another_amount(
    owner_url: str, place: Place, at: Any
) -> None:
    house = await served(owner_url, place)
    row = await approved(house.seeker, cents=62_50)
    await fund_contract(house.seeker, None, house.contract, [row.id])
    before = len(await told())
    await confirmed(owner_url, house.seeker, house.contract, 2)
    at(hour=time(8, 59))
    assert len(await told()) == before  # nobody is told at night
    at()
    assert len(await told()) == before  # 40 per cent
    await confirmed(owner_url, house.seeker, house.contract, 3)
    assert (await told())[before:] == ["FUNDING_NEARLY_USED"]
    await confirmed(owner_url, house.seeker, house.contract, 4)
    assert (await told())[before:] == ["FUNDING_NEARLY_USED", "FUNDING_USED"]
    at(1)
    assert len(await told()) == before + 2
    news = await Notification.filter(kind="FUNDING_USED").get()
    assert (news.topic, news.receiver_id) == (NotificationTopic.FUNDING, house.seeker.id)
    nearly, used = [await Message.get(kind=f"funding_{each}") for each in ("nearly_used", "used")]
    assert await values_of(nearly, Language.DE) is None
    assert await values_of(used, Language.DE) is not None
    await change_funding_source(house.seeker, None, row.id, terms(cents=90_00))
    assert [await values_of(each, Language.DE) for each in (nearly, used)] == [None, None]
    anew = ["FUNDING_NEARLY_USED", "FUNDING_USED", "FUNDING_NEARLY_USED"]
    assert (await told())[before:] == anew
    last = await Message.filter(kind="funding_nearly_used").order_by("-id").first()
    assert last is not None
    for language in Language:
        assert ((await values_of(last, language)) or {})["percent"] == "83"
    applied = terms(cents=90_00, applied_on=row.approved_on)
    await change_funding_source(house.seeker, None, row.id, applied)
    assert (await told())[before:] == anew  # nothing that it is about has changed


async def test_an_approval_that_ends_is_told_twice_and_then_has_ended(
    place: Place, at: Any
) -> None:
    seeker = await seeker_of(place)
    last = clock.today() + timedelta(days=90)
    row = await approved(seeker, valid_until=last)
    for ahead, number in ((29, 0), (30, 1), (31, 1), (59, 1), (60, 2), (90, 2)):
        at(ahead)
        assert (await told()).count("FUNDING_ENDS") == number, ahead
        assert (await FundingSource.get(id=row.id)).state is FundingState.APPROVED
    message = await Message.filter(kind="funding_ends").order_by("-id").first()
    assert message is not None
    assert str(last.year) in ((await values_of(message, Language.EN)) or {})["day"]
    at(91)
    await told()
    assert (await FundingSource.get(id=row.id)).state is FundingState.ENDED
    assert await values_of(message, Language.EN) is None


async def test_what_lapses_is_told_in_may_also_when_the_approval_has_ended(
    place: Place, at: Any
) -> None:
    today = clock.today()
    may = datetime(today.year + 1, 5, 1, tzinfo=UTC).date()
    seeker = await seeker_of(place)
    relief = {
        "instrument": FundingInstrument.RELIEF_AMOUNT,
        "payer": None,
        "cents": None,
        "per": FundingPeriod.MONTH,
        "valid_from": today.replace(day=1),
    }
    row = await approved(seeker, **relief, valid_until=today)
    for day, number in ((-1, 0), (0, 1), (30, 1)):
        at((may - today).days + day)
        assert (await told()).count("FUNDING_LAPSES") == number, day
    message = await Message.get(kind="funding_lapses")
    assert ((await values_of(message, Language.DE)) or {})["amount"] == "131,00"
    await FundingSource.filter(id=row.id).delete()
    assert await values_of(message, Language.DE) is None
