"""What the tests of use cases begin with: drafts, released orders, and people who were asked."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from domain.keys import Keys
from domain.order import Interval, OrderKind
from domain.viewer import Viewer
from domain.window import Window
from models.database import fetch, transaction
from models.match import Match
from models.order import Order
from models.user import User
from services import order as orders
from services import suggestion as suggestions
from services.gate import Gate
from services.limiter import Limiter
from services.order_draft import OrderPatch
from tests.graph import SECRET
from tests.people import SHOPPING, Place, make_assistant, make_seeker, viewer_for

ALL_DAY = tuple(Window(day, "00:00", "24:00") for day in range(1, 8))
KEYS = Keys(SECRET.encode())


def gate(address: str = "192.0.2.1") -> Gate:
    """A door of its own: no limit is shared with another one."""
    return Gate(KEYS, Limiter(None, KEYS), address)


def weekly(**more: Any) -> OrderPatch:
    patch: dict[str, Any] = {
        "kind": OrderKind.RECURRING,
        "description": "Hilfe beim Einkaufen",
        "activities": (SHOPPING,),
        "windows": ALL_DAY,
        "start_date": (datetime.now(UTC) + timedelta(days=7)).date(),
        "interval": Interval.WEEK,
        "count": 2,
    }
    return patch | more  # type: ignore[return-value]  # the TypedDict's own names


def once(**more: Any) -> OrderPatch:
    patch: dict[str, Any] = {
        "kind": OrderKind.ONE_OFF,
        "description": "Hilfe beim Einkaufen",
        "activities": (SHOPPING,),
        "windows": ALL_DAY,
        "starts_at": datetime.now(UTC) + timedelta(days=3),
    }
    return patch | more  # type: ignore[return-value]  # as above


async def draft(viewer: Viewer, **more: Any) -> Order:
    return await orders.create_order(viewer, None, weekly(**more))


async def released(viewer: Viewer, **more: Any) -> Order:
    """A released order whose matches have been computed."""
    order = await draft(viewer, **more)
    order = await orders.release_order(viewer, None, order.id)
    await suggest(order.id)
    return order


async def suggest(order: UUID) -> int | None:
    """How many people are asked anew; None if nobody may be."""
    async with transaction():
        changed = await suggestions.suggest(order)
    return None if changed is None else changed.asked


async def seeker_of(place: Place) -> Viewer:
    return await viewer_for(await make_seeker(place))


async def asked(order: UUID, *people: User) -> list[Match]:
    """The match of each assistant."""
    return [await Match.get(order_id=order, assistant_id=user.id) for user in people]


async def answering(place: Place, number: int) -> tuple[Viewer, Order, list[Viewer], list[Match]]:
    """A released order with its seeker, and assistants who were asked for it."""
    seeker = await seeker_of(place)
    people = [await make_assistant(place) for _ in range(number)]
    order = await released(seeker)
    helpers = [await viewer_for(user) for user in people]
    return seeker, order, helpers, await asked(order.id, *people)


async def history(aggregate: UUID) -> list[str]:
    """The actions of a row, in the order of its versions."""
    rows = await fetch(
        "SELECT action FROM transitions WHERE aggregate = $1 ORDER BY version", aggregate
    )
    return [row["action"] for row in rows]


async def check_histories(aggregates: Sequence[UUID]) -> None:
    """Each history is a path that ends where the row stands, without a gap."""
    for aggregate in aggregates:
        rows = await fetch(
            "SELECT source, target FROM transitions WHERE aggregate = $1 ORDER BY version",
            aggregate,
        )
        for before, after in pairwise(rows):
            assert before["target"] == after["source"]
        (now,) = await fetch(
            "SELECT state FROM orders WHERE id = $1 UNION ALL "
            "SELECT state FROM matches WHERE id = $1",
            aggregate,
        )
        assert rows[-1]["target"] == now["state"]
