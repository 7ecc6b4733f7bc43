"""What becomes of orders whose time runs out: a reminder, then the end."""

from datetime import datetime
from uuid import UUID

from domain.states import OPEN_FOR_ANSWERS
from domain.viewer import SYSTEM
from models.order import Order
from notifications.message import MailKind, announce_again
from services import clock
from services.order import end_order

BATCH = 50


async def remind(order_id: UUID, ends: datetime) -> bool:
    """Tell the seeker that an order ends soon, in the caller's transaction.

    False: it is not open any more, or it ends at another time by now.
    """
    order = await Order.filter(id=order_id).select_for_update(no_key=True).first()
    if order is None or order.state not in OPEN_FOR_ANSWERS or order.expires_at != ends:
        return False
    await announce_again(MailKind.ORDER_EXPIRES, order.seeker_id, reference=order_id)
    return True


async def expire_orders() -> int:
    """End open orders whose time is over, at most a batch, in the caller's transaction; how many.

    Every match ends with its order, and the seeker is told.
    """
    due = Order.filter(expires_at__lte=clock.now(), state__in=sorted(OPEN_FOR_ANSWERS))
    locked = due.order_by("id").limit(BATCH).select_for_update(no_key=True, skip_locked=True)
    orders = await locked
    for order in orders:
        await end_order(order.id, "EXPIRE", SYSTEM)
        await announce_again(MailKind.ORDER_EXPIRED, order.seeker_id, reference=order.id)
    return len(orders)
