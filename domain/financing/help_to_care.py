"""Help to care, §§ 61 ff. SGB XII: what one pays oneself in a month, at most.

The income of partners counts together. Below the limit of § 85 nothing is asked for; how much of
what lies above it is appropriate, § 87 leaves to the office, so the result is a span.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from domain.errors.base import InputRefused
from domain.financing import care_regime
from domain.financing.book import LAW, Book
from domain.financing.calculation import (
    Amount,
    Calculation,
    Operation,
    Working,
    fact,
)
from domain.financing.care import CareGrade
from domain.financing.care_regime import CareRegime, Regime
from domain.financing.check import agrees, amounts_of, count, money
from domain.financing.help_to_care_assets import Assets, assets_first
from domain.financing.help_to_care_income import Money, counted_income
from domain.financing.help_to_care_limit import limit_of
from domain.financing.help_to_care_part import contribution, demandable, least_of, need_of
from domain.financing.own_assets import EXEMPT_SHARE
from domain.financing.parameter import Unit
from domain.financing.reading import AmountReading

KIND = "HELP_TO_CARE"
MOST_DEPENDANTS = 20
_BOTH_PARENTS = 2
_MONTH = Unit.EUR_PER_MONTH
_SPARED_GRADES = (CareGrade.PG4, CareGrade.PG5)
_RELIEF = "entlastungsbetrag.hilfe_zur_pflege"


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpToCare(CareRegime):
    """What somebody says. Money in euro a month, assets in euro.

    `partner` is the money of a partner who does not live apart; None without one. `parents` is that
    of the `parent_count` parents of an unmarried minor in their household; None for everybody else.
    `need` is the cost of care that services of care insurance leave, from which Pflegegeld, the
    `care_allowance`, is not subtracted.
    """

    grade: CareGrade | None = None
    blind: bool = False
    own: Money = field(default_factory=dict)
    partner: Money | None = None
    parents: Money | None = None
    parent_count: int = 1
    dependants: int = 0
    housing: Decimal | None = None
    need: Decimal | None = None
    employer_model: bool = False
    care_allowance: Decimal | None = None
    special_case: bool = False
    assets: Decimal | None = None
    other_assets: Decimal | None = None
    assets_from_work: Decimal | None = None


def problems(said: HelpToCare) -> Iterator[InputRefused]:
    """What cannot be calculated with."""
    yield from amounts_of("own", said.own)
    yield from amounts_of("partner", said.partner or {})
    yield from amounts_of("parents", said.parents or {})
    yield from count("parentCount", said.parent_count, _BOTH_PARENTS, 1)
    yield from count("dependants", said.dependants, MOST_DEPENDANTS)
    yield from money("housing", said.housing)
    yield from money("need", said.need)
    yield from money("careAllowance", said.care_allowance)
    yield from money("assets", said.assets)
    yield from money("otherAssets", said.other_assets)
    yield from agrees("otherAssets", fits=said.other_assets is None or _is_joint(said))
    yield from money("assetsFromWork", said.assets_from_work)
    own, from_work = said.assets, said.assets_from_work
    yield from agrees("assetsFromWork", fits=own is None or from_work is None or from_work <= own)


def help_to_care(
    said: HelpToCare, day: date, *, law: Book = LAW, shown: bool = True
) -> Calculation:
    """What can be demanded a month at most, and the least where the law leaves a span.

    Raises:
        FigureNotKnown: the law of this day is not known.
    """
    working = Working(law, day, shown)
    regime = care_regime.decide(working, said)
    if regime is Regime.LIMITS_OF_SGB_IX:
        return working.calculation(KIND, _other_law(working, care_regime.paragraph_of(said)))
    if regime is Regime.LIMITS_OPEN:
        working.assume("LIMITS_OF_SGB_XII_TAKEN")
    _note(working, said)
    if said.assets is not None:
        _first_assets(working, _assets(said, said.assets))
    if said.special_case:
        working.reading = AmountReading.POSSIBLY_MORE
    _relief(working, said.grade)
    spared = said.blind or said.grade in _SPARED_GRADES
    most = demandable(working, _excess(working, said), spared=spared)
    need = _need(working, said)
    least = least_of(working, most, need)
    return working.calculation(KIND, contribution(working, most, need), least=least)


def _first_assets(working: Working, said: Assets) -> None:
    """Until they are used one pays all: what follows from income holds only afterwards."""
    if assets_first(working, said).value:
        working.reading = AmountReading.AFTER_ASSETS


def _need(working: Working, said: HelpToCare) -> Amount | None:
    """What help is asked for; None if it was not said."""
    if said.need is None:
        working.miss("CARE_NEED")
        return None
    return need_of(working, said.need, said.care_allowance if said.employer_model else None)


def _other_law(working: Working, paragraph: str) -> Amount:
    """§ 103 SGB IX: care belongs to Eingliederungshilfe, whose own contribution holds."""
    working.warn("OWN_CONTRIBUTION_INSTEAD")
    working.reading = AmountReading.BY_THIS_RULE
    return working.nothing(
        "CARE_OF_OTHER_LAW",
        _MONTH,
        paragraph=paragraph,
        by=EXEMPT_SHARE,
        outcome=Regime.LIMITS_OF_SGB_IX,
    )


def _parents(said: HelpToCare) -> Money | None:
    """§ 19 Abs. 3: only those of unmarried minors."""
    return said.parents if said.partner is None else None


def _is_joint(said: HelpToCare) -> bool:
    """Whether the assets of others count too."""
    return said.partner is not None or said.parents is not None


def _excess(working: Working, said: HelpToCare) -> Amount:
    """§ 85: what the income exceeds the limit by."""
    parents = _parents(said)
    income = counted_income(working, said.own, said.partner, parents)
    limit = limit_of(working, said.housing, _persons(said), minor=parents is not None)
    difference = working.step(
        "CARE_DIFFERENCE",
        Operation.SUBTRACT,
        income,
        limit,
        unit=_MONTH,
        paragraph="§ 85 SGB XII",
    )
    return working.at_least_nothing(
        "CARE_EXCESS", difference, "§ 85 SGB XII", "CARE_ABOVE", "CARE_NOT_ABOVE"
    )


def _persons(said: HelpToCare) -> list[Amount]:
    """Everybody for whom a family supplement is due, § 85 Abs. 1 and 2 Nr. 3."""
    minor = _parents(said) is not None
    numbers: Mapping[str, int] = {
        "partners": int(said.partner is not None),
        "second_parent": int(minor and said.parent_count == _BOTH_PARENTS),
        "minor": int(minor),
        "dependants": said.dependants,
    }
    return [fact(name, number, Unit.FACTOR) for name, number in numbers.items() if number]


def _assets(said: HelpToCare, own: Decimal) -> Assets:
    minor = _parents(said) is not None
    return Assets(
        own=own,
        others=said.other_assets if _is_joint(said) else None,
        from_work=said.assets_from_work or Decimal(0),
        adults=said.parent_count if minor else 1 + (said.partner is not None),
        maintained=said.dependants + minor,
    )


def _relief(working: Working, grade: CareGrade | None) -> None:
    """§§ 64i, 66: it was not raised with that of care insurance, and changes nothing above."""
    if grade is None or working.law.find(_RELIEF, working.day) is None:
        return
    working.assume("RELIEF_WITHOUT_INSURANCE")
    working.step(
        "CARE_RELIEF",
        Operation.TAKE,
        working.figure(_RELIEF),
        unit=_MONTH,
        paragraph="§ 66 SGB XII" if grade is CareGrade.PG1 else "§ 64i SGB XII",
    )


def _note(working: Working, said: HelpToCare) -> None:
    """What is taken as given, what was not said, and what else holds."""
    working.assume("CARE_BENEFITS_ARE_NO_INCOME")
    working.assume("BASE_AMOUNT_OF_THE_FEDERATION")
    working.assume("APPROPRIATE_ACCOMMODATION")
    if said.special_case:
        working.warn("BELOW_LIMIT_TOO")
    else:
        working.assume("NOTHING_BELOW_LIMIT")
    if said.parents is not None and said.partner is not None:
        working.assume("PARENTS_NOT_BESIDE_PARTNER")
    if said.grade is CareGrade.PG1:
        working.because("SMALL_ITEMS_ONLY")
    if said.employer_model:
        working.because("EMPLOYER_MODEL")
    for code in _unsaid(said):
        working.miss(code)


def _unsaid(said: HelpToCare) -> Iterator[str]:
    if said.grade is None:
        yield "CARE_GRADE"
    if said.housing is None:
        yield "HOUSING"
    if said.employer_model and said.care_allowance is None:
        yield "CARE_ALLOWANCE"
    if said.assets is None:
        yield "CARE_ASSETS"
    elif said.other_assets is None and _is_joint(said):
        yield "OTHER_ASSETS"
