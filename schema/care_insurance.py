"""What care insurance pays, as the graph shows it."""

from datetime import date
from decimal import Decimal
from typing import Annotated

import strawberry

from domain.financing.parameter import Unit
from domain.financing.relief_ledger import Ledger, Origin
from notifications import calculation as words
from notifications.language import Language
from schema.calculation import Calculation, CalculationNote
from schema.disclosed import disclosed
from schema.refusal import Refusals


@disclosed
@strawberry.type(description="The benefits of care insurance that there are for somebody on a day.")
class CareBenefits:
    """Each with its own calculation."""

    benefits: list[Calculation] = strawberry.field(description="One by one.")
    not_known: list[CalculationNote] = strawberry.field(
        description="Benefits whose figures we do not know for this day; `code` is the kind."
    )


@disclosed
@strawberry.type(description="A month with Pflegegeld, care services and recognised offers.")
class CareCombination:
    """§ 38 and § 45a Abs. 4 SGB XI."""

    pflegegeld: Calculation = strawberry.field(description="The Pflegegeld that is left.")
    conversion: Calculation = strawberry.field(
        description="What is paid of the bills of recognised offers."
    )


@disclosed
@strawberry.type(description="What became of the Entlastungsbetrag of a calendar year.")
class ReliefYear:
    """The parts add up to what was credited until the day."""

    year: int = strawberry.field(description="The calendar year of the credits.")
    credited: Decimal = strawberry.field(description="What its months brought, in euro.")
    used: Decimal = strawberry.field(description="What services took of it.")
    lapsed: Decimal = strawberry.field(description="What nobody used in time.")
    left: Decimal = strawberry.field(description="What can be used now.")
    left_text: str = strawberry.field(description="The same as it is written.")
    lapses_after: date = strawberry.field(description="The last day on which it can be used.")


@disclosed
@strawberry.type(description="What a service took from the credits of a calendar year.")
class ReliefTaken:
    """The oldest credits come first."""

    position: int = strawberry.field(description="Which of the `uses`, counted from 0.")
    year: int = strawberry.field(description="The calendar year of the credits.")
    amount: Decimal = strawberry.field(description="How much, in euro.")


@disclosed
@strawberry.type(description="What is left of the Entlastungsbetrag, and where it went.")
class ReliefAmount:
    """§ 45b SGB XI."""

    left: Calculation = strawberry.field(description="What can be used on the day.")
    years: list[ReliefYear] = strawberry.field(description="By calendar year, the oldest first.")
    taken: list[ReliefTaken] = strawberry.field(description="In the order of the services' days.")


CareBenefitsPayload = Annotated[
    CareBenefits | Refusals,
    strawberry.union("CareBenefitsPayload", description="The benefits, or a refusal."),
]
CareCombinationPayload = Annotated[
    CareCombination | Refusals,
    strawberry.union("CareCombinationPayload", description="What is paid, or a refusal."),
]
ReliefAmountPayload = Annotated[
    ReliefAmount | Refusals,
    strawberry.union("ReliefAmountPayload", description="What is left, or a refusal."),
]


def relief_of(left: Calculation, book: Ledger, language: Language) -> ReliefAmount:
    """As the graph shows it."""
    taken: dict[tuple[int, int], Decimal] = {}
    for each in book.taken:
        key = int(each.use.key), each.month.year
        taken[key] = taken.get(key, Decimal(0)) + each.amount
    return ReliefAmount(
        left=left,
        years=[_year(each, language) for each in book.origins],
        taken=[
            ReliefTaken(position=position, year=year, amount=amount)
            for (position, year), amount in taken.items()
        ],
    )


def _year(origin: Origin, language: Language) -> ReliefYear:
    return ReliefYear(
        year=origin.year,
        credited=origin.credited,
        used=origin.used,
        lapsed=origin.lapsed,
        left=origin.left,
        left_text=words.quantity(origin.left, Unit.EUR, language),
        lapses_after=origin.lapses_after,
    )
