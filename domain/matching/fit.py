"""The hard rules: which offers fit a demand. A wish that is not met never decides here.

All given activities are offered and may be carried out; the times hold without what is busy
(`domain.matching.demand` says how often); no block stands between the two. An assistant lives near
enough for both sides, brings a car if one is needed and has every quality that is a must. A
provider serves the order's municipality; it sends people, so neither distance nor car nor
qualities say anything about it yet.
"""

import numpy as np
import numpy.typing as npt

from domain.matching.demand import Demand
from domain.matching.mask import ACTIVITY, QUALITY, lacking, none
from domain.matching.offer import Columns, Flags, Floats, Offers, unit_sphere
from domain.matching.week import holds, starts, words_of_one
from domain.order import OrderKind
from domain.quality import CAR
from domain.window import contains

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG


def fitting(demand: Demand, offers: Offers) -> Columns:
    """The columns of the offers that fit, ascending."""
    return _fitting_of(_capable(demand, offers), demand, offers)


def availability(demand: Demand, offers: Offers) -> int:
    """How many assistants fit: the number people see while they edit an order."""
    return int((~offers.is_provider[fitting(demand, offers)]).sum())


def providers(demand: Demand, offers: Offers) -> int:
    """How many providers fit: told beside the number of people, never in it."""
    houses = _capable(demand, offers) & offers.is_provider
    return _fitting_of(houses, demand, offers).size


def _fitting_of(candidates: Flags, demand: Demand, offers: Offers) -> Columns:
    columns = np.flatnonzero(candidates)
    columns = columns[_in_reach(demand, offers, columns)]
    columns = without_barred(demand, offers, columns)
    return columns[in_time(demand, offers, columns)]


def distances_km(demand: Demand, offers: Offers, columns: Columns) -> Floats:
    """The great-circle distance from the order to each of the offers in kilometres.

    Haversine over the chord of the unit sphere; NaN for a provider, which has no place.
    """
    place = unit_sphere(np.array([demand.latitude]), np.array([demand.longitude]))
    return great_circle_km(offers.places[:, columns], place)


def great_circle_km(places: Floats, place: Floats) -> Floats:
    """The distances between points of the unit sphere in kilometres; columns broadcast."""
    apart = places - place
    half_chord = np.sqrt((apart * apart).sum(axis=0)) / 2
    distance: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(half_chord, 1.0))
    return distance


def holdable(demand: Demand) -> bool:
    """Whether the order's own windows hold what it asks for: else nobody can ever fit."""
    if demand.span is not None and demand.kind is OrderKind.ONE_OFF:
        return contains(demand.week, demand.span)
    if demand.weekdays is None:
        return False
    week = words_of_one(demand.week)
    begin = starts(week, week, np.zeros(1, dtype=np.intp), demand.quarters)
    return bool(holds(begin, demand.quarters, demand.weekdays)[0])


def drives(offers: Offers) -> Flags:
    """Who brings a car."""
    word, bit = QUALITY.column_of(CAR)
    found: Flags = (offers.qualities[word] & bit) != 0
    return found


def without_barred(demand: Demand, offers: Offers, columns: Columns) -> Columns:
    """The columns without those that a block stands against."""
    barred = [offers.column[each] for each in demand.barred if each in offers.column]
    return columns[~np.isin(columns, barred)] if barred else columns


def in_time(demand: Demand, offers: Offers, columns: Columns) -> Flags:
    """Which of the columns have the time that the order asks for, as flags beside them."""
    if not columns.size:
        return np.zeros(0, np.bool_)
    if demand.span is not None and demand.kind is OrderKind.ONE_OFF:
        return _free_for_span(demand, demand.span, offers, columns)
    if demand.weekdays is None:
        return np.zeros(columns.size, np.bool_)
    free = offers.free_from(demand.first_week)
    begin = starts(words_of_one(demand.week), free, columns, demand.quarters)
    return holds(begin, demand.quarters, demand.weekdays)


def _capable(demand: Demand, offers: Offers) -> Flags:
    able = none(lacking(ACTIVITY.mask(demand.activities), offers.activities))
    if demand.must:
        able &= offers.is_provider | none(lacking(QUALITY.mask(demand.must), offers.qualities))
    if demand.needs_driving:
        able &= offers.is_provider | drives(offers)
    return able


def _in_reach(demand: Demand, offers: Offers, columns: Columns) -> Flags:
    limit = offers.radius_km[columns]
    if demand.max_distance_km is not None:
        limit = np.minimum(limit, demand.max_distance_km)
    near = distances_km(demand, offers, columns) <= limit
    reach: Flags = np.where(offers.is_provider[columns], _serves(demand, offers)[columns], near)
    return reach


def _serves(demand: Demand, offers: Offers) -> Flags:
    row = offers.municipalities.get(demand.municipality_id)
    return offers.serves[row] if row is not None else np.zeros(len(offers), np.bool_)


def _free_for_span(demand: Demand, span: bytes, offers: Offers, columns: Columns) -> Flags:
    if not contains(demand.week, span):
        return np.zeros(columns.size, np.bool_)
    free = covers(offers.weeks, columns, span)
    for number, bits in demand.calendar.items():
        busy, words = offers.busy.in_week(number)
        taken = busy[(words & words_of_one(bits)).any(axis=0)]
        free &= ~np.isin(columns, taken)
    return free


def covers(weeks: npt.NDArray[np.uint32], columns: Columns, span: bytes) -> Flags:
    """Which of the columns' weeks hold every quarter hour of the span."""
    asked = words_of_one(span)
    touched = np.flatnonzero(asked)
    free = weeks[np.ix_(touched, columns)] & asked[touched]
    inside: Flags = (free == asked[touched]).all(axis=0)
    return inside
