"""Somebody who asks for help to care, and what the tests read of the answer."""

from datetime import date
from decimal import Decimal

from domain.financing.calculation import Calculation
from domain.financing.help_to_care import HelpToCare, help_to_care
from domain.financing.help_to_care_income import Money, MoneyKind
from tests.domain.financing.recompute import recompute

CENT = Decimal("0.01")
ALONE = HelpToCare(eingliederungshilfe=False)


def pension(value: Decimal | int | str) -> Money:
    return {MoneyKind.PENSIONS: Decimal(value)}


def shown(year: int, told: HelpToCare) -> Calculation:
    found = help_to_care(told, date(year, 4, 1))
    assert recompute(found) == found.amount.value
    return found


def steps(found: Calculation) -> dict[str, Decimal]:
    return {each.name: each.result.value for each in found.steps}
