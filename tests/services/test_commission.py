"""Commissioning: the server knows the way, one at most is commissioned, the others wait."""

import asyncio
from uuid import UUID

import pytest

from domain.errors import (
    AcceptorAway,
    AcceptorProofsMissing,
    DomainError,
    NotFound,
    RoleNotAllowed,
    Stale,
    StateRefused,
    WrongCommission,
)
from domain.states import MatchState, OrderState
from domain.viewer import Viewer
from models.database import execute, fetch
from models.match import Match
from models.order import Order
from models.provider import Provider
from services.commission import award_order, send_inquiry
from services.match import accept_order, decline_order, withdraw_acceptance
from services.order import withdraw_order
from tests.people import Place, make_assistant, make_coordinator, make_provider, viewer_for
from tests.services.scenes import (
    answering,
    check_histories,
    history,
    released,
    seeker_of,
)
from tests.services.test_match_races import together
from tests.staging import everything


async def accepted(place: Place, number: int) -> tuple[Viewer, Order, list[Viewer], list[Match]]:
    """An order to which several assistants have said yes."""
    seeker, order, helpers, matches = await answering(place, number)
    for helper, match in zip(helpers, matches, strict=True):
        await accept_order(helper, None, match.id)
    return seeker, order, helpers, matches


async def by_provider(place: Place) -> tuple[Viewer, Order, Viewer, Match]:
    """An order to which a provider has said yes."""
    house = await make_provider(place)
    coordinator = await viewer_for(await make_coordinator(place, house))
    seeker = await seeker_of(place)
    order = await released(seeker)
    match = await Match.get(order_id=order.id, provider_id=house.id)
    await accept_order(coordinator, None, match.id)
    return seeker, order, coordinator, match


async def states(matches: list[Match]) -> list[str]:
    return [(await Match.get(id=match.id)).state.value for match in matches]


async def mails(kind: str) -> set[UUID]:
    rows = await fetch("SELECT receiver_id FROM messages WHERE kind = $1", kind)
    return {row["receiver_id"] for row in rows}


async def test_an_award_lets_the_others_wait_and_tells_who_was_chosen(place: Place) -> None:
    seeker, order, helpers, matches = await accepted(place, 3)
    assert await mails("order_accepted") == {seeker.id}
    awarded = await award_order(seeker, None, matches[1].id)
    assert awarded.state is MatchState.AWARDED
    assert await states(matches) == ["ON_HOLD", "AWARDED", "ON_HOLD"]
    assert (await Order.get(id=order.id)).state is OrderState.AWARDED
    assert await mails("order_awarded") == {helpers[1].id}
    assert await mails("order_awarded_team") == set()
    await check_histories([order.id, *(match.id for match in matches)])


async def test_an_award_falls_through_and_those_who_waited_come_back(place: Place) -> None:
    seeker, order, helpers, matches = await accepted(place, 2)
    await award_order(seeker, None, matches[0].id)
    with pytest.raises(StateRefused):
        await withdraw_acceptance(helpers[0], None, matches[0].id)
    await decline_order(helpers[0], None, matches[0].id)
    assert await states(matches) == ["DECLINED", "ACCEPTED"]
    assert (await Order.get(id=order.id)).state is OrderState.IN_PROGRESS
    assert await mails("acceptance_ended") == {seeker.id}
    assert (await award_order(seeker, None, matches[1].id)).state is MatchState.AWARDED


async def test_an_inquiry_goes_to_everybody_who_speaks_for_the_provider(place: Place) -> None:
    seeker, order, coordinator, match = await by_provider(place)
    house = await Provider.get(id=match.acceptor_id)
    another = await make_coordinator(place, house)
    asked = await send_inquiry(seeker, None, match.id)
    assert asked.state is MatchState.REQUESTED
    assert (await Order.get(id=order.id)).state is OrderState.REQUESTED
    assert await mails("inquiry_received") == {coordinator.id, another.id}


async def test_the_coordinator_of_an_awarded_assistant_is_told(place: Place) -> None:
    house = await make_provider(place)
    coordinator = await make_coordinator(place, house)
    seeker, _order, helpers, matches = await accepted(place, 1)
    await execute("UPDATE assistants SET employment = 'EMPLOYED', provider_id = $1", house.id)
    await award_order(seeker, None, matches[0].id)
    assert await mails("order_awarded") == {helpers[0].id}
    assert await mails("order_awarded_team") == {coordinator.id}


