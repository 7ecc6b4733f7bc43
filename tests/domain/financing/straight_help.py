"""Help to care a second time: straight lines, in cents, from a printed table.

The table is the one that is derived in the sources; no rule, figure or working of the portal is
used here.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from domain.financing.care import CareGrade
from domain.financing.help_to_care import HelpToCare
from domain.financing.help_to_care_income import MoneyKind


class Year(NamedTuple):
    """In cents: base amount, family supplement, highest allowance; what adults and others keep."""

    base: int
    supplement: int
    cap: int
    adult: int
    maintained: int | None = None


TABLE: Mapping[int, Year] = {
    2020: Year(86400, 30300, 28080, 500000),
    2021: Year(89200, 31300, 28990, 500000),
    2022: Year(89800, 31500, 29185, 500000),
    2023: Year(100400, 35200, 32630, 1000000, 50000),
    2024: Year(112600, 39500, 36595, 1000000, 50000),
    2025: Year(112600, 39500, 36595, 1000000, 50000),
    2026: Year(112600, 39500, 36595, 1000000, 50000),
}
YEARS = tuple(TABLE)


def cents(value: Decimal | None) -> int:
    return int((value or Decimal(0)) * 100)


def counted(said: Mapping[MoneyKind, Decimal], allowance: int = 0) -> int:
    """What counts of somebody's money."""
    money = {str(kind): value for kind, value in said.items()}
    comes = sum(cents(money.get(kind)) for kind in ("earnings", "pensions", "other_income"))
    goes = sum(
        cents(money.get(kind))
        for kind in ("taxes", "social_insurance", "other_insurance", "work_costs")
    )
    return max(0, comes - goes - allowance)


def limit(year: int, told: HelpToCare) -> int:
    """§ 85, in cents."""
    row = TABLE[year]
    people = told.dependants
    if told.partner is not None:
        people += 1
    elif told.parents is not None:
        people += told.parent_count  # the child, and the second parent if there is one
    return row.base + cents(told.housing) + people * row.supplement


def most(year: int, told: HelpToCare) -> Decimal:
    """The most that can be demanded a month, in euro, under SGB XII."""
    allowance = min(TABLE[year].cap, (cents(told.own.get(MoneyKind.EARNINGS)) * 40 + 50) // 100)
    income = counted(told.own, allowance)
    if told.partner is not None:
        income += counted(told.partner)
    elif told.parents is not None:
        income += counted(told.parents)
    above = max(0, income - limit(year, told))
    if told.blind or told.grade in (CareGrade.PG4, CareGrade.PG5):
        above = above * 40 // 100
    if told.need is not None:
        set_off = cents(told.care_allowance) if told.employer_model else 0
        above = min(above, max(0, cents(told.need) - set_off))
    return Decimal(above) / 100


def assets(year: int, told: HelpToCare) -> Decimal | None:
    """What of the assets comes first, in euro; None if nothing was said of them."""
    if told.assets is None:
        return None
    row, own, others = TABLE[year], cents(told.assets), cents(told.other_assets)
    if told.partner is not None:
        keep = 2 * row.adult
    elif told.parents is not None:
        keep = told.parent_count * row.adult + (row.maintained or 0)
    else:
        keep, others = row.adult, 0
    keep += told.dependants * (row.maintained or 0)
    keep += min(own, cents(told.assets_from_work), 2500000)
    return Decimal(max(0, own + others - keep)) / 100


def lacks_a_figure(year: int, told: HelpToCare) -> bool:
    """What maintained persons kept before 2023 is in no source: it is not counted."""
    child = told.partner is None and told.parents is not None
    return (
        TABLE[year].maintained is None
        and bool(assets(year, told))
        and (child or told.dependants > 0)
    )
