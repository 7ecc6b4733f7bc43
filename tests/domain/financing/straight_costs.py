"""The costs of both models a second time: one straight line of whole cents."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

KINDS = ("NIGHT", "SUNDAY", "HOLIDAY")
ORDER = ("OTHER", "CARE_INSURANCE", "INTEGRATION_ASSISTANCE", "HELP_TO_CARE")
Said = Mapping[Any, Decimal]


def cents(value: Decimal | Fraction) -> int:
    """To the nearest cent, half up."""
    return floor(Fraction(value) * 100 + Fraction(1, 2))


def hours_paid(hours: Decimal, rate: Decimal, dearer: Said, percents: Said) -> int:
    """In cents."""
    found = cents(Fraction(hours) * Fraction(rate))
    for kind in KINDS:
        more = Fraction(dearer.get(kind, 0)) * Fraction(rate) * Fraction(percents.get(kind, 0))
        found += cents(more / 100)
    return found


def employer(  # noqa: PLR0913, PLR0917  what an employer pays
    hours: Decimal,
    wage: Decimal,
    dearer: Said,
    percents: Said,
    contributions: Decimal | None,
    others: tuple[Decimal | None, Decimal | None],
) -> int:
    """In cents."""
    wages = hours_paid(hours, wage, dearer, percents)
    more = cents(Fraction(wages, 100) * Fraction(contributions or 0) / 100)
    return wages + more + sum(cents(each or Decimal(0)) for each in others)


def split(total: int, shares: Said, own_parts: Said) -> tuple[dict[str, int], int, int]:
    """Who pays what, the own contribution, and the rest; in cents."""
    paid, own, left = {}, 0, total
    for funder in ORDER:
        if funder in shares:
            share = min(cents(shares[funder]), left)
            kept = min(cents(own_parts.get(funder, Decimal(0))), share)
            paid[funder], own, left = share - kept, own + kept, left - share
    return paid, own, left


def lasts(total: int, hours: Decimal, budget: Decimal) -> tuple[int, int]:
    """Whole hours and days for which a budget lasts."""
    months = Fraction(cents(budget), total)
    return floor(months * Fraction(hours)), floor(months * Fraction(365, 12))
