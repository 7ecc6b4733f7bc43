"""The own contribution over income as the graph shows it, for a plot."""

from datetime import date
from decimal import Decimal
from typing import Annotated

import strawberry

from domain.financing.contribution_curve import Curve, Point
from domain.financing.parameter import Unit
from notifications import calculation as words
from notifications.language import Language
from schema.calculation import CalculationNote, notes_of
from schema.disclosed import disclosed
from schema.refusal import Refusals

Until = Annotated[
    Decimal | None,
    strawberry.argument(
        description="The income of a year that the curve ends at; null: past one's own, and past"
        " where most limits lie."
    ),
]
Points = Annotated[
    int, strawberry.argument(description="Into how many points it is parted evenly; at most 201.")
]


@disclosed
@strawberry.type(description="What would be paid with an income.")
class ContributionPoint:
    """As the calculator finds it."""

    income: Decimal = strawberry.field(description="All income of a year, as text.")
    income_text: str = strawberry.field(description="The same with its unit, as it is written.")
    amount: Decimal = strawberry.field(description="What is to be paid, as text.")
    text: str = strawberry.field(description="The same with its unit, as it is written.")


@disclosed
@strawberry.type(
    description="The own contribution with less or more income of the kind that is greatest."
)
class OwnContributionCurve:
    """Other facts stay as they were said."""

    code: str = strawberry.field(description="The income that varies.")
    label: str = strawberry.field(description="What it is called.")
    as_of: date = strawberry.field(description="The day whose law was used.")
    unit: Unit = strawberry.field(description="What the amounts count.")
    points: list[ContributionPoint] = strawberry.field(
        description="By income; they begin at the sum of the other incomes."
    )
    here: ContributionPoint = strawberry.field(description="With the income that was said.")
    warnings: list[CalculationNote] = strawberry.field(
        description="What to be careful about, as the calculator says."
    )


OwnContributionCurvePayload = Annotated[
    OwnContributionCurve | Refusals,
    strawberry.union("OwnContributionCurvePayload", description="The curve, or a refusal."),
]


def curve_of(curve: Curve, day: date, language: Language) -> OwnContributionCurve:
    """In the reader's language."""
    code = f"income.{curve.kind.lower()}"
    return OwnContributionCurve(
        code=code,
        label=words.word("fact", code, language),
        as_of=day,
        unit=curve.here.amount.unit,
        points=[_point(each, language) for each in curve.points],
        here=_point(curve.here, language),
        warnings=notes_of("warning", curve.warnings, language),
    )


def _point(point: Point, language: Language) -> ContributionPoint:
    amount = point.amount
    return ContributionPoint(
        income=point.income,
        income_text=words.quantity(point.income, Unit.EUR, language),
        amount=amount.value,
        text=words.quantity(amount.value, amount.unit, language),
    )
