"""Answers that cannot be true together are refused where they stand."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.errors.base import DomainError
from domain.financing.calculators import run
from domain.financing.care import CareGrade, CareSituation
from domain.financing.help_to_care import HelpToCare
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
