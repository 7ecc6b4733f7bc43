"""Suggestions as rows: writing who fits which order, whatever stood there before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.match import AcceptorKind
from models.database import fetch


@dataclass(frozen=True, slots=True)
class Pair:
    """That an order and an acceptor fit, and how well; `met` and `unmet` are codes of wishes."""

    order_id: UUID
    kind: AcceptorKind
    acceptor_id: UUID
    distance_km: float | None
    score: int
    met: str
    unmet: str
    asked_for: str
    waits_until: datetime | None


@dataclass(frozen=True, slots=True)
class Written:
    """How many pairs are new or asked again, of which orders; ended matches to be opened again."""

    asked: int
    orders: frozenset[UUID]
    again: list[UUID]


# Who declined or took a yes back is asked again only if times or place have changed since.
_AGAIN = """
(m.state = 'LAPSED'
 OR m.state IN ('DECLINED', 'WITHDRAWN') AND m.asked_for NOT IN ('', fit.asked_for))
"""
_WRITING = """
WITH fit AS (
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::float8[], $5::int[], $6::text[],
                       $7::text[], $8::text[], $9::timestamptz[])
    AS fit (order_id, kind, acceptor, distance, score, met, unmet, asked_for, waits_until)
), added AS (
  INSERT INTO matches (id, order_id, kind, assistant_id, provider_id, state, version, distance_km,
                       score, met, unmet, asked_for, waits_until, shown_at,
                       created_at)
  SELECT portal_uuid7(), order_id, kind, CASE kind WHEN 'ASSISTANT' THEN acceptor END,
         CASE kind WHEN 'PROVIDER' THEN acceptor END, 'SUGGESTED', 1, distance,
         score, met, unmet, asked_for, waits_until,
         CASE WHEN waits_until IS NULL THEN now() END, now()
  FROM fit
  ON CONFLICT DO NOTHING
  RETURNING id, order_id, coalesce(assistant_id, provider_id) AS acceptor, waits_until
), history AS (
  INSERT INTO transitions
    (id, machine, aggregate, action, source, target, version, order_id, match_id, at)
  SELECT portal_uuid7(), 'MATCH', id, 'SUGGEST', '', 'SUGGESTED', 1, order_id, id, now() FROM added
), told AS (
  INSERT INTO events (topic, key, aggregate, version, kind)
  SELECT 'suggested', acceptor, id, 1, 'MATCH' FROM added WHERE waits_until IS NULL
), refreshed AS (
  UPDATE matches m SET distance_km = fit.distance, score = fit.score, met = fit.met,
    unmet = fit.unmet, asked_for = fit.asked_for
  FROM fit
  WHERE m.order_id = fit.order_id AND coalesce(m.assistant_id, m.provider_id) = fit.acceptor
    AND m.state = 'SUGGESTED' AND (m.distance_km, m.score, m.met, m.unmet, m.asked_for)
      IS DISTINCT FROM (fit.distance, fit.score, fit.met, fit.unmet, fit.asked_for)
), again AS (
  UPDATE matches m SET distance_km = fit.distance, score = fit.score, met = fit.met,
    unmet = fit.unmet, asked_for = fit.asked_for, waits_until = fit.waits_until, decided_at = NULL,
    shown_at = CASE WHEN fit.waits_until IS NULL THEN now() END
  FROM fit
  WHERE m.order_id = fit.order_id AND coalesce(m.assistant_id, m.provider_id) = fit.acceptor
    AND {again}
  RETURNING m.id, m.order_id
)
SELECT order_id, NULL::uuid AS again FROM added UNION ALL SELECT order_id, id FROM again
"""
_WRITE = _WRITING.format(again=_AGAIN)
# A commissioned order's suggestions stay: they come back if the commission falls through.
_NO_LONGER = """
SELECT id, order_id FROM matches
WHERE state = 'SUGGESTED' AND {side} AND NOT {other} = ANY ($2)
  AND order_id IN (SELECT id FROM orders WHERE state IN ('RELEASED', 'IN_PROGRESS'))
