"""Use cases of matches: who is asked, who answers, and what that does to the order."""

from uuid import UUID

import numpy as np

from domain.errors import NotFound, StateRefused
from domain.match import AcceptorKind
from domain.matching.demand import Demand
from domain.matching.fit import availability, distances_km, fitting
from domain.matching.offer import Offers
from domain.order import BERLIN, Interval, OrderDraft, OrderKind
from domain.permissions import demand_role, may_answer
from domain.states import (
    AGREED_MATCH,
    COMMISSIONED_MATCH,
    COMMISSIONED_ORDER,
    MATCH,
    OPEN_FOR_ANSWERS,
    ORDER,
    MatchState,
    OrderState,
)
from domain.viewer import SYSTEM, Role, Viewer
from domain.window import span_bits
from models.database import fetch
from models.district import Municipality
from models.event import append
from models.match import Match
from models.offer import activities_of, offer_rows
from models.order import Order
from services import clock
from services.transition import transition, transition_all, transition_many
from services.use_case import use_case

_SUGGEST = """
WITH added AS (
  INSERT INTO matches (id, order_id, kind, assistant_id, provider_id, state, version,
                       distance_km, created_at)
  SELECT portal_uuid7(), $1, kind, CASE kind WHEN 'ASSISTANT' THEN acceptor END,
         CASE kind WHEN 'PROVIDER' THEN acceptor END, 'SUGGESTED', 1, distance, now()
  FROM unnest($2::text[], $3::uuid[], $4::float8[]) AS fit (kind, acceptor, distance)
  ON CONFLICT DO NOTHING RETURNING id, coalesce(assistant_id, provider_id) AS acceptor
), history AS (
  INSERT INTO transitions (id, machine, aggregate, action, source, target, version, at)
  SELECT portal_uuid7(), 'MATCH', id, 'SUGGEST', '', 'SUGGESTED', 1, now() FROM added
), told AS (
  INSERT INTO events (topic, key, aggregate, version, kind)
  SELECT 'suggested', acceptor, id, 1, 'MATCH' FROM added
)
SELECT count(*) AS added FROM added
"""
_NO_LONGER = """
SELECT id FROM matches WHERE order_id = $1 AND state = 'SUGGESTED'
  AND NOT coalesce(assistant_id, provider_id) = ANY($2::uuid[])
"""


async def suggest(order_id: UUID) -> int | None:
    """Compute an order's matches in the caller's transaction; how many were added.

    Running it twice changes nothing. None: the order is not open any more.
    """
    order = await Order.filter(id=order_id).select_for_update(no_key=True).first()
    if order is None or order.state not in OPEN_FOR_ANSWERS:
        return None
    offers = Offers.of(await offer_rows())
    demand = await demand_of(order)
    fits = np.flatnonzero(fitting(demand, offers))
    distances = distances_km(demand, offers)
    ids = [offers.ids[index] for index in fits]
    rows = await fetch(
        _SUGGEST,
        order_id,
        [_kind(offers, index) for index in fits],
        ids,
        [None if offers.is_provider[index] else float(distances[index]) for index in fits],
    )
    lapsed = await fetch(_NO_LONGER, order_id, ids)
    if lapsed:
        await transition_many(MATCH, [row["id"] for row in lapsed], "LAPSE", SYSTEM)
    added = int(rows[0]["added"])
    if added or lapsed:
        await append("order", order_id, order_id, order.version, "COUNT")
    return added


async def available(viewer: Viewer, order_id: UUID) -> int:
    """How many assistants would be shown the viewer's order if it were released as it is.

    Raises:
        NotFound: not the viewer's order.
    """
    order = await Order.visible_to(viewer).filter(seeker_id=viewer.id).get_or_none(id=order_id)
    if order is None:
        raise NotFound(field="orderId")
    if order.kind is OrderKind.ONE_OFF and order.starts_at is None:
        return 0
    return availability(await demand_of(order), Offers.of(await offer_rows()))


async def demand_of(order: Order) -> Demand:
    """The order as matching compares it."""
    place = await Municipality.get(id=order.municipality_id)
    activities = await activities_of([order.id])
    return demand_from(order.draft(activities[order.id]), place)


