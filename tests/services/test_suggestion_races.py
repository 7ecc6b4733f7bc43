"""Comparisons that cross a change: what is written late is looked at by whoever comes behind."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from domain.states import MatchState
from domain.viewer import Viewer
from domain.window import EMPTY_WEEK
from models.database import execute, transaction
from models.match import Match
from models.order import Order
from models.user import Assistant
from services import suggestion as services
from tests.locks import blocked
from tests.people import Place, make_assistant
from tests.services.scenes import draft, seeker_of, suggest

Compare = Callable[[UUID, UUID], Awaitable[None]]


async def of_order(order: UUID, _helper: UUID) -> None:
    await services.suggest(order)


async def of_acceptor(_order: UUID, helper: UUID) -> None:
    await services.suggest_to(helper)


async def open_order(seeker: Viewer) -> UUID:
    """Released, and compared with nobody."""
    order = await draft(seeker)
    await execute(
        "UPDATE orders SET state = 'RELEASED', released_at = now() WHERE id = $1", order.id
    )
    return order.id


@pytest.mark.parametrize("compare", [of_order, of_acceptor])
async def test_what_was_found_before_a_change_does_not_outlive_it(
    place: Place, compare: Compare
) -> None:
    helper = await make_assistant(place)
    order = await open_order(await seeker_of(place))
    go, wrote = asyncio.Event(), asyncio.Event()

    async def slowly() -> None:
        async with transaction():
            await compare(order, helper.id)
            wrote.set()
            await go.wait()

    async def behind() -> None:
        async with transaction():
            await services.suggest_to(helper.id)

    first = asyncio.create_task(slowly())
    await wrote.wait()
    await Assistant.filter(id=helper.id).update(week=EMPTY_WEEK)
    second = asyncio.create_task(behind())
    await blocked()
    go.set()
    await asyncio.gather(first, second)
    assert (await Match.get(order_id=order)).state is MatchState.LAPSED


async def test_a_changed_offer_that_waits_holds_no_order_up_behind_it(place: Place) -> None:
    helpers = [await make_assistant(place) for _ in range(3)]
    orders = [await open_order(await seeker_of(place)) for _ in range(4)]

    async def look(helper: UUID) -> None:
        async with transaction():
            await services.suggest_to(helper)

    calls = [*(suggest(each) for each in orders), *(look(each.id) for each in helpers)]
    await asyncio.wait_for(asyncio.gather(*calls, *(suggest(each) for each in orders)), 20)
    assert await Match.filter(state=MatchState.SUGGESTED).count() == len(helpers) * len(orders)


async def test_a_changed_offer_waits_for_an_order_before_it_writes(place: Place) -> None:
    """It would hold a row that whoever holds the order is about to write, and want the order."""
    helper = await make_assistant(place)
    order = await open_order(await seeker_of(place))
    go, held = asyncio.Event(), asyncio.Event()

    async def decide() -> None:
        async with transaction():
            await Order.filter(id=order).select_for_update(no_key=True).first()
            held.set()
            await go.wait()
            await services.suggest(order)

    async def look() -> None:
        async with transaction():
            await services.suggest_to(helper.id)

    first = asyncio.create_task(decide())
    await held.wait()
    second = asyncio.create_task(look())
    await blocked()
    go.set()
    await asyncio.wait_for(asyncio.gather(first, second), 20)
    assert await Match.filter(order_id=order, state=MatchState.SUGGESTED).count() == 1
