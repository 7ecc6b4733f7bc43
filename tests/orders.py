"""Makes orders as the portal knows them."""

from datetime import UTC, datetime, timedelta

from domain.ids import uuid7
from domain.order import Interval, OrderKind
from domain.window import FULL_WEEK
from models.database import execute, transaction
from models.order import Order, OrderActivity
from models.user import User
from services.suggestion import suggest
from tests.people import SHOPPING


async def make_order(
    seeker: User, *activities: str, released: bool = True, week: bytes = FULL_WEEK
) -> Order:
    """A recurring order, once a week for an hour; released along the legal pair."""
    order = await Order.create(
        id=uuid7(),
        seeker_id=seeker.id,
        municipality_id=seeker.municipality_id,
        kind=OrderKind.RECURRING,
        description="Hilfe beim Einkaufen.",
        duration_minutes=60,
        start_date=datetime.now(UTC).date() + timedelta(days=7),
        interval=Interval.WEEK,
        count=1,
        week=week,
    )
    for code in activities or (SHOPPING,):
        await OrderActivity.create(order_id=order.id, activity_id=code)
    if released:
        await execute(
            "UPDATE orders SET state = 'RELEASED', released_at = now() WHERE id = $1", order.id
        )
    return await Order.get(id=order.id)


async def ask(order: Order) -> None:
    """Compute the order's matches, as the worker does."""
    async with transaction():
        await suggest(order.id)