"""
_OF_ORDER = _NO_LONGER.format(side="order_id = $1", other="coalesce(assistant_id, provider_id)")
_TO_ACCEPTOR = _NO_LONGER.format(side="(assistant_id = $1 OR provider_id = $1)", other="order_id")
_UNANSWERED = """
SELECT assistant_id, count(*) AS number FROM matches
WHERE assistant_id = ANY ($1::uuid[]) AND state = 'SUGGESTED'
GROUP BY assistant_id
"""
_WOULD_BE_ASKED = """
SELECT fit.order_id, fit.acceptor
FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS fit (order_id, acceptor, asked_for)
LEFT JOIN matches m ON m.order_id = fit.order_id
  AND coalesce(m.assistant_id, m.provider_id) = fit.acceptor
WHERE m.id IS NULL OR {again}
"""
_TO_BE_ASKED = _WOULD_BE_ASKED.format(again=_AGAIN)
_SHOW = """
WITH due AS (
  SELECT id FROM matches WHERE waits_until <= $1 ORDER BY waits_until LIMIT $2
  FOR NO KEY UPDATE SKIP LOCKED
), shown AS (
  UPDATE matches m SET waits_until = NULL, shown_at = $1 FROM due WHERE m.id = due.id
  RETURNING m.id, coalesce(assistant_id, provider_id) AS acceptor, version, state
), told AS (
  INSERT INTO events (topic, key, aggregate, version, kind)
  SELECT 'suggested', acceptor, id, version, 'MATCH' FROM shown WHERE state = 'SUGGESTED'
)
SELECT count(*) AS number FROM shown
"""
_COMPARING = 0x6D61746368  # "match"; any number that nobody else locks


async def hold_offers_off() -> None:
    """Comparing an order begins, in the caller's transaction: changed offers wait for its end."""
    await fetch("SELECT pg_advisory_xact_lock_shared($1)", _COMPARING)


async def await_orders(acceptor_id: UUID) -> None:
    """Comparing an acceptor begins: one run after the other, and after every order under way.

    An order that was compared with what the acceptor offered before has not committed what it
    wrote, so nobody could take it back. Orders that begin later see the offer as it is now; they
    are not held up, so the lock goes back in the same statement.
    """
    key = f"offer|{acceptor_id}"
    await fetch("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", key)
    await fetch("SELECT pg_advisory_lock($1), pg_advisory_unlock($1)", _COMPARING)


async def write(pairs: Sequence[Pair]) -> Written:
    """Write the pairs in the caller's transaction; what is there already stays as it is."""
    columns = [
        [each.order_id for each in pairs],
        [each.kind.value for each in pairs],
        [each.acceptor_id for each in pairs],
        [each.distance_km for each in pairs],
        [each.score for each in pairs],
        [each.met for each in pairs],
        [each.unmet for each in pairs],
        [each.asked_for for each in pairs],
        [each.waits_until for each in pairs],
    ]
    rows = await fetch(_WRITE, *columns) if pairs else []
    return Written(
        asked=len(rows),
        orders=frozenset(row["order_id"] for row in rows),
        again=[row["again"] for row in rows if row["again"] is not None],
    )


async def no_longer_for(order_id: UUID, acceptors: Sequence[UUID]) -> dict[UUID, UUID]:
    """An order's suggestions to anybody but these acceptors: each match with its order."""
    rows = await fetch(_OF_ORDER, order_id, list(acceptors))
    return {row["id"]: row["order_id"] for row in rows}


async def no_longer_to(acceptor_id: UUID, orders: Sequence[UUID]) -> dict[UUID, UUID]:
    """An acceptor's suggestions of any order but these: each match with its order."""
    rows = await fetch(_TO_ACCEPTOR, acceptor_id, list(orders))
    return {row["id"]: row["order_id"] for row in rows}


async def to_be_asked(pairs: Sequence[tuple[UUID, UUID, str]]) -> set[tuple[UUID, UUID]]:
    """Those of the pairs (order, acceptor, what is asked for) that `write` adds or opens again."""
    orders, acceptors, asked_for = zip(*pairs, strict=True) if pairs else ((), (), ())
    rows = await fetch(_TO_BE_ASKED, list(orders), list(acceptors), list(asked_for))
    return {(row["order_id"], row["acceptor"]) for row in rows}


async def unanswered(assistants: Sequence[UUID]) -> dict[UUID, int]:
    """How many open suggestions each assistant has, those included that wait for their turn."""
    rows = await fetch(_UNANSWERED, list(assistants))
    return {row["assistant_id"]: row["number"] for row in rows}


async def show_waiting(now: datetime, limit: int) -> int:
    """Show the suggestions whose turn has come, at most `limit`; how many."""
    (row,) = await fetch(_SHOW, now, limit)
    return int(row["number"])
