"""A new day: what somebody may do from now on, or no longer, without anybody having written."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date, timedelta

import pytest

from domain.evidence import EvidenceKind
from domain.states import MatchState
from domain.user import Verdict
from models.database import transaction
from models.evidence import Evidence
from models.match import Match
from models.outbox import NOTHING, Outbox
from models.provider import ProviderRecognition
from services import clock
from services.busy import report_absence
from services.match import available
from services.offer import OFFER_JOB
from services.offer_upkeep import begin_day
from services.suggestion import SLICE_JOB
from tests.people import Place, make_assistant, make_coordinator, make_provider, viewer_for
from tests.services.scenes import released, seeker_of
from workers.job import HANDLERS, Job
from workers.offer import begin_a_day

QUALIFIED = "TAG_TAG_PLANEN"
START = clock.now()
Jobs = Callable[[], Awaitable[int]]


@pytest.fixture
async def today(database: object) -> AsyncIterator[date]:
    """The day on which everything stands as it is said; looked at already."""
    clock.use(lambda: START)
    await day_begins()
    yield clock.today()
    clock.use(None)


def at_day(days: int) -> None:
    clock.use(lambda: START + timedelta(days=days))


async def day_begins() -> int:
    async with transaction():
        return await begin_day()


async def compared() -> set[object]:
    await Outbox.filter(kind=OFFER_JOB, state=0).update(available_at=START - timedelta(days=1))
    return set(await Outbox.filter(kind=OFFER_JOB, state=0).values_list("aggregate", flat=True))


async def test_a_qualification_that_ends_takes_its_suggestions_with_it(
    place: Place, today: date, run_jobs: Jobs
) -> None:
    nurse = await make_assistant(place, QUALIFIED)
    await Evidence.create(
        assistant_id=nurse.id,
        officer_id=place.officer.id,
        kind=EvidenceKind.QUALIFICATION,
        verdict=Verdict.CONFIRMED,
        seen_on=today,
        valid_until=today,
        quality_id="QUA_FACHKRAFT",
    )
    order = await released(await seeker_of(place), activities=(QUALIFIED,))
    match = await Match.get(order_id=order.id)
    await Outbox.all().update(state=1, finished_at=clock.now())
    assert await day_begins() == 0
    at_day(1)
    assert await day_begins() == 1
    assert await compared() == {nurse.id}
    await run_jobs()
    assert (await Match.get(id=match.id)).state is MatchState.LAPSED
    assert await day_begins() == 0


@pytest.mark.parametrize("pause", [1, 5])
async def test_recognitions_begin_and_end_with_their_days(
    place: Place, today: date, pause: int
) -> None:
    """Also if no worker ran for some days."""
    ending, beginning, staying = [await make_provider(place) for _ in range(3)]
    for house in (ending, beginning, staying):
        await make_coordinator(place, house)
    of = ProviderRecognition.filter
    await of(provider_id=ending.id).update(valid_until=today)
    await of(provider_id=beginning.id).update(valid_from=today + timedelta(days=1))
    await of(provider_id=staying.id).update(valid_until=today + timedelta(days=pause))
    await Outbox.all().update(state=1, finished_at=clock.now())
    at_day(pause)
    assert await day_begins() == 2
    assert await compared() == {ending.id, beginning.id}
    at_day(pause + 1)
    assert await day_begins() == 1
    assert staying.id in await compared()


async def test_a_new_day_is_looked_for_every_minute(place: Place, today: date) -> None:
    house = await make_provider(place)
    await ProviderRecognition.filter(provider_id=house.id).update(valid_until=today)
    at_day(1)
    async with transaction():
        await begin_a_day(Job(house.id, "offer.begin_day", house.id, NOTHING, 1))
    assert house.id in await compared()
    assert HANDLERS["offer.begin_day"].every == timedelta(minutes=1)


async def test_a_new_week_lets_every_open_order_be_compared(place: Place, today: date) -> None:
    waiting = Outbox.filter(kind=SLICE_JOB, state=0)
    days = 7 - today.weekday()
    at_day(days - 1)
    await day_begins()
    assert not await waiting.exists()
    at_day(days)
    await day_begins()
    await day_begins()
    assert await waiting.count() == 1


async def test_an_order_that_should_have_begun_looks_at_the_weeks_to_come(
    place: Place, today: date, run_jobs: Jobs
) -> None:
    helper = await viewer_for(await make_assistant(place))
    seeker = await seeker_of(place)
    order = await released(seeker)
    begin = START + timedelta(days=36)
    await report_absence(helper, None, begin, begin + timedelta(days=60))
    assert (await available(seeker, order.id)).count == 1
    at_day(35)
    assert (await available(seeker, order.id)).count == 0
    await day_begins()
    await compared()
    await run_jobs()
    assert (await Match.get(order_id=order.id)).state is MatchState.LAPSED
