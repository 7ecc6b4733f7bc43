"""Orders as matching compares them, read with one statement however many they are.

A changed assistant is compared with all of them, and from one time to the next nearly all say the
same. What was made of a row is kept beside it: every row is read anew, and only one that says
something else, or is looked at on another day, is worked out anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.matching.demand import Demand, Place, demand_of
from domain.matching.snapshot import fingerprint
from domain.order import Interval, OrderDraft, OrderKind
from models.database import fetch

# Whoever is suspended looks for nobody: their orders stay, and nobody is asked.
_OPEN = "o.state IN ('RELEASED', 'IN_PROGRESS') AND u.state = 'RELEASED'"
_DEMANDS = """
SELECT o.id, o.kind, o.week, o.duration_minutes, o.needs_driving, o.starts_at,
       o.start_date, o.interval, o.count, o.max_distance_km, o.personal_reason,
       m.id AS place, m.latitude, m.longitude,
       array(SELECT activity_id FROM order_activities WHERE order_id = o.id) AS activities,
       array(SELECT quality_id FROM order_qualities WHERE order_id = o.id AND must) AS must,
       array(SELECT quality_id FROM order_qualities WHERE order_id = o.id AND NOT must) AS wishes,
       array(SELECT coalesce(assistant_id, provider_id) FROM blocks
             WHERE seeker_id = o.seeker_id) AS barred,
       array(SELECT assistant_id FROM trust WHERE seeker_id = o.seeker_id AND would_meet_again
             GROUP BY assistant_id HAVING count(*) = 2) AS trusted
FROM orders o JOIN users u ON u.id = o.seeker_id JOIN municipalities m ON m.id = o.municipality_id
WHERE {which} ORDER BY o.id
"""
_OPEN_ONES = _DEMANDS.format(which=f"{_OPEN} AND ($1::uuid[] IS NULL OR o.id = ANY ($1::uuid[]))")
_ONE = _DEMANDS.format(which="o.id = $1")


@dataclass(frozen=True, slots=True)
class OrderDemand:
    """An order's demand and its fingerprint, and that of the times and the place it asks for."""

    id: UUID
    asked_for: str
    demand: Demand
    fingerprint: int


@dataclass(frozen=True, slots=True)
class _Made:
    """What was made of the values of a row on a day."""

    values: tuple[Any, ...]
    day: date
    demand: OrderDemand


_made: dict[UUID, _Made] = {}


async def open_demands(today: date, ids: Sequence[UUID] | None = None) -> Sequence[OrderDemand]:
    """The orders that people may be asked for, all or those of the given ones."""
    wanted = None if ids is None else list(ids)
    found = {row["id"]: _made_of(row, today) for row in await fetch(_OPEN_ONES, wanted)}
    if ids is None:
        _made.clear()  # orders that have ended are not kept
        _made.update(found)
    return [each.demand for each in found.values()]


async def open_demand(order_id: UUID, today: date) -> OrderDemand | None:
    """One of them; None if nobody may be asked for it."""
    found = await open_demands(today, [order_id])
    return found[0] if found else None


async def demand_row(order_id: UUID, today: date) -> Demand | None:
    """An order in any state; None where it has no date yet."""
    rows = await fetch(_ONE, order_id)
    if not rows or (rows[0]["kind"] == OrderKind.ONE_OFF and rows[0]["starts_at"] is None):
        return None
    return _demand(rows[0], _draft(rows[0]), today)


def _made_of(row: Mapping[str, Any], today: date) -> _Made:
    values, known = tuple(row.values()), _made.get(row["id"])
    if known and known.day == today and known.values == values:
        return known
    draft = _draft(row)
    demand = _demand(row, draft, today)
    made = OrderDemand(row["id"], draft.asked_for(row["place"]), demand, fingerprint(demand))
    return _Made(values, today, made)


def _draft(row: Mapping[str, Any]) -> OrderDraft:
    return OrderDraft(
        kind=OrderKind(row["kind"]),
        description="",
        activities=frozenset(row["activities"]),
        week=bytes(row["week"]),
        duration_minutes=row["duration_minutes"],
        needs_driving=row["needs_driving"],
        starts_at=row["starts_at"],
        start_date=row["start_date"],
        interval=Interval(row["interval"]) if row["interval"] else None,
        count=row["count"],
        max_distance_km=row["max_distance_km"],
        must=frozenset(row["must"]),
        wishes=frozenset(row["wishes"]),
        personal_reason=row["personal_reason"],
    )


def _demand(row: Mapping[str, Any], draft: OrderDraft, today: date) -> Demand:
    return demand_of(
        draft,
        Place(row["place"], row["latitude"], row["longitude"]),
        today=today,
        barred=frozenset(row["barred"]),
        trusted=frozenset(row["trusted"]),
    )
