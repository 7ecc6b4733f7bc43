"""Root fields about help to care: which law holds, what one pays, and what relatives pay."""

import strawberry

from domain.financing import care_regime, help_to_care, parental_contribution
from resolvers.financing import calculated
from schema.calculation import CalculationPayload
from schema.context import Info
from schema.help_to_care_input import (
    CareRegimeInput,
    HelpToCareInput,
    ParentalContributionInput,
)
from schema.node import Given


@strawberry.type
class HelpToCareQueries:
    """Calculators."""

    @strawberry.field(
        description="Which law's limits hold for care: the regime is the outcome of the steps, the"
        " amount what one person may keep under it."
    )
    async def care_regime(self, info: Info, input: Given[CareRegimeInput]) -> CalculationPayload:
        """P6; § 103 SGB IX."""
        return calculated(info, care_regime.KIND, input.said(), input.as_of)

    @strawberry.field(
        description="What one has to pay oneself for help to care a month, at most; `least` where"
        " the law leaves it to the office."
    )
    async def help_to_care(self, info: Info, input: Given[HelpToCareInput]) -> CalculationPayload:
        """P6; §§ 61 ff., 82, 85, 87, 90 SGB XII."""
        return calculated(info, help_to_care.KIND, input.said(), input.as_of)

    @strawberry.field(description="What parents and children have to pay: mostly nothing.")
    async def parental_contribution(
        self, info: Info, input: Given[ParentalContributionInput]
    ) -> CalculationPayload:
        """P7; § 94 SGB XII, § 141 SGB IX."""
        return calculated(info, parental_contribution.KIND, input.said(), input.as_of)
