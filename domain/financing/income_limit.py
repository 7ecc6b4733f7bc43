"""The income that counts, and the limit that it is held against, §§ 135 and 136 SGB IX.

All income counts together; the greatest kind alone decides on the share of the Bezugsgröße. Where
another kind becomes the greatest, the limit jumps.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from domain.financing.calculation import ZERO, Amount, Operation, Working, fact
from domain.financing.parameter import Unit

_YEAR = Unit.EUR_PER_YEAR


class IncomeKind(StrEnum):
    """The kinds that § 136 Abs. 2 tells apart; each has its share of the Bezugsgröße."""

    INSURED_WORK = "INSURED_WORK"  # insured employment, or self-employed
    UNINSURED_WORK = "UNINSURED_WORK"  # employment without social insurance
    PENSION = "PENSION"
    OTHER = "OTHER"


Incomes = Mapping[IncomeKind, Decimal]

# Of kinds that are equally great the one with the higher limit counts.
_BY_LIMIT = (
    IncomeKind.INSURED_WORK,
    IncomeKind.UNINSURED_WORK,
    IncomeKind.OTHER,
    IncomeKind.PENSION,
)
_KINDS = tuple(IncomeKind)
_SHARE = {kind: f"anteil.{kind.lower()}" for kind in _KINDS}
_FACT = {
    name: {kind: f"{name}.{kind.lower()}" for kind in _KINDS} for name in ("income", "partner")
}


def predominant(incomes: Incomes) -> IncomeKind:
    """The greatest kind; of equal ones that with the higher limit."""
    return max(_BY_LIMIT, key=lambda kind: incomes.get(kind, ZERO))


def income_of(working: Working, incomes: Incomes, *, expected: bool) -> tuple[IncomeKind, Amount]:
    """§ 135: all incomes of the year count; the greatest kind decides on the limit."""
    parts = _parts("income", incomes)
    kind = _kind(working, "PREDOMINANT_INCOME", parts, incomes)
    paragraph = "§ 135 Abs. 2 SGB IX" if expected else "§ 135 Abs. 1 SGB IX"
    return kind, working.step("INCOME", Operation.ADD, *parts, unit=_YEAR, paragraph=paragraph)


def limit_of(
    working: Working, kind: IncomeKind, partner: Incomes | None, children: int, minors: int
) -> Amount:
    """§ 136: a share of the Bezugsgröße of the benefit's year, and supplements for the family."""
    base = _share(working, "BASE_AMOUNT", _SHARE[kind], "§ 136 Abs. 2 SGB IX")
    supplements = [_minors(working, minors)] if minors else _family(working, partner, children)
    if not supplements:
        return base
    return working.step(
        "LIMIT", Operation.ADD, base, *supplements, unit=_YEAR, paragraph="§ 136 SGB IX"
    )


def _kind(working: Working, step: str, parts: list[Amount], incomes: Incomes) -> IncomeKind:
    kind = predominant(incomes)
    if len(parts) > 1:
        working.step(
            step,
            Operation.GREATEST,
            *parts,
            unit=_YEAR,
            paragraph="§ 136 Abs. 2 SGB IX",
            outcome=kind,
        )
        if _is_tie(incomes):
            working.assume("TIE_FAVOURS_HIGHER_LIMIT")
    return kind


def _is_tie(incomes: Incomes) -> bool:
    ordered = sorted(incomes.values(), reverse=True)
    return len(ordered) > 1 and ordered[0] == ordered[1] > 0


def _parts(name: str, incomes: Incomes) -> list[Amount]:
    facts = _FACT[name]
    said = [fact(facts[kind], incomes[kind]) for kind in _KINDS if incomes.get(kind)]
    return said or [fact(facts[IncomeKind.INSURED_WORK], ZERO)]


def _share(working: Working, name: str, figure: str, paragraph: str) -> Amount:
    return working.step(
        name,
        Operation.PERCENT,
        working.figure(figure),
        working.figure("bezugsgroesse"),
        unit=_YEAR,
        paragraph=paragraph,
    )


def _minors(working: Working, number: int) -> Amount:
    """§ 136 Abs. 5: for each beneficiary under age; the supplements of Abs. 3 and 4 fall away."""
    paragraph = "§ 136 Abs. 5 SGB IX"
    one = _share(working, "MINOR_SUPPLEMENT", "zuschlag.minor", paragraph)
    if number == 1:
        return one
    factor = fact("minors", number, Unit.FACTOR)
    return working.step(
        "MINOR_SUPPLEMENTS", Operation.MULTIPLY, factor, one, unit=_YEAR, paragraph=paragraph
    )


def _family(working: Working, partner: Incomes | None, children: int) -> list[Amount]:
    """§ 136 Abs. 3, or Abs. 4 if the partner earns more than a limit of the partner's own."""
    if partner is None:
        return _children(working, children, "zuschlag.child", "§ 136 Abs. 3 SGB IX")
    if _earns_enough(working, partner):
        figure = "zuschlag.child_of_earning_partner"
        return _children(working, children, figure, "§ 136 Abs. 4 SGB IX")
    paragraph = "§ 136 Abs. 3 SGB IX"
    own = _share(working, "PARTNER_SUPPLEMENT", "zuschlag.partner", paragraph)
    return [own, *_children(working, children, "zuschlag.child", paragraph)]


def _children(working: Working, number: int, figure: str, paragraph: str) -> list[Amount]:
    if not number:
        return []
    one = _share(working, "CHILD_SUPPLEMENT", figure, paragraph)
    if number == 1:
        return [one]
    factor = fact("children", number, Unit.FACTOR)
    return [
        working.step(
            "CHILD_SUPPLEMENTS", Operation.MULTIPLY, factor, one, unit=_YEAR, paragraph=paragraph
        )
    ]


def _earns_enough(working: Working, partner: Incomes) -> bool:
    """§ 136 Abs. 4: whether the partner's income exceeds the limit of its own kind."""
    parts = _parts("partner", partner)
    kind = _kind(working, "PARTNER_PREDOMINANT_INCOME", parts, partner)
    income = working.step(
        "PARTNER_INCOME", Operation.ADD, *parts, unit=_YEAR, paragraph="§ 135 Abs. 1 SGB IX"
    )
    limit = _share(working, "PARTNER_LIMIT", _SHARE[kind], "§ 136 Abs. 4 SGB IX")
    above = income.value > limit.value
    working.step(
        "PARTNER_EXCESS",
        Operation.SUBTRACT,
        income,
        limit,
        unit=_YEAR,
        paragraph="§ 136 Abs. 4 SGB IX",
        outcome="PARTNER_ABOVE" if above else "PARTNER_NOT_ABOVE",
    )
    working.assume("PARTNER_LIMIT_OF_OWN_KIND")
    return above
