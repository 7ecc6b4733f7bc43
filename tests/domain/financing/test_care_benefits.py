"""Benefits of care insurance: one case per benefit and year. Expected: law.md 2.3."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.errors import DomainError
from domain.errors.financing import FigureNotKnown
from domain.financing.calculators import CALCULATORS, run
from domain.financing.care import CareGrade, CareSituation, Living
from domain.financing.care_benefits import care_benefits
from tests.domain.financing.insured import DAY, amount, found

PG1, PG2, PG3, PG4, PG5 = CareGrade
_SACHLEISTUNG = {2022: (724, 1363, 1693, 2095), 2024: (761, 1432, 1778, 2200)}
_SACHLEISTUNG |= {2025: (796, 1497, 1859, 2299)}
_PFLEGEGELD = {2017: (316, 545, 728, 901), 2023: (316, 545, 728, 901)}
_PFLEGEGELD |= {2024: (332, 573, 765, 947), 2025: (347, 599, 800, 990)}
_TAGESPFLEGE = {2022: (689, 1298, 1612, 1995), 2024: (689, 1298, 1612, 1995)}
_TAGESPFLEGE |= {2025: (721, 1357, 1685, 2085)}
_BY_GRADE = {"SACHLEISTUNG": _SACHLEISTUNG, "PFLEGEGELD": _PFLEGEGELD, "TAGESPFLEGE": _TAGESPFLEGE}
_FOR_ALL = {
    "ENTLASTUNGSBETRAG": {2017: 125, 2024: 125, 2025: 131, 2026: 131},
    "PFLEGEHILFSMITTEL": {2022: 40, 2024: 40, 2025: 42, 2026: 42},
    "WOHNUMFELD": {2022: 4000, 2024: 4000, 2025: 4180, 2026: 4180},
    "WOHNGRUPPENZUSCHLAG": {2022: 214, 2024: 214, 2025: 224, 2026: 224},
}
_FROM_GRADE_2 = {
    "VERHINDERUNGSPFLEGE": {2017: 1612, 2022: 1612, 2024: 2418, 2025: 2528, 2026: 3539},
    "KURZZEITPFLEGE": {2022: 1774, 2024: 3386, 2025: 3539, 2026: 3539},
    "BESONDERE_WOHNFORM": {2022: 266, 2024: 266, 2025: 278, 2026: 278},
}


@pytest.mark.parametrize("kind", _BY_GRADE)
def test_benefits_by_grade_are_those_of_their_year(kind: str) -> None:
    for year, amounts in _BY_GRADE[kind].items():
        day = date(year, 12, 31)
        assert [amount(kind, grade, day) for grade in CareGrade] == [0, *amounts]


@pytest.mark.parametrize("kind", [*_BY_GRADE, *_FOR_ALL, *_FROM_GRADE_2])
def test_people_entitled_to_beihilfe_get_half(kind: str) -> None:
    for day in (date(2024, 3, 1), DAY):
        assert amount(kind, PG3, day, beihilfe=True) * 2 == amount(kind, PG3, day)


@pytest.mark.parametrize("kind", _FOR_ALL)
def test_small_items_are_the_same_with_every_grade(kind: str) -> None:
    for year, expected in _FOR_ALL[kind].items():
        assert {amount(kind, grade, date(year, 3, 1)) for grade in CareGrade} == {expected}


@pytest.mark.parametrize("kind", _FROM_GRADE_2)
def test_amounts_from_grade_2_on_are_those_of_their_year(kind: str) -> None:
    for year, expected in _FROM_GRADE_2[kind].items():
        day = date(year, 3, 1)
        assert [amount(kind, grade, day) for grade in CareGrade][1:] == [expected] * 4
        assert amount(kind, PG1, day) == 0


@pytest.mark.parametrize(("persons", "expected"), [(1, 4180), (3, 12540), (4, 16720), (5, 16720)])
def test_people_who_live_together_add_their_amounts_for_the_home(
    persons: int, expected: int
) -> None:
    assert amount("WOHNUMFELD", PG1, persons=persons) == expected
    assert amount("WOHNUMFELD", PG1, persons=persons, beihilfe=True) * 2 == expected


@pytest.mark.parametrize(
    ("day", "grade", "warned"),
    [
        (date(2025, 12, 31), PG2, ["ADVICE_VISITS"]),
        (date(2026, 1, 1), PG3, ["ADVICE_VISIT_HALF_YEARLY", "ADVICE_VISIT_BY_VIDEO"]),
        (
            date(2026, 1, 1),
            PG4,
            [
                "ADVICE_VISIT_HALF_YEARLY",
                "ADVICE_VISIT_QUARTERLY_POSSIBLE",
                "ADVICE_VISIT_BY_VIDEO",
            ],
        ),
        (date(2027, 4, 1), PG2, ["ADVICE_VISIT_HALF_YEARLY", "FIGURES_NOT_VERIFIED"]),
        (date(2026, 1, 1), PG1, []),
    ],
)
def test_whoever_gets_pflegegeld_is_told_of_the_advice_visits(
    day: date, grade: CareGrade, warned: list[str]
) -> None:
    assert list(found("PFLEGEGELD", grade, day).warnings) == warned


def test_what_is_not_known_of_a_day_is_named_and_the_rest_answered() -> None:
    said = CareSituation(PG2)
    answered, unknown = care_benefits(said, date(2021, 5, 1))
    assert unknown == ["SACHLEISTUNG", "KURZZEITPFLEGE", "TAGESPFLEGE"]
    assert {each.kind for each in answered} == {
        "PFLEGEGELD",
        "ENTLASTUNGSBETRAG",
        "VERHINDERUNGSPFLEGE",
        "PFLEGEHILFSMITTEL",
        "WOHNUMFELD",
    }
    with pytest.raises(FigureNotKnown):
        care_benefits(said, date(2016, 5, 1))


def test_the_home_decides_on_some_benefits() -> None:
    said = CareSituation(PG4, living=Living.RESIDENTIAL)
    [flat] = care_benefits(said, DAY)[0]
    assert (flat.kind, flat.assumptions) == ("BESONDERE_WOHNFORM", ("FLAT_AMOUNT_AT_MOST",))
    shared = care_benefits(replace(said, living=Living.SHARED_FLAT), DAY)[0]
    assert shared[-1].kind == "WOHNGRUPPENZUSCHLAG"


def test_every_calculator_of_a_situation_can_be_run_without_steps() -> None:
    for kind, calculator in CALCULATORS.items():
        if calculator.inputs is CareSituation:
            said = CareSituation(PG3, persons=2, respite_days=3)
            silent = calculator.calculate(said, DAY, shown=False)
            assert (silent.steps, silent.amount) == ((), run(kind, said, DAY).amount)


def test_impossible_days_and_amounts_are_refused_at_their_field() -> None:
    wrong = CareSituation(PG2, days=0, respite_days=32, persons=0, proven_costs=Decimal(-1))
    with pytest.raises(DomainError) as refused:
        run("PFLEGEGELD", wrong, DAY)
    fields = [each.field for each in refused.value.problems]
    assert fields == ["days", "respiteDays", "persons", "provenCosts"]
    for month, field in (
        (CareSituation(PG2, short_term_days=20, respite_days=11, days_abroad=1), "daysAbroad"),
        (CareSituation(PG2, short_term_days=40), "shortTermDays"),
    ):
        with pytest.raises(DomainError) as refused:
            run("PFLEGEGELD", month, DAY)
        assert [each.field for each in refused.value.problems] == [field]
