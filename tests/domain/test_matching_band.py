"""What is told of small numbers, and of what two of them come to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.matching import band
from domain.matching.band import Banded, Bound, told_hints
from domain.matching.hint import Hint, HintKind, Numbers
from domain.policy import BOUNDS, Policy
from tests.domain.test_matching import demand

SMALL = range(1, Policy().smallest_told)


def banded(count: int) -> Banded:
    return band.banded(count, Policy().smallest_told)


def test_none_and_many_are_told_and_a_few_are_at_most_four() -> None:
    assert [banded(count) for count in (0, 5, 6)] == [Banded(each) for each in (0, 5, 6)]
    assert {banded(count) for count in SMALL} == {Banded(4, Bound.AT_MOST)}


@pytest.mark.parametrize("known", [0, 6, 40])
def test_nobody_has_a_small_number_by_subtraction(known: int) -> None:
    """The number before, what is more and the number after: two of them never tell the third."""
    told = {(banded(known), banded(few), banded(known) + banded(few)) for few in SMALL}
    assert len(told) == 1
    (_, _, after) = told.pop()
    assert after == Banded(known + 4, Bound.AT_MOST)
    assert len({banded(few) + banded(other) for few in SMALL for other in SMALL}) == 1


def test_what_is_told_exactly_adds_up() -> None:
    assert banded(6) + banded(7) == Banded(13)


def test_a_district_may_tell_fewer_numbers_and_never_all() -> None:
    assert [band.banded(count, 8).count for count in (0, 1, 7, 8)] == [0, 7, 7, 8]
    least, _ = BOUNDS["smallest_told"]
    assert not band.banded(1, least).exact


smallest_numbers = st.integers(*BOUNDS["smallest_told"])
gains = st.lists(st.integers(0, 30), min_size=len(HintKind), max_size=len(HintKind))


def found(count: int, more: list[int]) -> Numbers:
    """What a population comes to that has so many people, and so many for each relaxation."""
    hints = [
        Hint(kind, count + gain, gain, demand(), kind.value)
        for kind, gain in zip(HintKind, more, strict=True)
        if gain
    ]
    return Numbers(count, tuple(sorted(hints, key=lambda each: -each.more)))


def told(numbers: Numbers, smallest: int) -> object:
    """All that a seeker reads of a draft at once."""
    hints = told_hints(numbers, smallest)
    said = [(each.hint.code, each.more, each.after) for each in hints]
    return band.banded(numbers.count, smallest), said


@given(st.data(), smallest_numbers, gains)
def test_a_small_number_is_not_to_be_had_from_hints_nor_from_what_they_come_to(
    data: st.DataObject, smallest: int, more: list[int]
) -> None:
    """Every other small number would be told alike, and so would each number after a hint."""
    small = st.integers(1, smallest - 1)
    count, other = data.draw(small), data.draw(small)
    far = [gain if count + gain >= smallest else 0 for gain in more]
    alike = [gain and count + gain - other for gain in far]
    assert told(found(count, more), smallest) == told(found(other, alike), smallest)
    after = [band.banded(count + gain, smallest) for gain in more]
    assert after == [band.banded(other + gain, smallest) for gain in alike]


@given(st.data(), smallest_numbers, gains, st.integers(0, 30))
def test_a_small_gain_is_not_to_be_had_from_anything_that_is_told_beside_it(
    data: st.DataObject, smallest: int, more: list[int], beyond: int
) -> None:
    """Not from the number, not from another hint, and not from which of them comes first."""
    count = beyond and smallest + beyond
    small = st.integers(1, smallest - 1)
    others = [data.draw(small) if 0 < gain < smallest else gain for gain in more]
    assert told(found(count, more), smallest) == told(found(count, others), smallest)


def test_beside_a_small_number_a_gain_is_what_the_number_after_it_says() -> None:
    (hint,) = told_hints(found(3, [11, 0, 0, 1]), 5)
    assert (hint.more, hint.after) == (Banded(10, Bound.AT_LEAST), Banded(14))
