"""Assets and Eingliederungshilfe: the limit to the cent, and what never counts."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.financing.calculation import Calculation
from domain.financing.free_benefit import FreeBenefit
from domain.financing.own_assets import KIND, OwnAssets, own_assets
from tests.domain.financing.recompute import recompute
from tests.domain.financing.saying import PATIENT, said
from tests.domain.financing.straight_own import TABLE, YEARS

CENT = Decimal("0.01")


def found_in(year: int, told: OwnAssets) -> Calculation:
    found = own_assets(told, date(year, 4, 1))
    assert recompute(found) == found.amount.value
    return found


@pytest.mark.parametrize("year", YEARS)
def test_a_cent_decides_at_the_asset_limit(year: int) -> None:
    at = Decimal(TABLE[year][7])
    for assets, above, outcome in (
        (at - CENT, 0, "WITHIN"),
        (at, 0, "WITHIN"),
        (at + CENT, CENT, "BEYOND"),
    ):
        found = found_in(year, OwnAssets(assets))
        assert found.amount.value == above
        assert found.steps[-1].outcome == outcome
        assert found.missing == (("HARDSHIP",) if above else ())


@PATIENT
@given(st.sampled_from(YEARS), said(KIND))
def test_only_what_lies_above_the_limit_has_to_be_used(year: int, told: OwnAssets) -> None:
    above = max(told.assets - TABLE[year][7], Decimal(0))
    spared = told.free_benefit is not None or told.hardship
    assert found_in(year, told).amount.value == (0 if spared else above)


@pytest.mark.parametrize("benefit", FreeBenefit)
def test_what_is_free_of_contribution_is_free_of_the_asset_test(benefit: FreeBenefit) -> None:
    found = found_in(2026, OwnAssets(Decimal(900_000), free_benefit=benefit))
    assert found.amount.value == 0
    assert found.steps[0].paragraph == "§ 140 Abs. 3 SGB IX"
    assert not found.missing


def test_what_does_not_count_is_named() -> None:
    told = OwnAssets(Decimal(1), home=True, car=True, partner=True)
    assert found_in(2026, told).assumptions == (
        "HOME_EXEMPT",
        "CAR_EXEMPT",
        "PARTNER_ASSETS_NOT_COUNTED",
    )


def test_a_car_is_left_out_on_days_for_which_the_law_is_known() -> None:
    told = OwnAssets(Decimal(1), car=True)
    assert found_in(2022, told).warnings == ("CAR_NOT_KNOWN",)
    assert found_in(2022, told).assumptions == ()
    assert found_in(2023, told).assumptions == ("CAR_EXEMPT",)
    assert found_in(2022, OwnAssets(Decimal(1))).warnings == ()


def test_for_a_minor_the_parents_assets_count() -> None:
    told = OwnAssets(Decimal(1), partner=True, minor=True)
    assert found_in(2026, told).assumptions == ("PARENTS_ASSETS_COUNT",)


def test_a_hardship_spares_assets_and_the_office_decides_on_it() -> None:
    found = found_in(2026, OwnAssets(Decimal(90_000), hardship=True))
    assert found.amount.value == 0
    assert found.assumptions == ("HARDSHIP_IS_DECIDED",)
    denied = found_in(2026, OwnAssets(Decimal(90_000), hardship=False))
    assert denied.amount.value == 18_810
    assert denied.missing == ()
