"""Everybody who could accept an order, as a table of columns."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import nan
from typing import Any, Self
from uuid import UUID

import numpy as np
import numpy.typing as npt

from domain.activity import permitted
from domain.match import AcceptorKind
from domain.matching.busy import WEEKS_LOOKED_AT
from domain.matching.mask import ACTIVITY, QUALITY, Masks
from domain.matching.week import Words, words_of
from domain.quality import FACHKRAFT
from domain.recognition import Recognition, covered
from domain.window import FULL_WEEK, WEEK_BYTES

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Columns = npt.NDArray[np.intp]

_WEEKS_KEPT = 64

# What has one entry per offer and is put together as it is.
_COLUMNS = ("is_provider", "activities", "qualities", "weeks", "places", "radius_km")


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One offer as plain values.

    An assistant has a place, goes as far as `radius_km`, has qualities and busy weeks (by number,
    `domain.matching.busy`), and may not carry out everything that is offered. A provider serves
    municipalities and is recognised for something; as an organisation it has neither a place nor
    hours nor qualities of its own.
    """

    id: UUID
    kind: AcceptorKind
    activities: Iterable[str]
    week: bytes = FULL_WEEK
    latitude: float = nan
    longitude: float = nan
    radius_km: float = 0.0
    qualities: frozenset[str] = frozenset()
    volunteer: bool = False
    busy: Mapping[int, bytes] = field(default_factory=dict)
    municipality_ids: Iterable[UUID] = ()
    recognitions: frozenset[Recognition] = frozenset(Recognition)

    @property
    def may_do(self) -> frozenset[str]:
        """What is offered and may be carried out by this offer's side."""
        if self.kind is AcceptorKind.PROVIDER:
            return frozenset(self.activities) & covered(self.recognitions)
        fachkraft = FACHKRAFT in self.qualities
        return frozenset(self.activities) & permitted(volunteer=self.volunteer, fachkraft=fachkraft)


@dataclass(frozen=True, slots=True, eq=False)
class Busy:
    """Busy weeks of all offers: one column of `words` per offer and calendar week."""

    week: npt.NDArray[np.int64]
    offer: Columns
    words: Words  # (21, k)

    @classmethod
    def of(cls, rows: Sequence[OfferRow]) -> Self:
        """Those of the rows, sorted by week."""
        found = sorted(
            (week, column, bits)
            for column, row in enumerate(rows)
            for week, bits in row.busy.items()
        )
        weeks = np.frombuffer(b"".join(bits for _, _, bits in found), np.uint8)
        return cls(
            week=np.array([week for week, _, _ in found], np.int64),
            offer=np.array([column for _, column, _ in found], np.intp),
            words=words_of(weeks.reshape(len(found), WEEK_BYTES)),
        )

    def replaced(self, kept: Flags, more: "Busy", offset: int) -> Self:
        """Without the offers that are not kept, and with those of a table that follows them."""
        left = kept[self.offer]
        place = np.cumsum(kept) - 1
        week = np.concatenate([self.week[left], more.week])
        by_week = np.argsort(week, kind="stable")
        offer = np.concatenate([place[self.offer[left]], more.offer + offset])
        words = np.concatenate([self.words[:, left], more.words], axis=1)
        return type(self)(week[by_week], offer[by_week], words[:, by_week])

    def any_in(self, first: int, end: int) -> bool:
        """Whether anybody is busy in one of the calendar weeks before `end`."""
        begin, behind = np.searchsorted(self.week, [first, end])
        return bool(begin < behind)

    def in_week(self, week: int) -> tuple[Columns, Words]:
        """The offers that are busy in a calendar week, each once, and when."""
        first, last = np.searchsorted(self.week, [week, week + 1])
        return self.offer[first:last], self.words[:, first:last]


