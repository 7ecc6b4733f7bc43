"""Orders as matching reads them: what is kept of a row never outlives what the row says."""

import contextlib
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from domain.window import EMPTY_WEEK
from models import demand as demands
from models.database import execute, transaction
from models.demand import OrderDemand, demand_row, open_demands
from services import clock
from services.order import withdraw_order
from services.suggestion import suggest_to
from tests.people import Place, make_assistant
from tests.services.scenes import released, seeker_of
from tests.staging import guards_asleep

DAY = clock.today()
_ORDER = "UPDATE orders SET {} WHERE id = $1"
_QUALITY = (
    "INSERT INTO order_qualities (id, order_id, quality_id, must) "
    "VALUES (gen_random_uuid(), $1, 'QUA_ERSTE_HILFE', {})"
)
_TRUST = (
    "INSERT INTO trust (id, seeker_id, assistant_id, side, would_meet_again, said_at) "
    "SELECT gen_random_uuid(), seeker_id, $2, side, true, now() "
    "FROM orders, (VALUES ('SEEKER'), ('ACCEPTOR')) AS both_of (side) WHERE id = $1"
)
_BLOCK = (
    "INSERT INTO blocks (id, seeker_id, assistant_id, by_seeker, named, created_at) "
    "SELECT gen_random_uuid(), seeker_id, $2, true, true, now() FROM orders WHERE id = $1"
)
CHANGES = {
    "week": _ORDER.format(f"week = '\\x{EMPTY_WEEK[:-1].hex()}ff'"),
    "duration": _ORDER.format("duration_minutes = 90"),
    "driving": _ORDER.format("needs_driving = true"),
    "first day": _ORDER.format("start_date = start_date + 14"),
    "interval": _ORDER.format("interval = 'MONTH'"),
    "count": _ORDER.format("count = 1"),
    "distance": _ORDER.format("max_distance_km = 3"),
    "reason": _ORDER.format("personal_reason = true"),
    "activities": "DELETE FROM order_activities WHERE order_id = $1",
    "must": _QUALITY.format("true"),
    "wish": _QUALITY.format("false"),
    "place": (
        "UPDATE municipalities SET latitude = latitude + 0.01 "
        "WHERE id = (SELECT municipality_id FROM orders WHERE id = $1)"
    ),
    "block": _BLOCK,
    "trust": _TRUST,
}


class TakenBack(Exception):
    """The end of a transaction that leaves nothing."""


async def the_one(today: date = DAY, ids: Sequence[UUID] | None = None) -> OrderDemand:
    (found,) = await open_demands(today, ids)
    return found


@pytest.mark.parametrize("change", CHANGES)
async def test_a_changed_order_is_worked_out_anew(
    owner_url: str, place: Place, change: str
) -> None:
    helper = await make_assistant(place)
    order = await released(await seeker_of(place))
    before = await the_one()
    assert await the_one() is before, "what says the same is not worked out twice"
    async with guards_asleep(owner_url) as connection:
        with_helper = [helper.id] if "$2" in CHANGES[change] else []
        await connection.execute(CHANGES[change], order.id, *with_helper)
    for ids in ([order.id], None):
        after = await the_one(ids=ids)
        assert after.demand == await demand_row(order.id, DAY)
        assert after.demand != before.demand
        assert after.fingerprint != before.fingerprint


async def test_what_was_kept_counts_for_its_day(place: Place) -> None:
    order = await released(await seeker_of(place))
    await the_one()
    later = DAY + timedelta(weeks=5)
    assert (await the_one(later)).demand == await demand_row(order.id, later)


async def test_what_is_taken_back_is_not_kept(place: Place) -> None:
    helper = await make_assistant(place)
    order = await released(await seeker_of(place))
    before = await the_one()

    with contextlib.suppress(TakenBack):
        async with transaction():
            await execute(_ORDER.format("needs_driving = true"), order.id)
            await suggest_to(helper.id)
            raise TakenBack
    assert (await the_one()).demand == before.demand


async def test_looking_at_some_forgets_none(place: Place) -> None:
    await released(await seeker_of(place))
    before = await the_one()
    assert await open_demands(DAY, [uuid4()]) == []
    assert await the_one() is before


async def test_an_order_that_is_over_is_not_kept(place: Place) -> None:
    seeker = await seeker_of(place)
    order = await released(seeker)
    await the_one()
    await withdraw_order(seeker, None, order.id)
    assert await open_demands(DAY) == []
    assert order.id not in demands._made
