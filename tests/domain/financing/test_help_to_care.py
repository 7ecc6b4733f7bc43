"""Help to care: each year's limit, each threshold to the cent, properties, and a second formula."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors.financing import FigureNotKnown
from domain.financing.asked import Housing
from domain.financing.calculation import Calculation
from domain.financing.calculators import run
from domain.financing.care import CareGrade
from domain.financing.help_to_care import KIND, HelpToCare, help_to_care
from domain.financing.help_to_care_income import Money, MoneyKind
from domain.financing.reading import AmountReading
from tests.domain.financing import straight_help as straight
from tests.domain.financing.helped import ALONE, CENT, pension, shown, steps
from tests.domain.financing.saying import AMOUNTS, said
from tests.domain.financing.straight_help import YEARS

SMALL = st.integers(0, 400_000).map(lambda cents: Decimal(cents) / 100)
MONEY = st.dictionaries(st.sampled_from(MoneyKind), SMALL, max_size=7)


def pay(year: int, told: HelpToCare) -> Decimal:
    return help_to_care(told, date(year, 4, 1), shown=False).amount.value


def outcomes(found: Calculation) -> dict[str, str | None]:
    return {each.name: each.outcome for each in found.steps}


# Twice the standard need of the annex to § 28 SGB XII; 848 also in a published example.
@pytest.mark.parametrize(
    ("year", "amount"),
    [
        (2019, 848),
        (2020, 864),
        (2021, 892),
        (2022, 898),
        (2023, 1004),
        (2024, 1126),
        (2025, 1126),
        (2026, 1126),
    ],
)
def test_the_base_amount_is_twice_the_standard_need_of_the_year(year: int, amount: int) -> None:
    found = steps(shown(year, ALONE))
    assert found["CARE_BASE_AMOUNT"] == found["CARE_LIMIT"] == amount


# 70 and 65 per cent of the same; the former up to a full euro.
@pytest.mark.parametrize(
    ("year", "supplement", "cap"),
    [
        (2020, 303, "280.80"),
        (2021, 313, "289.90"),
        (2022, 315, "291.85"),
        (2023, 352, "326.30"),
        (2024, 395, "365.95"),
        (2025, 395, "365.95"),
        (2026, 395, "365.95"),
    ],
)
def test_supplement_and_highest_allowance_are_those_of_the_year(
    year: int, supplement: int, cap: str
) -> None:
    told = replace(ALONE, own={MoneyKind.EARNINGS: Decimal(3000)}, dependants=2)
    found = steps(shown(year, told))
    assert found["FAMILY_SUPPLEMENT"] == supplement
    assert found["FAMILY_SUPPLEMENTS"] == 2 * supplement
    assert found["EARNED_ALLOWANCE"] == Decimal(cap)


@pytest.mark.parametrize(
    ("year", "family"),
    list(
        product(
            YEARS,
            (
                ALONE,
                replace(ALONE, partner={}),
                replace(ALONE, partner={}, dependants=2, housing=Decimal("456.78")),
                replace(ALONE, parents={}, parent_count=1),
                replace(ALONE, parents={}, parent_count=2, dependants=1),
            ),
        )
    ),
)
def test_a_cent_decides_at_the_limit(year: int, family: HelpToCare) -> None:
    at = Decimal(straight.limit(year, family)) / 100
    for income, due, outcome in (
        (at - CENT, Decimal(0), "CARE_NOT_ABOVE"),
        (at, Decimal(0), "CARE_NOT_ABOVE"),
        (at + CENT, CENT, "CARE_ABOVE"),
    ):
        found = shown(year, replace(family, own=pension(income)))
        assert (found.amount.value, outcomes(found)["CARE_EXCESS"]) == (due, outcome)
        assert (found.least is None) is (due == 0)


@pytest.mark.parametrize(
    ("grade", "blind", "most"),
    [
        (CareGrade.PG3, False, "100.03"),
        (CareGrade.PG4, False, "40.01"),
        (CareGrade.PG5, False, "40.01"),
        (CareGrade.PG2, True, "40.01"),
        (None, False, "100.03"),
    ],
)
def test_at_least_sixty_per_cent_are_spared_for_grades_4_and_5_and_the_blind(
    grade: CareGrade | None, blind: bool, most: str
) -> None:
    told = replace(ALONE, own=pension("1226.03"), grade=grade, blind=blind)
    found = shown(2026, told)
    assert found.amount.value == Decimal(most)
    assert found.least
    assert found.least.value == 0
    assert "APPROPRIATE_PART" in found.reasons
    assert ("AT_LEAST_SIXTY_SPARED" in found.reasons) is (most == "40.01")


def test_only_the_earnings_of_whoever_needs_care_have_an_allowance() -> None:
    earned = {MoneyKind.EARNINGS: Decimal(500)}
    found = steps(shown(2026, replace(ALONE, own=earned, partner=earned)))
    assert [found["EARNED_ALLOWANCE"], found["COUNTED_INCOME"]] == [200, 800]


@pytest.mark.parametrize(
    ("earned", "free"),
    [("100.01", "40.00"), ("100.02", "40.01"), ("914.87", "365.95"), ("9000", "365.95")],
)
def test_forty_per_cent_of_earnings_are_rounded_to_the_cent(earned: str, free: str) -> None:
    found = steps(shown(2026, replace(ALONE, own={MoneyKind.EARNINGS: Decimal(earned)})))
    assert found["EARNED_ALLOWANCE"] == Decimal(free)


def test_deductions_do_not_reach_into_the_income_of_another() -> None:
    told = replace(ALONE, own={MoneyKind.TAXES: Decimal(900)}, partner=pension(2000))
    assert steps(shown(2026, told))["COUNTED_INCOME"] == 2000


def test_parents_count_for_unmarried_minors_only() -> None:
    told = replace(ALONE, partner={}, parents=pension(9000), parent_count=2)
    found = shown(2026, told)
    assert found.amount.value == 0
    assert steps(found)["FAMILY_PERSONS"] == 1
    assert "PARENTS_NOT_BESIDE_PARTNER" in found.assumptions


def test_nobody_pays_more_than_the_need_and_employers_have_the_allowance_set_off() -> None:
    told = replace(ALONE, own=pension(5000), need=Decimal(1200), care_allowance=Decimal(800))
    assert pay(2026, told) == 1200
    employing = shown(2026, replace(told, employer_model=True))
    assert employing.amount.value == 400
    assert "EMPLOYER_MODEL" in employing.reasons
    unsaid = shown(2026, replace(told, employer_model=True, care_allowance=None))
    assert unsaid.amount.value == 1200
    assert "CARE_ALLOWANCE" in unsaid.missing
    nothing = shown(2026, replace(told, employer_model=True, care_allowance=Decimal(1300)))
    assert nothing.amount.value == 0
    assert nothing.least is None


@pytest.mark.parametrize(
    ("grade", "paragraph"), [(CareGrade.PG1, "§ 66 SGB XII"), (CareGrade.PG2, "§ 64i SGB XII")]
)
def test_the_relief_amount_was_not_raised(grade: CareGrade, paragraph: str) -> None:
    found = shown(2026, replace(ALONE, grade=grade))
    relief = next(each for each in found.steps if each.name == "CARE_RELIEF")
    assert relief.result.value == 125
    assert relief.paragraph == paragraph
    assert ("SMALL_ITEMS_ONLY" in found.reasons) is (grade is CareGrade.PG1)


def test_where_eingliederungshilfe_includes_care_its_own_contribution_holds() -> None:
    told = HelpToCare(
        eingliederungshilfe=True,
        pension_age=False,
        living=Housing.HOME,
        goals_reachable=True,
        own=pension(9000),
    )
    found = shown(2026, told)
    assert (found.amount.value, found.reading) == (Decimal(0), AmountReading.BY_THIS_RULE)
    assert found.warnings == ("OWN_CONTRIBUTION_INSTEAD",)
    there = replace(told, living=Housing.SPECIAL_HOUSING, pension_age=True)
    assert shown(2026, there).warnings == ("OWN_CONTRIBUTION_INSTEAD",)
    assert shown(2026, there).steps[-1].paragraph == "§ 103 Abs. 1 SGB IX"
    unsaid = shown(2026, replace(told, living=None))
    assert (unsaid.amount.value, unsaid.reading) == (Decimal(7874), AmountReading.AT_MOST)
    assert "AT_HOME" in unsaid.missing
    assert "LIMITS_OF_SGB_XII_TAKEN" in unsaid.assumptions


def test_a_case_of_section_88_is_warned_of() -> None:
    assert "BELOW_LIMIT_TOO" in shown(2026, replace(ALONE, special_case=True)).warnings
    assert "NOTHING_BELOW_LIMIT" in shown(2026, ALONE).assumptions


def test_a_year_whose_standard_need_is_not_known_is_refused() -> None:
    with pytest.raises(FigureNotKnown):
        pay(2027, ALONE)


@pytest.mark.no_cover
@pytest.mark.parametrize("year", YEARS)
def test_every_family_pays_what_a_second_formula_says(year: int) -> None:
    partners: tuple[Money | None, ...] = (None, {}, pension("800.55"))
    grades = (None, CareGrade.PG1, CareGrade.PG4)
    families = product(partners, partners, (1, 2), range(3), grades, (False, True))
    for partner, parents, count, dependants, grade, employs in families:
        told = replace(
            ALONE,
            partner=partner,
            parents=parents,
            parent_count=count,
            dependants=dependants,
            grade=grade,
            employer_model=employs,
            care_allowance=Decimal(347),
            need=Decimal("1499.99"),
            housing=Decimal(610),
        )
        for earned in map(Decimal, ("0", "702", "914.87", "2345.67", "6000")):
            own = {MoneyKind.EARNINGS: earned, MoneyKind.TAXES: Decimal("99.99")}
            each = replace(told, own=own)
            assert pay(year, each) == straight.most(year, each), each


@given(st.sampled_from(YEARS), said(KIND))
def test_whatever_is_said_a_second_formula_says_the_same_and_steps_lead_there(
    year: int, told: HelpToCare
) -> None:
    told = replace(told, eingliederungshilfe=False)
    found = shown(year, told)
    assert ("MAINTAINED_KEEP_NOT_KNOWN" in found.warnings) is straight.lacks_a_figure(year, told)
    assert found.amount.value == straight.most(year, told) == pay(year, told)
    assert steps(found).get("CARE_ASSETS_FIRST") == straight.assets(year, told)


@given(st.sampled_from(YEARS), MONEY, MONEY, st.sampled_from(MoneyKind), SMALL, AMOUNTS)
def test_more_income_never_lowers_and_a_deduction_or_cost_never_raises_what_is_paid(  # noqa: PLR0913, PLR0917  what is varied
    year: int, own: Money, partner: Money, kind: MoneyKind, more: Decimal, need: Decimal
) -> None:
    told = replace(ALONE, own=own, partner=partner, need=need)
    before = pay(year, told)
    incomes = (MoneyKind.EARNINGS, MoneyKind.PENSIONS, MoneyKind.OTHER_INCOME)
    for changed in (
        replace(told, own={**own, kind: own.get(kind, Decimal(0)) + more}),
        replace(told, partner={**partner, kind: partner.get(kind, Decimal(0)) + more}),
    ):
        after = pay(year, changed)
        assert after >= before if kind in incomes else after <= before
    assert 0 <= before <= need
    assert pay(year, replace(told, housing=more)) <= before
    assert pay(year, replace(told, dependants=1)) <= before
    assert pay(year, replace(told, grade=CareGrade.PG5)) <= before


def test_money_that_nobody_can_have_is_refused_at_its_field() -> None:
    wrong = replace(
        ALONE,
        own={MoneyKind.OTHER_INCOME: Decimal(-1)},
        parents={MoneyKind.TAXES: Decimal("0.001")},
        parent_count=3,
        dependants=21,
        housing=Decimal("NaN"),
        assets_from_work=Decimal(-1),
    )
    with pytest.raises(Exception, match="AMOUNT_REFUSED") as refused:
        run(KIND, wrong, date(2026, 4, 1))
    assert [each.field for each in refused.value.problems] == [  # type: ignore[attr-defined]  # a DomainError
        "own.otherIncome",
        "parents.taxes",
        "parentCount",
        "dependants",
        "housing",
        "assetsFromWork",
    ]
