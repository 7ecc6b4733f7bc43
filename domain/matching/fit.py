"""The hard rules: which offers fit a demand. A wish that is not met never decides here.

All given activities are offered; the times hold (`domain.matching.demand` says how often); an
assistant lives near enough for both sides and brings a car if one is needed; a provider serves the
order's municipality (it sends people, so neither distance nor car says anything about it yet).
"""

import numpy as np
import numpy.typing as npt

from domain.matching.demand import Demand, weekdays_needed
from domain.matching.offer import Flags, Floats, Offers, activity_mask, unit_sphere
from domain.matching.week import holds, starts, words_of_one
from domain.order import OrderKind
from domain.window import contains

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG


def fitting(demand: Demand, offers: Offers) -> Flags:
    """Which offers fit, one flag per offer, in the table's order."""
    fits = np.zeros(len(offers), dtype=np.bool_)
    candidates = np.flatnonzero(_offered(demand, offers) & _in_reach(demand, offers))
    if candidates.size:
        fits[candidates] = _in_time(demand, offers, candidates)
    return fits


def distances_km(demand: Demand, offers: Offers) -> Floats:
    """The great-circle distance from the order to each offer in kilometres.

    Haversine over the chord of the unit sphere; NaN for a provider, which has no place.
    """
    place = unit_sphere(np.array([demand.latitude]), np.array([demand.longitude]))
    apart = offers.places - place
    half_chord = np.sqrt((apart * apart).sum(axis=0)) / 2
    distance: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(half_chord, 1.0))
    return distance


def availability(demand: Demand, offers: Offers) -> int:
    """How many assistants fit: the number people see while they edit an order."""
    return int((fitting(demand, offers) & ~offers.is_provider).sum())


def holdable(demand: Demand) -> bool:
    """Whether the order's own windows hold what it asks for: else nobody can ever fit."""
    if demand.span is not None and demand.kind is OrderKind.ONE_OFF:
        return contains(demand.week, demand.span)
    needed = _weekdays(demand)
    if needed is None:
        return False
    week = words_of_one(demand.week)
    begin = starts(week, week, np.zeros(1, dtype=np.intp), demand.quarters)
    return bool(holds(begin, demand.quarters, needed)[0])


def _offered(demand: Demand, offers: Offers) -> Flags:
    offered = np.ones(len(offers), dtype=np.bool_)
    for word, wanted in enumerate(activity_mask(demand.activities)):
        if wanted:
            mask = np.uint64(wanted)
            offered &= (offers.activities[word] & mask) == mask
    return offered


def _in_reach(demand: Demand, offers: Offers) -> Flags:
    limit = offers.radius_km
    if demand.max_distance_km is not None:
        limit = np.minimum(limit, demand.max_distance_km)
    near = distances_km(demand, offers) <= limit
    if demand.needs_driving:
        near &= offers.drives
    reach: Flags = np.where(offers.is_provider, _serves(demand, offers), near)
    return reach


def _serves(demand: Demand, offers: Offers) -> Flags:
    row = offers.municipalities.get(demand.municipality_id)
    return offers.serves[row] if row is not None else np.zeros(len(offers), dtype=np.bool_)


def _in_time(demand: Demand, offers: Offers, candidates: npt.NDArray[np.intp]) -> Flags:
    if demand.span is not None and demand.kind is OrderKind.ONE_OFF:
        return _span_in_time(demand.week, demand.span, offers, candidates)
    needed = _weekdays(demand)
    if needed is None:
        return np.zeros(candidates.size, dtype=np.bool_)
    begin = starts(words_of_one(demand.week), offers.weeks, candidates, demand.quarters)
    return holds(begin, demand.quarters, needed)


def _span_in_time(
    week: bytes, span: bytes, offers: Offers, candidates: npt.NDArray[np.intp]
) -> Flags:
    if not contains(week, span):
        return np.zeros(candidates.size, dtype=np.bool_)
    asked = words_of_one(span)
    touched = np.flatnonzero(asked)
    free = offers.weeks[np.ix_(touched, candidates)] & asked[touched]
    inside: Flags = (free == asked[touched]).all(axis=0)
    return inside


def _weekdays(demand: Demand) -> int | None:
    return None if demand.interval is None else weekdays_needed(demand.interval, demand.count)
