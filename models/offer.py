"""Everybody who could accept an order right now, read for matching in three statements."""

from collections import defaultdict
from uuid import UUID

from domain.match import AcceptorKind
from domain.matching.offer import OfferRow
from models.database import fetch

_ASSISTANTS = """
SELECT a.id, a.week, a.latitude, a.longitude, a.radius_km, a.has_car,
       array(SELECT activity_id FROM assistant_activities WHERE assistant_id = a.id) AS activities
FROM assistants a JOIN users u ON u.id = a.id WHERE u.state = 'RELEASED'
"""
# A provider without a released coordinator has nobody who could accept.
_PROVIDERS = """
SELECT p.id,
       array(SELECT activity_id FROM provider_activities WHERE provider_id = p.id) AS activities,
       array(SELECT municipality_id FROM provider_areas WHERE provider_id = p.id) AS areas
FROM providers p
WHERE EXISTS (SELECT 1 FROM coordinators c JOIN users u ON u.id = c.id
              WHERE c.provider_id = p.id AND u.state = 'RELEASED')
"""


async def offer_rows() -> list[OfferRow]:
    """Released assistants and reachable providers, in a stable order."""
    assistants = [
        OfferRow(
            id=row["id"],
            kind=AcceptorKind.ASSISTANT,
            activities=row["activities"],
            week=row["week"],
            latitude=row["latitude"],
            longitude=row["longitude"],
            radius_km=row["radius_km"],
            drives=row["has_car"],
        )
        for row in await fetch(_ASSISTANTS + " ORDER BY a.id")
    ]
    providers = [
        OfferRow(
            id=row["id"],
            kind=AcceptorKind.PROVIDER,
            activities=row["activities"],
            municipality_ids=row["areas"],
        )
        for row in await fetch(_PROVIDERS + " ORDER BY p.id")
    ]
    return assistants + providers


async def activities_of(order_ids: list[UUID]) -> dict[UUID, frozenset[str]]:
    """The activities of each order."""
    found: dict[UUID, set[str]] = defaultdict(set)
    rows = await fetch(
        "SELECT order_id, activity_id FROM order_activities WHERE order_id = ANY($1::uuid[])",
        order_ids,
    )
    for row in rows:
        found[row["order_id"]].add(row["activity_id"])
    return {order_id: frozenset(found[order_id]) for order_id in order_ids}
