"""How often a seeker may ask people through the graph: releases and amendments count together."""

import pytest

from models.order import Order
from models.user import User
from services import number_limit
from services.limiter import Rule
from tests.graph import As
from tests.orders import make_order
from tests.people import Place, make_seeker

STATE = "... on Order { state }"


async def draft(seeker: User) -> str:
    return f"order_03155_{(await make_order(seeker, released=False)).id.hex}"


async def test_one_asking_too_many_within_a_day_is_refused_and_changes_nothing(
    as_: As, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(number_limit, "ORDER_DAY", Rule("order-day", tries=2, seconds=86_400))
    seeker, other = await make_seeker(place), await make_seeker(place)
    first, second, theirs = await draft(seeker), await draft(seeker), await draft(other)
    mine = await as_(seeker)
    released = await mine.do("releaseOrder", {"orderId": first}, STATE)
    assert released["state"] == "RELEASED"
    change = {"orderId": first, "description": "Hilfe im Haushalt."}
    amended = await mine.do("amendOrder", change, STATE)
    assert amended["state"] == "RELEASED"
    rows = Order.all().order_by("id")
    before = await rows.values("id", "state", "version", "description")
    for mutation, given in (("releaseOrder", {"orderId": second}), ("amendOrder", change)):
        refused = await mine.do(mutation, given, STATE)
        assert refused["code"] == "RATE_LIMITED"
    assert (
        await Order.all().order_by("id").values("id", "state", "version", "description") == before
    )
    released = await (await as_(other)).do("releaseOrder", {"orderId": theirs}, STATE)
    assert released["state"] == "RELEASED"
