"""Hints in the reader's words, with no more than may be told of the people behind them."""

import pytest
import strawberry

from domain.matching.band import told_hints
from domain.matching.hint import Hint, HintKind, Numbers
from notifications.language import Language
from schema.hint import hint
from tests.domain.test_matching import demand


@pytest.mark.parametrize(
    ("before", "more", "told", "said"),
    [
        (6, 1, (10, False), "at most 4 more"),
        (2, 9, (11, True), "at least 7 more"),
        (6, 7, (13, True), "7"),
    ],
)
def test_a_hint_tells_nothing_of_a_few_people(
    before: int, more: int, told: tuple[int, bool], said: str
) -> None:
    found = Hint(HintKind.DISTANCE, before + more, more, demand())
    (one,) = told_hints(Numbers(before, (found,)), 5)
    shown = hint(one, strawberry.ID("o"), Language.EN)
    assert (shown.count, shown.exact) == told
    assert f"there would be {said}" in shown.message
