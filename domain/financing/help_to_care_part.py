"""What of the income above the limit help to care may demand, § 87 SGB XII, and of which need.

How much of it is appropriate the law leaves to the office: what comes out here is the most.
"""

from decimal import Decimal

from domain.financing.calculation import Amount, Operation, Rounding, Working, fact
from domain.financing.parameter import Unit

_MONTH = Unit.EUR_PER_MONTH
_PARAGRAPH = "§ 87 Abs. 1 SGB XII"


def demandable(working: Working, excess: Amount, *, spared: bool) -> Amount:
    """All of it; where a part is `spared`, for grades 4 and 5 and the blind, at most the rest."""
    if excess.value == 0 or not spared:
        return excess
    working.because("AT_LEAST_SIXTY_SPARED")
    kept = working.step(
        "SPARED",
        Operation.PERCENT,
        working.figure("einsatz.spared_share"),
        excess,
        unit=_MONTH,
        paragraph=_PARAGRAPH,
    )
    return working.step(
        "DEMANDABLE",
        Operation.SUBTRACT,
        excess,
        kept,
        unit=_MONTH,
        paragraph=_PARAGRAPH,
        rounding=Rounding.CENT_DOWN,
    )


def need_of(working: Working, need: Decimal, allowance: Decimal | None) -> Amount:
    """§ 63b Abs. 6: who employs assistants has the Pflegegeld, the `allowance`, set off."""
    said = fact("need", need, _MONTH)
    if allowance is None:
        return said
    paragraph = "§ 63b Abs. 6 SGB XII"
    left = working.step(
        "NEED_DIFFERENCE",
        Operation.SUBTRACT,
        said,
        fact("care_allowance", allowance, _MONTH),
        unit=_MONTH,
        paragraph=paragraph,
    )
    return working.at_least_nothing("NEED_LEFT", left, paragraph)


def least_of(working: Working, most: Amount, need: Amount | None) -> Amount | None:
    """What is appropriate may be nothing; None where nothing can be demanded anyway."""
    if most.value == 0 or (need and need.value == 0):
        return None
    working.because("APPROPRIATE_PART")
    return working.nothing(
        "LEAST_CONTRIBUTION", _MONTH, paragraph=_PARAGRAPH, by="grundbetrag.factor"
    )


def contribution(working: Working, most: Amount, need: Amount | None) -> Amount:
    """Nobody pays more than what is needed."""
    return working.step(
        "CARE_CONTRIBUTION",
        Operation.LEAST if need else Operation.TAKE,
        *(each for each in (most, need) if each),
        unit=_MONTH,
        paragraph=_PARAGRAPH,
    )
