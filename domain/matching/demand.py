"""What an order asks of an offer, as values that matching can compare."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.dates import BERLIN
from domain.errors import NumberOutOfRange
from domain.matching.busy import span_weeks, week_number
from domain.order import MAX_COUNT, MAX_MINUTES, Interval, OrderDraft, OrderKind
from domain.window import QUARTER_MINUTES, span_bits

WEEKS_IN_EVERY_MONTH = 4
WEEKDAYS = 7


@dataclass(frozen=True, slots=True)
class Demand:
    """An order's hard rules and wishes. `week` and `span` are weeks of `domain.window`.

    A one-off order has a `span`, its `calendar` (the same span in numbered weeks) and no
    `interval`; a recurring one has `interval`, `count`, `duration_minutes` (at most a day, rounded
    up to quarter hours) and, once its first day is known, the `first_week` that is still to come.

    `personal_reason` fits nobody better: it says which hints the order's rules would let through.
    `barred` are the acceptors of a block between both sides, `trusted` those with whom there was
    an appointment that both sides want to build on.
    """

    kind: OrderKind
    activities: frozenset[str]
    week: bytes
    latitude: float
    longitude: float
    municipality_id: UUID
    span: bytes | None = None
    calendar: Mapping[int, bytes] = field(default_factory=dict)
    duration_minutes: int = 60
    interval: Interval | None = None
    count: int = 1
    first_week: int | None = None
    max_distance_km: float | None = None
    needs_driving: bool = False
    must: frozenset[str] = frozenset()
    wishes: frozenset[str] = frozenset()
    personal_reason: bool = False
    barred: frozenset[UUID] = frozenset()
    trusted: frozenset[UUID] = frozenset()

    def __post_init__(self) -> None:
        if self.kind is OrderKind.ONE_OFF and self.span is None:
            raise ValueError("a one-off demand needs its span")
        if self.kind is OrderKind.RECURRING:
            if self.interval is None:
                raise ValueError("a recurring demand needs its interval")
            if not 1 <= self.duration_minutes <= MAX_MINUTES:
                raise NumberOutOfRange(field="durationMinutes", low=1, high=MAX_MINUTES)
            if self.count < 1:
                raise NumberOutOfRange(field="count", low=1, high=MAX_COUNT[self.interval])

    @property
    def quarters(self) -> int:
        """The duration in quarter hours, rounded up."""
        return -(-self.duration_minutes // QUARTER_MINUTES)

    @property
    def weekdays(self) -> int | None:
        """On how many weekdays a recurring demand needs a stretch; None if no week is enough."""
        return None if self.interval is None else weekdays_needed(self.interval, self.count)


@dataclass(frozen=True, slots=True)
class Place:
    """The municipality in which an order is: its id and its coordinates in degrees."""

    id: UUID
    latitude: float
    longitude: float


def demand_of(
    draft: OrderDraft,
    place: Place,
    *,
    today: date,
    barred: frozenset[UUID] = frozenset(),
    trusted: frozenset[UUID] = frozenset(),
) -> Demand:
    """The draft as matching compares it; what is not said yet asks for as little as possible.

    An order that should have begun already looks at the weeks from today on.

    Raises:
        ValueError: a one-off draft that has no date yet.
    """
    once = draft.kind is OrderKind.ONE_OFF
    starts_at = draft.starts_at if once else None
    minutes = draft.duration_minutes
    return Demand(
        kind=draft.kind,
        activities=draft.activities,
        week=draft.week,
        latitude=place.latitude,
        longitude=place.longitude,
        municipality_id=place.id,
        span=span_bits(starts_at, minutes, BERLIN) if starts_at else None,
        calendar=span_weeks(starts_at, minutes, BERLIN) if starts_at else {},
        duration_minutes=minutes,
        interval=None if once else draft.interval or Interval.WEEK,
        count=draft.count or 1,
        first_week=week_number(max(draft.start_date, today)) if draft.start_date else None,
        max_distance_km=draft.max_distance_km,
        needs_driving=draft.needs_driving,
        must=draft.must,
        wishes=draft.wishes,
        personal_reason=draft.personal_reason,
        barred=barred,
        trusted=trusted,
    )


def weekdays_needed(interval: Interval, count: int) -> int | None:
    """On how many different weekdays a common stretch is needed, or None if no week is enough.

    Appointments of one interval lie on different days. A day has one, so daily means one on each
    of the seven weekdays (who wants Monday to Friday asks for five a week). Every month has each
    weekday at least four times, and the common week repeats, so four weeks carry the month's
    number: a fifth Monday is never counted on.
    """
    if count > MAX_COUNT[interval]:
        return None
    if interval is Interval.DAY:
        return WEEKDAYS
    if interval is Interval.WEEK:
        return count
    return -(-count // WEEKS_IN_EVERY_MONTH)
