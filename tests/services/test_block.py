"""Blocks: two who are not brought together any more, by the wish of one of them."""

import pytest

from domain.errors import NotFound
from domain.states import MatchState, OrderState
from models.block import Block
from models.match import Match
from models.order import Order
from services.block import block_user, unblock_user
from services.match import accept_order, available
from tests.people import Place, make_coordinator, make_provider, viewer_for
from tests.services.scenes import answering, draft, released, seeker_of, suggest
from tests.staging import everything


async def state(match: Match) -> MatchState:
    return (await Match.get(id=match.id)).state


async def test_a_blocked_assistant_is_asked_for_nothing_of_the_seeker_any_more(
    place: Place,
) -> None:
    seeker, order, helpers, matches = await answering(place, 2)
    await accept_order(helpers[0], None, matches[0].id)
    await block_user(seeker, None, matches[0].id)
    assert await state(matches[0]) is MatchState.WITHDRAWN
    assert await state(matches[1]) is MatchState.SUGGESTED
    assert (await Order.get(id=order.id)).state is OrderState.RELEASED  # the last yes is gone
    second = await draft(seeker)
    assert (await available(seeker, second.id)).count == 1
    await suggest(order.id)
    assert await state(matches[0]) is MatchState.WITHDRAWN


async def test_a_blocked_seekers_orders_are_not_shown_to_who_blocked(place: Place) -> None:
    seeker, order, helpers, matches = await answering(place, 1)
    other = await released(seeker)
    await block_user(helpers[0], None, matches[0].id)
    assert await state(matches[0]) is MatchState.DECLINED
    assert not await Match.visible_to(helpers[0]).exists()
    for each in (order, other, await released(seeker)):
        await suggest(each.id)
    assert not await Match.visible_to(helpers[0]).exists()
    stranger = await released(await seeker_of(place))
    assert await Match.visible_to(helpers[0]).filter(order_id=stranger.id).exists()


async def test_a_coordinator_blocks_for_the_provider(place: Place) -> None:
    house = await make_provider(place)
    first, second = [await viewer_for(await make_coordinator(place, house)) for _ in range(2)]
    seeker = await seeker_of(place)
    await released(seeker)
    match = await Match.get(provider_id=house.id)
    block = await block_user(first, None, match.id)
    assert await Block.made_by(second).filter(id=block.id).exists()
    order = await released(seeker)
    assert not await Match.filter(order_id=order.id, provider_id=house.id).exists()


async def test_blocking_twice_is_as_once_and_each_side_has_its_own(place: Place) -> None:
    seeker, _order, helpers, matches = await answering(place, 1)
    await accept_order(helpers[0], None, matches[0].id)
    first = await block_user(seeker, None, matches[0].id)
    assert first.named
    before = await everything()
    with pytest.raises(NotFound):  # it has ended, so there is nothing to see any more
        await block_user(seeker, None, matches[0].id)
    assert await everything() == before
    assert not await Block.made_by(helpers[0]).exists()
    with pytest.raises(NotFound):
        await unblock_user(helpers[0], None, first.id)


async def test_a_block_is_taken_back_by_who_made_it(place: Place) -> None:
    seeker, order, helpers, matches = await answering(place, 1)
    block = await block_user(helpers[0], None, matches[0].id)
    assert not block.named  # a suggestion shows no name
    with pytest.raises(NotFound):
        await unblock_user(seeker, None, block.id)
    await unblock_user(helpers[0], None, block.id)
    assert not await Block.exists()
    assert (await available(seeker, (await draft(seeker)).id)).count == 1
    await suggest(order.id)
    assert await state(matches[0]) is MatchState.DECLINED  # a no stays a no for the same times


async def test_a_strangers_match_blocks_nobody(place: Place) -> None:
    _seeker, _order, _helpers, matches = await answering(place, 1)
    stranger = await seeker_of(place)
    before = await everything()
    with pytest.raises(NotFound):
        await block_user(stranger, None, matches[0].id)
    assert await everything() == before
