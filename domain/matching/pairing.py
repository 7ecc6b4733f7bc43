"""A run's result: who fits an order, best first, and what is to be said about each."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from domain.match import AcceptorKind
from domain.matching.demand import Demand
from domain.matching.fit import distances_km, fitting
from domain.matching.mask import QUALITY
from domain.matching.offer import Columns, Offers
from domain.matching.score import explained, ranked, scores


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One acceptor who fits; `met` and `unmet` are codes of wishes with blanks between."""

    acceptor_id: UUID
    kind: AcceptorKind
    distance_km: float | None
    score: int
    met: str
    unmet: str


def suggestions(demand: Demand, offers: Offers) -> list[Suggestion]:
    """Everybody who fits, the best first."""
    return list(_suggestions(demand, offers, fitting(demand, offers)))


def _suggestions(demand: Demand, offers: Offers, columns: Columns) -> Iterator[Suggestion]:
    distances = distances_km(demand, offers, columns)
    points = scores(demand, offers, columns, distances)
    said = _said(demand, offers, columns)
    place = np.empty(len(offers), np.intp)
    place[columns] = np.arange(columns.size)
    for column in ranked(offers, columns, points, distances):
        at = place[column]
        by_provider = bool(offers.is_provider[column])
        yield Suggestion(
            acceptor_id=offers.ids[column],
            kind=AcceptorKind.PROVIDER if by_provider else AcceptorKind.ASSISTANT,
            distance_km=None if by_provider else round(float(distances[at]), 3),
            score=int(points[at]),
            met=said[at][0],
            unmet=said[at][1],
        )


def _said(demand: Demand, offers: Offers, columns: Columns) -> list[tuple[str, str]]:
    """Met and unmet wishes of each column; few combinations exist, each is put into words once."""
    wishes = sorted(demand.wishes)
    held = offers.qualities[:, columns] & QUALITY.mask(wishes)
    kinds, which = np.unique(held, axis=1, return_inverse=True)
    texts = []
    for kind in kinds.T:
        has = [code for code in wishes if _holds(code, kind)]
        found = explained(wishes, has)
        texts.append((" ".join(found.met), " ".join(found.unmet)))
    return [texts[each] for each in which]


def _holds(code: str, kind: "np.typing.NDArray[np.uint64]") -> bool:
    word, bit = QUALITY.column_of(code)
    return bool(kind[word] & bit)
