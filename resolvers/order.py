"""Root fields about orders."""

import asyncio
from typing import Annotated, Any

import strawberry

from models import order as models
from resolvers.outcome import condition, key_of, outcome
from schema.connection import DEFAULT_PAGE, After, Connection, First, OrderBy, Sorting, page_of
from schema.context import Info
from schema.node import Given, NodeId
from schema.order import Order
from schema.order_input import (
    CreateOrderInput,
    OrderFields,
    OrderFilter,
    OrderInput,
    OrderPayload,
    UpdateOrderInput,
)
from services import order as services
from services.order import OrderPatch

_FIELDS = (
    "kind",
    "description",
    "activities",
    "duration_minutes",
    "needs_driving",
    "starts_at",
    "start_date",
    "interval",
    "count",
    "max_distance_km",
)
# Null cannot mean "empty" for these: it means the same as leaving them out.
_NEVER_EMPTY = ("kind", "activities", "duration_minutes", "needs_driving", "description")


def _patch(given: OrderFields) -> OrderPatch:
    said: dict[str, Any] = {
        name: getattr(given, name)
        for name in _FIELDS
        if getattr(given, name) is not strawberry.UNSET
    }
    said = {k: v for k, v in said.items() if v is not None or k not in _NEVER_EMPTY}
    if given.windows:
        said["windows"] = tuple(window.window() for window in given.windows)
    elif given.windows is not strawberry.UNSET:
        said["windows"] = ()
    return said  # type: ignore[return-value]  # built from the TypedDict's own names


def _leaf(where: OrderFilter) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if where.state is not None:
        found["state__in"] = where.state
    if where.kind is not None:
        found["kind"] = where.kind
    return found


Where = Annotated[OrderFilter | None, strawberry.argument(description="Which ones.")]


@strawberry.type
class OrderQueries:
    """Reading orders."""

    @strawberry.field(description="An order, if it is yours to see.")
    async def order(self, info: Info, id: NodeId) -> Order | None:
        """By id."""
        row = await info.context.loaders.order_by_id.load(info.context.uuid_of(id, "order"))
        return None if row is None else await Order.of(row, info)

    @strawberry.field(description="Your own orders, or all of them for staff.")
    async def orders(
        self,
        info: Info,
        first: First = DEFAULT_PAGE,
        after: After = None,
        where: Where = None,
        order_by: OrderBy = Sorting.NEWEST_FIRST,
    ) -> Connection[Order]:
        """By owner."""
        viewer = info.context.viewer
        own = models.Order.owned_by(viewer).filter(condition(where, _leaf))
        return await _connection(info, await page_of(own, first, after, order_by))

    @strawberry.field(description="Orders you could answer or have answered.")
    async def suggested_orders(
        self,
        info: Info,
        first: First = DEFAULT_PAGE,
        after: After = None,
        order_by: OrderBy = Sorting.NEWEST_FIRST,
    ) -> Connection[Order]:
        """For assistants and coordinators; each has `myMatch`."""
        asked = models.Order.suggested_to(info.context.viewer)
        return await _connection(info, await page_of(asked, first, after, order_by))


@strawberry.type
class OrderMutations:
    """Changing orders."""

    @strawberry.mutation(description="Begin a draft.")
    async def create_order(self, info: Info, input: Given[CreateOrderInput]) -> OrderPayload:
        """F10."""

        async def work() -> Order:
            key = key_of(info, input.idempotency_key)
            row = await services.create_order(
                info.context.viewer, key, {**_patch(input), "kind": input.kind}
            )
            return await Order.of(row, info)

        return await outcome(info, work)

    @strawberry.mutation(description="Change a draft.")
    async def update_order(self, info: Info, input: Given[UpdateOrderInput]) -> OrderPayload:
        """F10 to F15."""

        async def work() -> Order:
            row = await services.update_order(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.order_id, "order", "orderId"),
                _patch(input),
                input.if_version,
            )
            return await Order.of(row, info)

        return await outcome(info, work, lambda: _current(info, input.order_id))

    @strawberry.mutation(description="Let people see the order and answer it.")
    async def release_order(self, info: Info, input: Given[OrderInput]) -> OrderPayload:
        """F16."""
        return await _change(info, input, services.release_order)

    @strawberry.mutation(description="End the order before a contract; every match ends with it.")
    async def withdraw_order(self, info: Info, input: Given[OrderInput]) -> OrderPayload:
        """F25."""
        return await _change(info, input, services.withdraw_order)


async def _change(info: Info, given: OrderInput, service: Any) -> OrderPayload:
    async def work() -> Order:
        row = await service(
            info.context.viewer,
            key_of(info, given.idempotency_key),
            info.context.uuid_of(given.order_id, "order", "orderId"),
            given.if_version,
        )
        return await Order.of(row, info)

    return await outcome(info, work, lambda: _current(info, given.order_id))


async def _current(info: Info, order_id: NodeId) -> Order | None:
    row = await info.context.loaders.order_by_id.load(info.context.uuid_of(order_id, "order"))
    return None if row is None else await Order.of(row, info)


async def _connection(info: Info, page: Any) -> Connection[Order]:
    """Orders are made asynchronously (their stage is loaded), so they are made beforehand."""
    orders = await asyncio.gather(*(Order.of(row, info) for row in page.rows))
    made = {row.id: order for row, order in zip(page.rows, orders, strict=True)}
    return Connection(page=page, make=lambda row: made[row.id])
