"""Blocks: two who are not brought together any more, by the wish of one of them."""

import pytest

from domain.errors import NotFound
from domain.report import ReportReason
from domain.states import MatchState, OrderState
from models.block import Block
from models.database import transaction
from models.match import Match
from models.order import Order
from models.report import Report
from services.block import block_user, unblock_user
from services.match import accept_order, available
from services.report import report_user
from services.suggestion import suggest_to
from tests.people import Place, make_coordinator, make_provider, viewer_for
from tests.services.scenes import answering, draft, released, seeker_of, suggest
from tests.staging import everything


async def state(match: Match) -> MatchState:
    return (await Match.get(id=match.id)).state


async def asked_for(order: Order) -> int:
    return await Match.filter(order_id=order.id, state=MatchState.SUGGESTED).count()


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
    assert await state(matches[0]) is MatchState.LAPSED
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
    async with transaction():
        await suggest_to(matches[0].acceptor_id)
    assert await state(matches[0]) is MatchState.SUGGESTED  # nobody said no to it
    assert await asked_for(order) == (await available(seeker, order.id)).count == 1


async def test_a_yes_that_a_block_has_ended_stays_over_and_an_open_question_does_not(
    place: Place,
) -> None:
    seeker, order, helpers, matches = await answering(place, 2)
    other = await released(seeker)
    for helper, match in zip(helpers, matches, strict=True):
        await accept_order(helper, None, match.id)
    blocks = [
        (who, await block_user(who, None, match.id))
        for who, match in zip((helpers[0], seeker), matches, strict=True)
    ]
    assert await asked_for(other) == (await available(seeker, other.id)).count == 0
    for who, block in blocks:
        await unblock_user(who, None, block.id)
    for each in (order, other):
        await suggest(each.id)
    ends = [MatchState.DECLINED, MatchState.WITHDRAWN]
    assert [await state(match) for match in matches] == ends
    assert await asked_for(other) == (await available(seeker, other.id)).count == 2


async def test_who_blocks_or_is_blocked_can_still_report_the_other(place: Place) -> None:
    seeker, _order, helpers, matches = await answering(place, 3)
    for helper, match in zip(helpers[:2], matches, strict=False):
        await accept_order(helper, None, match.id)
    await block_user(seeker, None, matches[0].id)
    await block_user(helpers[1], None, matches[1].id)
    await block_user(helpers[2], None, matches[2].id)
    for helper, match in zip(helpers[:2], matches, strict=False):
        for viewer in (helper, seeker):
            await report_user(viewer, None, match.id, ReportReason.BEHAVIOUR, "")
    await report_user(helpers[2], None, matches[2].id, ReportReason.BEHAVIOUR, "")
    assert await Report.all().count() == 5
    for viewer in (seeker, helpers[0]):  # never seen by the one, never the other's
        with pytest.raises(NotFound):
            await report_user(viewer, None, matches[2].id, ReportReason.BEHAVIOUR, "")


async def test_a_strangers_match_blocks_nobody(place: Place) -> None:
    _seeker, _order, _helpers, matches = await answering(place, 1)
    stranger = await seeker_of(place)
    before = await everything()
    with pytest.raises(NotFound):
        await block_user(stranger, None, matches[0].id)
    assert await everything() == before
