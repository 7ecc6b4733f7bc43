"""Municipalities of a district: reading them from a CSV file and keeping them in the database."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from domain.ids import uuid7
from domain.text import POSTCODE
from models.database import execute, fetch, transaction
from portal.csv_rows import rows_of
from portal.failure import CommandError

COLUMNS = (
    "district_key",
    "district",
    "municipality",
    "postcodes",
    "latitude",
    "longitude",
    "population",
)

# The first two digits of an official district key name the Land (ISO 3166-2:DE codes).
_LAND_CODES = (
    *("SH", "HH", "NI", "HB", "NW", "HE", "RP", "BW"),
    *("BY", "SL", "BE", "BB", "MV", "SN", "ST", "TH"),
)
_LANDS = {f"{number:02}": code for number, code in enumerate(_LAND_CODES, start=1)}

_KEY = re.compile(r"(0[1-9]|1[0-6])[0-9]{3}")
_LATITUDES = (47.0, 55.2)  # of Germany
_LONGITUDES = (5.8, 15.1)

_DISTRICT = """
INSERT INTO districts (key, name, land) VALUES ($1, $2, $3)
ON CONFLICT (key) DO UPDATE SET name = excluded.name, land = excluded.land
WHERE (districts.name, districts.land) IS DISTINCT FROM (excluded.name, excluded.land)
"""
_MUNICIPALITY = """
INSERT INTO municipalities (id, district_id, name, postcodes, latitude, longitude, population)
VALUES ($1, $2, $3, $4::text[], $5, $6, $7)
ON CONFLICT (district_id, name) DO UPDATE SET postcodes = excluded.postcodes,
  latitude = excluded.latitude, longitude = excluded.longitude, population = excluded.population
WHERE (municipalities.postcodes, municipalities.latitude, municipalities.longitude,
       municipalities.population)
  IS DISTINCT FROM (excluded.postcodes, excluded.latitude, excluded.longitude, excluded.population)
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality as the file names it; a population of 0 means that it is not known."""

    district_key: str
    district: str
    name: str
    postcodes: tuple[str, ...]
    latitude: float
    longitude: float
    population: int

    @property
    def land(self) -> str:
        """The Land, by the first two digits of the district's key."""
        return _LANDS[self.district_key[:2]]


def read(path: Path, district_key: str) -> list[Place]:
    """The district's municipalities out of a file that may hold other districts as well.

    Raises:
        CommandError: no such file, or what is wrong in which line of it.
    """
    every = rows_of(path, COLUMNS, _place)
    places = [place for place in every if place.district_key == district_key]
    if not places:
        raise CommandError(f"{path} holds no municipality of the district {district_key}")
    _refuse_doubles(path, places)
    return places


async def keep(places: Iterable[Place]) -> int:
    """Insert or update the places of one district; how many of them were new or changed."""
    changed = 0
    async with transaction():
        for place in places:
            await execute(_DISTRICT, place.district_key, place.district, place.land)
            changed += await execute(
                _MUNICIPALITY,
                uuid7(),
                place.district_key,
                place.name,
                list(place.postcodes),
                place.latitude,
                place.longitude,
                place.population,
            )
    return changed


async def ids_by_name(district_key: str) -> dict[str, str]:
    """The ids of a district's municipalities, as text, by their names."""
    rows = await fetch("SELECT id, name FROM municipalities WHERE district_id = $1", district_key)
    return {row["name"]: str(row["id"]) for row in rows}


def _place(row: Mapping[str, str]) -> Place:
    return Place(
        district_key=_matching(_KEY, row["district_key"], "a district key such as 03155"),
        district=_named(row["district"], "the district's name"),
        name=_named(row["municipality"], "the municipality's name"),
        postcodes=tuple(
            _matching(POSTCODE, code, "a postcode such as 37154")
            for code in row["postcodes"].split() or [""]
        ),
        latitude=_within(row["latitude"], _LATITUDES, "latitude"),
        longitude=_within(row["longitude"], _LONGITUDES, "longitude"),
        population=_population(row["population"].strip()),
    )


def _matching(pattern: re.Pattern[str], text: str, wanted: str) -> str:
    if pattern.fullmatch(text.strip()) is None:
        raise ValueError(f"{text!r} is not {wanted}")
    return text.strip()


def _named(text: str, what: str) -> str:
    if not 1 <= len(text.strip()) <= 100:  # noqa: PLR2004  the column's width
        raise ValueError(f"{what} must have 1 to 100 characters")
    return text.strip()


def _within(text: str, limits: tuple[float, float], what: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a {what} in degrees") from None
    if not limits[0] <= value <= limits[1]:
        raise ValueError(f"the {what} {text} lies outside Germany")
    return value


def _population(text: str) -> int:
    if not text:
        return 0
    if not text.isascii() or not text.isdigit():
        raise ValueError(f"{text!r} is not a number of people")
    return int(text)


def _refuse_doubles(path: Path, places: list[Place]) -> None:
    names = [place.name for place in places]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise CommandError(f"{path} names {twice[0]} more than once")
