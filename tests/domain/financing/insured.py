"""Somebody who asks care insurance, and what comes out."""

from datetime import date
from decimal import Decimal
from typing import Any

from domain.financing.calculation import Calculation
from domain.financing.calculators import run
from domain.financing.care import CareGrade, CareSituation
from tests.domain.financing.recompute import recompute

DAY = date(2026, 3, 1)


def found(kind: str, grade: CareGrade, day: date = DAY, **said: Any) -> Calculation:
    said |= {key: Decimal(value) for key, value in said.items() if isinstance(value, str)}
    calculation = run(kind, CareSituation(grade, **said), day)
    assert recompute(calculation) == calculation.amount.value
    return calculation


def amount(kind: str, grade: CareGrade, day: date = DAY, **said: Any) -> Decimal:
    return found(kind, grade, day, **said).amount.value
