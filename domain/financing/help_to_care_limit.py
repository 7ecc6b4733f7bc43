"""The income limit of help to care, § 85 SGB XII: base amount, home, family supplements."""

from collections.abc import Sequence
from decimal import Decimal

from domain.financing.calculation import Amount, Operation, Rounding, Working, fact
from domain.financing.parameter import Unit

_MONTH = Unit.EUR_PER_MONTH


def limit_of(
    working: Working, housing: Decimal | None, persons: Sequence[Amount], *, minor: bool
) -> Amount:
    """Abs. 1, or Abs. 2 for an unmarried minor; a supplement is due for each of `persons`."""
    paragraph = "§ 85 Abs. 2" if minor else "§ 85 Abs. 1"
    parts = [
        working.step(
            "CARE_BASE_AMOUNT",
            Operation.MULTIPLY,
            working.figure("grundbetrag.factor"),
            working.figure("regelbedarf.stufe_1"),
            unit=_MONTH,
            paragraph=f"{paragraph} Nr. 1 SGB XII",
        )
    ]
    if housing is not None:
        parts.append(fact("housing", housing, _MONTH))
    if persons:
        parts.append(_supplements(working, persons, f"{paragraph} Nr. 3 SGB XII"))
    return working.step(
        "CARE_LIMIT", Operation.ADD, *parts, unit=_MONTH, paragraph=f"{paragraph} SGB XII"
    )


def _supplements(working: Working, persons: Sequence[Amount], paragraph: str) -> Amount:
    """Nr. 3: 70 % of the standard need for each, up to a full euro."""
    one = working.step(
        "FAMILY_SUPPLEMENT",
        Operation.PERCENT,
        working.figure("familienzuschlag.share"),
        working.figure("regelbedarf.stufe_1"),
        unit=_MONTH,
        paragraph=paragraph,
        rounding=Rounding.EURO_UP,
    )
    number = working.step(
        "FAMILY_PERSONS", Operation.ADD, *persons, unit=Unit.FACTOR, paragraph=paragraph
    )
    return working.step(
        "FAMILY_SUPPLEMENTS",
        Operation.MULTIPLY,
        number,
        one,
        unit=_MONTH,
        paragraph=paragraph,
    )
