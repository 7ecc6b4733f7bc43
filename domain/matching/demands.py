"""Many orders as a table of columns, and which of them one offer fits.

The same rules as in `domain.matching.fit`, from the other side: a changed offer is compared with
every open order at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self
from uuid import UUID

import numpy as np
import numpy.typing as npt

from domain.matching.demand import Demand
from domain.matching.fit import covers, drives, great_circle_km
from domain.matching.mask import ACTIVITY, QUALITY, Masks, lacking, none
from domain.matching.offer import Columns, Flags, Floats, Offers, unit_sphere
from domain.matching.week import Words, holds, starts, words_of, words_of_one
from domain.order import OrderKind
from domain.window import WEEK_BYTES, contains

_NOBODY = np.empty(0, np.intp)
_UNKNOWN_WEEK = -1

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Demands:
    """Orders column by column; every array has one entry (or column) per order."""

    rows: tuple[Demand, ...]
    activities: Masks
    must: Masks
    needs_driving: Flags
    places: Floats  # (3, m) points on the unit sphere
    max_distance_km: Floats  # inf where the order says nothing
    municipalities: Mapping[UUID, Columns]
    barred: Mapping[UUID, Columns]  # by acceptor
    weeks: Words  # (21, m)
    once: Flags
    quarters: Ints
    weekdays: Ints  # 0: no week is enough, or a one-off order
    first_week: Ints

    @classmethod
    def of(cls, rows: Sequence[Demand]) -> Self:
        """The table of the given orders, in their order."""
        weeks = np.frombuffer(b"".join(row.week for row in rows), dtype=np.uint8)
        first = [_UNKNOWN_WEEK if row.first_week is None else row.first_week for row in rows]
        far = [np.inf if row.max_distance_km is None else row.max_distance_km for row in rows]
        return cls(
            rows=tuple(rows),
            activities=ACTIVITY.masks([row.activities for row in rows]),
            must=QUALITY.masks([row.must for row in rows]),
            needs_driving=np.array([row.needs_driving for row in rows], np.bool_),
            places=unit_sphere(
                np.array([row.latitude for row in rows], np.float64),
                np.array([row.longitude for row in rows], np.float64),
            ),
            max_distance_km=np.array(far, np.float64),
            municipalities=_index([(row.municipality_id,) for row in rows]),
            barred=_index([tuple(row.barred) for row in rows]),
            weeks=words_of(weeks.reshape(len(rows), WEEK_BYTES)),
            once=np.array([row.kind is OrderKind.ONE_OFF for row in rows], np.bool_),
            quarters=np.array([row.quarters for row in rows], np.int64),
            weekdays=np.array([row.weekdays or 0 for row in rows], np.int64),
            first_week=np.array(first, np.int64),
        )

    def __len__(self) -> int:
        return len(self.rows)


def fitting_demands(offers: Offers, column: int, demands: Demands) -> Columns:
    """The columns of the orders that one offer of a table fits, ascending."""
    possible = _capable(offers, column, demands) & _in_reach(offers, column, demands)
    possible[demands.barred.get(offers.ids[column], _NOBODY)] = False
    found = [*_recurring(offers, column, demands, possible)]
    found.append(_once(offers, column, demands, np.flatnonzero(possible & demands.once)))
    return np.sort(np.concatenate(found))


def _capable(offers: Offers, column: int, demands: Demands) -> Flags:
    able = none(lacking(demands.activities, offers.activities[:, [column]]))
    if not offers.is_provider[column]:
        able &= none(lacking(demands.must, offers.qualities[:, [column]]))
        if not drives(offers)[column]:
            able &= ~demands.needs_driving
    return able


def _in_reach(offers: Offers, column: int, demands: Demands) -> Flags:
    if offers.is_provider[column]:
        reached = np.zeros(len(demands), np.bool_)
        for municipality, row in offers.municipalities.items():
            if offers.serves[row, column]:
                reached[demands.municipalities.get(municipality, _NOBODY)] = True
        return reached
    distances = great_circle_km(demands.places, offers.places[:, [column]])
    near: Flags = distances <= np.minimum(demands.max_distance_km, offers.radius_km[column])
    return near


def _recurring(offers: Offers, column: int, demands: Demands, possible: Flags) -> Iterator[Columns]:
    """Orders that want equal stretches on equally many days are compared together."""
    columns = np.flatnonzero(possible & ~demands.once & (demands.weekdays > 0))
    if not columns.size:
        return
    free = _free(offers, column, demands, columns)
    shapes = np.stack([demands.quarters[columns], demands.weekdays[columns]])
    kinds, group = np.unique(shapes, axis=1, return_inverse=True)
    for number, (quarters, weekdays) in enumerate(kinds.T.tolist()):
        members = np.flatnonzero(group == number)
        begin = starts(_ANY_TIME, free, members, quarters)
        yield columns[members[holds(begin, quarters, weekdays)]]


_ANY_TIME: Words = np.full((21, 1), 2**32 - 1, np.uint32)


def _free(offers: Offers, column: int, demands: Demands, columns: Columns) -> Words:
    """What each order's windows and the offer have in common."""
    weeks, at = np.unique(demands.first_week[columns], return_inverse=True)
    starting = [None if week == _UNKNOWN_WEEK else week for week in weeks.tolist()]
    free = [offers.free_from(week)[:, column] for week in starting]
    common: Words = demands.weeks[:, columns] & np.array(free, np.uint32).T[:, at]
    return common


def _once(offers: Offers, column: int, demands: Demands, columns: Columns) -> Columns:
    fits = [_free_for(offers, column, demands.rows[each]) for each in columns]
    return columns[np.array(fits, np.bool_)]


def _free_for(offers: Offers, column: int, demand: Demand) -> bool:
    if demand.span is None or not contains(demand.week, demand.span):
        return False
    if not covers(offers.weeks, np.array([column]), demand.span)[0]:
        return False
    for number, bits in demand.calendar.items():
        busy, words = offers.busy.in_week(number)
        if (words[:, busy == column] & words_of_one(bits)).any():
            return False
    return True


def _index(keys: Sequence[tuple[UUID, ...]]) -> dict[UUID, Columns]:
    found: dict[UUID, list[int]] = {}
    for column, of_row in enumerate(keys):
        for key in of_row:
            found.setdefault(key, []).append(column)
    return {key: np.array(columns, np.intp) for key, columns in found.items()}
