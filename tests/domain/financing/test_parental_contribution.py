"""Parents and children: each alone, exactly 100,000 is free, and adults' participation is too."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors.financing import FigureNotKnown
from domain.financing.book import LAW, Book
from domain.financing.calculation import Calculation
from domain.financing.calculators import run
from domain.financing.parental_contribution import (
    KIND,
    ParentalContribution,
    ReceivedBenefit,
    parental_contribution,
)
from tests.domain.financing.recompute import recompute
from tests.domain.financing.saying import said

CENT = Decimal("0.01")
LIMIT = Decimal(100_000)
CARE = ReceivedBenefit.HELP_TO_CARE


def shown(told: ParentalContribution, year: int = 2020) -> Calculation:
    found = parental_contribution(told, date(year, 4, 1))
    assert recompute(found) == found.amount.value
    assert found.steps[-1].result == found.amount
    return found


def outcomes(found: Calculation) -> set[str | None]:
    return {each.outcome for each in found.steps} - {None}


@pytest.mark.parametrize(
    ("income", "due", "outcome"),
    [
        (LIMIT - CENT, "0", {"PARENT_NOT_ABOVE", "NOBODY_ABOVE"}),
        (LIMIT, "0", {"PARENT_NOT_ABOVE", "NOBODY_ABOVE"}),
        (LIMIT + CENT, "34.44", {"PARENT_ABOVE"}),
    ],
)
def test_a_cent_more_than_100000_decides(income: Decimal, due: str, outcome: set[str]) -> None:
    found = shown(ParentalContribution(CARE, parents=(income,)))
    assert (found.amount.value, outcomes(found)) == (Decimal(due), outcome)
    child = shown(ParentalContribution(CARE, children=(income,)))
    assert child.amount.value == 0
    assert child.amount.unit is found.amount.unit
    assert outcomes(child) == (
        {"CHILD_ABOVE", "ONLY_CHILD_ABOVE"}
        if income > LIMIT
        else {"CHILD_NOT_ABOVE", "NOBODY_ABOVE"}
    )
    assert ("MAINTENANCE_BY_CIVIL_LAW" in child.warnings) is (income > LIMIT)


def test_each_parent_is_tested_alone() -> None:
    assert shown(ParentalContribution(CARE, parents=(LIMIT, LIMIT))).amount.value == 0
    one = shown(ParentalContribution(CARE, parents=(Decimal(0), LIMIT + CENT), subsistence=True))
    assert one.amount.value == Decimal("60.93")  # 34.44 and 26.49, moved with Kindergeld, 2020


def test_a_child_above_the_limit_leaves_what_parents_pay() -> None:
    found = shown(ParentalContribution(CARE, parents=(2 * LIMIT,), children=(2 * LIMIT,)), 2026)
    assert (found.amount.name, str(found.amount.value)) == ("PARENTS_BASE_AMOUNT", "26")
    assert outcomes(found) >= {"CHILD_ABOVE"}
    assert set(found.warnings) == {"MAINTENANCE_BY_CIVIL_LAW", "MOVED_WITH_CHILD_BENEFIT"}


@pytest.mark.parametrize(
    ("year", "told", "amount", "reading"),
    [
        (2020, {"parents": (2 * LIMIT,)}, "34.44", "AT_MOST"),
        (2020, {"parents": (2 * LIMIT,), "children": (2 * LIMIT,)}, "34.44", "POSSIBLY_MORE"),
        (2026, {"parents": (2 * LIMIT,)}, "26", "POSSIBLY_MORE"),
        (2026, {"parents": (2 * LIMIT,), "subsistence": True}, "46", "POSSIBLY_MORE"),
        (2026, {"children": (2 * LIMIT,)}, "0", "POSSIBLY_MORE"),
        (2026, {"parents": (LIMIT,), "children": (LIMIT,)}, "0", "EXACT"),
        (2026, {"minor": True}, "0", "BY_THIS_RULE"),
    ],
)
def test_the_amount_says_itself_how_it_is_to_be_read(
    year: int, told: dict[str, Any], amount: str, reading: str
) -> None:
    found = shown(ParentalContribution(CARE, **told), year)
    assert (found.amount.value, found.reading) == (Decimal(amount), reading)


@pytest.mark.parametrize("gone", ["seventh_chapter", "third_fourth_chapter"])
def test_moved_amounts_are_taken_only_where_both_are_known(gone: str) -> None:
    ended = date(2020, 3, 31)
    rows = (
        replace(each, valid_to=ended) if each.name == f"unterhalt.{gone}" else each
        for each in LAW.parameters
    )
    told = ParentalContribution(CARE, parents=(2 * LIMIT,), subsistence=True)
    assert parental_contribution(told, date(2020, 4, 1), law=Book(rows)).amount.value == 46


@pytest.mark.parametrize("year", [2021, 2024, 2026])
def test_where_the_moved_amounts_are_not_known_the_first_ones_are_said_to_be_too_low(
    year: int,
) -> None:
    told = ParentalContribution(CARE, parents=(LIMIT + CENT,), subsistence=True)
    found = shown(told, year)
    assert (found.amount.name, str(found.amount.value)) == ("PARENTS_BASE_AMOUNT", "46")
    assert "MOVED_WITH_CHILD_BENEFIT" in found.warnings


def test_nobody_named_is_presumed_to_be_below() -> None:
    found = shown(ParentalContribution(CARE), 2026)
    assert found.amount.value == 0
    assert "PRESUMED_NOT_ABOVE" in found.assumptions
    assert found.missing == ("RELATIVES_INCOME",)


def test_for_an_adults_eingliederungshilfe_nobody_pays_whatever_they_have() -> None:
    rich = (Decimal(5_000_000),)
    benefit = ReceivedBenefit.EINGLIEDERUNGSHILFE
    found = shown(ParentalContribution(benefit, parents=rich, children=rich), 2026)
    assert found.amount.value == 0
    assert outcomes(found) == {"NOBODY_PAYS"}
    assert (found.assumptions, found.missing, found.warnings) == ((), (), ())
    with pytest.raises(FigureNotKnown):
        parental_contribution(ParentalContribution(benefit), date(2019, 12, 31))


@pytest.mark.parametrize(
    ("benefit", "warning"),
    [
        (ReceivedBenefit.EINGLIEDERUNGSHILFE, "MINOR_OWN_CONTRIBUTION"),
        (ReceivedBenefit.HELP_TO_CARE, "MINOR_HELP_TO_CARE"),
    ],
)
def test_minors_are_sent_to_the_rule_that_holds_for_them(
    benefit: ReceivedBenefit, warning: str
) -> None:
    found = shown(ParentalContribution(benefit, minor=True, parents=(2 * LIMIT,)), 2026)
    assert (outcomes(found), found.warnings) == ({"OTHER_RULE"}, (warning,))


@given(said(KIND), st.sampled_from([2020, 2023, 2026]))
def test_whatever_is_said_steps_lead_to_what_one_line_says(
    told: ParentalContribution, year: int
) -> None:
    found = shown(told, year).amount.value
    above = any(each > LIMIT for each in told.parents)
    if told.minor or told.benefit is ReceivedBenefit.EINGLIEDERUNGSHILFE:
        assert found == 0
    else:
        cents = (3444, 2649) if year == 2020 else (2600, 2000)
        assert found == (Decimal(cents[0] + cents[1] * told.subsistence) / 100 if above else 0)


def test_incomes_that_nobody_can_have_are_refused_where_they_stand() -> None:
    wrong = ParentalContribution(CARE, parents=(LIMIT, Decimal(-1)), children=(LIMIT,) * 21)
    with pytest.raises(Exception, match=r".") as refused:
        run(KIND, wrong, date(2026, 4, 1))
    problems = refused.value.problems  # type: ignore[attr-defined]  # a DomainError
    assert [each.field for each in problems] == ["children", "parents.1"]