async def test_each_kind_of_match_has_one_way(place: Place) -> None:
    seeker, _order, _helpers, matches = await accepted(place, 1)
    before = await everything()
    with pytest.raises(WrongCommission) as refused:
        await send_inquiry(seeker, None, matches[0].id)
    assert refused.value.params["action"] == "AWARD_ORDER"
    assert await everything() == before
    seeker, _order, _coordinator, match = await by_provider(place)
    with pytest.raises(WrongCommission) as refused:
        await award_order(seeker, None, match.id)
    assert refused.value.params["action"] == "SEND_INQUIRY"


async def test_only_the_seeker_commissions_and_only_who_said_yes(place: Place) -> None:
    seeker, _order, helpers, matches = await answering(place, 2)
    await accept_order(helpers[0], None, matches[0].id)
    with pytest.raises(NotFound):
        await award_order(seeker, None, matches[1].id)
    with pytest.raises(NotFound):
        await award_order(await seeker_of(place), None, matches[0].id)
    with pytest.raises(RoleNotAllowed):
        await award_order(helpers[0], None, matches[0].id)
    with pytest.raises(Stale):
        await award_order(seeker, None, matches[0].id, 1)


async def test_nobody_is_commissioned_who_cannot_answer(place: Place) -> None:
    seeker, _order, helpers, matches = await accepted(place, 1)
    await execute("UPDATE assistants SET proofs_until = current_date - 1")
    with pytest.raises(AcceptorProofsMissing):
        await award_order(seeker, None, matches[0].id)
    await execute("UPDATE assistants SET proofs_until = current_date + 1")
    await execute("UPDATE users SET state = 'SUSPENDED' WHERE id = $1", helpers[0].id)
    with pytest.raises(AcceptorAway):
        await award_order(seeker, None, matches[0].id)
    seeker, _order, coordinator, match = await by_provider(place)
    await execute("UPDATE users SET state = 'SUSPENDED' WHERE id = $1", coordinator.id)
    with pytest.raises(AcceptorAway):
        await send_inquiry(seeker, None, match.id)


async def test_of_fifty_awards_at_once_one_wins(place: Place) -> None:
    seeker, order, _helpers, matches = await accepted(place, 5)
    calls = (award_order(seeker, None, matches[at % 5].id) for at in range(50))
    found = await asyncio.gather(*calls, return_exceptions=True)
    won = [each for each in found if isinstance(each, Match)]
    assert len(won) == 1
    assert all(isinstance(each, (Match, DomainError)) for each in found)
    assert sorted(await states(matches)) == ["AWARDED", *["ON_HOLD"] * 4]
    assert len(await mails("order_awarded")) == 1
    await check_histories([order.id, *(match.id for match in matches)])


async def test_the_double_click_with_a_key_gives_one_award_and_one_answer(place: Place) -> None:
    seeker, _order, _helpers, matches = await accepted(place, 1)
    first = await award_order(seeker, "click", matches[0].id)
    again = await award_order(seeker, "click", matches[0].id)
    assert (again.id, again.version) == (first.id, first.version)
    assert await history(matches[0].id) == ["SUGGEST", "ACCEPT_ORDER", "AWARD_ORDER"]


@pytest.mark.parametrize("attempt", range(6))
async def test_award_and_leaving_at_once_end_in_one_of_two_ways(place: Place, attempt: int) -> None:
    seeker, order, helpers, matches = await accepted(place, 2)
    leave = withdraw_acceptance if attempt % 2 else decline_order
    calls = [award_order(seeker, None, matches[0].id), leave(helpers[0], None, matches[0].id)]
    await together(*(calls if attempt < 3 else reversed(calls)))
    now = await Order.get(id=order.id)
    if now.state is OrderState.AWARDED:
        assert await states(matches) == ["AWARDED", "ON_HOLD"]
    else:
        assert now.state is OrderState.IN_PROGRESS
        assert (await states(matches))[1] == "ACCEPTED"
    await check_histories([order.id, *(match.id for match in matches)])


@pytest.mark.parametrize("attempt", range(4))
async def test_award_and_withdrawal_of_the_order_at_once_leave_nobody_commissioned(
    place: Place, attempt: int
) -> None:
    seeker, order, _helpers, matches = await accepted(place, 2)
    calls = [award_order(seeker, None, matches[0].id), withdraw_order(seeker, None, order.id)]
    await together(*(calls if attempt % 2 else reversed(calls)))
    assert (await Order.get(id=order.id)).state is OrderState.WITHDRAWN
    assert await states(matches) == ["WITHDRAWN", "WITHDRAWN"]
    await check_histories([order.id, *(match.id for match in matches)])


async def test_whoever_said_yes_is_told_when_the_seeker_ends_the_order(place: Place) -> None:
    seeker, order, helpers, _matches = await accepted(place, 2)
    await make_assistant(place)
    await withdraw_order(seeker, None, order.id)
    assert await mails("order_closed") == {helper.id for helper in helpers}
