"""Scalars of the graph beyond the built-in ones."""

from typing import NewType

import strawberry

LocalTime = NewType("LocalTime", str)

SCALARS: dict[object, object] = {
    LocalTime: strawberry.scalar(
        name="LocalTime",
        description='A local wall time on the quarter hour, "HH:MM"; an end may be "24:00".',
        serialize=str,
        parse_value=str,
    )
}
