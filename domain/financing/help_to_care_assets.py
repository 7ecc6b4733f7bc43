"""The assets that come before help to care, §§ 66a and 90 SGB XII.

What counts is money and other values of everybody whose income counts. An appropriate home and an
appropriate car are no part of it.
"""

from dataclasses import dataclass
from decimal import Decimal

from domain.financing.calculation import Amount, Operation, Working, fact
from domain.financing.exempt_assets import leave_car
from domain.financing.parameter import Unit

_EUR = Unit.EUR
_OF_MAINTAINED = "barbetrag.dependant"
_FREE = "§ 90 Abs. 2 Nr. 9 SGB XII"


@dataclass(frozen=True, slots=True)
class Assets:
    """Of the person, and of partner or parents; `from_work` is what was saved from own work."""

    own: Decimal
    others: Decimal | None
    from_work: Decimal
    adults: int
    maintained: int


def assets_first(working: Working, said: Assets) -> Amount:
    """What is to be used before help is given; nothing if no more is there than may be kept."""
    own = fact("assets", said.own, _EUR)
    others = [] if said.others is None else [fact("other_assets", said.others, _EUR)]
    all_assets = working.step(
        "CARE_ASSETS", Operation.ADD, own, *others, unit=_EUR, paragraph="§ 90 Abs. 1 SGB XII"
    )
    kept = _kept(working, said, own)
    working.assume("HOME_EXEMPT")
    leave_car(working)
    working.assume("HARDSHIP_OF_ASSETS")
    difference = working.step(
        "CARE_ASSETS_DIFFERENCE",
        Operation.SUBTRACT,
        all_assets,
        kept,
        unit=_EUR,
        paragraph="§ 90 SGB XII",
    )
    if difference.value > 0:
        working.warn("CARE_ASSETS_COME_FIRST")
        if said.maintained and not _is_known_of_maintained(working):
            working.warn("MAINTAINED_KEEP_NOT_KNOWN")
    return working.at_least_nothing(
        "CARE_ASSETS_FIRST",
        difference,
        "§ 90 SGB XII",
        "CARE_ASSETS_ABOVE",
        "CARE_ASSETS_NOT_ABOVE",
    )


def _kept(working: Working, said: Assets, own: Amount) -> Amount:
    parts = [_each(working, "ADULTS_KEEP", "adults", said.adults, "barbetrag.adult")]
    if said.maintained and _is_known_of_maintained(working):
        parts.append(
            _each(working, "MAINTAINED_KEEP", "maintained", said.maintained, _OF_MAINTAINED)
        )
    if said.from_work:
        parts.append(_from_work(working, said.from_work, own))
    return working.step("CARE_ASSETS_KEPT", Operation.ADD, *parts, unit=_EUR, paragraph=_FREE)


def _is_known_of_maintained(working: Working) -> bool:
    """Where it is not, what comes first is the most that it can be."""
    return working.law.find(_OF_MAINTAINED, working.day) is not None


def _each(working: Working, name: str, who: str, number: int, figure: str) -> Amount:
    return working.step(
        name,
        Operation.MULTIPLY,
        fact(who, number, Unit.FACTOR),
        working.figure(figure),
        unit=_EUR,
        paragraph=_FREE,
    )


def _from_work(working: Working, from_work: Decimal, own: Amount) -> Amount:
    """§ 66a: up to so much for living and old age, if own work has earned it during the help."""
    return working.step(
        "FROM_WORK_KEPT",
        Operation.LEAST,
        fact("assets_from_work", from_work, _EUR),
        own,
        working.figure("vermoegen.from_work"),
        unit=_EUR,
        paragraph="§ 66a SGB XII",
    )
