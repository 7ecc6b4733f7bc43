"""A month of care insurance: Pflegegeld for its days, combination and conversion. law.md 2.3."""

from calendar import monthrange
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors.financing import FigureNotKnown
from domain.financing.book import LAW
from domain.financing.calculation import Calculation
from domain.financing.calculators import CALCULATORS, run
from domain.financing.care import CareGrade, CareSituation
from domain.financing.entlastungsbetrag import Relief, ReliefUse
from domain.financing.kombination import CareCombination, problems
from tests.domain.financing.recompute import recompute

PG1, PG2, PG3, PG4, PG5 = CareGrade
MARCH = date(2026, 3, 1)
FEBRUARY, LEAP = date(2026, 2, 1), date(2024, 2, 1)
_GRADES = st.sampled_from([PG2, PG3, PG4, PG5])
_EURO = st.integers(0, 300_000).map(lambda cents: Decimal(cents) / 100)
_DAYS = st.integers(0, 30)
_MONTHS = st.builds(
    CareCombination,
    grade=st.sampled_from(CareGrade),
    beihilfe=st.booleans(),
    days=st.none() | st.integers(1, 30),
    short_term_days=_DAYS,
    short_term_days_before=st.integers(0, 80),
    respite_days=_DAYS,
    respite_days_before=st.integers(0, 80),
    days_abroad=_DAYS,
    days_abroad_before=st.integers(0, 80),
    services=_EURO,
    offers=_EURO,
).filter(lambda said: not list(problems(said)))
_ON = st.sampled_from([date(2022, 2, 1), date(2024, 2, 3), date(2025, 6, 30), FEBRUARY, MARCH])


def pflegegeld(day: date, **said: Any) -> Decimal:
    found = run("PFLEGEGELD", CareSituation(PG2, **said), day)
    assert recompute(found) == found.amount.value
    return found.amount.value


def combined(kind: str, said: CareCombination, day: date = MARCH) -> Calculation:
    found = run(kind, said, day)
    assert recompute(found) == found.amount.value
    return found


def remaining(services: str, offers: str = "0", grade: CareGrade = PG2) -> Decimal:
    said = CareCombination(grade, services=Decimal(services), offers=Decimal(offers))
    return combined("KOMBINATIONSLEISTUNG", said).amount.value


@pytest.mark.parametrize(
    ("day", "said", "expected"),
    [
        (MARCH, {"days": 15}, "173.50"),
        (MARCH, {"days": 1}, "11.57"),
        (MARCH, {"days": 30}, "347"),
        (MARCH, {"days": 31}, "347"),
        (FEBRUARY, {"days": 28}, "347"),  # all of February
        (FEBRUARY, {"days": 27}, "312.30"),
        (FEBRUARY, {"respite_days": 27}, "190.85"),  # 3 whole days and 27 halves of 30
        (LEAP, {"days": 29}, "332"),  # all of a longer February
        (LEAP, {"days": 28}, "309.87"),
        (LEAP, {"days": 27}, "298.80"),
        (LEAP, {"short_term_days": 29}, "166"),
        (date(2026, 4, 1), {"days": 30}, "347"),
        (date(2026, 4, 1), {"days": 29}, "335.43"),
        (MARCH, {"days": 3, "respite_days": 3, "beihilfe": True}, "8.68"),  # half of a cent is one
        (FEBRUARY, {"days": 28, "beihilfe": True}, "173.50"),
        (FEBRUARY, {"days": 27, "beihilfe": True}, "156.15"),
        (MARCH, {"short_term_days": 10}, "289.17"),  # 20 whole days and 10 halves
        (MARCH, {"short_term_days": 31}, "173.50"),
        (FEBRUARY, {"respite_days": 28}, "173.50"),
        (MARCH, {"respite_days": 10, "respite_days_before": 46}, "289.17"),
        (MARCH, {"respite_days": 10, "respite_days_before": 47}, "283.38"),  # 9 halves
        (MARCH, {"respite_days": 10, "respite_days_before": 60}, "231.33"),
        (date(2025, 6, 1), {"respite_days": 10, "respite_days_before": 32}, "289.17"),
        (date(2025, 6, 1), {"respite_days": 10, "respite_days_before": 42}, "231.33"),
        (date(2025, 7, 1), {"respite_days": 10, "respite_days_before": 42}, "289.17"),
        (date(2025, 6, 1), {"short_term_days": 10, "short_term_days_before": 42}, "289.17"),
        (MARCH, {"days_abroad": 31}, "347"),
        (MARCH, {"days_abroad": 10, "days_abroad_before": 46}, "347"),
        (MARCH, {"days_abroad": 10, "days_abroad_before": 47}, "335.43"),
        (MARCH, {"days_abroad": 31, "days_abroad_before": 56}, "0"),
        (MARCH, {"days": 10, "respite_days": 10}, "57.83"),
    ],
)
def test_pflegegeld_counts_thirty_days_and_halves_and_pauses(
    day: date, said: dict[str, int], expected: str
) -> None:
    assert pflegegeld(day, **said) == Decimal(expected)


