"""Verhinderungs- and Kurzzeitpflege in a calendar year, also for the young. law.md 2.3."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.financing.care import CareGrade, CareSituation
from domain.financing.care_benefits import care_benefits
from domain.financing.parameter import Unit
from tests.domain.financing.insured import DAY, amount, found

PG1, PG2, PG3, PG4, PG5 = CareGrade


@pytest.mark.parametrize(
    ("day", "under_25", "grade", "expected"),
    [
        (date(2025, 6, 30), False, PG4, None),
        (date(2025, 7, 1), False, PG4, 3539),
        (date(2025, 7, 1), False, PG2, 3539),
        (date(2024, 12, 31), True, PG4, None),
        (date(2025, 1, 1), True, PG4, 3539),
        (date(2025, 1, 1), True, PG3, None),
        (date(2025, 7, 1), True, PG5, 3539),
    ],
)
def test_one_amount_for_both_kinds_of_care_begins_in_july_and_earlier_for_the_young(
    day: date, under_25: bool, grade: CareGrade, expected: int | None
) -> None:
    said = CareSituation(grade, under_25=under_25)
    kinds = {each.kind: each.amount.value for each in care_benefits(said, day)[0]}
    assert kinds.get("GEMEINSAMER_JAHRESBETRAG") == expected
    assert ("VERHINDERUNGSPFLEGE" in kinds) is (expected is None)


def test_what_was_spent_in_the_first_half_counts_in_the_second() -> None:
    spent = {"spent_on_respite": "1000", "spent_on_short_term_care": "500.50"}
    assert amount("GEMEINSAMER_JAHRESBETRAG", PG2, date(2025, 7, 1), **spent) == Decimal("2038.50")
    assert amount("GEMEINSAMER_JAHRESBETRAG", PG2, DAY, spent_on_respite="4000") == 0


@pytest.mark.parametrize(
    ("kind", "respite", "short_term", "expected"),
    [
        ("VERHINDERUNGSPFLEGE", "0", "1853.99", "1685.01"),
        ("VERHINDERUNGSPFLEGE", "0", "1011", "2528"),  # exactly the 843 that may be moved are left
        ("VERHINDERUNGSPFLEGE", "0", "1011.01", "2527.99"),
        ("VERHINDERUNGSPFLEGE", "0", "3539", "0"),
        ("VERHINDERUNGSPFLEGE", "100", "2854", "585"),  # 1,000 of it went to Kurzzeitpflege
        ("VERHINDERUNGSPFLEGE", "2600", "0", "0"),
        ("KURZZEITPFLEGE", "1685", "0", "1854"),
        ("KURZZEITPFLEGE", "1684.99", "0", "1854.01"),
        ("KURZZEITPFLEGE", "2528", "1000", "11"),  # 843 of it went to Verhinderungspflege
    ],
)
def test_until_june_2025_one_kind_of_care_takes_what_the_other_left(
    kind: str, respite: str, short_term: str, expected: str
) -> None:
    said = {"spent_on_respite": respite, "spent_on_short_term_care": short_term}
    assert amount(kind, PG3, date(2025, 6, 30), **said) == Decimal(expected)


def test_no_more_than_may_be_moved_is_missing_where_it_came_from() -> None:
    said = {"spent_on_respite": "3000"}
    assert amount("KURZZEITPFLEGE", PG3, date(2024, 6, 30), **said) == 1774 - 806
    assert amount("KURZZEITPFLEGE", PG3, date(2024, 6, 30), beihilfe=True, **said) == 887 - 403


@pytest.mark.parametrize(
    ("day", "grade", "warned"),
    [
        (date(2024, 12, 31), PG4, True),
        (date(2024, 12, 31), PG3, False),
        (date(2025, 1, 1), PG4, False),
    ],
)
def test_an_amount_of_the_young_that_is_not_known_is_not_told_as_sure(
    day: date, grade: CareGrade, *, warned: bool
) -> None:
    for each in care_benefits(CareSituation(grade, under_25=True), day)[0]:
        told = "RULE_FOR_UNDER_25_NOT_KNOWN" in each.warnings
        assert told is (warned and each.kind in {"VERHINDERUNGSPFLEGE", "KURZZEITPFLEGE"})


@pytest.mark.parametrize(
    ("day", "kind", "under_25", "told"),
    [
        (date(2025, 6, 30), "VERHINDERUNGSPFLEGE", False, True),
        (date(2025, 6, 30), "VERHINDERUNGSPFLEGE", True, True),
        (date(2025, 6, 30), "GEMEINSAMER_JAHRESBETRAG", True, True),
        (date(2025, 6, 30), "KURZZEITPFLEGE", True, False),
        (date(2025, 7, 1), "VERHINDERUNGSPFLEGE", True, False),
        (date(2025, 7, 1), "GEMEINSAMER_JAHRESBETRAG", False, False),
    ],
)
def test_until_june_2025_care_had_to_last_for_six_months_before_also_for_the_young(
    day: date, kind: str, *, under_25: bool, told: bool
) -> None:
    calculation = found(kind, PG4, day, under_25=under_25)
    assert ("CARED_FOR_SIX_MONTHS" in calculation.assumptions) is told
    assert "CARED_FOR_SIX_MONTHS" not in found("VERHINDERUNGSPFLEGE", PG1, day).assumptions


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 12, 31), {"VERHINDERUNGSPFLEGE": 2418, "KURZZEITPFLEGE": 3386}),
        (date(2025, 1, 1), {"GEMEINSAMER_JAHRESBETRAG": 3539}),
        (date(2025, 6, 30), {"GEMEINSAMER_JAHRESBETRAG": 3539}),
    ],
)
def test_the_young_with_a_high_grade_get_what_the_sources_give_for_the_day(
    day: date, expected: dict[str, int]
) -> None:
    found_so = care_benefits(CareSituation(PG5, under_25=True), day)[0]
    of_year = {each.kind: each for each in found_so if each.amount.unit is Unit.EUR_PER_YEAR}
    assert {kind: each.amount.value for kind, each in of_year.items()} == expected
    for each in of_year.values():
        assert ("RULE_FOR_UNDER_25_NOT_KNOWN" in each.warnings) is (day.year == 2024)


def test_where_a_transfer_is_not_known_it_is_said() -> None:
    assert found("VERHINDERUNGSPFLEGE", PG2, date(2023, 5, 1)).warnings == ("TRANSFER_NOT_KNOWN",)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, "694"),
        ({"proven_costs": "100.10"}, "794.10"),
        ({"spent_on_relatives": "600", "spent_on_respite": "600"}, "94"),
        ({"spent_on_relatives": "700", "spent_on_respite": "700"}, "0"),
        ({"spent_on_short_term_care": "3000"}, "539"),
        ({"proven_costs": "9000"}, "3539"),
        ({"beihilfe": True}, "347"),
    ],
)
def test_relatives_get_two_months_of_pflegegeld_and_proven_costs_within_the_year(
    said: dict[str, Any], expected: str
) -> None:
    assert amount("VERHINDERUNGSPFLEGE_BY_RELATIVES", PG2, **said) == Decimal(expected)


@pytest.mark.parametrize("kind", ["VERHINDERUNGSPFLEGE", "VERHINDERUNGSPFLEGE_BY_RELATIVES"])
def test_after_its_weeks_there_is_no_more_verhinderungspflege(kind: str) -> None:
    assert amount(kind, PG2, respite_days_before=55, respite_days=5) > 0
    assert amount(kind, PG2, respite_days_before=56) == 0
    assert amount("KURZZEITPFLEGE", PG2, respite_days_before=56) == 3539
    for days, warned in ((54, False), (55, True)):
        found_so = found(kind, PG2, respite_days_before=days, respite_days=1)
        assert ("RESPITE_WEEKS_USED_UP" in found_so.warnings) is warned


@pytest.mark.parametrize(
    ("kind", "day", "told"),
    [
        ("GEMEINSAMER_JAHRESBETRAG", DAY, True),
        ("VERHINDERUNGSPFLEGE", DAY, True),
        ("VERHINDERUNGSPFLEGE_BY_RELATIVES", DAY, True),
        ("KURZZEITPFLEGE", DAY, False),
        ("GEMEINSAMER_JAHRESBETRAG", date(2025, 12, 31), False),
    ],
)
def test_until_when_one_applies_is_told_for_verhinderungspflege_by_the_text_of_2026(
    kind: str, day: date, *, told: bool
) -> None:
    assert ("APPLY_UNTIL_NEXT_YEAR_ENDS" in found(kind, PG2, day).warnings) is told
    assert "APPLY_UNTIL_NEXT_YEAR_ENDS" not in found(kind, PG1, day).warnings
