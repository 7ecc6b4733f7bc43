"""Small numbers, as far as they may be told: they must not identify anybody.

Where few people live, "1 person" may say who. A number below `SMALLEST` is told as the greatest
one that is, and as "at most". What two such numbers come to is told by nothing but what is told of
each, else one could be had by subtraction.
"""

from dataclasses import dataclass

SMALLEST = 5
"""The least number that is told exactly, besides none."""


@dataclass(frozen=True, slots=True)
class Banded:
    """What is told of a number: `count` itself, or what it is at most."""

    count: int
    exact: bool

    def __add__(self, more: "Banded") -> "Banded":
        """What may be told of the sum."""
        return Banded(self.count + more.count, exact=self.exact and more.exact)


def banded(count: int) -> Banded:
    """The number as it is told."""
    if count == 0 or count >= SMALLEST:
        return Banded(count, exact=True)
    return Banded(SMALLEST - 1, exact=False)