@pytest.mark.parametrize(
    ("before", "outcome"), [(46, None), (47, "WEEKS_USED_UP"), (57, "WEEKS_USED_UP")]
)
def test_it_is_said_when_the_weeks_of_a_year_are_used_up(before: int, outcome: str | None) -> None:
    said = CareSituation(PG2, respite_days=10, respite_days_before=before)
    steps = {each.name: each for each in run("PFLEGEGELD", said, MARCH).steps}
    assert steps["VERHINDERUNGSPFLEGE_DAYS"].outcome == outcome


@pytest.mark.parametrize(
    ("services", "offers", "expected"),
    [
        ("0", "0", "347"),
        ("398", "0", "173.50"),  # half of 796 is used
        ("796", "0", "0"),
        ("796.01", "0", "0"),
        ("5000", "100", "0"),
        ("0", "318.40", "208.20"),  # 40 % of 796 converted
        ("0", "318.41", "208.20"),
        ("398", "199", "86.75"),
        ("700", "318.40", "0"),  # only 96 are unused
    ],
)
def test_pflegegeld_is_left_by_the_share_of_sachleistung_that_was_not_used(
    services: str, offers: str, expected: str
) -> None:
    assert remaining(services, offers) == Decimal(expected)


@pytest.mark.parametrize(
    ("grade", "limit"), [(PG2, "318.40"), (PG3, "598.80"), (PG4, "743.60"), (PG5, "919.60")]
)
def test_at_most_forty_per_cent_are_converted(grade: CareGrade, limit: str) -> None:
    for cents in (-1, 0, 1):
        offers = Decimal(limit) + Decimal(cents) / 100
        found = combined("UMWANDLUNG", CareCombination(grade, offers=offers))
        assert found.amount.value == min(offers, Decimal(limit))


@pytest.mark.parametrize(("services", "expected"), [("477.60", "318.40"), ("477.61", "318.39")])
def test_care_services_are_paid_before_offers(services: str, expected: str) -> None:
    said = CareCombination(PG2, services=Decimal(services), offers=Decimal(500))
    assert combined("UMWANDLUNG", said).amount.value == Decimal(expected)


def test_with_grade_1_there_is_nothing_to_combine() -> None:
    said = CareCombination(PG1, services=Decimal(100), offers=Decimal(100))
    assert combined("UMWANDLUNG", said).amount.value == 0
    assert combined("KOMBINATIONSLEISTUNG", said).amount.value == 0


def test_it_is_said_that_the_first_and_the_last_day_count_half_too() -> None:
    for days, told in ((0, False), (1, True)):
        found = run("PFLEGEGELD", CareSituation(PG2, respite_days=days), MARCH)
        assert ("ALL_DAYS_AWAY_COUNT_HALF" in found.assumptions) is told


def test_with_beihilfe_it_is_said_which_part_of_bills_is_meant() -> None:
    for beihilfe, services in ((True, 0), (False, 1), (True, 1)):
        said = CareCombination(PG2, beihilfe, services=Decimal(services))
        told = "BILLS_WITHOUT_BEIHILFE" in combined("KOMBINATIONSLEISTUNG", said).assumptions
        assert told is (beihilfe and services > 0)
        use = ReliefUse(MARCH, Decimal(services))
        left = run("ENTLASTUNGSBETRAG_LEFT", Relief(PG2, beihilfe, uses=(use,)), MARCH)
        assert ("BILLS_WITHOUT_BEIHILFE" in left.assumptions) is told


@pytest.mark.parametrize("beihilfe", [False, True])
def test_with_beihilfe_each_bill_in_a_step_is_the_part_of_care_insurance(*, beihilfe: bool) -> None:
    year = CareSituation(
        PG2,
        beihilfe,
        spent_on_respite=Decimal(50),
        spent_on_relatives=Decimal(20),
        spent_on_short_term_care=Decimal(30),
        proven_costs=Decimal(5),
    )
    month = CareCombination(PG2, beihilfe, services=Decimal(100), offers=Decimal(50))
    relief = Relief(PG2, beihilfe, uses=(ReliefUse(MARCH, Decimal(31)),))
    found = {
        operand.name
        for kind, told, day in (
            ("VERHINDERUNGSPFLEGE_BY_RELATIVES", year, MARCH),
            ("VERHINDERUNGSPFLEGE", year, date(2025, 3, 1)),
            ("KURZZEITPFLEGE", year, MARCH),
            ("KOMBINATIONSLEISTUNG", month, MARCH),
            ("UMWANDLUNG", month, MARCH),
            ("ENTLASTUNGSBETRAG_LEFT", relief, MARCH),
        )
        for step in run(kind, told, day).steps
        for operand in step.operands
    }
    bills = {
        *("care_services", "recognised_offers", "relief_use", "spent_on_relatives"),
        *("spent_on_verhinderungspflege", "spent_on_kurzzeitpflege", "proven_costs"),
    }
    parts = {f"{each}.of_insurance" for each in bills}
    assert found & (bills | parts) == (parts if beihilfe else bills)


