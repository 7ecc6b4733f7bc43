"""Small numbers, as far as they may be told: they must not identify anybody.

Where few people live, "1 person" may say who. A number below the district's smallest one is told
as that smallest one, and as "at most".
"""

from dataclasses import dataclass

SMALLEST = 5
"""The least number that is told exactly, besides none."""


@dataclass(frozen=True, slots=True)
class Banded:
    """What is told of a number: `count` itself, or what it is at most."""

    count: int
    exact: bool


def banded(count: int, smallest: int = SMALLEST) -> Banded:
    """The number as it is told."""
    if count == 0 or count >= smallest:
        return Banded(count, exact=True)
    return Banded(smallest - 1, exact=False)
