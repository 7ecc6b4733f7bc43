"""Small numbers, as far as they may be told: they must not identify anybody.

Where few people live, "1 person" may say who. A number below the `smallest` that the district
tells is told as the greatest one that is, and as "at most". What two such numbers come to is told
by nothing but what is told of each, else one could be had by subtraction.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Banded:
    """What is told of a number: `count` itself, or what it is at most."""

    count: int
    exact: bool

    def __add__(self, more: "Banded") -> "Banded":
        """What may be told of the sum."""
        return Banded(self.count + more.count, exact=self.exact and more.exact)


def banded(count: int, smallest: int) -> Banded:
    """The number as it is told; `smallest` is the least that is told exactly, besides none."""
    if count == 0 or count >= smallest:
        return Banded(count, exact=True)
    return Banded(smallest - 1, exact=False)
