"""The income that counts for help to care, §§ 19 and 82 SGB XII.

Everything is reckoned by the month. Benefits of care insurance are no income (§ 13 Abs. 5 SGB XI).
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum, auto
from typing import NamedTuple

from domain.financing.calculation import (
    ZERO,
    Amount,
    Operation,
    Rounding,
    Working,
    fact,
)
from domain.financing.parameter import Unit

_MONTH = Unit.EUR_PER_MONTH


class MoneyKind(StrEnum):
    """What somebody gets and has to pay in a month, as § 82 tells it apart."""

    EARNINGS = auto()  # of work and self-employment, gross
    PENSIONS = auto()
    OTHER_INCOME = auto()
    TAXES = auto()
    SOCIAL_INSURANCE = auto()  # compulsory
    OTHER_INSURANCE = auto()  # prescribed or appropriate
    WORK_COSTS = auto()


Money = Mapping[MoneyKind, Decimal]


class _Whose(NamedTuple):
    """The facts and the steps of one who has money."""

    money: str
    gross: str
    left: str
    income: str


_OWN = _Whose("own_money", "OWN_GROSS", "OWN_LEFT", "OWN_INCOME")
_PARTNER = _Whose("partner_money", "PARTNER_GROSS", "PARTNER_LEFT", "PARTNER_INCOME")
_PARENTS = _Whose("parents_money", "PARENTS_GROSS", "PARENTS_LEFT", "PARENTS_INCOME")

_INCOMES = (MoneyKind.EARNINGS, MoneyKind.PENSIONS, MoneyKind.OTHER_INCOME)
_DEDUCTIONS = tuple(kind for kind in MoneyKind if kind not in _INCOMES)


def counted_income(
    working: Working, own: Money, partner: Money | None, parents: Money | None
) -> Amount:
    """§ 19 Abs. 3: the income of everybody whose income counts."""
    parts = [_income(working, _OWN, own, *_allowance(working, own))]
    if partner is not None:
        parts.append(_income(working, _PARTNER, partner))
    if parents is not None:
        parts.append(_income(working, _PARENTS, parents))
    return working.step(
        "COUNTED_INCOME", Operation.ADD, *parts, unit=_MONTH, paragraph="§ 19 Abs. 3 SGB XII"
    )


def _income(working: Working, whose: _Whose, money: Money, *allowance: Amount) -> Amount:
    """§ 82: what comes in less what is to be deducted from it, and never less than nothing."""
    gross = working.step(
        whose.gross,
        Operation.ADD,
        *(_parts(whose, money, _INCOMES) or [_fact(whose, MoneyKind.OTHER_INCOME, ZERO)]),
        unit=_MONTH,
        paragraph="§ 82 Abs. 1 SGB XII",
    )
    deductions = [*_parts(whose, money, _DEDUCTIONS), *allowance]
    if not deductions:
        return gross
    paragraph = "§ 82 Abs. 2 SGB XII"
    left = working.step(
        whose.left, Operation.SUBTRACT, gross, *deductions, unit=_MONTH, paragraph=paragraph
    )
    return working.at_least_nothing(whose.income, left, paragraph)


def _parts(whose: _Whose, money: Money, kinds: tuple[MoneyKind, ...]) -> list[Amount]:
    return [_fact(whose, kind, money[kind]) for kind in kinds if money.get(kind)]


def _fact(whose: _Whose, kind: MoneyKind, value: Decimal) -> Amount:
    return fact(f"{whose.money}.{kind}", value, _MONTH)


def _allowance(working: Working, own: Money) -> list[Amount]:
    """§ 82 Abs. 6: a share of what the person who needs care earns stays free, up to a cap."""
    if not own.get(MoneyKind.EARNINGS):
        return []
    paragraph = "§ 82 Abs. 6 SGB XII"
    share = working.step(
        "EARNED_SHARE",
        Operation.PERCENT,
        working.figure("freibetrag.earned_share"),
        _fact(_OWN, MoneyKind.EARNINGS, own[MoneyKind.EARNINGS]),
        unit=_MONTH,
        paragraph=paragraph,
        rounding=Rounding.CENT,
    )
    cap = working.step(
        "EARNED_CAP",
        Operation.PERCENT,
        working.figure("freibetrag.earned_cap_share"),
        working.figure("regelbedarf.stufe_1"),
        unit=_MONTH,
        paragraph=paragraph,
        rounding=Rounding.CENT,
    )
    return [
        working.step(
            "EARNED_ALLOWANCE",
            Operation.LEAST,
            share,
            cap,
            unit=_MONTH,
            paragraph=paragraph,
        )
    ]
