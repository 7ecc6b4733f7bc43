"""Assets before help to care: what adults and others keep, to the cent, and what own work adds."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.financing.help_to_care import HelpToCare
from domain.financing.reading import AmountReading
from tests.domain.financing.helped import ALONE, CENT, pension, shown, steps


@pytest.mark.parametrize(
    ("year", "family", "kept"),
    [
        (2022, ALONE, 5_000),
        (2022, replace(ALONE, partner={}), 10_000),
        (2023, ALONE, 10_000),
        (2023, replace(ALONE, partner={}), 20_000),
        (2026, replace(ALONE, partner={}, dependants=3), 21_500),
        (2026, replace(ALONE, parents={}, parent_count=2), 20_500),
        (2026, replace(ALONE, assets_from_work=Decimal(30_000)), 35_000),
        (2026, replace(ALONE, assets_from_work=Decimal(1_000)), 11_000),
    ],
)
def test_a_cent_more_than_may_be_kept_comes_first(year: int, family: HelpToCare, kept: int) -> None:
    for more, first in ((-CENT, 0), (Decimal(0), 0), (CENT, CENT)):
        found = shown(year, replace(family, assets=kept + more))
        assert steps(found)["CARE_ASSETS_FIRST"] == first
        assert ("CARE_ASSETS_COME_FIRST" in found.warnings) is (first > 0)


@pytest.mark.parametrize("income", [1_000, 2_500])
def test_assets_that_come_first_are_part_of_how_the_amount_is_read(income: int) -> None:
    told = replace(ALONE, own=pension(income), need=Decimal(1_500), housing=Decimal(600))
    for assets, first in ((10_000, False), (500_000, True)):
        found = shown(2026, replace(told, assets=Decimal(assets)))
        assert found.amount.value == max(0, income - 1_726)
        assert (found.reading is AmountReading.AFTER_ASSETS) is first
        assert bool(found.least) is (income > 1_726)


def test_in_a_case_of_88_no_amount_is_the_most() -> None:
    for assets in (None, Decimal(0), Decimal(500_000)):
        found = shown(2026, replace(ALONE, own=pension(2_500), assets=assets, special_case=True))
        assert found.reading is AmountReading.POSSIBLY_MORE


@pytest.mark.parametrize(
    ("year", "family", "kept", "told"),
    [
        (2020, replace(ALONE, dependants=2), 5_000, True),
        (2022, replace(ALONE, partner={}, dependants=1), 10_000, True),
        (2022, replace(ALONE, parents={}, parent_count=2), 10_000, True),
        (2022, replace(ALONE, partner={}), 10_000, False),
        (2023, replace(ALONE, dependants=2), 11_000, False),
    ],
)
def test_what_was_kept_for_maintained_persons_before_2023_is_not_counted_and_said_so(
    year: int, family: HelpToCare, kept: int, *, told: bool
) -> None:
    found = shown(year, replace(family, assets=kept + CENT))
    assert steps(found)["CARE_ASSETS_FIRST"] == CENT
    assert ("MAINTAINED_KEEP_NOT_KNOWN" in found.warnings) is told
    assert ("MAINTAINED_KEEP" in steps(found)) is (year == 2023)
    enough = shown(year, replace(family, assets=Decimal(kept)))
    assert "MAINTAINED_KEEP_NOT_KNOWN" not in enough.warnings


def test_what_others_have_counts_with_partner_or_parents_only() -> None:
    told = replace(ALONE, assets=Decimal(9_000), other_assets=Decimal(50_000))
    assert steps(shown(2026, told))["CARE_ASSETS_FIRST"] == 0
    assert steps(shown(2026, replace(told, partner={})))["CARE_ASSETS_FIRST"] == 39_000
    assert "OTHER_ASSETS" in shown(2026, replace(told, partner={}, other_assets=None)).missing


def test_an_appropriate_car_is_kept_since_2023() -> None:
    told = replace(ALONE, assets=Decimal(1))
    assert "CAR_EXEMPT" not in shown(2022, told).assumptions
    assert "CAR_NOT_KNOWN" in shown(2022, told).warnings
    assert "CAR_EXEMPT" in shown(2023, told).assumptions


def test_what_own_work_saved_does_not_protect_the_assets_of_another() -> None:
    told = replace(ALONE, partner={}, assets=Decimal(1_000), other_assets=Decimal(30_000))
    found = steps(shown(2026, replace(told, assets_from_work=Decimal(5_000))))
    assert [found["FROM_WORK_KEPT"], found["CARE_ASSETS_FIRST"]] == [1_000, 10_000]