def demand_from(draft: OrderDraft, place: Municipality) -> Demand:
    """The draft as matching compares it; what is not said yet asks for as little as possible."""
    span = None
    if draft.starts_at is not None:
        span = span_bits(draft.starts_at, draft.duration_minutes, BERLIN)
    recurring = draft.kind is OrderKind.RECURRING
    return Demand(
        kind=draft.kind,
        activities=draft.activities,
        week=draft.week,
        span=span,
        duration_minutes=draft.duration_minutes,
        interval=(draft.interval or Interval.WEEK) if recurring else None,
        count=draft.count or 1,
        latitude=place.latitude,
        longitude=place.longitude,
        municipality_id=place.id,
        max_distance_km=draft.max_distance_km,
        needs_driving=draft.needs_driving,
    )


@use_case
async def accept_order(viewer: Viewer, match_id: UUID, if_version: int | None = None) -> Match:
    """The acceptor says yes: from now on the seeker sees the match.

    Raises:
        NotFound, StateRefused, Stale: see `transition`.
    """
    match, order = await _mine(viewer, match_id)
    if order.state not in OPEN_FOR_ANSWERS:
        raise StateRefused(state=order.state.value, action="ACCEPT_ORDER")
    await _decide(match, "ACCEPT_ORDER", viewer, if_version)
    version = order.version
    if order.state is OrderState.RELEASED:
        version = await transition(ORDER, order.id, "FIRST_ACCEPTANCE", viewer)
    await append("order", order.id, order.id, version, "COUNT")
    return await Match.get(id=match_id)


@use_case
async def decline_order(viewer: Viewer, match_id: UUID, if_version: int | None = None) -> Match:
    """The acceptor says no, at once or after having accepted."""
    match, order = await _mine(viewer, match_id)
    await _decide(match, "DECLINE_ORDER", viewer, if_version)
    await _after_leaving(order, viewer)
    return await Match.get(id=match_id)


@use_case
async def withdraw_acceptance(
    viewer: Viewer, match_id: UUID, if_version: int | None = None
) -> Match:
    """The acceptor takes a yes back before the seeker has commissioned anybody."""
    match, order = await _mine(viewer, match_id)
    await _decide(match, "WITHDRAW_ACCEPTANCE", viewer, if_version)
    await _after_leaving(order, viewer)
    return await Match.get(id=match_id)


async def _mine(viewer: Viewer, match_id: UUID) -> tuple[Match, Order]:
    """The viewer's match, and its order under lock: the order is always locked first."""
    demand_role(viewer, Role.ASSISTANT, Role.COORDINATOR)
    match = await Match.get_or_none(id=match_id)
    if match is None or not may_answer(viewer, match.kind, match.acceptor_id):
        raise NotFound(field="matchId")
    return match, await Order.filter(id=match.order_id).select_for_update(no_key=True).get()


async def _decide(match: Match, action: str, viewer: Viewer, if_version: int | None) -> None:
    values = {"decided_at": clock.now()}
    await transition(MATCH, match.id, action, viewer, if_version=if_version, values=values)


async def _after_leaving(order: Order, viewer: Viewer) -> None:
    state, version = order.state, order.version
    if state in COMMISSIONED_ORDER and not await _has(order, COMMISSIONED_MATCH):
        version = await transition(ORDER, order.id, "FALL_THROUGH", viewer)
        await transition_all(MATCH, order.id, "RESUME", viewer)
        state = OrderState.IN_PROGRESS
    if state is OrderState.IN_PROGRESS and not await _has(order, AGREED_MATCH):
        version = await transition(ORDER, order.id, "LAST_ACCEPTANCE_GONE", viewer)
    await append("order", order.id, order.id, version, "COUNT")


async def _has(order: Order, states: frozenset[MatchState]) -> bool:
    return await Match.filter(order_id=order.id, state__in=sorted(states)).exists()


def _kind(offers: Offers, index: np.intp) -> str:
    provider = bool(offers.is_provider[index])
    return (AcceptorKind.PROVIDER if provider else AcceptorKind.ASSISTANT).value
