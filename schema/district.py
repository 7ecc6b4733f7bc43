"""The district, its municipalities and the catalogue of activities."""

import strawberry

from domain.activity import CATALOGUE
from domain.window import Window
from models import district as models
from notifications.language import Language
from schema import words
from schema.context import Info
from schema.disclosed import disclosed
from schema.scalar import LocalTime


@disclosed
@strawberry.type(description="An activity somebody needs help with, or offers.")
class Activity:
    """An entry of the catalogue."""

    code: str = strawberry.field(description="Stable.")
    label: str = strawberry.field(description="In the reader's language.")
    group: str = strawberry.field(description="The code of its group.")
    group_label: str = strawberry.field(description="The group in the reader's language.")


def activity(code: str, language: Language) -> Activity:
    """An activity by its code."""
    entry = CATALOGUE[code]
    return Activity(
        code=code,
        label=words.activity(code, language),
        group=entry.group,
        group_label=words.group(entry.group, language),
    )


@disclosed
@strawberry.type(description="A time on one weekday that repeats every week (local wall time).")
class TimeWindow:
    """Canonical: merged, split at midnight, sorted."""

    weekday: int = strawberry.field(description="1 is Monday, 7 is Sunday.")
    weekday_label: str = strawberry.field(description="In the reader's language.")
    start: LocalTime = strawberry.field(description="On the quarter hour.")
    end: LocalTime = strawberry.field(description='On the quarter hour; may be "24:00".')


def time_window(window: Window, language: Language) -> TimeWindow:
    """A window as the graph shows it."""
    return TimeWindow(
        weekday=window.weekday,
        weekday_label=words.enum("weekday", str(window.weekday), language),
        start=LocalTime(window.start),
        end=LocalTime(window.end),
    )


@disclosed
@strawberry.type(description="A municipality of the district.")
class Municipality:
    """Places are given no closer than this before a contract."""

    id: strawberry.ID = strawberry.field(description="The municipality's id.")
    name: str = strawberry.field(description="Its name.")
    postcodes: list[str] = strawberry.field(description="Its postcodes.")

    @classmethod
    def of(cls, row: models.Municipality, info: Info) -> "Municipality":
        """The row as a type."""
        return cls(
            id=strawberry.ID(info.context.id_of("municipality", row.id)),
            name=row.name,
            postcodes=row.postcodes,
        )


@disclosed
@strawberry.type(description="The district this portal serves.")
class District:
    """One per deployment."""

    key: str = strawberry.field(description="The official key (Kreisschlüssel).")
    name: str = strawberry.field(description="Its name.")
    land: str = strawberry.field(description="Its Land, two letters.")

    @strawberry.field(description="The municipalities of the district, by name.")
    async def municipalities(self, info: Info) -> list[Municipality]:
        """One statement."""
        rows = await models.Municipality.filter(district_id=self.key).order_by("name")
        return [Municipality.of(row, info) for row in rows]
