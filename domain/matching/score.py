"""Wishes: how well a fitting offer suits. They decide the order of the list, never who is on it.

A score is a sum of declared weights, so each can be recomputed from its parts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from domain.matching.demand import Demand
from domain.matching.mask import QUALITY, size
from domain.matching.offer import Columns, Floats, Offers
from domain.quality import CATALOGUE

Scores = npt.NDArray[np.int64]


class Distance(StrEnum):
    """How far apart two people live: what both sides are told."""

    NEAR = "NEAR"
    MIDDLE = "MIDDLE"
    FAR = "FAR"


NEAR_KM, MIDDLE_KM = 5, 15
WISH_POINTS = 10  # for each wish that is met
NEAR_POINTS, MIDDLE_POINTS = 6, 3
TRUST_POINTS = 20  # both sides know each other and want to go on


@dataclass(frozen=True, slots=True)
class Wishes:
    """Which wishes an offer meets, in the catalogue's order."""

    met: tuple[str, ...]
    unmet: tuple[str, ...]


def distance_class(distance_km: float) -> Distance:
    """The class of a distance in kilometres."""
    if distance_km <= NEAR_KM:
        return Distance.NEAR
    return Distance.MIDDLE if distance_km <= MIDDLE_KM else Distance.FAR


def scores(demand: Demand, offers: Offers, columns: Columns, distances: Floats) -> Scores:
    """The points of each of the columns; `distances` in kilometres stand beside them."""
    held = offers.qualities[:, columns] & QUALITY.mask(demand.wishes)
    points: Scores = WISH_POINTS * size(held)
    points += np.select(
        [distances <= NEAR_KM, distances <= MIDDLE_KM], [NEAR_POINTS, MIDDLE_POINTS], 0
    )
    trusted = [offers.column[each] for each in demand.trusted if each in offers.column]
    if trusted:
        points += TRUST_POINTS * np.isin(columns, trusted)
    return points


def explained(wishes: Iterable[str], held: Iterable[str]) -> Wishes:
    """What both sides may read: a protected wish counts, and is named to nobody."""
    asked, has = frozenset(wishes), frozenset(held)
    shown = [code for code, entry in CATALOGUE.items() if code in asked and not entry.protected]
    return Wishes(
        met=tuple(code for code in shown if code in has),
        unmet=tuple(code for code in shown if code not in has),
    )


def ranked(offers: Offers, columns: Columns, points: Scores, distances: Floats) -> Columns:
    """The columns, the most points first, then the nearest, then by id: the same in each run."""
    ids = np.array([offers.ids[column].hex for column in columns])
    return columns[np.lexsort((ids, np.nan_to_num(distances, nan=np.inf), -points))]
