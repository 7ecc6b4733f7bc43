"""Answers that cannot be true together are refused where they stand."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.errors.base import DomainError
from domain.financing.calculators import run
from domain.financing.care import CareGrade, CareSituation
from domain.financing.help_to_care import HelpToCare
from domain.financing.kombination import CareCombination
from domain.financing.own_contribution import OwnContribution

DAY = date(2026, 4, 1)
ONE, TWO = Decimal(1), Decimal(2)


@pytest.mark.parametrize(
    ("kind", "said", "field"),
    [
        ("PFLEGEGELD", CareSituation(CareGrade.PG2, days=3, short_term_days=4), "days"),
        (
            "GEMEINSAMER_JAHRESBETRAG",
            CareSituation(CareGrade.PG2, spent_on_respite=ONE, spent_on_relatives=TWO),
            "spentOnRelatives",
        ),
        ("HELP_TO_CARE", HelpToCare(assets=ONE, assets_from_work=TWO), "assetsFromWork"),
        ("HELP_TO_CARE", HelpToCare(assets=ONE, other_assets=ONE), "otherAssets"),
        ("OWN_CONTRIBUTION", OwnContribution({}, benefit=ONE, one_off_price=ONE), "oneOffPrice"),
    ],
)
def test_an_answer_beside_which_another_cannot_be_true_is_refused(
    kind: str, said: Any, field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        run(kind, said, DAY)
    assert [(each.code, each.field) for each in refused.value.problems] == [
        ("CONTRADICTS_ANSWER", field)
    ]


@pytest.mark.parametrize("month", [2, 4])
@pytest.mark.parametrize("kind", ["PFLEGEGELD", "KOMBINATIONSLEISTUNG"])
@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("days", "days"),
        ("short_term_days", "shortTermDays"),
        ("respite_days", "respiteDays"),
        ("days_abroad", "daysAbroad"),
    ],
)
def test_a_month_has_no_day_more_than_its_own_or_those_that_the_law_counts(
    kind: str, name: str, field: str, month: int
) -> None:
    inputs = CareSituation if kind == "PFLEGEGELD" else CareCombination
    all_days: dict[str, Any] = {name: 30}
    more: dict[str, Any] = {name: 31}
    said = inputs(CareGrade.PG2, **more)
    with pytest.raises(DomainError) as refused:
        run(kind, said, date(2026, month, 1))
    assert [(each.code, each.field) for each in refused.value.problems] == [
        ("NUMBER_OUT_OF_RANGE", field)
    ]
    assert run(kind, said, date(2026, 3, 1))
    assert run(kind, inputs(CareGrade.PG2, **all_days), date(2026, month, 1))
