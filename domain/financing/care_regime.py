"""Which law's limits hold for care at home: those of SGB IX or those of SGB XII.

§ 103 Abs. 2 SGB IX (Lebenslagenmodell): where Eingliederungshilfe is given at home it includes the
care, as long as its goals can be reached, unless none was received before pension age.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.errors.base import InputRefused
from domain.financing.book import LAW, Book
from domain.financing.calculation import Amount, Calculation, Operation, Working
from domain.financing.parameter import Unit

KIND = "CARE_REGIME"
SHARE = "vermoegen.share"


class Regime(StrEnum):
    """Whose limits for income and assets hold."""

    LIMITS_OF_SGB_IX = "LIMITS_OF_SGB_IX"
    LIMITS_OF_SGB_XII = "LIMITS_OF_SGB_XII"
    LIMITS_OPEN = "LIMITS_OPEN"  # a fact is missing


@dataclass(frozen=True, slots=True, kw_only=True)
class CareRegime:
    """Facts of § 103 Abs. 2; None for what was not said.

    `eingliederungshilfe` is received now, `before_pension_age` says that it also was then.
    """

    eingliederungshilfe: bool | None = None
    pension_age: bool | None = None
    before_pension_age: bool | None = None
    at_home: bool | None = None
    goals_reachable: bool | None = None


def problems(_said: CareRegime) -> Iterator[InputRefused]:
    """Nothing: every answer can be calculated with."""
    yield from ()


def care_regime(said: CareRegime, day: date, *, law: Book = LAW, shown: bool = True) -> Calculation:
    """The regime as the outcome, with what one person may keep under it.

    Raises:
        FigureNotKnown: the law of this day is not known.
    """
    working = Working(law, day, shown)
    working.assume("LIMITS_BY_WHAT_IS_KEPT")
    match decide(working, said):
        case Regime.LIMITS_OF_SGB_IX as regime:
            return working.calculation(KIND, _kept_of_sgb_ix(working, regime))
        case Regime.LIMITS_OF_SGB_XII as regime:
            return working.calculation(KIND, _kept_of_sgb_xii(working, regime))
        case regime:
            least = _kept_of_sgb_xii(working, regime)
            return working.calculation(KIND, _kept_of_sgb_ix(working, regime), least=least)


def decide(working: Working, said: CareRegime) -> Regime:
    """One condition that does not hold decides; one that is not known leaves it open."""
    conditions = {
        "EINGLIEDERUNGSHILFE": said.eingliederungshilfe,
        "AT_HOME": said.at_home,
        "BEFORE_PENSION_AGE": _before_pension_age(said),
        "GOALS_REACHABLE": said.goals_reachable,
    }
    if failed := [code for code, holds in conditions.items() if holds is False]:
        for code in failed:
            working.because(f"NOT_{code}")
        return Regime.LIMITS_OF_SGB_XII
    if unknown := [code for code, holds in conditions.items() if holds is None]:
        for code in unknown:
            working.miss(code)
        return Regime.LIMITS_OPEN
    working.because("CARE_INCLUDED")
    return Regime.LIMITS_OF_SGB_IX


def _before_pension_age(said: CareRegime) -> bool | None:
    """Who has not reached it and receives Eingliederungshilfe has received it before."""
    return True if said.pension_age is False else said.before_pension_age


def _kept_of_sgb_ix(working: Working, regime: Regime) -> Amount:
    """§ 139: the assets that one person keeps; those of a partner are not looked at."""
    return working.step(
        "KEPT_OF_SGB_IX",
        Operation.PERCENT,
        working.figure(SHARE),
        working.figure("bezugsgroesse"),
        unit=Unit.EUR,
        paragraph="§ 139 SGB IX",
        outcome=regime,
    )


def _kept_of_sgb_xii(working: Working, regime: Regime) -> Amount:
    """§ 90 Abs. 2 Nr. 9: the assets that one adult keeps; those of a partner count too."""
    return working.step(
        "KEPT_OF_SGB_XII",
        Operation.TAKE,
        working.figure("barbetrag.adult"),
        unit=Unit.EUR,
        paragraph="§ 90 Abs. 2 Nr. 9 SGB XII",
        outcome=regime,
    )
