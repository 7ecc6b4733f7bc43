"""The own contribution a second time: one straight line, in cents, from a printed table.

The table is the one that is derived in the sources, in full euro; no rule, figure or working of
the portal is used here.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

# Year: 85 %, 75 %, 60 %, +15, +10, +5, +75, assets
TABLE: Mapping[int, tuple[int, ...]] = {
    2020: (32487, 28665, 22932, 5733, 3822, 1911, 28665, 57330),
    2021: (33558, 29610, 23688, 5922, 3948, 1974, 29610, 59220),
    2022: (33558, 29610, 23688, 5922, 3948, 1974, 29610, 59220),
    2023: (34629, 30555, 24444, 6111, 4074, 2037, 30555, 61110),
    2024: (36057, 31815, 25452, 6363, 4242, 2121, 31815, 63630),
    2025: (38199, 33705, 26964, 6741, 4494, 2247, 33705, 67410),
    2026: (40341, 35595, 28476, 7119, 4746, 2373, 35595, 71190),
}
YEARS = tuple(TABLE)
# The printed column of a kind, and its rank among equals.
COLUMN = {"INSURED_WORK": 0, "UNINSURED_WORK": 1, "OTHER": 1, "PENSION": 2}
Said = Mapping[Any, Decimal]


def base(year: int, incomes: Said) -> int:
    """The amount of § 136 Abs. 2 for the greatest kind, in euro."""
    greatest = max(incomes.values(), default=Decimal(0))
    columns = [COLUMN[kind] for kind, value in incomes.items() if value == greatest > 0]
    return TABLE[year][min(columns, default=0)]


def limit(year: int, incomes: Said, partner: Said | None, children: int, minors: int) -> int:
    """The income limit, in euro."""
    found, row = base(year, incomes), TABLE[year]
    if minors > 0:
        return found + row[6] * minors
    if partner is None:
        return found + row[4] * children
    if sum(partner.values()) > base(year, partner):
        return found + row[5] * children
    return found + row[3] + row[4] * children


def monthly(  # noqa: PLR0913, PLR0917  what the law asks for
    year: int,
    incomes: Said,
    partner: Said | None = None,
    children: int = 0,
    minors: int = 0,
    benefit: Decimal | None = None,
) -> Decimal:
    """What is to be paid a month, in euro."""
    income = int(sum(incomes.values()) * 100)
    above = max(0, income - 100 * limit(year, incomes, partner, children, minors))
    tens = above * 2 // 100 // 1000
    found = Decimal(tens * 10)
    return found if benefit is None or found < benefit else benefit
