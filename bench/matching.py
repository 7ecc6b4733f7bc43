"""`python -m bench matching`: one order against everybody, in numpy and as one SQL statement."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any
from uuid import UUID

import asyncpg

from bench.rows import Seeded
from domain.activity import CATALOGUE
from domain.dates import BERLIN
from domain.match import AcceptorKind
from domain.matching.demand import Demand
from domain.matching.fit import EARTH_RADIUS_KM, fitting
from domain.matching.offer import OfferRow, Offers
from domain.order import Interval, OrderKind
from domain.quality import CAR
from domain.window import span_bits
from models.database import parse_url
from portal.database import reachable
from portal.demo.load import DISTRICT, MUNICIPALITIES
from portal.embedded import throwaway
from portal.failure import CommandError
from portal.municipalities import Place, read

Say = Callable[[str], None]

SIZES, QUICK_SIZES = (20_000, 200_000), (20_000,)
_DEMANDS, _SEED, _PLACE = 30, 5, UUID(int=1)
_QUARTERS = 4
_DRIVES = frozenset({CAR})
_CODES = tuple(CATALOGUE)
_TABLE = f"""
CREATE TEMPORARY TABLE offers (place int PRIMARY KEY, week bit(672), activities bit({len(_CODES)}),
  latitude float8, longitude float8, radius_km float8, drives boolean)
"""
_NEAR = f"""
activities & $1 = $1 AND (NOT $2::boolean OR drives) AND
{2 * EARTH_RADIUS_KM} * asin(least(1, sqrt(sin(radians(latitude - $3) / 2) ^ 2 +
  cos(radians($3)) * cos(radians(latitude)) * sin(radians(longitude - $4) / 2) ^ 2)))
  <= least(radius_km, $5)
