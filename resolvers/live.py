"""Subscriptions: events from the hub, objects read anew for each reader at each delivery."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.errors import NotFound
from domain.viewer import Role
from models import match as match_models
from models import order as models
from notifications.language import text
from schema.context import Info
from schema.live import (
    Availability,
    OrderChanged,
    OrderEvent,
    OrderEventKind,
    ResyncRequired,
    SuggestionChanged,
    SuggestionEvent,
    SuggestionsReady,
)
from schema.match import Match
from schema.order import Order
from schema.plan.field import NodeId
from services.live_queue import LiveEvent, Resync
from services.match import available

Since = Annotated[
    str | None,
    strawberry.argument(description="The `eventId` of the last event seen; resumes behind it."),
]
_PAUSE = 0.25
_DISTRICT = UUID(int=0)


@strawberry.type
class LiveSubscriptions:
    """Each resumes behind `after` (or the header Last-Event-ID); what was missed comes merged."""

    @strawberry.subscription(description="An order of yours: state, number, and each new match.")
    async def order_changed(
        self, info: Info, order_id: NodeId, after: Since = None
    ) -> AsyncGenerator[OrderEvent, None]:
        """The first event shows the present state, unless a resume follows."""
        key = info.context.uuid_of(order_id, "order", "orderId")
        since = after or info.context.last_event_id
        here = info.context.hub.cursor_now()
        await _own_order(info, key)
        events = info.context.hub.subscribe([("order", key)], since or here)
        async with aclosing(events):
            if since is None:
                yield await _order_changed(info, key, here, "SNAPSHOT", None)
            async for event in events:
                delivered = await _order_event(info, key, event)
                if delivered is not None:
                    yield delivered

    @strawberry.subscription(description="How many assistants fit a draft of yours, live.")
    async def availability(
        self, info: Info, order_id: NodeId
    ) -> AsyncGenerator[Availability, None]:
        """A new number whenever the draft or somebody's offer changes."""
        key = info.context.uuid_of(order_id, "order", "orderId")
        here = info.context.hub.cursor_now()
        topics = [("order", key), ("offers", _DISTRICT)]
        events = info.context.hub.subscribe(topics, here)
        async with aclosing(events):
            yield await _availability(info, order_id, key, here)
            async for event in events:
                yield await _availability(info, order_id, key, event.event_id)
                await asyncio.sleep(_PAUSE)  # what changes meanwhile is one event

    @strawberry.subscription(description="Orders suggested to you, answered, or taken back.")
    async def suggested_orders_changed(
        self, info: Info, after: Since = None
    ) -> AsyncGenerator[SuggestionEvent, None]:
        """For assistants and coordinators."""
        viewer = info.context.viewer
        key = viewer.provider_id if viewer.role is Role.COORDINATOR else viewer.id
        if viewer.role not in (Role.ASSISTANT, Role.COORDINATOR) or key is None:
            raise NotFound
        here = info.context.hub.cursor_now()
        since = after or info.context.last_event_id
        events = info.context.hub.subscribe([("suggested", key)], since or here)
        async with aclosing(events):
            # On a resume the place it resumes from: nothing behind it has been delivered yet.
            yield SuggestionsReady(event_id=strawberry.ID(since or here))
            async for event in events:
                yield await _suggestion(info, event)


async def _renew(info: Info) -> None:
    """Rights at delivery: the session is looked at again, and nothing is read from a cache."""
    await info.context.refresh()


async def _order_event(info: Info, key: UUID, event: LiveEvent | Resync) -> OrderEvent | None:
    if isinstance(event, Resync):
        return _resync(info, event)
    match = event.aggregate if event.kind == "MATCH" else None
    return await _order_changed(info, key, event.event_id, event.kind, match)


async def _order_changed(
    info: Info, key: UUID, event_id: str, kind: str, match_id: UUID | None
) -> OrderChanged:
    await _renew(info)
    await _own_order(info, key)
    match = None
    if match_id is not None:
        match = await info.context.reader.get(Match, match_id)
    order = await info.context.reader.get(Order, key)
    if order is None:
        raise NotFound(field="orderId")
    return OrderChanged(
        event_id=strawberry.ID(event_id),
        kind=OrderEventKind(kind),
        order=order,
        match_id=None if match_id is None else _match_id(info, match_id),
        match=match,
    )


def _match_id(info: Info, match_id: UUID) -> strawberry.ID:
    return strawberry.ID(info.context.id_of("match", match_id))


async def _own_order(info: Info, key: UUID) -> models.Order:
    """Acceptors would learn from the events how others answer: they have their own list."""
    row = await models.Order.owned_by(info.context.viewer).get_or_none(id=key)
    if row is None:
        raise NotFound(field="orderId")
    return row


async def _availability(
    info: Info, order_id: strawberry.ID, key: UUID, event_id: str
) -> Availability:
    await _renew(info)
    count = await available(info.context.viewer, key)
    return Availability(event_id=strawberry.ID(event_id), order_id=order_id, count=count)


async def _suggestion(info: Info, event: LiveEvent | Resync) -> Any:
    if isinstance(event, Resync):
        return _resync(info, event)
    await _renew(info)
    match, order = await _suggested(info, event.aggregate)
    return SuggestionChanged(
        event_id=strawberry.ID(event.event_id),
        match_id=_match_id(info, event.aggregate),
        order=order,
        match=match,
    )


async def _suggested(info: Info, key: UUID) -> tuple[Match | None, Order | None]:
    reader = info.context.reader
    row = await match_models.Match.visible_to(info.context.viewer).get_or_none(id=key)
    if row is None:
        return None, None
    return await reader.get(Match, key), await reader.get(Order, row.order_id)


def _resync(info: Info, event: Resync) -> ResyncRequired:
    message = text("answers.resync.message", info.context.language)
    return ResyncRequired(event_id=strawberry.ID(event.event_id), message=message)
