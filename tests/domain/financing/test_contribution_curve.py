"""The own contribution over income: warnings, where it ends, and what is refused."""

from datetime import date
from decimal import Decimal

import pytest

from domain.errors.base import DomainError
from domain.financing.calculators import run
from domain.financing.contribution_curve import contribution_curve
from domain.financing.income_limit import IncomeKind
from domain.financing.own_contribution import KIND, OwnContribution

WORK, PENSION = IncomeKind.INSURED_WORK, IncomeKind.PENSION
DAY = date(2026, 3, 1)


def earning(work: str, pension: str = "0") -> OwnContribution:
    return OwnContribution({WORK: Decimal(work), PENSION: Decimal(pension)})


@pytest.mark.parametrize(
    ("day", "warnings"),
    [(date(2026, 4, 29), ()), (date(2026, 4, 30), ("FIGURES_NOT_VERIFIED",))],
)
def test_a_curve_warns_as_its_calculator_does(day: date, warnings: tuple[str, ...]) -> None:
    said = earning("45000")
    assert contribution_curve(said, day, None, 3).warnings == warnings
    assert run(KIND, said, day).warnings == warnings


@pytest.mark.parametrize(
    ("work", "end"),
    [("0", 80_000), ("53333.33", 80_000), ("53333.34", 90_000), ("100000", 150_000)],
)
def test_without_an_end_a_curve_goes_past_the_own_income_and_most_limits(
    work: str, end: int
) -> None:
    curve = contribution_curve(earning(work), DAY, None, 5)
    assert curve.points[-1].income == end
    assert curve.here.income == Decimal(work)


@pytest.mark.parametrize("income", ["sNaN", "-1", "1E+30"])
def test_an_income_that_nobody_can_have_is_refused_at_its_field_alone(income: str) -> None:
    with pytest.raises(DomainError) as refused:
        contribution_curve(earning("45000", income), DAY, Decimal(50_000), 3)
    problems = refused.value.problems or [refused.value]
    assert [each.field for each in problems] == ["incomes.pension"]
