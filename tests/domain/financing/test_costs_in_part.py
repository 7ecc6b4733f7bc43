"""Costs of which a part was not said, or half of one, and what cannot stand without another."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from domain.errors.base import DomainError
from domain.financing.asked import Surcharge
from domain.financing.cost_comparison import cost_comparison
from domain.financing.costs import employer_costs, problems
from tests.domain.financing.test_costs import DAY, EXAMPLE, SIDES, side

Said = Mapping[Surcharge, Decimal]
NIGHT: Said = {Surcharge.NIGHT: Decimal(4)}
SUNDAY: Said = {Surcharge.SUNDAY: Decimal(4)}
NO_NIGHT: Said = {Surcharge.NIGHT: Decimal(0)}


@pytest.mark.parametrize(
    ("hours", "percents", "lacks"),
    [
        (NIGHT, {}, ("SURCHARGE_PERCENTS",)),
        ({}, NIGHT, ("SURCHARGE_HOURS",)),
        (NIGHT, SUNDAY, ("SURCHARGE_PERCENTS", "SURCHARGE_HOURS")),
        (NIGHT, NIGHT, ()),
        (NIGHT, NO_NIGHT, ()),
        (NO_NIGHT, NIGHT, ()),
    ],
)
def test_half_of_a_surcharge_is_missing_its_other_half_and_makes_no_amount_exact(
    hours: Said, percents: Said, lacks: tuple[str, ...]
) -> None:
    told = replace(
        EXAMPLE, surcharge_hours=hours, wage_percents=percents, service_percents=percents
    )
    for of in SIDES:
        found = side(of, told).calculation
        assert found.missing == lacks
        assert found.reading == ("POSSIBLY_MORE" if lacks else "EXACT")


def test_costs_of_which_a_part_was_not_said_are_possibly_more() -> None:
    for told in (
        replace(EXAMPLE, contributions=None),
        replace(EXAMPLE, payroll=None),
        replace(EXAMPLE, other_costs=None),
    ):
        assert side(employer_costs, told).calculation.reading == "POSSIBLY_MORE"
    assert side(employer_costs, EXAMPLE).calculation.reading == "EXACT"


def test_hours_are_those_of_so_many_people_as_share_them() -> None:
    for hours, assistants in ((744, 1), (1488, 2), (2232, 3), (2232, 9)):
        told = replace(EXAMPLE, hours=Decimal(hours), assistants=assistants)
        assert not [*problems(told)]


def test_the_day_that_a_budget_begins_is_refused_without_a_budget() -> None:
    with pytest.raises(DomainError) as refused:
        cost_comparison(replace(EXAMPLE, budget=None), DAY, DAY)
    assert [(each.code, each.field) for each in refused.value.problems] == [
        ("CONTRADICTS_ANSWER", "budgetFrom")
    ]