def test_days_abroad_are_not_counted_with_the_weeks_of_another_year() -> None:
    assert pflegegeld(date(2026, 1, 1), days_abroad=1) == 347
    with pytest.raises(FigureNotKnown) as refused:
        pflegegeld(date(2025, 12, 31), days_abroad=1)
    assert refused.value.params["figure"] == "pflegegeld.weeks_abroad"
    assert pflegegeld(date(2025, 12, 31)) == 347


def test_a_combination_is_refused_by_what_it_is_calculated_with() -> None:
    said = CareCombination(PG2, services=Decimal(100))
    with pytest.raises(FigureNotKnown) as refused:
        combined("KOMBINATIONSLEISTUNG", said, date(2021, 5, 1))
    assert refused.value.params["figure"] == "sachleistung.pg2"


def _known(said: CareCombination, day: date) -> CareCombination:
    """The weeks abroad are known from 2026 on."""
    return said if day >= date(2026, 1, 1) else replace(said, days_abroad=0)


def by_hand(said: CareCombination, day: date) -> tuple[Fraction, Fraction]:
    """Conversion and remaining Pflegegeld, a second time and in one go."""
    if said.grade is PG1:
        return Fraction(0), Fraction(0)
    name, half = said.grade.lower(), Fraction(1, 2) if said.beihilfe else Fraction(1)
    cap = Fraction(LAW.at(f"sachleistung.{name}", day).value) * half
    money = Fraction(LAW.at(f"pflegegeld.{name}", day).value) * half
    length = monthrange(day.year, day.month)[1]
    here = min(said.days or length, length)
    due = 30 if here == length else here
    away, whole = Fraction(0), due
    for days, before, weeks, worth in (
        (said.short_term_days, said.short_term_days_before, 8, Fraction(1, 2)),
        (said.respite_days, said.respite_days_before, _respite(day), Fraction(1, 2)),
        (said.days_abroad, said.days_abroad_before, 8, Fraction(1)),
    ):
        gone = whole if days >= here else min(days, whole)
        away += worth * max(min(gone, weeks * 7 - before), 0)
        whole -= gone
    services = min(Fraction(said.services), cap)
    converted = min(Fraction(said.offers), cap * 2 / 5, cap - services)
    rest = _cents(money * (whole + away) / 30) * (1 - (services + converted) / cap)
    return converted, _cents(rest)


def _respite(day: date) -> int:
    return 8 if day >= date(2025, 7, 1) else 6


def _cents(value: Fraction) -> Fraction:
    return Fraction(int(value * 100 + Fraction(1, 2)), 100)


@given(_MONTHS, _ON)
def test_every_month_is_what_one_reckons_by_hand(said: CareCombination, day: date) -> None:
    said = _known(said, day)
    converted, rest = by_hand(said, day)
    assert combined("UMWANDLUNG", said, day).amount.value == converted
    assert combined("KOMBINATIONSLEISTUNG", said, day).amount.value == rest


@given(_MONTHS, _ON)
def test_shares_lie_between_none_and_all_and_nothing_is_negative(
    said: CareCombination, day: date
) -> None:
    said = _known(said, day)
    for kind in ("UMWANDLUNG", "KOMBINATIONSLEISTUNG"):
        found = combined(kind, said, day)
        assert found.amount.value >= 0
        for step in found.steps:
            assert step.result.value >= 0 or step.name.endswith("_OPEN")
            assert step.name not in {"SHARE_USED", "SHARE_LEFT"} or step.result.value <= 100


@given(_GRADES, _EURO, _EURO, _EURO)
def test_who_uses_more_is_left_less(
    grade: CareGrade, services: Decimal, offers: Decimal, more: Decimal
) -> None:
    less = CareCombination(grade, services=services, offers=offers)
    for greater in (
        CareCombination(grade, services=services + more, offers=offers),
        CareCombination(grade, services=services, offers=offers + more),
    ):
        left = [combined("KOMBINATIONSLEISTUNG", each).amount.value for each in (greater, less)]
        assert left[0] <= left[1]


def test_without_steps_the_result_is_the_same() -> None:
    said = CareCombination(PG3, services=Decimal(500), offers=Decimal(90), respite_days=4)
    silent = CALCULATORS["KOMBINATIONSLEISTUNG"].calculate(said, MARCH, shown=False)
    assert silent.steps == ()
    assert silent.amount == combined("KOMBINATIONSLEISTUNG", said).amount
