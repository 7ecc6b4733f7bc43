"""The generated district: made from a seed, and brought into a database by COPY."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg

from bench.orders import orders_of
from bench.people import people_of
from bench.rows import Row, Seeded
from domain.keys import Keys
from models.database import parse_url
from portal.demo.load import DISTRICT, MUNICIPALITIES
from portal.municipalities import read
from services.session import ABSOLUTE, token_of

Say = Callable[[str], None]

_GUARDED = ("users", "orders", "matches")
_COLUMNS = {
    "districts": "key name land",
    "municipalities": "id district_id name postcodes latitude longitude population",
    "users": (
        "id email email_version email_confirmed_at password_hash role state version language"
        " first_name last_name phone mobile street postcode municipality_id created_at"
    ),
    "providers": "id name introduction email phone version created_at",
    "provider_activities": "id provider_id activity_id",
    "provider_areas": "id provider_id municipality_id",
    "coordinators": "id user_id provider_id",
    "seekers": "id user_id introduction acting_for week",
    "assistants": (
        "id user_id introduction employment provider_id languages week latitude longitude"
        " radius_km has_car proofs_until"
    ),
    "assistant_activities": "id assistant_id activity_id",
    "consent_texts": "digest kind version language title text",
    "consents": "id user_id kind version text_id given_at",
    "orders": (
        "id seeker_id municipality_id state version kind description duration_minutes"
        " needs_driving starts_at start_date interval count week max_distance_km created_at"
        " released_at"
    ),
    "order_activities": "id order_id activity_id",
    "matches": (
        "id order_id kind assistant_id provider_id state version distance_km created_at decided_at"
    ),
    "sessions": "id token_hash user_id created_at last_seen_at expires_at strong",
}


@dataclass(frozen=True, slots=True)
class Size:
    """How many rows the district has."""

    seekers: int = 10_000
    assistants: int = 20_000
    orders: int = 50_000
    matches: int = 500_000


FULL = Size()
SMALL = Size(seekers=1_000, assistants=2_000, orders=5_000, matches=50_000)


@dataclass(frozen=True, slots=True)
class District:
    """What the reads choose their viewers and ids from."""

    key: str
    tokens: Mapping[UUID, str]
    staff: Sequence[UUID]
    coordinators: Sequence[tuple[UUID, UUID]]
    providers: Sequence[UUID]
    assistants: Sequence[UUID]
    orders: Sequence[UUID]
    matches: Sequence[UUID]
    answered: Sequence[tuple[UUID, UUID]]
    long: Sequence[tuple[UUID, UUID]]
    asked: Mapping[UUID, Sequence[UUID]]


async def load(owner_url: str, keys: Keys, size: Size, seed: int, say: Say) -> District:
    """Make the district and copy it into a migrated, empty database."""
    seeded = Seeded(seed)
    places = read(MUNICIPALITIES, DISTRICT)
    people = people_of(seeded, places, size.seekers, size.assistants)
    orders = orders_of(seeded, people, size.orders, size.matches)
    viewers = [*people.staff, *(user for user, _ in people.coordinators)]
    viewers += dict.fromkeys(seeker for _, seeker in (*orders.answered, *orders.long))
    tokens, sessions = _sessions(seeded, viewers, keys)
    say(f"Copying {size.orders:,} orders and {size.matches:,} matches into PostgreSQL.")
    await _copy(owner_url, {**people.rows, **orders.rows, "sessions": sessions})
    return District(
        key=DISTRICT,
        tokens=tokens,
        staff=people.staff,
        coordinators=people.coordinators,
        providers=people.providers,
        assistants=people.assistants,
        orders=_ids(orders.rows["orders"]),
        matches=_ids(orders.rows["matches"]),
        answered=orders.answered,
        long=orders.long,
        asked=orders.asked,
    )


def _ids(rows: Sequence[Row]) -> list[UUID]:
    return [row[0] for row in rows if isinstance(row[0], UUID)]


def _sessions(
    seeded: Seeded, viewers: Sequence[UUID], keys: Keys
) -> tuple[dict[UUID, str], list[Row]]:
    """A token for each viewer, and the rows of their sessions.

    They were seen in the future, so that no server notes once a minute that they are in use.
    """
    now = datetime.now(UTC)
    tokens, rows = {}, list[Row]()
    for user in viewers:
        identity = seeded.id()
        tokens[user] = token_of(identity, keys)
        digest = hashlib.sha256(tokens[user].encode()).digest()
        rows.append((identity, digest, user, now, now + timedelta(hours=6), now + ABSOLUTE, True))
    return tokens, rows


async def _copy(owner_url: str, rows: Mapping[str, Sequence[Row]]) -> None:
    """All rows in one transaction, as the tables' owner, while their guards are asleep."""
    connection = await asyncpg.connect(**parse_url(owner_url).arguments())
    try:
        async with connection.transaction():
            for table in _GUARDED:
                await connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for table, columns in _COLUMNS.items():
                await connection.copy_records_to_table(
                    table, records=rows[table], columns=columns.split()
                )
            for table in _GUARDED:
                await connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()
