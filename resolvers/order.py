"""Root fields about orders."""

from typing import Any

import strawberry

from domain.permissions import demand_signed_in
from domain.viewer import Viewer
from models import order as models
from resolvers.outcome import answered, key_of, latest, outcome
from schema.connection import Connection
from schema.context import Info
from schema.node import Given
from schema.order import Order
from schema.order_input import (
    AmendOrderInput,
    CreateOrderInput,
    OrderFields,
    OrderFilter,
    OrderInput,
    OrderPayload,
    UpdateOrderInput,
)
from schema.plan.field import by_id, connection
from services import clock
from services import order as services
from services.number_limit import count_asking
from services.order_draft import Asked, OrderPatch

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
    "personal_reason",
)
# Null cannot mean "empty" for these: it means the same as leaving them out.
_NEVER_EMPTY = (
    "kind",
    "activities",
    "duration_minutes",
    "needs_driving",
    "description",
    "personal_reason",
)


def _patch(given: OrderFields) -> OrderPatch:
    said: dict[str, Any] = {
        name: getattr(given, name)
        for name in _FIELDS
        if getattr(given, name) is not strawberry.UNSET
    }
    said = {k: v for k, v in said.items() if v is not None or k not in _NEVER_EMPTY}
    if given.qualities:
        said["qualities"] = tuple(Asked(each.code, each.must) for each in given.qualities)
    elif given.qualities is not strawberry.UNSET:
        said["qualities"] = ()
    if given.windows:
        said["windows"] = tuple(window.window() for window in given.windows)
    elif given.windows is not strawberry.UNSET:
        said["windows"] = ()
    return said  # type: ignore[return-value]  # built from the TypedDict's own names


@strawberry.type
class OrderQueries:
    """Reading orders."""

    order: Order | None = by_id("An order, if it is yours to see.")
    orders: Connection[Order] = connection(
        "Your own orders, or all of them for staff.",
        rows=models.Order.owned_by,
        where=OrderFilter,
        sortable=True,
    )
    suggested_orders: Connection[Order] = connection(
        "Orders you could answer or have answered.",
        rows=models.Order.suggested_to,
        sortable=True,
    )


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
            return await answered(info, Order, row.id)

        return await outcome(info, work)

    @strawberry.mutation(description="Change a draft.")
    async def update_order(self, info: Info, input: Given[UpdateOrderInput]) -> OrderPayload:
        """F10 to F15."""
        return await _patch_with(info, input, services.update_order)

    @strawberry.mutation(
        description="Change an order that people are asked for, at your present place."
    )
    async def amend_order(self, info: Info, input: Given[AmendOrderInput]) -> OrderPayload:
        """F16 to F18."""
        return await _patch_with(info, input, _asking(info, services.amend_order))

    @strawberry.mutation(description="Tick the needs of your profile in a draft.")
    async def take_over_needs(self, info: Info, input: Given[OrderInput]) -> OrderPayload:
        """F13."""
        return await _change(info, input, services.take_over_needs)

    @strawberry.mutation(description="Begin a draft with what another order of yours says.")
    async def copy_order(self, info: Info, input: Given[OrderInput]) -> OrderPayload:
        """F10."""
        return await _change(info, input, services.copy_order)

    @strawberry.mutation(description="Let an open order stay open for longer.")
    async def renew_order(self, info: Info, input: Given[OrderInput]) -> OrderPayload:
        """F17."""
        return await _change(info, input, services.renew_order)

    @strawberry.mutation(description="Let people see the order and answer it.")
    async def release_order(self, info: Info, input: Given[OrderInput]) -> OrderPayload:
        """F16."""
        return await _change(info, input, _asking(info, services.release_order))

    @strawberry.mutation(description="End the order before a contract; every match ends with it.")
    async def withdraw_order(self, info: Info, input: Given[OrderInput]) -> OrderPayload:
        """F25."""
        return await _change(info, input, services.withdraw_order)


def _asking(info: Info, service: Any) -> Any:
    """The service, as often in a day as people may be asked."""

    async def counted(viewer: Viewer, *given: Any) -> Any:
        await count_asking(info.context.limiter, demand_signed_in(viewer), clock.now())
        return await service(viewer, *given)

    return counted


async def _patch_with(info: Info, given: UpdateOrderInput, service: Any) -> OrderPayload:
    async def work() -> Order:
        row = await service(
            info.context.viewer,
            key_of(info, given.idempotency_key),
            info.context.uuid_of(given.order_id, "order", "orderId"),
            _patch(given),
            given.if_version,
        )
        return await answered(info, Order, row.id)

    return await outcome(info, work, lambda: latest(info, Order, given.order_id))


async def _change(info: Info, given: OrderInput, service: Any) -> OrderPayload:
    async def work() -> Order:
        row = await service(
            info.context.viewer,
            key_of(info, given.idempotency_key),
            info.context.uuid_of(given.order_id, "order", "orderId"),
            given.if_version,
        )
        return await answered(info, Order, row.id)

    return await outcome(info, work, lambda: latest(info, Order, given.order_id))
