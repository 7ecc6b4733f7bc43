"""What is told of small numbers, and of what two of them come to."""

import pytest

from domain.matching import band
from domain.matching.band import Banded
from domain.policy import BOUNDS, Policy

SMALL = range(1, Policy().smallest_told)


def banded(count: int) -> Banded:
    return band.banded(count, Policy().smallest_told)


def test_none_and_many_are_told_and_a_few_are_at_most_four() -> None:
    assert [banded(count) for count in (0, 5, 6)] == [
        Banded(each, exact=True) for each in (0, 5, 6)
    ]
    assert {banded(count) for count in SMALL} == {Banded(4, exact=False)}


@pytest.mark.parametrize("known", [0, 6, 40])
def test_nobody_has_a_small_number_by_subtraction(known: int) -> None:
    """The number before, what is more and the number after: two of them never tell the third."""
    told = {(banded(known), banded(few), banded(known) + banded(few)) for few in SMALL}
    assert len(told) == 1
    (_, _, after) = told.pop()
    assert after == Banded(known + 4, exact=False)
    assert len({banded(few) + banded(other) for few in SMALL for other in SMALL}) == 1


def test_what_is_told_exactly_adds_up() -> None:
    assert banded(6) + banded(7) == Banded(13, exact=True)


def test_a_district_may_tell_fewer_numbers_and_never_all() -> None:
    assert [band.banded(count, 8).count for count in (0, 1, 7, 8)] == [0, 7, 7, 8]
    least, _ = BOUNDS["smallest_told"]
    assert not band.banded(1, least).exact
