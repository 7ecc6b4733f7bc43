"""The costs of both models: against a straight line, to the cent, and never cheaper for more."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors.base import DomainError
from domain.financing.asked import Funder, Surcharge
from domain.financing.calculators import CALCULATORS, run
from domain.financing.cost_comparison import cost_comparison
from domain.financing.cost_shares import Budget
from domain.financing.costs import (
    EMPLOYER_COSTS,
    SERVICE_COSTS,
    CostFacts,
    Costs,
    employer_costs,
    problems,
    service_costs,
)
from tests.domain.financing import straight_costs
from tests.domain.financing.recompute import recompute
from tests.domain.financing.saying import PATIENT, said

DAY = date(2026, 3, 1)
SIDES = (employer_costs, service_costs)
CENT = Decimal("0.01")
EXAMPLE = CostFacts(
    hours=Decimal(40),
    wage=Decimal(15),
    service_price=Decimal(38),
    surcharge_hours={Surcharge.SUNDAY: Decimal(8), Surcharge.NIGHT: Decimal(4)},
    wage_percents={Surcharge.SUNDAY: Decimal(50), Surcharge.NIGHT: Decimal(25)},
    service_percents={Surcharge.SUNDAY: Decimal(25)},
    contributions=Decimal("28.5"),
    payroll=Decimal("19.90"),
    other_costs=Decimal("30.10"),
    shares={
        Funder.INTEGRATION_ASSISTANCE: Decimal(700),
        Funder.CARE_INSURANCE: Decimal(131),
    },
    own_parts={Funder.INTEGRATION_ASSISTANCE: Decimal(90)},
    budget=Decimal(5000),
)


def side(of: Callable[..., Costs], told: CostFacts) -> Costs:
    found = of(told, DAY)
    assert recompute(found.calculation) == found.calculation.amount.value
    return found


def total(of: Callable[..., Costs], told: CostFacts) -> Decimal:
    return of(told, DAY, shown=False).calculation.amount.value


def test_a_month_with_all_parts_comes_to_what_one_reckons_by_hand() -> None:
    found = side(employer_costs, EXAMPLE)
    # 600 + 60 (8 h x 15 x 50 %) + 15 (4 h x 15 x 25 %) = 675; 28.5 % = 192.38; + 50.00
    assert found.calculation.amount.value == Decimal("917.38")
    assert found.split.paid == (
        (Funder.CARE_INSURANCE, Decimal(131)),
        (Funder.INTEGRATION_ASSISTANCE, Decimal(610)),
    )
    assert (found.split.own_contribution, found.split.rest) == (Decimal(90), Decimal("86.38"))
    # 5000 / 917.38 = 5.4503 months: 218.01 hours, 165.78 days
    assert found.budget == Budget(Decimal(218), 165)
    assert found.minijob is False
    assert found.calculation.missing == ()
    assert found.calculation.assumptions == (
        "SURCHARGES_COUNT_FOR_MINIJOB",
        "CARE_ALLOWANCE_ONLY",
        "SAME_PACE",
    )
    # 40 x 38 + 8 x 38 x 25 %
    assert side(service_costs, EXAMPLE).calculation.amount.value == 1596


@pytest.mark.no_cover
@PATIENT
@given(said(EMPLOYER_COSTS))
def test_both_sides_agree_with_a_straight_line(told: CostFacts) -> None:
    expected = {
        employer_costs: straight_costs.employer(
            told.hours,
            told.wage,
            told.surcharge_hours,
            told.wage_percents,
            told.contributions,
            (told.payroll, told.other_costs),
        ),
        service_costs: straight_costs.hours_paid(
            told.hours, told.service_price, told.surcharge_hours, told.service_percents
        ),
    }
    for of, whole in expected.items():
        found = side(of, told)
        assert found.calculation.amount.value * 100 == whole
        paid, own, rest = straight_costs.split(whole, told.shares, told.own_parts)
        assert {funder: amount * 100 for funder, amount in found.split.paid} == paid
        assert found.split.own_contribution * 100 == own
        assert found.split.rest * 100 == rest
        lasts: tuple[int | None, int | None] = (None, None)
        if told.budget is not None and whole:
            lasts = straight_costs.lasts(whole, told.hours, told.budget)
        assert (found.budget.hours, found.budget.days) == lasts


@PATIENT
@given(said(EMPLOYER_COSTS), st.sampled_from(SIDES))
def test_the_parts_are_the_costs_to_the_cent(told: CostFacts, of: Callable[..., Costs]) -> None:
    found = side(of, told)
    parts = [amount for _funder, amount in found.split.paid]
    parts += [found.split.own_contribution, found.split.rest]
    assert sum(parts) == found.calculation.amount.value
    assert all(each >= 0 and each == each.quantize(CENT) for each in parts)


@PATIENT
@given(said(EMPLOYER_COSTS), st.integers(0, 20_000), st.sampled_from(SIDES))
def test_more_hours_are_never_cheaper_and_a_budget_never_lasts_longer(
    told: CostFacts, more: int, of: Callable[..., Costs]
) -> None:
    longer = replace(told, hours=told.hours + Decimal(more) / 100)
    assert total(of, longer) >= total(of, told)
    before, after = of(told, DAY, shown=False).budget, of(longer, DAY, shown=False).budget
    if before.days is not None:
        assert after.days is not None
        assert after.days <= before.days


@PATIENT
@given(said(EMPLOYER_COSTS), st.integers(0, 1_000_000), st.sampled_from(SIDES))
def test_a_bigger_budget_buys_no_less(told: CostFacts, more: int, of: Callable[..., Costs]) -> None:
    budget = told.budget or Decimal(0)
    small = of(replace(told, budget=budget), DAY, shown=False).budget
    big = of(replace(told, budget=budget + Decimal(more) / 100), DAY, shown=False).budget
    if small.days is not None and small.hours is not None:
        assert big.days is not None
        assert big.hours is not None
        assert big.days >= small.days
        assert big.hours >= small.hours


@pytest.mark.no_cover
@PATIENT
@given(said(EMPLOYER_COSTS), st.sampled_from(SIDES))
def test_a_budget_buys_days_that_it_covers_and_not_one_more(
    told: CostFacts, of: Callable[..., Costs]
) -> None:
    found, budget = of(told, DAY, shown=False), told.budget
    if budget is None or found.budget.days is None:
        assert found.budget == Budget()
        return
    of_year = 12 * found.calculation.amount.value
    days = found.budget.days
    assert days * of_year <= 365 * budget < (days + 1) * of_year


def test_what_the_law_does_not_give_is_missing_until_it_is_said() -> None:
    bare = CostFacts(hours=Decimal(10), wage=Decimal(15), service_price=Decimal(30))
    assert side(employer_costs, bare).calculation.missing == (
        "EMPLOYERS_CONTRIBUTIONS",
        "PAYROLL",
        "OTHER_COSTS",
        "SHARES",
    )
    assert side(employer_costs, bare).calculation.amount.value == 150
    assert side(service_costs, bare).calculation.missing == ("SHARES",)


def test_a_wage_below_the_minimum_is_warned_of_and_reckoned_with() -> None:
    for wage, warned in (("13.89", ("WAGE_BELOW_MINIMUM",)), ("13.90", ())):
        told = replace(EXAMPLE, wage=Decimal(wage))
        assert side(employer_costs, told).calculation.warnings == warned
    for price, warned in (("13.89", ("PRICE_BELOW_MINIMUM_WAGE",)), ("13.90", ())):
        told = replace(EXAMPLE, service_price=Decimal(price))
        assert side(service_costs, told).calculation.warnings == warned


def test_a_day_without_a_known_minimum_wage_hinders_no_comparison() -> None:
    found = employer_costs(EXAMPLE, date(2028, 1, 1))
    assert found.calculation.amount.value == Decimal("917.38")
    assert (found.minijob, found.calculation.warnings) == (None, ("MINIMUM_WAGE_NOT_KNOWN",))
    service = service_costs(EXAMPLE, date(2028, 1, 1))
    assert service.calculation.warnings == ("MINIMUM_WAGE_NOT_KNOWN",)


def test_the_limit_of_marginal_employment_is_compared_for_each_assistant() -> None:
    for wage, assistants, within in (("15.07", 1, True), ("15.08", 1, False), ("15.08", 2, True)):
        told = CostFacts(
            hours=Decimal(40), wage=Decimal(wage), service_price=Decimal(0), assistants=assistants
        )
        assert side(employer_costs, told).minijob is within
        assert side(service_costs, told).minijob is None


def test_a_comparison_is_refused_as_its_calculators_are_and_by_when_a_budget_begins() -> None:
    wrong, far = replace(EXAMPLE, assistants=0), date(2101, 1, 1)
    with pytest.raises(DomainError) as refused:
        cost_comparison(wrong, date(1989, 12, 31), far)
    fields = [(each.code, each.field) for each in refused.value.problems]
    assert fields == [
        ("DATE_REFUSED", "asOf"),
        ("NUMBER_OUT_OF_RANGE", "assistants"),
        ("DATE_REFUSED", "budgetFrom"),
    ]
    found = cost_comparison(EXAMPLE, DAY)
    assert (found.employer.calculation, found.service.calculation, found.begin) == (
        run(EMPLOYER_COSTS, EXAMPLE, DAY),
        run(SERVICE_COSTS, EXAMPLE, DAY),
        DAY,
    )
    assert [each.name for each in found.service.calculation.figures] == ["mindestlohn"]


def test_no_costs_use_no_budget_up() -> None:
    idle = replace(EXAMPLE, hours=Decimal(0), surcharge_hours={})
    found = side(service_costs, idle)
    assert found.budget == Budget()
    assert found.calculation.reasons == ("NOTHING_IS_USED_UP",)


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"hours": Decimal("2232.01")}, {"hours"}),
        ({"hours": Decimal("NaN")}, {"hours"}),
        ({"hours": Decimal(745)}, {"hours"}),
        ({"hours": Decimal("1488.01"), "assistants": 2}, {"hours"}),
        ({"hours": Decimal(2233), "assistants": 9}, {"hours"}),
        ({"own_parts": {Funder.HELP_TO_CARE: Decimal(1)}}, {"ownParts.helpToCare"}),
        ({"wage": Decimal("0.001")}, {"wage"}),
        ({"surcharge_hours": {Surcharge.NIGHT: Decimal(41)}}, {"surchargeHours.night"}),
        ({"wage_percents": {Surcharge.SUNDAY: Decimal(201)}}, {"wagePercents.sunday"}),
        ({"service_percents": {Surcharge.HOLIDAY: Decimal(-1)}}, {"servicePercents.holiday"}),
        ({"contributions": Decimal(201)}, {"contributions"}),
        ({"assistants": 0}, {"assistants"}),
        (
            {"shares": {Funder.CARE_INSURANCE: Decimal(-1)}, "own_parts": {}},
            {"shares.careInsurance"},
        ),
        (
            {"own_parts": {Funder.CARE_INSURANCE: Decimal("1E+30")}},
            {"ownParts.careInsurance"},
        ),
        ({"budget": Decimal(-1), "payroll": Decimal(-1)}, {"budget", "payroll"}),
        (
            {"other_costs": Decimal(-1), "service_price": Decimal(-1)},
            {"otherCosts", "servicePrice"},
        ),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(wrong: dict[str, object], fields: set[str]) -> None:
    told = replace(EXAMPLE, **wrong)  # type: ignore[arg-type]  # each of its own type
    assert {each.field for each in problems(told)} == fields
    with pytest.raises(DomainError):
        run(SERVICE_COSTS, told, DAY)


def test_both_sides_can_be_shared() -> None:
    assert {EMPLOYER_COSTS, SERVICE_COSTS} <= set(CALCULATORS)
    assert run(EMPLOYER_COSTS, EXAMPLE, DAY) == employer_costs(EXAMPLE, DAY).calculation
    assert run(SERVICE_COSTS, EXAMPLE, DAY) == service_costs(EXAMPLE, DAY).calculation
