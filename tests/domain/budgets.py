"""Budgets as the tests of funding take them, and how it stands with them."""

from datetime import date
from typing import Any

from domain.funding import FundingInstrument, FundingPeriod
from domain.funding_balance import Balance, Spent, balance
from domain.funding_charge import Budget

TODAY = date(2026, 4, 15)
OTHER, RELIEF, PRIVATE = (
    FundingInstrument.OTHER,
    FundingInstrument.RELIEF_AMOUNT,
    FundingInstrument.PRIVATE,
)


def budget(instrument: FundingInstrument = OTHER, **more: Any) -> Budget:
    said: dict[str, Any] = {
        "cents": None,
        "minutes": None,
        "per": FundingPeriod.MONTH,
        "valid_from": date(2025, 1, 1),
        "valid_until": None,
    }
    return Budget(instrument, **(said | more))


def stand(source: Budget, *spent: tuple[date, int], today: date = TODAY) -> Balance:
    return balance(source, [Spent(day, number, number) for day, number in spent], today)