"""
# A stretch of an hour begins where four quarters in a row are free. Nobody's windows reach midnight
# here, so that days may be counted one by one.
_HOUR = " & ".join(f"((week & $6) << {quarter})" for quarter in range(_QUARTERS))
_DAYS = " + ".join(
    f"(bit_count(substring(hours FROM {day * 96 + 1} FOR 96)) > 0)::int" for day in range(7)
)
_STATEMENTS = {
    OrderKind.ONE_OFF: f"SELECT place FROM offers WHERE {_NEAR} AND week & $6 = $6 ORDER BY place",  # noqa: S608  our own words
    OrderKind.RECURRING: (
        f"SELECT place FROM (SELECT place, {_HOUR} AS hours FROM offers WHERE {_NEAR} OFFSET 0) t "  # noqa: S608
        f"WHERE {_DAYS} >= $7 ORDER BY place"
    ),
}


def measure(say: Say, *, quick: bool) -> dict[str, Any]:
    """Milliseconds per order, by the number of offers and the kind of order.

    Raises:
        CommandError: both ways do not find the same people.
    """
    url = os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL")
    sizes = QUICK_SIZES if quick else SIZES
    if url is not None:
        with reachable(url):
            return asyncio.run(_measure(url, sizes, say))
    with throwaway() as embedded:
        return asyncio.run(_measure(embedded.database_owner_url, sizes, say))


def tables(found: Mapping[str, Any]) -> Iterator[str]:
    """Lines of Markdown."""
    yield "| offers | order | found | numpy ms | SQL with bit(672) ms |"
    yield "| ---: | --- | ---: | ---: | ---: |"
    for row in found["rows"]:
        yield (
            f"| {row['offers']:,} | {row['kind']} | {row['found']:,.0f} "
            f"| {row['numpy']:.2f} | {row['sql']:.2f} |"
        )


async def _measure(url: str, sizes: Sequence[int], say: Say) -> dict[str, Any]:
    connection = await asyncpg.connect(
        **parse_url(url).arguments(), server_settings={"jit": "off", "statement_timeout": "60s"}
    )
    try:
        await connection.execute(_TABLE)
        rows = []
        for size in sizes:
            say(f"Matching {_DEMANDS} orders of each kind with {size:,} offers.")
            rows += await _size(connection, size)
        return {"rows": rows}
    finally:
        await connection.close()


async def _size(connection: asyncpg.Connection, size: int) -> list[dict[str, Any]]:
    seeded, places = Seeded(_SEED), read(MUNICIPALITIES, DISTRICT)
    people = [_offer(seeded, places) for _ in range(size)]
    await connection.execute("TRUNCATE offers")
    await connection.copy_records_to_table("offers", records=list(map(_row, range(size), people)))
    await connection.execute("ANALYZE offers")
    offers = Offers.of(people)
    rows = []
    for kind in OrderKind:
        demands = [_demand(seeded, places, kind) for _ in range(_DEMANDS)]
        rows.append(await _compared(connection, offers, kind, demands))
    return rows


async def _compared(
    connection: asyncpg.Connection, offers: Offers, kind: OrderKind, demands: Sequence[Demand]
) -> dict[str, Any]:
    statement = await connection.prepare(_STATEMENTS[kind])

    async def in_numpy(demand: Demand) -> list[int]:
        return [int(place) for place in fitting(demand, offers)]

    async def in_sql(demand: Demand) -> list[int]:
        return [row[0] for row in await statement.fetch(*_values(demand))]

    ours, numpy_ms = await _timed(in_numpy, demands)
    theirs, sql_ms = await _timed(in_sql, demands)
    if ours != theirs:
        raise CommandError("numpy and SQL do not find the same people, so no time means anything")
    found = sum(map(len, ours)) / len(demands)
    row = {"offers": len(offers), "kind": kind.value, "found": found}
    return {**row, "numpy": numpy_ms, "sql": sql_ms}


async def _timed(
    find: Callable[[Demand], Awaitable[list[int]]], demands: Sequence[Demand]
) -> tuple[list[list[int]], float]:
    """What is found for each demand, and the median of the milliseconds that it takes."""
    await find(demands[0])
    found, times = [], []
    for demand in demands:
        begin = time.perf_counter()
        found.append(await find(demand))
        times.append((time.perf_counter() - begin) * 1000)
    return found, median(times)


def _offer(seeded: Seeded, places: Sequence[Place]) -> OfferRow:
    place = seeded.chance.choice(places)
    return OfferRow(
        id=seeded.id(),
        kind=AcceptorKind.ASSISTANT,
        activities=seeded.codes(8, 30),
        week=seeded.week(),
        latitude=place.latitude + seeded.chance.uniform(-0.05, 0.05),
        longitude=place.longitude + seeded.chance.uniform(-0.05, 0.05),
        radius_km=seeded.chance.choice((5.0, 10.0, 20.0, 50.0)),
        qualities=_DRIVES if seeded.chance.random() < 0.5 else frozenset(),  # noqa: PLR2004  every other
    )


def _demand(seeded: Seeded, places: Sequence[Place], kind: OrderKind) -> Demand:
    place, once = seeded.chance.choice(places), kind is OrderKind.ONE_OFF
    day = datetime(2026, 3, 2, 11, tzinfo=UTC) + timedelta(days=seeded.chance.randrange(7))
    span = span_bits(day, _QUARTERS * 15, BERLIN)
    return Demand(
        kind=kind,
        activities=frozenset(seeded.codes(1, 2)),
        week=span if once else seeded.week(),
        latitude=place.latitude,
        longitude=place.longitude,
        municipality_id=_PLACE,
        span=span if once else None,
        interval=None if once else Interval.WEEK,
        count=2,
        duration_minutes=_QUARTERS * 15,
        max_distance_km=30.0,
        needs_driving=seeded.chance.randrange(5) == 0,
    )


def _row(number: int, offer: OfferRow) -> tuple[object, ...]:
    mask = _mask(offer.may_do)
    drives = CAR in offer.qualities
    where = (offer.latitude, offer.longitude, offer.radius_km, drives)
    return (number, asyncpg.BitString.frombytes(offer.week), mask, *where)


def _mask(codes: Iterable[str]) -> asyncpg.BitString:
    chosen = set(codes)
    return asyncpg.BitString("".join("1" if code in chosen else "0" for code in _CODES))


def _values(demand: Demand) -> list[object]:
    bits = asyncpg.BitString.frombytes(demand.span or demand.week)
    own = [demand.needs_driving, demand.latitude, demand.longitude, demand.max_distance_km]
    days = [] if demand.kind is OrderKind.ONE_OFF else [demand.count]
    return [_mask(demand.activities), *own, bits, *days]
