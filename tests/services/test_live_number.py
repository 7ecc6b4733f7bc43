"""How many numbers a seeker may read, by drafts and by asking: many, and not without end."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from redis.asyncio import Redis

from domain.errors import RateLimited
from domain.viewer import Viewer
from services import number_limit
from services.limiter import Limiter, Rule
from services.match import available, live_number
from services.number_limit import NUMBER_DAY, NUMBER_HOUR, count_asking, count_number
from services.order import create_order, update_order
from tests.people import Place, make_assistant, make_seeker, viewer_for
from tests.services.scenes import KEYS, gate, weekly

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SEEKER, OTHER = UUID(int=7), UUID(int=8)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two different drafts an hour."""
    monkeypatch.setattr(number_limit, "NUMBER_HOUR", Rule("number-hour", tries=2, seconds=3_600))


async def draft(viewer: Viewer, minutes: int) -> UUID:
    order = await create_order(viewer, None, weekly(duration_minutes=minutes))
    return order.id


@pytest.mark.usefixtures("few")
async def test_one_changed_draft_too_many_is_refused_and_a_new_draft_is_one(place: Place) -> None:
    viewer, limiter = await viewer_for(await make_seeker(place)), gate().limiter
    first = await draft(viewer, 15)
    await live_number(viewer, first, limiter)
    await update_order(viewer, None, first, {"duration_minutes": 30})
    await live_number(viewer, first, limiter)
    await update_order(viewer, None, first, {"duration_minutes": 45})
    for each in (first, await draft(viewer, 60)):
        with pytest.raises(RateLimited) as refused:
            await live_number(viewer, each, limiter)
        assert refused.value.params["what"] == "NUMBER"
    other = await viewer_for(await make_seeker(place))
    await live_number(other, await draft(other, 45), limiter)


@pytest.mark.usefixtures("few")
async def test_what_was_read_already_costs_nothing(place: Place) -> None:
    viewer, limiter = await viewer_for(await make_seeker(place)), gate().limiter
    first = await draft(viewer, 15)
    for _ in range(5):
        await live_number(viewer, first, limiter)
    await live_number(viewer, await draft(viewer, 30), limiter)
    with pytest.raises(RateLimited):
        await live_number(viewer, await draft(viewer, 45), limiter)
    await make_assistant(place)  # somebody comes: the number is another, the draft is not
    again = await draft(viewer, 15)
    for each in (first, again):
        assert await live_number(viewer, each, limiter) == await available(viewer, each)


async def counted(limiter: Limiter, *, hours: int) -> int:
    """How many different drafts somebody reads who tries ceaselessly for so many hours."""
    read = 0
    for hour in range(hours):
        for number in range(NUMBER_HOUR.tries + 1):
            asked, now = hour * 1_000 + number, START + timedelta(hours=hour)
            try:
                await count_number(limiter, SEEKER, asked, now)
            except RateLimited:
                break
            read += 1
    return read


@pytest.mark.parametrize("shared", [True, False])
async def test_different_drafts_are_limited_by_hour_and_by_day(redis: Redis, shared: bool) -> None:
    limiter = Limiter(redis if shared else None, KEYS)
    assert await counted(limiter, hours=1) == NUMBER_HOUR.tries
    await count_number(limiter, SEEKER, 0, START)  # read already: free
    await count_number(limiter, OTHER, 1_000, START)
    fresh = Limiter(None, KEYS)
    assert await counted(fresh, hours=20) == NUMBER_DAY.tries


async def test_people_are_asked_sixty_times_a_day_whatever_for() -> None:
    limiter = Limiter(None, KEYS)
    for _ in range(60):
        await count_asking(limiter, SEEKER, START)
    with pytest.raises(RateLimited) as refused:
        await count_asking(limiter, SEEKER, START + timedelta(hours=23))
    assert refused.value.params["what"] == "ORDER"
    await count_asking(limiter, OTHER, START)
    await count_asking(limiter, SEEKER, START + timedelta(days=1))
