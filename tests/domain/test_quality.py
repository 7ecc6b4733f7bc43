"""The catalogue of qualities: which musts hardly anybody has together."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from domain.quality import CATALOGUE, EXCLUSIVE, at_odds

PAIRS = [frozenset(pair) for pair in EXCLUSIVE]


@given(st.sets(st.sampled_from(sorted(CATALOGUE))))
def test_musts_are_at_odds_where_a_pair_of_them_excludes_each_other(must: set[str]) -> None:
    wanted = [pair for pair in combinations(sorted(must), 2) if frozenset(pair) in PAIRS]
    assert [tuple(sorted(pair)) for pair in at_odds(must)] == wanted


def test_what_excludes_each_other_are_two_qualities_of_one_group_each_pair_once() -> None:
    for one, other in EXCLUSIVE:
        assert one != other
        assert CATALOGUE[one].group == CATALOGUE[other].group
    assert len(set(PAIRS)) == len(PAIRS)


def test_of_both_genders_there_is_hardly_anybody() -> None:
    assert at_odds({"GES_FRAU", "GES_MANN", "SPR_DE"}) == [("GES_FRAU", "GES_MANN")]
    assert at_odds({"GES_FRAU", "ART_RUHIG", "ART_GESPRAECHIG"}) == []
