"""Which law's limits hold for care: those of SGB IX or those of SGB XII.

Eingliederungshilfe in a besondere Wohnform includes the care there (§ 103 Abs. 1 SGB IX). At home
it does as long as its goals can be reached, unless none was received before pension age (Abs. 2,
Lebenslagenmodell). In a care facility it does not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.errors.base import InputRefused
from domain.financing.asked import Housing
from domain.financing.book import LAW, Book
from domain.financing.calculation import Amount, Calculation, Operation, Working
from domain.financing.own_assets import EXEMPT_SHARE
from domain.financing.parameter import Unit

KIND = "CARE_REGIME"
_FAILED: Mapping[str, str] = {
    "EINGLIEDERUNGSHILFE": "NOT_EINGLIEDERUNGSHILFE",
    "AT_HOME": "NOT_AT_HOME",
    "BEFORE_PENSION_AGE": "NOT_BEFORE_PENSION_AGE",
    "GOALS_REACHABLE": "NOT_GOALS_REACHABLE",
}


class Regime(StrEnum):
    """Whose limits for income and assets hold."""

    LIMITS_OF_SGB_IX = "LIMITS_OF_SGB_IX"
    LIMITS_OF_SGB_XII = "LIMITS_OF_SGB_XII"
    LIMITS_OPEN = "LIMITS_OPEN"  # a fact is missing


@dataclass(frozen=True, slots=True, kw_only=True)
class CareRegime:
    """Facts of § 103; None for what was not said.

    `eingliederungshilfe` is received now, `before_pension_age` says that it also was then.
    """

    eingliederungshilfe: bool | None = None
    pension_age: bool | None = None
    before_pension_age: bool | None = None
    living: Housing | None = None
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
    conditions = _conditions(said)
    failed = [code for code, holds in conditions.items() if holds is False]
    if failed and not _may_be_included_there(said):
        for code in failed:
            working.because(_FAILED[code])
        return Regime.LIMITS_OF_SGB_XII
    if unknown := [code for code, holds in conditions.items() if holds is None]:
        for code in unknown:
            working.miss(code)
        return Regime.LIMITS_OPEN
    there = said.living is Housing.SPECIAL_HOUSING
    working.because("CARE_INCLUDED_THERE" if there else "CARE_INCLUDED")
    return Regime.LIMITS_OF_SGB_IX


def paragraph_of(said: CareRegime) -> str:
    """Where the law includes care in Eingliederungshilfe."""
    return f"§ 103 Abs. {1 if said.living is Housing.SPECIAL_HOUSING else 2} SGB IX"


def _conditions(said: CareRegime) -> Mapping[str, bool | None]:
    """In a besondere Wohnform neither age nor goals are asked for."""
    if said.living is Housing.SPECIAL_HOUSING:
        return {"EINGLIEDERUNGSHILFE": said.eingliederungshilfe}
    return {
        "EINGLIEDERUNGSHILFE": said.eingliederungshilfe,
        "AT_HOME": None if said.living is None else said.living is Housing.HOME,
        "BEFORE_PENSION_AGE": _before_pension_age(said),
        "GOALS_REACHABLE": said.goals_reachable,
    }


def _may_be_included_there(said: CareRegime) -> bool:
    """Age and goals decide nothing while it may be a besondere Wohnform."""
    return said.living is None and said.eingliederungshilfe is not False


def _before_pension_age(said: CareRegime) -> bool | None:
    """Who has not reached it and receives Eingliederungshilfe has received it before."""
    return True if said.pension_age is False else said.before_pension_age


def _kept_of_sgb_ix(working: Working, regime: Regime) -> Amount:
    """§ 139: the assets that one person keeps; those of a partner are not looked at."""
    return working.step(
        "KEPT_OF_SGB_IX",
        Operation.PERCENT,
        working.figure(EXEMPT_SHARE),
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
