"""What is forgotten of orders and news once its time is over, in the caller's transaction.

A match that ended stays as long as its order may still ask people: it is what keeps whoever said no
from being asked again. What a report is about stays until somebody has handled it.
"""

from datetime import datetime, timedelta

from domain.ids import uuid7_at
from models.database import execute, fetch
from models.found_count import FoundCount

BATCH = 200
# domain.md 5.3: six months after a match or an order has ended, 90 days for a draft.
KEPT, DRAFT_KEPT = timedelta(days=183), timedelta(days=90)
COUNTS_KEPT = timedelta(days=731)

_ENDED_MATCHES = """
SELECT m.id FROM matches m JOIN orders o ON o.id = m.order_id
WHERE m.state IN ('DECLINED', 'WITHDRAWN', 'LAPSED') AND m.created_at < $1
  AND o.state IN ('CONTRACTED', 'COMPLETED', 'WITHDRAWN', 'EXPIRED')
  AND NOT EXISTS (SELECT FROM transitions t
                  WHERE t.machine = 'MATCH' AND t.aggregate = m.id AND t.at >= $1)
  AND NOT EXISTS (SELECT FROM reports r JOIN conversation_messages s ON s.id = r.message_id
                  JOIN conversations w ON w.id = s.conversation_id
                  WHERE w.match_id = m.id AND r.handled_at IS NULL)
ORDER BY m.id LIMIT $2 FOR UPDATE OF m SKIP LOCKED
"""
_COUNT = """
INSERT INTO found_counts (id, acceptor, kind, month, found, accepted, contracted)
SELECT portal_uuid7(), coalesce(m.assistant_id, m.provider_id), m.kind,
  date_trunc('month', t.at AT TIME ZONE 'Europe/Berlin')::date,
  count(*) FILTER (WHERE t.action IN ('SUGGEST', 'SUGGEST_AGAIN')),
  count(*) FILTER (WHERE t.action = 'ACCEPT_ORDER'),
  count(*) FILTER (WHERE t.action = 'CONTRACT')
FROM matches m JOIN transitions t ON t.machine = 'MATCH' AND t.aggregate = m.id
WHERE m.id = ANY($1) GROUP BY 2, 3, 4
ON CONFLICT (acceptor, month) DO UPDATE SET
  found = found_counts.found + excluded.found,
  accepted = found_counts.accepted + excluded.accepted,
  contracted = found_counts.contracted + excluded.contracted
"""
_ENDED_ORDERS = """
DELETE FROM orders WHERE id IN (
  SELECT o.id FROM orders o
  WHERE o.state IN ('WITHDRAWN', 'EXPIRED') AND o.created_at < $1
    AND NOT EXISTS (SELECT FROM transitions t
                    WHERE t.machine = 'ORDER' AND t.aggregate = o.id AND t.at >= $1)
    AND NOT EXISTS (SELECT FROM matches m WHERE m.order_id = o.id)
    AND NOT EXISTS (SELECT FROM contracts c WHERE c.order_id = o.id)
  ORDER BY o.id LIMIT $2 FOR UPDATE OF o SKIP LOCKED)
"""
_DRAFTS = """
DELETE FROM orders WHERE id IN (
  SELECT id FROM orders WHERE state = 'DRAFT' AND edited_at < $1
  ORDER BY edited_at LIMIT $2 FOR UPDATE SKIP LOCKED)
"""
# What waits to be sent or told stays until it was.
_NEWS = """
DELETE FROM notifications WHERE id IN (
  SELECT n.id FROM notifications n WHERE n.id < $1
    AND NOT EXISTS (SELECT FROM messages m
                    WHERE m.notification_id = n.id AND m.state IN ('WAITING', 'TO_TELL'))
  ORDER BY n.id LIMIT $2)
"""
_MESSAGES = """
DELETE FROM messages WHERE id IN (
  SELECT id FROM messages WHERE id < $1 AND notification_id IS NULL
    AND state IN ('SENT', 'FAILED', 'CANCELLED')
  ORDER BY id LIMIT $2)
"""


async def forget_matches(now: datetime) -> int:
    """Delete matches that ended six months ago and all that hangs on them; how many.

    Conversations, meetings, nominations and drafts of contracts go with them. Numbers stay.
    """
    rows = await fetch(_ENDED_MATCHES, now - KEPT, BATCH)
    ids = [row["id"] for row in rows]
    await execute(_COUNT, ids)
    await execute("DELETE FROM contracts WHERE match_id = ANY($1)", ids)
    await execute("DELETE FROM matches WHERE id = ANY($1)", ids)
    return len(ids)


async def forget_orders(now: datetime) -> int:
    """Delete orders that ended without a contract six months ago, once no match is left."""
    return await execute(_ENDED_ORDERS, now - KEPT, BATCH)


async def forget_drafts(now: datetime) -> int:
    """Delete drafts that nobody has touched for 90 days; how many."""
    return await execute(_DRAFTS, now - DRAFT_KEPT, BATCH)


async def forget_news(now: datetime) -> int:
    """Delete news of more than six months ago with its messages, read or not; how many."""
    before = uuid7_at(now - KEPT)
    news = await execute(_NEWS, before, BATCH)
    return news + await execute(_MESSAGES, before, BATCH)


async def forget_counts(now: datetime) -> int:
    """Delete numbers that no report of a year asks for any more."""
    return await FoundCount.filter(month__lt=(now - COUNTS_KEPT).date()).delete()
