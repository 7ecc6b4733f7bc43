"""The district, its municipalities and the catalogue of activities."""

import json
from functools import cache, lru_cache

import strawberry

from domain.activity import CATALOGUE
from domain.policy import USUAL_HOURS
from domain.window import windows_of
from models import district as models
from notifications.language import Language
from schema import words
from schema.disclosed import disclosed
from schema.plan.declare import Scalar
from schema.plan.entity import entity
from schema.plan.field import column, computed, identifier, relation
from schema.scalar import LocalTime

_WEEKS = 4_096


@disclosed
@strawberry.type(description="An activity somebody needs help with, or offers.")
class Activity:
    """An entry of the catalogue."""

    code: str = strawberry.field(description="Stable.")
    label: str = strawberry.field(description="In the reader's language.")
    group: str = strawberry.field(description="The code of its group.")
    group_label: str = strawberry.field(description="The group in the reader's language.")


@cache
def activity(code: str, language: Language) -> Activity:
    """An activity by its code."""
    entry = CATALOGUE[code]
    return Activity(
        code=code,
        label=words.activity(code, language),
        group=entry.group,
        group_label=words.group(entry.group, language),
    )


def catalogue(language: Language) -> list[Activity]:
    """The activities that can be chosen, in reading order; retired ones are left out."""
    return [activity(code, language) for code, entry in CATALOGUE.items() if not entry.retired]


def codes(link: str) -> Scalar:
    """The codes of the activities that a relation holds, sorted, with blanks between them."""
    sorted_codes = "array(SELECT activity_id FROM {rows} ORDER BY activity_id)"
    return Scalar(link, f"SELECT array_to_string({sorted_codes}, ' ')")


@disclosed
@strawberry.type(description="A time on one weekday that repeats every week (local wall time).")
class TimeWindow:
    """Canonical: merged, split at midnight, sorted."""

    weekday: int = strawberry.field(description="1 is Monday, 7 is Sunday.")
    weekday_label: str = strawberry.field(description="In the reader's language.")
    start: LocalTime = strawberry.field(description="On the quarter hour.")
    end: LocalTime = strawberry.field(description='On the quarter hour; may be "24:00".')


@lru_cache(_WEEKS)
def time_windows(week: bytes, language: Language) -> list[TimeWindow]:
    """The windows of a week, in canonical form."""
    return [
        TimeWindow(
            weekday=window.weekday,
            weekday_label=words.enum("weekday", str(window.weekday), language),
            start=LocalTime(window.start),
            end=LocalTime(window.end),
        )
        for window in windows_of(week)
    ]


@entity(models.Municipality, "A municipality of the district.")
class Municipality:
    """Places are given no closer than this before a contract."""

    id: strawberry.ID = identifier("The municipality's id.")
    name: str = column("Its name.")
    postcodes: list[str] = column("Its postcodes.")


@entity(models.District, "How customer service can be reached.")
class Contact:
    """As the district has said."""

    email: str | None = column("E-mail address.")
    phone: str | None = column("Telephone number.")


def welcome(welcome: str | None, language: Language) -> str | None:
    """What the district says to whoever comes, in the reader's language or in German."""
    said: dict[str, str] = {} if welcome is None else json.loads(welcome)
    return said.get(language.value) or said.get(Language.DE.value)


def hours(hours: bytes | None, language: Language) -> list[TimeWindow]:
    """When customer service is there."""
    return time_windows(USUAL_HOURS if hours is None else hours, language)


@entity(models.District, "The district this portal serves.")
class District:
    """One per deployment."""

    key: str = column("The official key (Kreisschlüssel).")
    name: str = column("Its name.")
    land: str = column("Its Land, two letters.")
    municipalities: list[Municipality] = relation(
        "The municipalities of the district, by name.", order=("name", "id")
    )
    welcome: str | None = computed(welcome, "What it says to whoever comes.")
    contact: Contact | None = relation(
        "How customer service can be reached.", key="key", order=("key",)
    )
    hours: list[TimeWindow] = computed(hours, "When customer service is there.")
