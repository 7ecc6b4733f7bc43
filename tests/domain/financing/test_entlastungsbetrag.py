"""What is left of the Entlastungsbetrag, step by step: § 45b SGB XI, law.md 2.3."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.errors import DomainError
from domain.errors.financing import FigureNotKnown
from domain.financing.calculation import Calculation
from domain.financing.calculators import run
from domain.financing.care import CareGrade
from domain.financing.entlastungsbetrag import (
    KIND,
    Relief,
    ReliefService,
    ReliefUse,
    book_of,
    may_be_paid,
    problems,
)
from tests.domain.financing.recompute import recompute

PG1, PG2 = CareGrade.PG1, CareGrade.PG2
BODY_CARE = ReliefService.CARE_SERVICE_BODY_CARE
_DAYS = st.dates(date(2023, 1, 1), date(2027, 12, 31))
_USES = st.lists(
    st.builds(
        ReliefUse,
        _DAYS,
        st.integers(1, 90_000).map(lambda cents: Decimal(cents) / 100),
        st.sampled_from(ReliefService),
    ),
    max_size=8,
).map(tuple)
_SAID = st.builds(Relief, st.sampled_from(CareGrade), st.booleans(), st.none() | _DAYS, _USES)


def found(day: date, grade: CareGrade = PG2, **said: Any) -> Calculation:
    calculation = run(KIND, Relief(grade, **said), day)
    assert recompute(calculation) == calculation.amount.value
    return calculation


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 6, 29), 12 * 125 + 6 * 131),
        (date(2025, 6, 30), 12 * 125 + 6 * 131),
        (date(2025, 7, 1), 7 * 131),
        (date(2026, 1, 1), 13 * 131),
        (date(2026, 12, 31), 12 * 131),
    ],
)
def test_last_year_is_there_until_the_thirtieth_of_june_at_its_own_amount(
    day: date, expected: int
) -> None:
    calculation = found(day)
    assert calculation.amount.value == expected
    assert calculation.missing == ("CARE_GRADE_SINCE",)


def test_the_amounts_of_both_years_are_shown_and_no_warning_is_made_of_the_old_one() -> None:
    calculation = found(date(2025, 3, 1))
    assert [each.value for each in calculation.figures] == [131, 125]
    assert "FIGURES_NOT_VERIFIED" not in calculation.warnings


def test_months_count_from_when_there_is_a_care_grade() -> None:
    assert found(date(2026, 3, 1), since=date(2026, 2, 20)).amount.value == 2 * 131
    assert found(date(2026, 3, 1), since=date(2026, 3, 2)).amount.value == 131
    assert found(date(2026, 3, 1), since=date(2026, 4, 1)).amount.value == 0
    assert found(date(2026, 3, 1), since=date(2026, 2, 1), beihilfe=True).amount.value == 131


def test_uses_take_from_the_old_year_first() -> None:
    use = ReliefUse(date(2026, 2, 1), Decimal("131.50"))
    calculation = found(date(2026, 3, 1), since=date(2025, 12, 1), uses=(use,))
    steps = {each.name: each.result.value for each in calculation.steps}
    assert steps["LEFT_LAST_YEAR"] == 0
    assert steps["LEFT_THIS_YEAR"] == Decimal("392.50")


@pytest.mark.parametrize("service", ReliefService)
@pytest.mark.parametrize("grade", CareGrade)
def test_body_care_is_paid_with_grade_1_only(service: ReliefService, grade: CareGrade) -> None:
    expected = service is not BODY_CARE or grade is PG1
    assert may_be_paid(service, grade) is expected
    use = ReliefUse(date(2026, 1, 15), Decimal(31), service)
    calculation = found(date(2026, 1, 31), grade, since=date(2026, 1, 1), uses=(use,))
    assert calculation.amount.value == (100 if expected else 131)
    assert ("RELIEF_NOT_FOR_BODY_CARE" in calculation.warnings) is not expected


def test_what_is_not_covered_is_warned_of() -> None:
    use = ReliefUse(date(2026, 1, 15), Decimal(500))
    calculation = found(date(2026, 1, 31), since=date(2026, 1, 1), uses=(use,))
    assert calculation.amount.value == 0
    assert "RELIEF_NOT_ENOUGH" in calculation.warnings


def test_what_lies_after_the_day_is_said_not_to_count_yet() -> None:
    since, day = date(2026, 1, 1), date(2026, 1, 31)
    for use_on, told in ((day, False), (date(2026, 2, 1), True)):
        use = ReliefUse(use_on, Decimal(31))
        calculation = found(day, since=since, uses=(use,))
        assert ("USES_NOT_YET_COUNTED" in calculation.warnings) is told
        assert calculation.amount.value == (131 if told else 100)
    for begin, told in ((day, False), (date(2026, 2, 1), True)):
        calculation = found(day, since=begin)
        assert ("CARE_GRADE_NOT_YET" in calculation.warnings) is told
        assert calculation.amount.value == (0 if told else 131)


@pytest.mark.parametrize(
    ("day", "months", "told"),
    [
        (date(2017, 1, 1), 1, True),
        (date(2017, 3, 15), 3, True),
        (date(2017, 12, 31), 12, True),
        (date(2018, 1, 1), 13, False),
    ],
)
def test_the_ledger_begins_with_the_law_that_is_known_and_says_so(
    day: date, months: int, *, told: bool
) -> None:
    calculation = found(day)
    assert calculation.amount.value == months * 125
    assert ("LEDGER_BEGINS_WITH_KNOWN_LAW" in calculation.assumptions) is told
    assert "LEDGER_BEGINS_WITH_KNOWN_LAW" not in found(day, since=date(2017, 1, 1)).assumptions


@pytest.mark.parametrize("since", [None, date(2026, 1, 1)])
def test_a_day_before_the_law_is_refused_and_not_answered_with_nothing(since: date | None) -> None:
    with pytest.raises(FigureNotKnown) as refused:
        found(date(2016, 12, 31), since=since)
    assert (refused.value.field, refused.value.params["day"]) == ("asOf", "2016-12-31")


@given(_SAID, _DAYS)
def test_the_calculation_says_what_the_ledger_says(said: Relief, day: date) -> None:
    assume(not [*problems(said)])
    calculation = run(KIND, said, day)
    assert recompute(calculation) == calculation.amount.value == book_of(said, day).left


def test_a_day_before_the_law_and_wrong_amounts_are_refused_at_their_field() -> None:
    use = ReliefUse(date(2026, 1, 1), Decimal("0.001"))
    with pytest.raises(DomainError) as refused:
        found(date(2026, 1, 1), since=date(2016, 12, 31), uses=(use,))
    assert [each.field for each in refused.value.problems] == ["since", "uses.0.amount"]
    assert refused.value.problems[0].code == "FIGURE_NOT_KNOWN"


def test_a_service_before_the_month_of_the_care_grade_is_refused() -> None:
    use = ReliefUse(date(2025, 11, 30), Decimal(10))
    with pytest.raises(DomainError) as refused:
        found(date(2026, 1, 1), since=date(2025, 12, 15), uses=(use,))
    assert [each.field for each in refused.value.problems] == ["uses.0.day"]


def test_a_service_in_the_month_of_the_care_grade_but_before_its_day_is_warned_of() -> None:
    for day, told in ((1, True), (14, True), (15, False)):
        use = ReliefUse(date(2026, 3, day), Decimal(31))
        calculation = found(date(2026, 3, 31), since=date(2026, 3, 15), uses=(use,))
        assert calculation.amount.value == 100
        assert ("USE_BEFORE_CARE_GRADE" in calculation.warnings) is told
        assert calculation.reading == ("POSSIBLY_MORE" if told else "EXACT")
