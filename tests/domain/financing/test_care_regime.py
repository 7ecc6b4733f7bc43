"""Which law holds for care: every answer to every question of § 103 Abs. 2 SGB IX."""

from datetime import date
from itertools import product
from typing import Any

import pytest

from domain.financing.asked import Housing
from domain.financing.calculation import Calculation
from domain.financing.care_regime import CareRegime, care_regime
from tests.domain.financing.recompute import recompute

DAY = date(2026, 4, 1)
ANSWERS = (True, False, None)
AT_HOME = {"living": Housing.HOME}


def shown(told: CareRegime, day: date = DAY) -> Calculation:
    found = care_regime(told, day)
    assert recompute(found) == found.amount.value
    return found


def law(found: Calculation) -> str | None:
    (outcome,) = {each.outcome for each in found.steps}
    return outcome


def test_all_answers_lead_where_the_paragraph_leads() -> None:
    for help_, pension, before, goals, living in product(*[ANSWERS] * 4, (*Housing, None)):
        told = CareRegime(
            eingliederungshilfe=help_,
            pension_age=pension,
            before_pension_age=before,
            living=living,
            goals_reachable=goals,
        )
        early = True if pension is False else before
        home = None if living is None else living is Housing.HOME
        there = living is Housing.SPECIAL_HOUSING
        needed = (help_,) if there else (help_, home, goals, early)
        found = shown(told)
        open_ = living is None and help_ is not False  # may be included where neither is asked for
        if False in needed and not open_:
            assert law(found) == "LIMITS_OF_SGB_XII"
            assert (found.least, found.missing) == (None, ())
            assert len(found.reasons) == needed.count(False)
        elif all(needed):
            assert law(found) == "LIMITS_OF_SGB_IX"
            assert (found.least, found.missing) == (None, ())
            assert found.reasons == ("CARE_INCLUDED_THERE" if there else "CARE_INCLUDED",)
        else:
            assert law(found) == "LIMITS_OPEN"
            assert found.least
            assert len(found.missing) == needed.count(None)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"eingliederungshilfe": False}, "NOT_EINGLIEDERUNGSHILFE"),
        ({"living": Housing.CARE_FACILITY}, "NOT_AT_HOME"),
        ({**AT_HOME, "goals_reachable": False}, "NOT_GOALS_REACHABLE"),
        (
            {**AT_HOME, "pension_age": True, "before_pension_age": False},
            "NOT_BEFORE_PENSION_AGE",
        ),
    ],
)
def test_the_condition_that_fails_is_the_reason(said: dict[str, Any], reason: str) -> None:
    assert shown(CareRegime(**said)).reasons == (reason,)


# 150 % of the Bezugsgröße beside the Barbetrag of one adult.
@pytest.mark.parametrize(
    ("year", "of_sgb_ix", "of_sgb_xii"),
    [
        (2020, 57_330, 5_000),
        (2022, 59_220, 5_000),
        (2023, 61_110, 10_000),
        (2024, 63_630, 10_000),
        (2025, 67_410, 10_000),
        (2026, 71_190, 10_000),
    ],
)
def test_as_long_as_it_is_open_both_limits_are_shown(
    year: int, of_sgb_ix: int, of_sgb_xii: int
) -> None:
    found = shown(CareRegime(), date(year, 4, 1))
    assert found.least
    assert [found.amount.value, found.least.value] == [of_sgb_ix, of_sgb_xii]
