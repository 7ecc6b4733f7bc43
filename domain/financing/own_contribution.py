"""The own contribution to Eingliederungshilfe, §§ 135 to 138 SGB IX, for one month.

Two per cent of what the yearly income exceeds the limit by, rounded down to a full ten; an income
exactly at the limit pays nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.financing.book import LAW, Book
from domain.financing.calculation import (
    Amount,
    Calculation,
    Operation,
    Rounding,
    Working,
    fact,
)
from domain.financing.parameter import Unit

KIND = "OWN_CONTRIBUTION"
_YEAR, _MONTH = Unit.EUR_PER_YEAR, Unit.EUR_PER_MONTH


class IncomeKind(StrEnum):
    """The kinds that § 136 Abs. 2 tells apart; each has its share of the Bezugsgröße."""

    INSURED_WORK = "INSURED_WORK"  # insured employment, or self-employed
    UNINSURED_WORK = "UNINSURED_WORK"  # employment without social insurance
    PENSION = "PENSION"
    OTHER = "OTHER"


class Exemption(StrEnum):
    """Benefits without own contribution, § 138 Abs. 1 by number."""

    EARLY_EDUCATION = "EARLY_EDUCATION"  # 1 heilpädagogische Leistungen
    MEDICAL_REHABILITATION = "MEDICAL_REHABILITATION"  # 2
    WORK = "WORK"  # 3 Teilhabe am Arbeitsleben
    SCHOOL = "SCHOOL"  # 4
    BOARDING_SCHOOL = "BOARDING_SCHOOL"  # 5
    SKILLS_FOR_WORK = "SKILLS_FOR_WORK"  # 6
    PRESCHOOL_CHILD = "PRESCHOOL_CHILD"  # 7
    SUBSISTENCE = "SUBSISTENCE"  # 8 Lebensunterhalt under SGB II or XII at the same time


NUMBER: Mapping[Exemption, int] = {each: number for number, each in enumerate(Exemption, 1)}
Incomes = Mapping[IncomeKind, Decimal]


@dataclass(frozen=True, slots=True)
class OwnContribution:
    """What somebody says. Money in euro: incomes a year, the benefit a month.

    `partner` is the income of a partner who lives in the household, by kind; None without one.
    `minors` counts the beneficiaries under age in their parents' household, whose parents' incomes
    then stand in `incomes`; 0 for an adult.
    """

    incomes: Incomes
    partner: Incomes | None = None
    children: int = 0
    minors: int = 0
    exemption: Exemption | None = None
    benefit: Decimal | None = None
    one_off_price: Decimal | None = None
    expected_income: bool = field(default=False)


def own_contribution(
    said: OwnContribution, day: date, *, law: Book = LAW, shown: bool = True
) -> Calculation:
    """What is to be paid a month, and once for an aid that was asked about.

    Raises:
        FigureNotKnown: the law of this day is not known.
    """
    working = Working(law, day, shown)
    if said.exemption:
        return working.calculation(KIND, _exempt(working, said.exemption))
    kind, income = _income(working, said)
    monthly = _monthly(working, income, _limit(working, said, kind))
    _note(working, said)
    if said.one_off_price is not None:
        return working.calculation(KIND, _one_off(working, monthly, said.one_off_price))
    return working.calculation(KIND, _net(working, monthly, said.benefit))


def _exempt(working: Working, exemption: Exemption) -> Amount:
    """§ 138 Abs. 1: for some benefits nothing is paid."""
    return working.step(
        "EXEMPT",
        Operation.TAKE,
        fact("nothing", 0, _MONTH),
        unit=_MONTH,
        paragraph=f"§ 138 Abs. 1 Nr. {NUMBER[exemption]} SGB IX",
        outcome=exemption,
    )


def _income(working: Working, said: OwnContribution) -> tuple[IncomeKind, Amount]:
    """§ 135: all incomes of the year count; the greatest kind decides on the limit."""
    kind = predominant(said.incomes)
    parts = _parts("income", said.incomes)
    if len(parts) > 1:
        working.step(
            "PREDOMINANT_INCOME",
            Operation.GREATEST,
            *parts,
            unit=_YEAR,
            paragraph="§ 136 Abs. 2 SGB IX",
            outcome=kind,
        )
        if _is_tie(said.incomes):
            working.assumptions.append("TIE_FAVOURS_HIGHER_LIMIT")
    income = working.step(
        "INCOME", Operation.ADD, *parts, unit=_YEAR, paragraph="§ 135 Abs. 1 SGB IX"
    )
    return kind, income


def predominant(incomes: Incomes) -> IncomeKind:
    """The greatest kind; of equal ones that with the higher limit, which is named first."""
    return max(IncomeKind, key=lambda kind: (incomes.get(kind, 0), -list(IncomeKind).index(kind)))


def _is_tie(incomes: Incomes) -> bool:
    ordered = sorted(incomes.values(), reverse=True)
    return len(ordered) > 1 and ordered[0] == ordered[1] > 0


def _parts(name: str, incomes: Incomes) -> list[Amount]:
    said = [kind for kind in IncomeKind if incomes.get(kind)]
    return [
        fact(f"{name}.{kind.lower()}", incomes.get(kind, Decimal(0)))
        for kind in said or [IncomeKind.INSURED_WORK]
    ]


def _share(working: Working, name: str, figure: str, paragraph: str) -> Amount:
    return working.step(
        name,
        Operation.PERCENT,
        working.figure(figure),
        working.figure("bezugsgroesse"),
        unit=_YEAR,
        paragraph=paragraph,
    )


def _limit(working: Working, said: OwnContribution, kind: IncomeKind) -> Amount:
    """§ 136: a share of the Bezugsgröße of the benefit's year, and supplements for the family."""
    base = _share(working, "BASE_AMOUNT", f"anteil.{kind.lower()}", "§ 136 Abs. 2 SGB IX")
    supplements = _supplements(working, said)
    if not supplements:
        return base
    return working.step(
        "LIMIT", Operation.ADD, base, *supplements, unit=_YEAR, paragraph="§ 136 SGB IX"
    )


