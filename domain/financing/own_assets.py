"""Assets and Eingliederungshilfe, §§ 139 and 140 SGB IX: what has to be used before the benefit.

Cash and other values up to 150 % of the yearly Bezugsgröße stay free; an appropriate home and car
do not count, and a partner's assets never do.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.errors.base import InputRefused
from domain.financing.book import LAW, Book
from domain.financing.calculation import (
    Amount,
    Calculation,
    Operation,
    Working,
    fact,
)
from domain.financing.check import money
from domain.financing.exempt_assets import leave_car
from domain.financing.free_benefit import FreeBenefit
from domain.financing.parameter import Unit

KIND = "OWN_ASSETS"
_EURO = Unit.EUR
EXEMPT_SHARE = "vermoegen.share"


@dataclass(frozen=True, slots=True)
class OwnAssets:
    """What somebody says, in euro.

    `assets` are cash and other values without home and car; for a minor those of the parents in
    the household too. `hardship` is None where nothing was said about it.
    """

    assets: Decimal
    home: bool = False
    car: bool = False
    partner: bool = False
    minor: bool = False
    free_benefit: FreeBenefit | None = None
    hardship: bool | None = None


def problems(said: OwnAssets) -> Iterator[InputRefused]:
    """What cannot be calculated with."""
    yield from money("assets", said.assets)


def own_assets(said: OwnAssets, day: date, *, law: Book = LAW, shown: bool = True) -> Calculation:
    """What lies above the limit and comes before the benefit; nothing within it.

    Raises:
        FigureNotKnown: the law of this day is not known.
    """
    working = Working(law, day, shown)
    if said.free_benefit:
        return working.calculation(KIND, _untested(working, said.free_benefit))
    above = _above(working, said.assets)
    _note(working, said)
    if above.value and said.hardship:
        return working.calculation(KIND, _hardship(working))
    if above.value and said.hardship is None:
        working.miss("HARDSHIP")
    return working.calculation(KIND, above)


def _untested(working: Working, free_benefit: FreeBenefit) -> Amount:
    """§ 140 Abs. 3: what is free of contribution is free of the asset test too."""
    return working.nothing(
        "ASSETS_EXEMPT",
        _EURO,
        paragraph="§ 140 Abs. 3 SGB IX",
        by=EXEMPT_SHARE,
        outcome=free_benefit,
    )


def _above(working: Working, assets: Decimal) -> Amount:
    """§ 139: what lies above the exempt amount; exactly at it nothing does."""
    paragraph = "§ 139 SGB IX"
    limit = working.step(
        "ASSET_LIMIT",
        Operation.PERCENT,
        working.figure(EXEMPT_SHARE),
        working.figure("bezugsgroesse"),
        unit=_EURO,
        paragraph=paragraph,
    )
    difference = working.step(
        "ASSETS_ABOVE_LIMIT",
        Operation.SUBTRACT,
        fact("assets", assets, _EURO),
        limit,
        unit=_EURO,
        paragraph=paragraph,
    )
    return working.at_least_nothing(
        "ASSETS_TO_USE", difference, "§ 140 Abs. 1 SGB IX", "BEYOND", "WITHIN"
    )


def _hardship(working: Working) -> Amount:
    """§ 139: assets whose use would be a hardship are left; the office decides on it."""
    working.assume("HARDSHIP_IS_DECIDED")
    return working.nothing(
        "ASSETS_HARDSHIP",
        _EURO,
        paragraph="§ 139 SGB IX",
        by=EXEMPT_SHARE,
        outcome="HARDSHIP",
    )


def _note(working: Working, said: OwnAssets) -> None:
    """What was left out, and why."""
    if said.home:
        working.assume("HOME_EXEMPT")
    if said.car:
        leave_car(working)
    if said.minor:
        working.assume("PARENTS_ASSETS_COUNT")
    elif said.partner:
        working.assume("PARTNER_ASSETS_NOT_COUNTED")
