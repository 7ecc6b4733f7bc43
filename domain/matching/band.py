"""Small numbers, as far as they may be told: they must not identify anybody.

Where few people live, "1 person" may say who. A number below the `smallest` that the district
tells is told as the greatest one that is, and as "at most". What two such numbers come to is told
by nothing but what is told of each, else one could be had by subtraction. Providers are
organisations that everybody can look up: their number is told as it is.
"""

from dataclasses import dataclass
from enum import StrEnum

from domain.matching.hint import Hint, Numbers


class Bound(StrEnum):
    """What a number is told as."""

    EXACT = "EXACT"
    AT_MOST = "AT_MOST"
    AT_LEAST = "AT_LEAST"


@dataclass(frozen=True, slots=True)
class Banded:
    """What is told of a number: `count` itself, or what it is at most or at least."""

    count: int
    bound: Bound = Bound.EXACT

    @property
    def exact(self) -> bool:
        """Whether it is the number itself."""
        return self.bound is Bound.EXACT

    def __add__(self, more: "Banded") -> "Banded":
        """What may be told of the sum, neither being told as a least number."""
        both = self.exact and more.exact
        return Banded(self.count + more.count, Bound.EXACT if both else Bound.AT_MOST)


def banded(count: int, smallest: int) -> Banded:
    """The number as it is told; `smallest` is the least that is told exactly, besides none."""
    if count == 0 or count >= smallest:
        return Banded(count)
    return Banded(smallest - 1, Bound.AT_MOST)


@dataclass(frozen=True, slots=True)
class ToldHint:
    """A relaxation with what may be told of it: the gain, and the number after it."""

    hint: Hint
    more: Banded
    after: Banded


def told_hints(found: Numbers, smallest: int) -> list[ToldHint]:
    """The hints that may be told, in the order of what is told, so that the order says no more.

    The number after a hint is told once it is applied. So beside a small number a gain is told
    only as far as the number after it says it anyway, and not at all if that one is small as well:
    it would say of the small one that it is smaller still.
    """
    base = banded(found.count, smallest)
    told = [each for hint in found.hints if (each := _told(hint, base, smallest)) is not None]
    return sorted(told, key=lambda each: (-each.more.count, each.hint.kind, each.hint.code or ""))


def _told(hint: Hint, base: Banded, smallest: int) -> ToldHint | None:
    if base.exact:
        more = banded(hint.more, smallest)
        return ToldHint(hint, more, base + more)
    after = banded(hint.count, smallest)
    if not after.exact:
        return None
    return ToldHint(hint, Banded(after.count - base.count, Bound.AT_LEAST), after)
