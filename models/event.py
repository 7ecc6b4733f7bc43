"""Events: what changed, in an order in which nothing can appear later.

An event is thin (ids and a kind, nothing about a person) and is written in the transaction of the
change itself. It is read by (tx, id) and only below the horizon of the reader's snapshot; a reader
that follows the id alone loses what a slow transaction commits after a faster one. The price: one
long writing transaction anywhere on the database server holds the stream back.

The order is that of the transactions' beginnings. Two changes of one object may therefore arrive
with the higher version first: a version is compared, never taken from the order.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.fields.db_defaults import Now
from tortoise.models import Model

from domain.cursor import Cursor, Position
from models.database import execute, fetch, inside_transaction

Topic = tuple[str, UUID]


class Event(Model):
    """One change. The column `tx` (the writing transaction) comes from `sql/events.sql`."""

    id = fields.BigIntField(primary_key=True)
    topic = fields.CharField(max_length=40)
    key = fields.UUIDField()
    aggregate = fields.UUIDField()
    version = fields.IntField()
    kind = fields.CharField(max_length=40)
    at = fields.DatetimeField(db_default=Now())

    class Meta:
        """Read by position, or by topic and position; the indexes are in `sql/events.sql`."""

        table = "events"


@dataclass(frozen=True, slots=True)
class Change:
    """What an event says: subscribers of (topic, key) learn that the aggregate changed."""

    topic: str
    key: UUID
    aggregate: UUID
    version: int
    kind: str


@dataclass(frozen=True, slots=True)
class Stored:
    """A change and its place in the order."""

    position: Position
    change: Change


@dataclass(frozen=True, slots=True)
class Page:
    """What one read found, all of it from one snapshot.

    Every event before `horizon` that the read asked for is in `events`, unless the limit cut it
    off. `pending`: something is committed but not yet below the horizon, so read again soon.
    `floor`: retention has deleted events up to here.
    """

    epoch: UUID
    horizon: int
    floor: Position
    pending: bool
    events: list[Stored]


async def append(topic: str, key: UUID, aggregate: UUID, version: int, kind: str) -> None:
    """Write one event in the caller's transaction."""
    await append_all([Change(topic, key, aggregate, version, kind)])


_APPEND = """
INSERT INTO events (topic, key, aggregate, version, kind)
SELECT * FROM unnest($1::text[], $2::uuid[], $3::uuid[], $4::int[], $5::text[])
"""


async def append_all(changes: Iterable[Change]) -> None:
    """Write events in the caller's transaction, in the given order, with one statement."""
    if not inside_transaction():
        raise RuntimeError("an event is written in the transaction of the change it tells of")
    rows = [(one.topic, one.key, one.aggregate, one.version, one.kind) for one in changes]
    if rows:
        await execute(_APPEND, *(list(column) for column in zip(*rows, strict=True)))


_READ_AFTER = """
WITH here AS MATERIALIZED (
    SELECT pg_snapshot_xmin(pg_current_snapshot()) AS horizon, epoch, floor_tx, floor_id
    FROM portal_epoch
)
SELECT here.*, found.*, EXISTS (SELECT FROM events WHERE tx >= here.horizon) AS pending
FROM here LEFT JOIN LATERAL (
    SELECT tx, id, topic, key, aggregate, version, kind FROM events
    WHERE (tx, id) > ($1::xid8, $2::bigint) AND tx < here.horizon
    ORDER BY tx, id LIMIT $3
) found ON true
ORDER BY found.tx, found.id
"""

_BACKLOG = """
WITH here AS MATERIALIZED (
    SELECT pg_snapshot_xmin(pg_current_snapshot()) AS horizon, epoch, floor_tx, floor_id
    FROM portal_epoch
)
SELECT here.*, found.*, false AS pending
FROM here LEFT JOIN LATERAL (
    SELECT event.* FROM unnest($3::text[], $4::uuid[]) AS wanted (topic, key)
    CROSS JOIN LATERAL (
        SELECT tx, id, topic, key, aggregate, version, kind FROM events
        WHERE topic = wanted.topic AND key = wanted.key
          AND (tx, id) > ($1::xid8, $2::bigint) AND tx < here.horizon
        ORDER BY tx, id LIMIT $5
    ) event
    ORDER BY event.tx, event.id LIMIT $5
) found ON true
ORDER BY found.tx, found.id
"""

_HEAD = """
SELECT epoch, head.tx, head.id FROM portal_epoch CROSS JOIN LATERAL (
    SELECT floor_tx AS tx, floor_id AS id
    UNION ALL
    (SELECT tx, id FROM events WHERE tx < pg_snapshot_xmin(pg_current_snapshot())
     ORDER BY tx DESC, id DESC LIMIT 1)
    ORDER BY tx DESC, id DESC LIMIT 1
) head
"""


async def read_after(position: Position, limit: int) -> Page:
    """The next events of all topics after the position, in order."""
    return _page(await fetch(_READ_AFTER, *position, limit))


async def backlog(topics: Collection[Topic], position: Position, limit: int) -> Page:
    """The next events of some topics after the position, in order."""
    names, keys = [name for name, _ in topics], [key for _, key in topics]
    return _page(await fetch(_BACKLOG, *position, names, keys, limit))


async def head() -> Cursor:
    """Where the order stands at this moment: everything up to here can be read."""
    (row,) = _known(await fetch(_HEAD))
    return Cursor(row["epoch"], Position(row["tx"], row["id"]))


_DELETE_BEFORE = """
WITH oldest AS (SELECT tx, id, at FROM events ORDER BY tx, id LIMIT $2),
     gone AS (DELETE FROM events WHERE id IN (SELECT id FROM oldest WHERE at < $1)
              RETURNING tx, id),
     last AS (SELECT tx, id FROM gone ORDER BY tx DESC, id DESC LIMIT 1),
     raised AS (UPDATE portal_epoch SET floor_tx = last.tx, floor_id = last.id FROM last
                WHERE (floor_tx, floor_id) < (last.tx, last.id))
SELECT count(*) AS number FROM gone
"""


async def delete_before(instant: datetime, limit: int) -> int:
    """Delete events older than the instant, at most `limit` of the oldest; how many went."""
    (row,) = await fetch(_DELETE_BEFORE, instant, limit)
    return int(row["number"])


def _known(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if not rows:
        raise RuntimeError("the table portal_epoch is empty; models.epoch.confirm() fills it")
    return rows


def _page(rows: list[dict[str, Any]]) -> Page:
    first = _known(rows)[0]
    return Page(
        epoch=first["epoch"],
        horizon=first["horizon"],
        floor=Position(first["floor_tx"], first["floor_id"]),
        pending=first["pending"],
        events=[_stored(row) for row in rows if row["id"] is not None],
    )


def _stored(row: dict[str, Any]) -> Stored:
    change = Change(row["topic"], row["key"], row["aggregate"], row["version"], row["kind"])
    return Stored(Position(row["tx"], row["id"]), change)