@dataclass(frozen=True, slots=True, eq=False)
class Offers:
    """The same offers column by column; every array has one entry (or column) per offer."""

    ids: tuple[UUID, ...]
    column: Mapping[UUID, int]
    is_provider: Flags
    activities: Masks  # what may be carried out
    qualities: Masks
    weeks: Words  # (21, n)
    places: Floats  # (3, n) points on the unit sphere
    radius_km: Floats
    municipalities: Mapping[UUID, int]
    serves: Flags  # (municipality, n)
    busy: Busy
    _free: dict[int, Words] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, rows: Sequence[OfferRow]) -> Self:
        """The table of the given rows, in their order."""
        count = len(rows)
        weeks = np.frombuffer(b"".join(row.week for row in rows), dtype=np.uint8)
        municipalities, serves = _served(rows)
        ids = tuple(row.id for row in rows)
        return cls(
            ids=ids,
            column={identity: place for place, identity in enumerate(ids)},
            is_provider=np.array([row.kind is AcceptorKind.PROVIDER for row in rows], np.bool_),
            activities=ACTIVITY.masks([row.may_do for row in rows]),
            qualities=QUALITY.masks([row.qualities for row in rows]),
            weeks=words_of(weeks.reshape(count, WEEK_BYTES)),
            places=unit_sphere(
                np.array([row.latitude for row in rows], np.float64),
                np.array([row.longitude for row in rows], np.float64),
            ),
            radius_km=np.array([row.radius_km for row in rows], np.float64),
            municipalities=municipalities,
            serves=serves,
            busy=Busy.of(rows),
        )

    def __len__(self) -> int:
        return len(self.ids)

    def replaced(self, gone: Collection[UUID], rows: Sequence[OfferRow]) -> Self:
        """The table without some offers and with the given rows at its end."""
        kept = np.ones(len(self), np.bool_)
        kept[[self.column[each] for each in gone if each in self.column]] = False
        more = Offers.of(rows)
        ids = (*(each for each, stays in zip(self.ids, kept, strict=True) if stays), *more.ids)
        municipalities, serves = self._serving(kept, more)
        joined: dict[str, Any] = {
            name: np.concatenate([getattr(self, name)[..., kept], getattr(more, name)], axis=-1)
            for name in _COLUMNS
        }
        return type(self)(
            ids=ids,
            column={identity: place for place, identity in enumerate(ids)},
            municipalities=municipalities,
            serves=serves,
            busy=self.busy.replaced(kept, more.busy, len(ids) - len(more)),
            **joined,
        )

    def _serving(self, kept: Flags, more: "Offers") -> tuple[dict[UUID, int], Flags]:
        served = dict.fromkeys([*self.municipalities, *more.municipalities])
        parts = [
            np.concatenate([self._serves(each)[kept], more._serves(each)])  # noqa: SLF001  one of us
            for each in served
        ]
        table = np.array(parts, np.bool_).reshape(len(served), int(kept.sum()) + len(more))
        return {each: row for row, each in enumerate(served)}, table

    def _serves(self, municipality: UUID) -> Flags:
        row = self.municipalities.get(municipality)
        return np.zeros(len(self), np.bool_) if row is None else self.serves[row]

    def free_from(self, week: int | None) -> Words:
        """The offers' weeks without what is taken again and again from a calendar week on.

        A quarter hour is taken if it is busy in two of four weeks (`domain.matching.busy`).
        """
        if week is None or not self.busy.any_in(week, week + WEEKS_LOOKED_AT):
            return self.weeks
        if week not in self._free:
            if len(self._free) >= _WEEKS_KEPT:  # anybody may ask for any week of a century
                self._free.pop(next(iter(self._free)))
            self._free[week] = self.weeks & ~self._taken(week)
        return self._free[week]

    def _taken(self, week: int) -> Words:
        once, twice = np.zeros_like(self.weeks), np.zeros_like(self.weeks)
        for number in range(week, week + WEEKS_LOOKED_AT):
            columns, words = self.busy.in_week(number)
            twice[:, columns] |= once[:, columns] & words
            once[:, columns] |= words
        return twice


def unit_sphere(latitude: Floats, longitude: Floats) -> Floats:
    """Places given in degrees as points on the unit sphere, one column each."""
    phi, lam = np.radians(latitude), np.radians(longitude)
    return np.array([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)])


def _served(rows: Sequence[OfferRow]) -> tuple[dict[UUID, int], Flags]:
    index: dict[UUID, int] = {}
    cells = [
        (index.setdefault(municipality, len(index)), column)
        for column, row in enumerate(rows)
        for municipality in row.municipality_ids
    ]
    serves = np.zeros((len(index), len(rows)), np.bool_)
    for municipality, column in cells:
        serves[municipality, column] = True
    return index, serves
