"""Refusals in words."""

import pytest

from domain.errors import RateLimited, StateRefused
from notifications.language import Language
from notifications.refusal import explain


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (1, "1 second "),
        (2, "2 seconds "),
        (90, "90 seconds "),
        (91, "2 minutes "),
        (3550, "60 minutes "),
    ],
)
def test_a_wait_is_told_in_seconds_or_minutes_one_of_them_in_the_singular(
    seconds: int, said: str
) -> None:
    assert said in explain(RateLimited(seconds=seconds), Language.EN).remedy


@pytest.mark.parametrize("language", Language)
def test_a_state_is_told_in_words_and_not_as_a_code(language: Language) -> None:
    explained = explain(StateRefused(state="RELEASED", action="UPDATE_ORDER"), language)
    assert "RELEASED" not in explained.message + explained.remedy
