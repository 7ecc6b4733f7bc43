"""Musts that hardly go together are named in the reader's words; wishes are nobody's trouble."""

from itertools import product

import pytest

from domain.quality import CATALOGUE, EXCLUSIVE
from notifications.language import Language
from schema.quality import quality_warnings
from schema.words import quality


@pytest.mark.parametrize("language", Language)
def test_a_pair_of_musts_is_named_by_both_labels(language: Language) -> None:
    for one, other in EXCLUSIVE:
        (found,) = quality_warnings(f"ALL_TIERE! {one}! {other}!", language)
        assert found.codes == [one, other]
        assert all(f"{quality(code, language)}" in found.message for code in (one, other))


def test_a_wish_for_one_of_them_is_no_contradiction() -> None:
    for (one, other), first, second in product(EXCLUSIVE, ("", "!"), ("", "!")):
        found = quality_warnings(f"{one}{first} {other}{second}", Language.DE)
        assert bool(found) is (first == second == "!")


def test_no_other_two_qualities_are_warned_of() -> None:
    everything = " ".join(f"{code}!" for code in CATALOGUE)
    assert len(quality_warnings(everything, Language.DE)) == len(EXCLUSIVE)
