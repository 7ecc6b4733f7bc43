"""Least wages to the cent, the limit of marginal employment, and the highest allowance."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from domain.errors.base import DomainError
from domain.errors.financing import FigureNotKnown
from domain.financing.asked import Land, PaidWork
from domain.financing.calculation import Calculation
from domain.financing.calculators import run
from domain.financing.pay import KIND, WageCheck, minimum_wage_above, problems, wage_check
from tests.domain.financing.recompute import recompute
from tests.domain.financing.saying import PATIENT, said

CENT = Decimal("0.01")
# The first and the last day of each minimum wage, and the limit of marginal employment.
WAGES = [
    ((2020, 1, 1), (2020, 12, 31), "9.35", 450),
    ((2021, 1, 1), (2021, 6, 30), "9.50", 450),
    ((2021, 7, 1), (2021, 12, 31), "9.60", 450),
    ((2022, 1, 1), (2022, 6, 30), "9.82", 450),
    ((2022, 7, 1), (2022, 9, 30), "10.45", 450),
    ((2022, 10, 1), (2023, 12, 31), "12.00", 520),
    ((2024, 1, 1), (2024, 12, 31), "12.41", 538),
    ((2025, 1, 1), (2025, 12, 31), "12.82", 556),
    ((2026, 1, 1), (2026, 12, 31), "13.90", 603),
    ((2027, 1, 1), (2027, 12, 31), "14.60", 633),
]
DAYS = [
    (date(*day), Decimal(wage), limit)
    for first, last, wage, limit in WAGES
    for day in (first, last)
]
NEIGHBOUR = [(2025, "10.89"), (2026, "11.81"), (2027, "12.41")]
CARE = [
    (PaidWork.CARE_HELPER, ("14.15", "15.50", "16.10")),
    (PaidWork.CARE_TRAINED, ("15.25", "16.50", "17.35")),
    (PaidWork.CARE_SKILLED, ("18.25", "19.50", "20.50")),
]


def checked(told: WageCheck, day: date) -> Calculation:
    found = wage_check(told, day)
    assert recompute(found) == found.amount.value
    return found


def outcomes(found: Calculation) -> set[str | None]:
    return {each.outcome for each in found.steps if each.outcome}


@pytest.mark.parametrize(("day", "wage", "_limit"), DAYS)
def test_a_cent_decides_at_the_minimum_wage(day: date, wage: Decimal, _limit: int) -> None:
    for hourly, lacking, outcome in (
        (wage - CENT, CENT, "WAGE_TOO_LOW"),
        (wage, 0, "WAGE_WILL_DO"),
        (wage + CENT, 0, "WAGE_WILL_DO"),
    ):
        found = checked(WageCheck(hourly), day)
        assert found.amount.value == lacking
        assert found.missing == ("HOURS_PER_MONTH",)
        assert outcomes(found) == {outcome}


@pytest.mark.parametrize(("day", "_wage", "limit"), DAYS)
def test_exactly_at_the_limit_is_marginal_employment(day: date, _wage: Decimal, limit: int) -> None:
    for monthly, outcome in (
        (limit - CENT, "MINIJOB"),
        (limit, "MINIJOB"),
        (limit + CENT, "NO_MINIJOB"),
    ):
        found = checked(WageCheck(Decimal(monthly), hours_per_month=Decimal(1)), day)
        assert outcomes(found) == {"WAGE_WILL_DO", outcome}
        assert found.missing == ()


@pytest.mark.parametrize(("year", "most"), NEIGHBOUR)
def test_a_neighbour_helper_gets_85_per_cent_rounded_down(year: int, most: str) -> None:
    for hourly, above, outcome in (
        (Decimal(most) - CENT, 0, "ALLOWANCE_WILL_DO"),
        (Decimal(most), 0, "ALLOWANCE_WILL_DO"),
        (Decimal(most) + CENT, CENT, "ALLOWANCE_TOO_HIGH"),
    ):
        told = WageCheck(hourly, PaidWork.NEIGHBOUR_HELP, land=Land.NI)
        found = checked(told, date(year, 6, 1))
        assert found.amount.value == above
        assert outcomes(found) == {outcome}
        assert found.assumptions == ("NEIGHBOUR_HELPER_FITS",)


@pytest.mark.parametrize("land", [None, *(each for each in Land if each is not Land.NI)])
def test_the_rule_of_another_land_is_not_known(land: Land | None) -> None:
    told = WageCheck(Decimal(10), PaidWork.NEIGHBOUR_HELP, land=land)
    assert [(each.code, each.field) for each in problems(told)] == [
        ("STATE_RULE_NOT_KNOWN", "land")
    ]
    assert not [*problems(WageCheck(Decimal(10), land=land))]


@pytest.mark.parametrize(("work", "wages"), CARE)
def test_care_services_pay_their_own_minimum_as_long_as_it_is_known(
    work: PaidWork, wages: tuple[str, ...]
) -> None:
    days = (
        ((2024, 2, 1), (2024, 4, 30)),
        ((2024, 5, 1), (2025, 6, 30)),
        ((2025, 7, 1), (2026, 6, 30)),
    )
    for span, wage in zip(days, wages, strict=True):
        for day in span:
            for hourly, lacking in ((Decimal(wage) - CENT, CENT), (Decimal(wage), 0)):
                found = checked(WageCheck(hourly, work), date(*day))
                assert found.amount.value == lacking
                assert found.warnings == ()


@pytest.mark.parametrize("day", [date(2024, 1, 31), date(2026, 7, 1)])
def test_a_day_without_a_known_care_wage_is_told_and_the_general_one_holds(day: date) -> None:
    found = checked(WageCheck(Decimal("13.90"), PaidWork.CARE_SKILLED), day)
    assert found.amount.value == 0
    assert found.warnings == ("CARE_WAGE_NOT_KNOWN",)
    assert {each.name for each in found.figures} == {"mindestlohn"}


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2028, 1, 1)])
def test_a_day_without_a_known_minimum_wage_is_refused(day: date) -> None:
    with pytest.raises(FigureNotKnown):
        wage_check(WageCheck(Decimal(20)), day)


def test_what_cannot_be_is_refused_at_its_field() -> None:
    told = WageCheck(Decimal(-1), hours_per_month=Decimal("744.01"))
    with pytest.raises(DomainError) as refused:
        run(KIND, told, date(2026, 1, 1))
    assert [each.field for each in refused.value.problems] == ["hourly", "hoursPerMonth"]
    assert not [*problems(WageCheck(Decimal(1), hours_per_month=Decimal(744)))]
    assert [*problems(WageCheck(Decimal(1), hours_per_month=Decimal("NaN")))]


@PATIENT
@given(said(KIND))
def test_whatever_is_paid_the_steps_come_to_the_amount(told: WageCheck) -> None:
    assert checked(told, date(2026, 3, 1)).amount.value >= 0


@pytest.mark.parametrize(
    ("hourly", "begin", "end", "expected"),
    [
        ("13.89", date(2026, 5, 1), date(2026, 6, 1), "13.90"),
        ("13.90", date(2026, 5, 1), date(2026, 12, 31), None),
        ("13.90", date(2026, 5, 1), date(2027, 1, 1), "14.60"),
        ("13.90", date(2026, 5, 1), None, "14.60"),
        ("14.60", date(2026, 5, 1), None, None),
        ("1.00", date(2028, 1, 1), None, None),
        ("12.50", date(2025, 12, 31), None, "12.82"),
        ("12.50", date(2026, 1, 1), None, "13.90"),
    ],
)
def test_a_rate_is_compared_with_each_minimum_wage_of_its_time(
    hourly: str, begin: date, end: date | None, expected: str | None
) -> None:
    found = minimum_wage_above(Decimal(hourly), begin, end)
    assert (found and found.value) == (expected and Decimal(expected))