def _supplements(working: Working, said: OwnContribution) -> list[Amount]:
    if said.minors:
        return [_each(working, "MINOR", said.minors, "minor", "§ 136 Abs. 5 SGB IX")]
    if said.partner is not None and _earns_enough(working, said.partner):
        child, paragraph, own = "child_of_earning_partner", "§ 136 Abs. 4 SGB IX", []
    else:
        child, paragraph = "child", "§ 136 Abs. 3 SGB IX"
        own = [] if said.partner is None else [_partner(working)]
    if said.children:
        own.append(_each(working, "CHILD", said.children, child, paragraph))
    return own


def _partner(working: Working) -> Amount:
    return _share(working, "PARTNER_SUPPLEMENT", "zuschlag.partner", "§ 136 Abs. 3 SGB IX")


def _earns_enough(working: Working, partner: Incomes) -> bool:
    """§ 136 Abs. 4: whether the partner's income exceeds the limit of its own kind."""
    income = working.step(
        "PARTNER_INCOME",
        Operation.ADD,
        *_parts("partner", partner),
        unit=_YEAR,
        paragraph="§ 135 Abs. 1 SGB IX",
    )
    figure = f"anteil.{predominant(partner).lower()}"
    limit = _share(working, "PARTNER_LIMIT", figure, "§ 136 Abs. 4 SGB IX")
    working.step(
        "PARTNER_EXCESS",
        Operation.SUBTRACT,
        income,
        limit,
        unit=_YEAR,
        paragraph="§ 136 Abs. 4 SGB IX",
        outcome="ABOVE" if income.value > limit.value else "NOT_ABOVE",
    )
    working.assumptions.append("PARTNER_LIMIT_OF_OWN_KIND")
    return income.value > limit.value


def _each(working: Working, name: str, number: int, figure: str, paragraph: str) -> Amount:
    one = _share(working, f"{name}_SUPPLEMENT", f"zuschlag.{figure}", paragraph)
    if number == 1:
        return one
    return working.step(
        f"{name}_SUPPLEMENTS",
        Operation.MULTIPLY,
        one,
        fact(f"{name.lower()}s", number, Unit.FACTOR),
        unit=_YEAR,
        paragraph=paragraph,
    )


def _monthly(working: Working, income: Amount, limit: Amount) -> Amount:
    """§ 137 Abs. 2: two per cent of the excess, down to a full ten."""
    paragraph = "§ 137 Abs. 2 SGB IX"
    excess = working.step(
        "EXCESS",
        Operation.GREATEST,
        working.step(
            "ABOVE_LIMIT", Operation.SUBTRACT, income, limit, unit=_YEAR, paragraph=paragraph
        ),
        fact("nothing", 0),
        unit=_YEAR,
        paragraph=paragraph,
        outcome="ABOVE" if income.value > limit.value else "NOT_ABOVE",
    )
    return working.step(
        "MONTHLY_CONTRIBUTION",
        Operation.PERCENT,
        working.figure("eigenbeitrag.share"),
        excess,
        unit=_MONTH,
        paragraph=paragraph,
        rounding=Rounding.TEN_DOWN,
    )


def _net(working: Working, monthly: Amount, benefit: Decimal | None) -> Amount:
    """§ 137 Abs. 3: it is kept back from the benefit, so it never exceeds it."""
    if benefit is None:
        return monthly
    return working.step(
        "NET_CONTRIBUTION",
        Operation.LEAST,
        monthly,
        fact("benefit", benefit, _MONTH),
        unit=_MONTH,
        paragraph="§ 137 Abs. 3 SGB IX",
    )


def _one_off(working: Working, monthly: Amount, price: Decimal) -> Amount:
    """§ 138 Abs. 3: for an aid of a year or more at most four monthly contributions, once."""
    paragraph = "§ 138 Abs. 3 SGB IX"
    most = working.step(
        "ONE_OFF_LIMIT",
        Operation.MULTIPLY,
        monthly,
        working.figure("eigenbeitrag.one_off_months"),
        unit=Unit.EUR,
        paragraph=paragraph,
    )
    return working.step(
        "ONE_OFF_CONTRIBUTION",
        Operation.LEAST,
        most,
        fact("one_off_price", price, Unit.EUR),
        unit=Unit.EUR,
        paragraph=paragraph,
    )


def _note(working: Working, said: OwnContribution) -> None:
    working.assumptions.append(
        "EXPECTED_INCOME" if said.expected_income else "INCOME_OF_YEAR_BEFORE_LAST"
    )
    if said.minors:
        working.assumptions.append("MINOR_ALSO_OF_SINGLE_PARENTS")
    if said.benefit is None and said.one_off_price is None:
        working.missing.append("BENEFIT")
