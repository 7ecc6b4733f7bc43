"""Everybody who could accept an order, as a table of columns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import nan
from typing import Self
from uuid import UUID

import numpy as np
import numpy.typing as npt

from domain.activity import CATALOGUE
from domain.match import AcceptorKind
from domain.matching.week import Words, words_of
from domain.window import FULL_WEEK, WEEK_BYTES

_WORD_BITS = 64
_ACTIVITY_BIT = {code: bit for bit, code in enumerate(CATALOGUE)}
_ACTIVITY_WORDS = -(-len(CATALOGUE) // _WORD_BITS)

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One offer as plain values.

    An assistant has a place, goes as far as `radius_km` and may bring a car (`drives`). A provider
    serves municipalities; as an organisation it has neither a place nor hours of its own.
    """

    id: UUID
    kind: AcceptorKind
    activities: Iterable[str]
    week: bytes = FULL_WEEK
    latitude: float = nan
    longitude: float = nan
    radius_km: float = 0.0
    drives: bool = False
    municipality_ids: Iterable[UUID] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Offers:
    """The same offers column by column; every array has one entry (or column) per offer."""

    ids: tuple[UUID, ...]
    is_provider: Flags
    activities: npt.NDArray[np.uint64]  # (words, n), one bit per catalogue entry
    weeks: Words  # (21, n)
    places: Floats  # (3, n) points on the unit sphere
    radius_km: Floats
    drives: Flags
    municipalities: dict[UUID, int]
    serves: Flags  # (municipality, n)

    @classmethod
    def of(cls, rows: Sequence[OfferRow]) -> Self:
        """The table of the given rows, in their order."""
        count = len(rows)
        weeks = np.frombuffer(b"".join(row.week for row in rows), dtype=np.uint8)
        municipalities, serves = _served(rows)
        return cls(
            ids=tuple(row.id for row in rows),
            is_provider=np.array([row.kind is AcceptorKind.PROVIDER for row in rows], np.bool_),
            activities=_masks(rows),
            weeks=words_of(weeks.reshape(count, WEEK_BYTES)),
            places=unit_sphere(
                np.array([row.latitude for row in rows], np.float64),
                np.array([row.longitude for row in rows], np.float64),
            ),
            radius_km=np.array([row.radius_km for row in rows], np.float64),
            drives=np.array([row.drives for row in rows], np.bool_),
            municipalities=municipalities,
            serves=serves,
        )

    def __len__(self) -> int:
        return len(self.ids)


def activity_mask(codes: Iterable[str]) -> list[int]:
    """The codes as 64-bit words, one bit per catalogue entry.

    Raises:
        KeyError: a code that is not in the catalogue; input is checked by `activity.known`.
    """
    words = [0] * _ACTIVITY_WORDS
    for code in codes:
        word, bit = divmod(_ACTIVITY_BIT[code], _WORD_BITS)
        words[word] |= 1 << bit
    return words


def unit_sphere(latitude: Floats, longitude: Floats) -> Floats:
    """Places given in degrees as points on the unit sphere, one column each."""
    phi, lam = np.radians(latitude), np.radians(longitude)
    return np.array([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)])


def _masks(rows: Sequence[OfferRow]) -> npt.NDArray[np.uint64]:
    masks = np.array([activity_mask(row.activities) for row in rows], np.uint64)
    return np.ascontiguousarray(masks.reshape(len(rows), _ACTIVITY_WORDS).T)


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
