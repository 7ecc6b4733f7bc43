"""Offers and orders for matching alone: a district's people with everything that rules look at."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from bench.rows import Seeded
from domain.dates import BERLIN
from domain.match import AcceptorKind
from domain.matching.busy import BusySpan, calendar_weeks
from domain.matching.demand import Demand, demand_of
from domain.matching.demand import Place as DemandPlace
from domain.matching.offer import OfferRow
from domain.order import Interval, OrderDraft, OrderKind
from domain.quality import CATALOGUE
from domain.window import Window, week_of
from portal.municipalities import Place

_QUALITIES = tuple(CATALOGUE)
_BEGIN = datetime(2026, 3, 2, tzinfo=UTC)
_DAYS = 60
_PLACE = UUID(int=1)
_BUSY, _VOLUNTEERS, _ONCE = 0.3, 0.2, 0.3  # shares


def offer(seeded: Seeded, places: Sequence[Place]) -> OfferRow:
    """An assistant; three in ten are away for a while."""
    chance, place = seeded.chance, seeded.chance.choice(places)
    busy: dict[int, bytes] = {}
    if chance.random() < _BUSY:
        begin = _BEGIN + timedelta(days=chance.randrange(_DAYS), hours=chance.randrange(24))
        span = BusySpan(begin, begin + timedelta(days=chance.choice((1, 7, 14))))
        busy = calendar_weeks([span], BERLIN)
    return OfferRow(
        id=seeded.id(),
        kind=AcceptorKind.ASSISTANT,
        activities=seeded.codes(8, 30),
        week=seeded.week(),
        latitude=place.latitude + chance.uniform(-0.05, 0.05),
        longitude=place.longitude + chance.uniform(-0.05, 0.05),
        radius_km=chance.choice((5.0, 10.0, 20.0, 50.0)),
        qualities=frozenset(chance.sample(_QUALITIES, chance.randrange(4, 14))),
        volunteer=chance.random() < _VOLUNTEERS,
        busy=busy,
    )


def demand(seeded: Seeded, places: Sequence[Place]) -> Demand:
    """An order; three in ten have one date."""
    chance, place = seeded.chance, seeded.chance.choice(places)
    once = chance.random() < _ONCE
    day = _BEGIN + timedelta(days=chance.randrange(_DAYS), hours=chance.randrange(8, 14))
    draft = OrderDraft(
        kind=OrderKind.ONE_OFF if once else OrderKind.RECURRING,
        description="",
        activities=frozenset(seeded.codes(1, 4)),
        week=_ALL_DAY if once else seeded.week(),
        duration_minutes=chance.choice((60, 90, 120)),
        needs_driving=chance.randrange(5) == 0,
        starts_at=day if once else None,
        start_date=None if once else day.date(),
        interval=None if once else Interval.WEEK,
        count=None if once else chance.choice((1, 2, 3)),
        max_distance_km=chance.choice((None, 10, 25)),
        must=frozenset(chance.sample(_QUALITIES, chance.randrange(3))),
        wishes=frozenset(chance.sample(_QUALITIES, 3)),
    )
    where = DemandPlace(_PLACE, place.latitude, place.longitude)
    return demand_of(draft, where, today=_BEGIN.date())


_ALL_DAY = week_of(Window(day, "07:00", "20:00") for day in range(1, 8))
