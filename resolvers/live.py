"""Subscriptions: events from the hub, objects read anew at each delivery for all who see alike."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from functools import partial
from typing import Annotated, Any, cast
from uuid import UUID

import strawberry

from domain.errors import NotFound
from domain.matching.band import banded, told_hints
from domain.viewer import Role
from models import order as models
from models.district import policy_here
from notifications.language import text
from resolvers.delivery import Event, Following, Opened, Snapshot
from schema.context import Context, Info
from schema.hint import hint
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
from services.match import live_number
from services.offer import DISTRICT

Since = Annotated[
    str | None,
    strawberry.argument(description="The `eventId` of the last event seen; resumes behind it."),
]
_PAUSE = 0.25


@strawberry.type
class LiveSubscriptions:
    """Each resumes behind `after` (or the header Last-Event-ID); what was missed comes merged."""

    @strawberry.subscription(description="An order of yours: state, number, and each new match.")
    def order_changed(
        self, info: Info, order_id: NodeId, after: Since = None
    ) -> AsyncGenerator[OrderEvent, None]:
        """The first event shows the present state, unless a resume follows."""
        return following(_order_changes, info.context, order_id, after)

    @strawberry.subscription(
        description="How many assistants fit a draft of yours, live. An event is refused "
        "(RATE_LIMITED) after too many different drafts; the next one comes all the same."
    )
    def availability(self, info: Info, order_id: NodeId) -> AsyncGenerator[Availability, None]:
        """A new number whenever the draft or somebody's offer changes."""
        return following(_numbers, info.context, order_id)

    @strawberry.subscription(description="Orders suggested to you, answered, or taken back.")
    def suggested_orders_changed(
        self, info: Info, after: Since = None
    ) -> AsyncGenerator[SuggestionEvent, None]:
        """For assistants and coordinators."""
        return following(_suggestions, info.context, after)


def following(
    opening: Callable[..., Awaitable[Opened]], *given: object
) -> AsyncGenerator[Any, None]:
    """A source where the graph's types speak of the payloads that come of it."""
    return cast("AsyncGenerator[Any, None]", Following(partial(opening, *given)))


async def _order_changes(context: Context, order_id: strawberry.ID, after: str | None) -> Opened:
    key = context.uuid_of(order_id, "order", "orderId")
    since = after or context.last_event_id
    here = context.hub.cursor_now()
    await _demand_own(context, key)
    feed = context.hub.follow([("order", key)], since or here)
    return Opened(feed, partial(_order_changed, key), None if since else Snapshot(here))


async def _numbers(context: Context, order_id: strawberry.ID) -> Opened:
    key = context.uuid_of(order_id, "order", "orderId")
    here = context.hub.cursor_now()
    feed = context.hub.follow([("order", key), ("offers", DISTRICT)], here)
    return Opened(feed, partial(_availability, order_id, key), Snapshot(here), _PAUSE)


async def _suggestions(context: Context, after: str | None) -> Opened:
    viewer = context.viewer
    key = viewer.provider_id if viewer.role is Role.COORDINATOR else viewer.id
    if viewer.role not in (Role.ASSISTANT, Role.COORDINATOR) or key is None:
        raise NotFound
    # On a resume the place it resumes from: nothing behind it has been delivered yet.
    start = after or context.last_event_id or context.hub.cursor_now()
    return Opened(context.hub.follow([("suggested", key)], start), _suggestion, Snapshot(start))


async def _order_changed(
    key: UUID, event: Event, context: Context
) -> OrderChanged | ResyncRequired:
    if isinstance(event, Resync):
        return resync(event, context)
    await _demand_own(context, key)
    match_id = _match_in(event)
    match = None if match_id is None else context.reader.reference(Match, match_id)
    return OrderChanged(
        event_id=strawberry.ID(event.event_id),
        kind=OrderEventKind(event.kind),
        order=context.reader.reference(Order, key),
        match_id=None if match_id is None else _match_id(match_id, context),
        match=match,
    )


def _match_in(event: Event) -> UUID | None:
    return event.aggregate if isinstance(event, LiveEvent) and event.kind == "MATCH" else None


async def _demand_own(context: Context, key: UUID) -> None:
    """Acceptors would learn from the events how others answer: they have their own list."""
    if not await context.reader.sees(Order, key, among=models.Order.owned_by):
        raise NotFound(field="orderId")


async def _availability(
    order_id: strawberry.ID, key: UUID, event: Event, context: Context
) -> Availability:
    found = await live_number(context.viewer, key, context.limiter)
    smallest = (await policy_here()).smallest_told
    told = banded(found.count, smallest)
    return Availability(
        event_id=strawberry.ID(event.event_id),
        order_id=order_id,
        count=told.count,
        exact=told.exact,
        providers=found.providers,
        hints=[hint(each, order_id, context.language) for each in told_hints(found, smallest)],
    )


async def _suggestion(
    event: Event, context: Context
) -> SuggestionsReady | SuggestionChanged | ResyncRequired:
    if isinstance(event, Resync):
        return resync(event, context)
    if isinstance(event, Snapshot):
        return SuggestionsReady(event_id=strawberry.ID(event.event_id))
    reader = context.reader
    match = await reader.get(Match, event.aggregate)
    order = None if match is None else reader.reference(Order, reader.key_along(match, "order"))
    return SuggestionChanged(
        event_id=strawberry.ID(event.event_id),
        match_id=_match_id(event.aggregate, context),
        order=order,
        match=None if match is None else reader.reference(Match, event.aggregate),
    )


def resync(event: Resync, context: Context) -> ResyncRequired:
    """What a reader is told who has to read again."""
    message = text("answers.resync.message", context.language)
    return ResyncRequired(event_id=strawberry.ID(event.event_id), message=message)


def _match_id(match_id: UUID, context: Context) -> strawberry.ID:
    return strawberry.ID(context.id_of("match", match_id))
