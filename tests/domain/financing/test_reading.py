"""How an amount is to be read never says more than the warnings beside it."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors.financing import FigureNotKnown
from domain.financing.calculators import CALCULATORS, run
from domain.financing.care import CareGrade
from domain.financing.reading import AmountReading
from notifications.language import Language, labels
from tests.domain.financing.insured import found
from tests.domain.financing.saying import PATIENT, said

DAYS = [
    *(date(year, 5, 1) for year in range(2017, 2028)),
    *(date(2025, 8, 1), date(2026, 3, 1), date(2026, 8, 1)),
]
UNKNOWN = re.compile(r"not know|not counted|not calculated|not include|not subtracted")
# Warnings that say so of something else than the amount.
OF_SOMETHING_ELSE = {
    "FIGURE_UNKNOWN",  # stands beside a published figure, not in a calculation
    "MINIMUM_WAGE_NOT_KNOWN",  # what a month costs does not hang on it
    "ADVICE_VISITS",  # how often one has to call for advice
    "USES_NOT_YET_COUNTED",  # what is left on the day is what was asked for
}
WARNING = "financing.warning."
NOT_COUNTED = {
    key.removeprefix(WARNING)
    for key, text in labels(Language.EN).items()
    if key.startswith(WARNING) and UNKNOWN.search(text)
} - OF_SOMETHING_ELSE


def test_the_warnings_that_an_amount_is_not_whole_are_told_by_their_words() -> None:
    assert {"TRANSFER_NOT_KNOWN", "BELOW_LIMIT_TOO", "CARE_WAGE_NOT_KNOWN"} <= NOT_COUNTED


@pytest.mark.no_cover
@pytest.mark.slow
@pytest.mark.parametrize("kind", CALCULATORS)
@settings(PATIENT, max_examples=40)
@given(data=st.data())
def test_no_amount_is_exact_beside_a_warning_that_something_is_not_counted(
    kind: str, data: st.DataObject
) -> None:
    told = data.draw(said(kind))
    for day in DAYS:
        try:
            calculation = run(kind, told, day)
        except FigureNotKnown:
            continue
        if NOT_COUNTED & {*calculation.warnings}:
            assert calculation.reading is not AmountReading.EXACT, (day, calculation.warnings)


@pytest.mark.parametrize(
    ("kind", "spent", "reading"),
    [
        ("VERHINDERUNGSPFLEGE", {}, "POSSIBLY_MORE"),
        ("KURZZEITPFLEGE", {}, "POSSIBLY_MORE"),
        ("VERHINDERUNGSPFLEGE", {"spent_on_short_term_care": Decimal(1774)}, "POSSIBLY_MORE"),
        ("VERHINDERUNGSPFLEGE", {"spent_on_short_term_care": Decimal(1775)}, "AT_MOST"),
        ("KURZZEITPFLEGE", {"spent_on_respite": Decimal(1613)}, "AT_MOST"),
    ],
)
def test_without_a_known_transfer_what_is_left_may_be_more_or_where_it_went_there_less(
    kind: str, spent: dict[str, Any], reading: str
) -> None:
    assert found(kind, CareGrade.PG2, date(2023, 5, 1), **spent).reading == reading
    assert found(kind, CareGrade.PG2, date(2024, 5, 1), **spent).reading == "EXACT"


def test_the_flat_amount_of_a_home_is_the_highest() -> None:
    assert found("BESONDERE_WOHNFORM", CareGrade.PG2).reading == "AT_MOST"
    assert found("BESONDERE_WOHNFORM", CareGrade.PG1).reading == "EXACT"
