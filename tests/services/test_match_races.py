"""Answers that cross each other: one legal end, and a history that explains it."""

import asyncio
from collections.abc import Awaitable
from typing import Any

import pytest

from domain.errors import StateRefused
from domain.states import MatchState, OrderState
from domain.viewer import Viewer
from models import asyncpg_client
from models.database import fetch
from models.match import Match
from models.order import Order
from services.match import accept_order, decline_order, withdraw_acceptance
from services.order import withdraw_order
from tests.people import Place, make_assistant
from tests.services.scenes import answering, check_histories, history, suggest


async def together(*calls: Awaitable[Any]) -> list[Any]:
    """All at once; refusals as values, anything else is a failure."""
    found = await asyncio.gather(*calls, return_exceptions=True)
    for each in found:
        if isinstance(each, BaseException) and not isinstance(each, StateRefused):
            raise each
    return found


async def dangling() -> list[dict[str, Any]]:
    return await fetch(
        "SELECT m.id FROM matches m JOIN orders o ON o.id = m.order_id WHERE o.state = 'WITHDRAWN' "
        "AND m.state NOT IN ('DECLINED', 'WITHDRAWN', 'LAPSED')"
    )


async def test_eight_acceptances_by_double_click_are_one(place: Place) -> None:
    _seeker, order, helpers, matches = await answering(place, 1)
    found = await together(*(accept_order(helpers[0], None, matches[0].id) for _ in range(8)))
    assert sum(isinstance(each, Match) for each in found) == 1
    refused = [each for each in found if isinstance(each, StateRefused)]
    assert {each.params["state"] for each in refused} == {"ACCEPTED"}
    assert await history(matches[0].id) == ["SUGGEST", "ACCEPT_ORDER"]
    assert await history(order.id) == ["RELEASE_ORDER", "FIRST_ACCEPTANCE"]


async def test_a_double_click_with_one_key_is_answered_alike(place: Place) -> None:
    _seeker, _order, helpers, matches = await answering(place, 1)
    first = await accept_order(helpers[0], "click", matches[0].id)
    again = await accept_order(helpers[0], "click", matches[0].id)
    assert (again.id, again.state, again.version) == (first.id, first.state, first.version)


@pytest.mark.parametrize("number", [2, 6])
async def test_different_acceptors_at_once_are_all_accepted(place: Place, number: int) -> None:
    _seeker, order, helpers, matches = await answering(place, number)
    calls = (accept_order(h, None, m.id) for h, m in zip(helpers, matches, strict=True))
    found = await together(*calls)
    assert [each.state for each in found] == [MatchState.ACCEPTED] * number
    assert (await Order.get(id=order.id)).state is OrderState.IN_PROGRESS
    assert await history(order.id) == ["RELEASE_ORDER", "FIRST_ACCEPTANCE"]


@pytest.mark.parametrize("attempt", range(6))
async def test_when_accepting_and_withdrawing_cross_one_of_two_ends_is_reached(
    place: Place, attempt: int
) -> None:
    seeker, order, helpers, matches = await answering(place, 2)
    calls: list[Awaitable[Any]] = [
        accept_order(helpers[0], None, matches[0].id),
        withdraw_order(seeker, None, order.id),
        accept_order(helpers[1], None, matches[1].id),
    ]
    order_of_calls = calls[attempt % 3 :] + calls[: attempt % 3]
    await together(*order_of_calls)
    assert (await Order.get(id=order.id)).state is OrderState.WITHDRAWN
    assert await dangling() == []
    await check_histories([order.id, *(match.id for match in matches)])
    for match in matches:
        steps = await history(match.id)
        assert steps in (["SUGGEST", "LAPSE"], ["SUGGEST", "ACCEPT_ORDER", "END"])
    accepted = [match for match in matches if "ACCEPT_ORDER" in await history(match.id)]
    wanted = ["RELEASE_ORDER", *(["FIRST_ACCEPTANCE"] if accepted else []), "WITHDRAW_ORDER"]
    assert await history(order.id) == wanted


@pytest.mark.parametrize("attempt", range(4))
async def test_when_the_last_acceptance_goes_as_another_comes_the_order_knows(
    place: Place, attempt: int
) -> None:
    _seeker, order, helpers, matches = await answering(place, 2)
    await accept_order(helpers[0], None, matches[0].id)
    calls: list[Awaitable[Any]] = [
        withdraw_acceptance(helpers[0], None, matches[0].id),
        accept_order(helpers[1], None, matches[1].id),
    ]
    await together(*(calls if attempt % 2 else reversed(calls)))
    assert (await Order.get(id=order.id)).state is OrderState.IN_PROGRESS
    await check_histories([order.id, *(match.id for match in matches)])


async def test_declining_and_taking_back_at_once_is_one_of_both(place: Place) -> None:
    _seeker, order, helpers, matches = await answering(place, 1)
    await accept_order(helpers[0], None, matches[0].id)
    found = await together(
        decline_order(helpers[0], None, matches[0].id),
        withdraw_acceptance(helpers[0], None, matches[0].id),
    )
    assert sum(isinstance(each, Match) for each in found) == 1
    assert (await Order.get(id=order.id)).state is OrderState.RELEASED
    await check_histories([order.id, matches[0].id])


@pytest.mark.parametrize("attempt", range(4))
async def test_when_asking_and_withdrawing_cross_nobody_is_left_asked(
    place: Place, attempt: int
) -> None:
    seeker, order, _helpers, _matches = await answering(place, 1)
    await make_assistant(place)
    calls: list[Awaitable[Any]] = [suggest(order.id), withdraw_order(seeker, None, order.id)]
    await together(*(calls if attempt % 2 else reversed(calls)))
    assert await dangling() == []
    await check_histories([order.id, *[match.id for match in await Match.all()]])


async def test_matching_run_by_two_workers_at_once_asks_everybody_once(place: Place) -> None:
    _seeker, order, _helpers, _matches = await answering(place, 1)
    for _ in range(3):
        await make_assistant(place)
    assert sorted(await together(*(suggest(order.id) for _ in range(4)))) == [0, 0, 0, 3]
    rows = await fetch("SELECT count(*) AS n FROM transitions WHERE action = 'SUGGEST'")
    assert rows == [{"n": 4}]


async def test_many_people_answering_many_orders_never_wait_for_each_other_in_a_circle(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A hundred at once on ten connections: on a busy machine the last ones wait for long.
    monkeypatch.setattr(asyncpg_client, "ACQUIRE_SECONDS", 30)
    everybody: list[Viewer] = []
    scenes = [await answering(place, 2) for _ in range(4)]
    for _seeker, order, helpers, _matches in scenes:
        await suggest(order.id)
        everybody += helpers
    calls: list[Awaitable[Any]] = []
    for seeker, order, _helpers, _matches in scenes:
        for viewer in everybody:
            match = await Match.get_or_none(order_id=order.id, assistant_id=viewer.id)
            if match is not None:
                calls += [
                    accept_order(viewer, None, match.id),
                    decline_order(viewer, None, match.id),
                ]
        calls += [suggest(order.id), withdraw_order(seeker, None, order.id)]
    await together(*calls)
    assert await dangling() == []
    orders, matches = await Order.all(), await Match.all()
    await check_histories([*[each.id for each in orders], *[each.id for each in matches]])
