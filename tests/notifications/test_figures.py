"""Figures in words: each has its label in every language, and no label is left over."""

import pytest

from domain.errors.financing import FigureNotKnown
from domain.financing.book import LAW
from notifications.language import Language, labels
from notifications.refusal import explain

PREFIX = "financing.figure."


@pytest.mark.parametrize("language", Language)
def test_every_figure_has_a_label_of_its_own(language: Language) -> None:
    found = {
        key.removeprefix(PREFIX): text
        for key, text in labels(language).items()
        if key.startswith(PREFIX)
    }
    assert set(found) == {each.name for each in LAW.parameters}
    assert len(set(found.values())) == len(found)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.DE, "Für den 1. Januar 2027 kennen wir diesen Wert nicht: Regelbedarf, Stufe 1."),
        (
            Language.LEICHT,
            "Für den 1. Januar 2027 kennen wir diesen Wert nicht: Regel-Bedarf, Stufe 1.",
        ),
        (Language.EN, "We do not know this figure for 1 January 2027: Standard need, level 1."),
    ],
)
def test_an_unknown_figure_is_named_in_words(language: Language, said: str) -> None:
    refused = FigureNotKnown(field="asOf", figure="regelbedarf.stufe_1", day="2027-01-01")
    assert explain(refused, language).message == said
