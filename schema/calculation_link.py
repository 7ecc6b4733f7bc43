"""Calculations behind links as the graph shows them: as shown then, and calculated anew."""

from datetime import date
from decimal import Decimal
from typing import Annotated

import strawberry

from domain.financing import own_contribution
from domain.financing.contribution_curve import contribution_curve
from domain.financing.link import Shared
from domain.financing.parameter import Unit
from domain.financing.reading import AmountReading
from notifications import calculation as words
from notifications.language import Language
from schema.calculation import Calculation, CalculationPayload, found_or_refused
from schema.context import Info
from schema.contribution_curve import OwnContributionCurvePayload, Points, curve_of
from schema.disclosed import disclosed
from schema.refusal import Refusals


@disclosed
@strawberry.type(description="What was shown when a link was made.")
class SharedAmount:
    """As the token holds it."""

    amount: Decimal = strawberry.field(description="The result, as text.")
    text: str = strawberry.field(description="The result with its unit as it is to be read.")
    reading: AmountReading = strawberry.field(description="The same as a code.")
    unit: Unit = strawberry.field(description="What it counts.")
    least: Decimal | None = strawberry.field(description="The lower end, if it was a span.")
    least_text: str | None = strawberry.field(description="The same with its unit.")
    as_of: date = strawberry.field(description="The day whose law was used.")
    version: str = strawberry.field(description="The version of all figures.")


@disclosed
@strawberry.type(description="A calculation behind a link: as it was shown, and calculated anew.")
class SharedCalculation:
    """The same facts, the figures of then and those of the day that is asked about."""

    kind: str = strawberry.field(description="Which calculator.")
    title: str = strawberry.field(description="What was calculated.")
    shown: SharedAmount = strawberry.field(description="As it was shown then.")
    now: CalculationPayload = strawberry.field(
        description="With the figures of the day that is asked about, or why that cannot be done."
    )
    figures_changed: bool | None = strawberry.field(
        description="Whether a figure that it rests on is another one now; null if that cannot be"
        " said."
    )
    then: strawberry.Private[Shared]
    day: strawberry.Private[date]

    @strawberry.field(
        description="The own contribution over income with the figures of the same day as `now`,"
        " for a plot; null for other calculators."
    )
    def curve(self, info: Info, points: Points = 41) -> OwnContributionCurvePayload | None:
        """Made when it is asked for."""
        if self.then.kind != own_contribution.KIND:
            return None
        said, day = self.then.said, self.day
        return found_or_refused(
            info,
            lambda: curve_of(
                contribution_curve(said, day, None, points), day, info.context.language
            ),
        )


SharedCalculationPayload = Annotated[
    SharedCalculation | Refusals,
    strawberry.union("SharedCalculationPayload", description="Then and now, or a refusal."),
]


def shared_of(
    shared: Shared, day: date, now: Calculation | Refusals, changed: bool | None, language: Language
) -> SharedCalculation:
    """As the graph shows it on a day, in the reader's language."""
    least = shared.least
    return SharedCalculation(
        kind=shared.kind,
        title=words.word("kind", shared.kind, language),
        shown=SharedAmount(
            amount=shared.amount,
            text=words.result(shared.amount, shared.unit, shared.reading, language),
            reading=shared.reading,
            unit=shared.unit,
            least=least,
            least_text=None if least is None else words.quantity(least, shared.unit, language),
            as_of=shared.as_of,
            version=shared.version,
        ),
        now=now,
        figures_changed=changed,
        then=shared,
        day=day,
    )
