"""Everybody who could accept an order right now, read for matching; and what has changed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.match import AcceptorKind
from domain.matching.busy import BusySpan, calendar_weeks
from domain.matching.offer import OfferRow
from domain.quality import of_profile
from domain.recognition import Recognition
from domain.user import Employment
from models.database import execute, fetch

_ASSISTANTS = """
SELECT a.id, a.week, a.latitude, a.longitude, a.radius_km, a.has_car, a.languages, a.employment,
       array(SELECT activity_id FROM assistant_activities WHERE assistant_id = a.id) AS activities,
       array(SELECT quality_id FROM assistant_qualities WHERE assistant_id = a.id) AS qualities,
       array(SELECT quality_id FROM evidence e
             WHERE assistant_id = a.id AND quality_id IS NOT NULL AND verdict = 'CONFIRMED'
               AND coalesce(valid_until, 'infinity') >= $2
               AND NOT EXISTS (SELECT 1 FROM evidence later
                               WHERE later.assistant_id = a.id AND later.id > e.id
                                 AND later.kind = e.kind AND later.quality_id = e.quality_id
                                 AND later.verdict IS NOT NULL)) AS proven
FROM assistants a JOIN users u ON u.id = a.id
WHERE u.state = 'RELEASED' AND a.proofs_until >= $2
  AND (a.employment = 'SELF_EMPLOYED' OR a.provider_id IS NOT NULL)
  AND ($1::uuid[] IS NULL OR a.id = ANY ($1::uuid[])) ORDER BY a.id
"""
# Whatever has ended since the day began is read all day: the table is kept for a day.
_BUSY = """
SELECT assistant_id, begins_at, ends_at FROM busy
WHERE cancelled_at IS NULL AND ends_at > $2
  AND ($1::uuid[] IS NULL OR assistant_id = ANY ($1::uuid[]))
"""
# A provider without a released coordinator has nobody who could accept.
_PROVIDERS = """
SELECT p.id,
       array(SELECT activity_id FROM provider_activities WHERE provider_id = p.id) AS activities,
       array(SELECT municipality_id FROM provider_areas WHERE provider_id = p.id) AS areas,
       array(SELECT kind FROM provider_recognitions WHERE provider_id = p.id
             AND valid_from <= $2 AND coalesce(valid_until, 'infinity') >= $2) AS recognitions
FROM providers p
WHERE EXISTS (SELECT 1 FROM coordinators c JOIN users u ON u.id = c.id
              WHERE c.provider_id = p.id AND u.state = 'RELEASED')
  AND ($1::uuid[] IS NULL OR p.id = ANY ($1::uuid[])) ORDER BY p.id
"""
_CHANGES = """
SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS horizon,
       array(SELECT acceptor FROM offer_changes WHERE tx >= $1::text::xid8) AS acceptors
"""
# Looked at for the first time: since yesterday.
_LOOKED_AT = """
INSERT INTO offer_days (day) VALUES ($1::date - 1)
ON CONFLICT (one) DO UPDATE SET day = offer_days.day RETURNING day
"""
_DATED = """
SELECT assistant_id AS acceptor FROM evidence
WHERE quality_id IS NOT NULL AND valid_until >= $1 AND valid_until < $2
UNION
SELECT provider_id FROM provider_recognitions
WHERE valid_until >= $1 AND valid_until < $2 OR valid_from > $1 AND valid_from <= $2
ORDER BY acceptor
"""


@dataclass(frozen=True, slots=True)
class Changes:
    """The acceptors that have changed since a horizon, and the horizon to read on from."""

    horizon: int
    acceptors: Sequence[UUID]


async def offer_rows(
    zone: ZoneInfo, today: date, acceptors: Sequence[UUID] | None = None
) -> list[OfferRow]:
    """Who could accept today, all or of the given ones, in a stable order.

    Released assistants whose proofs hold, and who work alone or for a provider; and providers with
    somebody who speaks for them.
    """
    wanted = None if acceptors is None else list(acceptors)
    busy = await _busy(zone, wanted, today)
    assistants = [
        _assistant(row, busy.get(row["id"], {})) for row in await fetch(_ASSISTANTS, wanted, today)
    ]
    return assistants + [_provider(row) for row in await fetch(_PROVIDERS, wanted, today)]


async def changes_since(horizon: int) -> Changes:
    """Who has changed in a transaction that was not over at the horizon; some again, none never."""
    (row,) = await fetch(_CHANGES, str(horizon))
    return Changes(row["horizon"], row["acceptors"])


async def _busy(
    zone: ZoneInfo, wanted: list[UUID] | None, today: date
) -> dict[UUID, dict[int, bytes]]:
    spans: dict[UUID, list[BusySpan]] = defaultdict(list)
    for row in await fetch(_BUSY, wanted, datetime.combine(today, time(), zone)):
        spans[row["assistant_id"]].append(BusySpan(row["begins_at"], row["ends_at"]))
    return {who: calendar_weeks(found, zone) for who, found in spans.items()}


def _assistant(row: Mapping[str, Any], busy: dict[int, bytes]) -> OfferRow:
    said = frozenset(row["qualities"]) | frozenset(row["proven"])
    return OfferRow(
        id=row["id"],
        kind=AcceptorKind.ASSISTANT,
        activities=row["activities"],
        week=row["week"],
        latitude=row["latitude"],
        longitude=row["longitude"],
        radius_km=row["radius_km"],
        qualities=said | of_profile(row["languages"], has_car=row["has_car"]),
        volunteer=row["employment"] == Employment.VOLUNTEER,
        busy=busy,
    )


def _provider(row: Mapping[str, Any]) -> OfferRow:
    return OfferRow(
        id=row["id"],
        kind=AcceptorKind.PROVIDER,
        activities=row["activities"],
        municipality_ids=row["areas"],
        recognitions=frozenset(Recognition(kind) for kind in row["recognitions"]),
    )


async def last_looked_at(today: date) -> date:
    """The last day of which `dated_since` was read; locked until the caller's transaction ends."""
    (row,) = await fetch(_LOOKED_AT, today)
    day: date = row["day"]
    return day


async def dated_since(day: date, today: date) -> list[UUID]:
    """Whose qualification or recognition has ended or begun after a day, until today.

    From now on `today` is the last day that was looked at.
    """
    await execute("UPDATE offer_days SET day = $1", today)
    return [row["acceptor"] for row in await fetch(_DATED, day, today)]
