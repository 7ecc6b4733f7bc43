"""Root fields that calculate who pays what: for everybody, and nothing is stored."""

from datetime import date
from typing import Any

import strawberry

from domain.financing import own_assets, own_contribution
from domain.financing.calculators import run
from domain.financing.contribution_curve import contribution_curve
from domain.financing.link import anew, figures_in_short, shared
from schema.calculation import (
    Calculation,
    CalculationPayload,
    calculation_of,
    found_or_refused,
)
from schema.calculation_link import SharedCalculation, SharedCalculationPayload, shared_of
from schema.context import Info
from schema.contribution_curve import OwnContributionCurvePayload, Points, Until, curve_of
from schema.financing_input import (
    OwnAssetsInput,
    OwnContributionInput,
    SharedCalculationInput,
)
from schema.node import Given
from schema.refusal import Refusals
from services import clock


@strawberry.type
class FinancingQueries:
    """Calculators."""

    @strawberry.field(
        description="What one has to pay oneself for benefits of Eingliederungshilfe, step by step."
    )
    async def own_contribution(
        self, info: Info, input: Given[OwnContributionInput]
    ) -> CalculationPayload:
        """P3, P4; §§ 135 to 138 SGB IX."""
        return calculated(info, own_contribution.KIND, input.said(), input.as_of)

    @strawberry.field(
        description="The own contribution over income, all points in one answer: what would be paid"
        " with less or more of the greatest kind."
    )
    async def own_contribution_curve(
        self,
        info: Info,
        input: Given[OwnContributionInput],
        until: Until = None,
        points: Points = 41,
    ) -> OwnContributionCurvePayload:
        """P3; §§ 135 to 138 SGB IX."""
        day, language = input.as_of or clock.today(), info.context.language
        said = input.said()
        return found_or_refused(
            info, lambda: curve_of(contribution_curve(said, day, until, points), day, language)
        )

    @strawberry.field(
        description="What has to be used of one's assets before benefits of Eingliederungshilfe."
    )
    async def own_assets(self, info: Info, input: Given[OwnAssetsInput]) -> CalculationPayload:
        """§§ 139, 140 SGB IX."""
        return calculated(info, own_assets.KIND, input.said(), input.as_of)

    @strawberry.field(
        description="A calculation behind a link: as it was shown then, and calculated anew."
    )
    async def shared_calculation(
        self, info: Info, input: Given[SharedCalculationInput]
    ) -> SharedCalculationPayload:
        """For whoever has the link."""
        day, language = input.as_of or clock.today(), info.context.language

        def work() -> SharedCalculation:
            then = shared(input.token, info.context.keys)
            now = found_or_refused(
                info, lambda: calculation_of(anew(then, day), then.said, language)
            )
            changed = (
                figures_in_short(now.found.figures) != then.figures
                if isinstance(now, Calculation)
                else None
            )
            return shared_of(then, day, now, changed, language)

        return found_or_refused(info, work)


def calculated(info: Info, kind: str, said: Any, as_of: date | None) -> Calculation | Refusals:
    """What a calculator finds, in the reader's language, or what it refuses."""
    language = info.context.language
    return found_or_refused(
        info, lambda: calculation_of(run(kind, said, as_of or clock.today()), said, language)
    )
