"""That nothing is due is law too: it has a first day, and is vouched for until it was looked up."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.errors.financing import FigureNotInLaw, FigureNotKnown
from domain.financing.asked import Housing
from domain.financing.calculators import run
from domain.financing.care import CareGrade, CareSituation, Living
from domain.financing.care_benefits import care_benefits
from domain.financing.contribution_curve import contribution_curve
from domain.financing.free_benefit import FreeBenefit
from domain.financing.help_to_care import HelpToCare
from domain.financing.income_limit import IncomeKind
from domain.financing.kombination import CareCombination
from domain.financing.own_assets import OwnAssets
from domain.financing.own_contribution import OwnContribution
from domain.financing.parental_contribution import ParentalContribution, ReceivedBenefit

INCOMES = {IncomeKind.INSURED_WORK: Decimal(90_000)}
FREE = OwnContribution(INCOMES, free_benefit=FreeBenefit.WORK)
OF_SGB_IX = HelpToCare(
    eingliederungshilfe=True, pension_age=False, goals_reachable=True, living=Housing.HOME
)
PAYING_NOTHING: list[tuple[str, Any]] = [
    ("OWN_CONTRIBUTION", FREE),
    ("OWN_CONTRIBUTION", OwnContribution(INCOMES, contributing=True)),
    ("OWN_ASSETS", OwnAssets(Decimal(1), free_benefit=FreeBenefit.WORK)),
    ("HELP_TO_CARE", OF_SGB_IX),
    ("KOMBINATIONSLEISTUNG", CareCombination(CareGrade.PG1)),
    ("PFLEGEGELD", CareSituation(CareGrade.PG1)),
    ("PARENTAL_CONTRIBUTION", ParentalContribution(ReceivedBenefit.EINGLIEDERUNGSHILFE)),
]


@pytest.mark.parametrize(("kind", "said"), PAYING_NOTHING)
def test_nothing_is_due_only_while_the_law_of_it_is_known(kind: str, said: Any) -> None:
    known = run(kind, said, date(2026, 4, 29))
    assert known.amount.value == 0
    assert "FIGURES_NOT_VERIFIED" not in known.warnings
    assert "FIGURES_NOT_VERIFIED" in run(kind, said, date(2026, 4, 30)).warnings
    with pytest.raises(FigureNotKnown):
        run(kind, said, date(2016, 12, 31))


@pytest.mark.parametrize("living", Living)
def test_no_benefit_of_grade_1_is_told_of_a_time_without_grades(living: Living) -> None:
    with pytest.raises(FigureNotKnown):
        care_benefits(CareSituation(CareGrade.PG1, living=living), date(1995, 6, 1))


def test_a_curve_of_nothing_begins_with_the_law_too() -> None:
    with pytest.raises(FigureNotInLaw):
        contribution_curve(FREE, date(2019, 12, 31), Decimal(100_000), 3)


def test_before_its_law_began_the_own_contribution_is_said_not_to_be_in_the_law() -> None:
    with pytest.raises(FigureNotInLaw) as refused:
        run("OWN_CONTRIBUTION", OwnContribution(INCOMES), date(2019, 12, 31))
    assert refused.value.params["figure"] == "anteil.insured_work"
