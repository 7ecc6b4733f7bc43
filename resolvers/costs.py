"""Root fields about pay and about what both models cost: for everybody, and nothing is stored."""

import strawberry

from domain.financing import pay
from domain.financing.asked import Land, PaidWork
from domain.financing.cost_comparison import cost_comparison
from models.district import District
from resolvers.financing import calculated
from schema.calculation import CalculationPayload, found_or_refused
from schema.context import Info
from schema.costs import CostComparison, CostComparisonPayload, comparison_of
from schema.costs_input import CostComparisonInput, WageCheckInput
from schema.node import Given
from services import clock


@strawberry.type
class CostQueries:
    """Pay and costs."""

    @strawberry.field(
        description="Whether a wage will do: minimum wage, that of care, the limit of marginal"
        " employment, and the highest allowance of a neighbour helper. The amount is what is"
        " lacking, or too much."
    )
    async def wage_check(self, info: Info, input: Given[WageCheckInput]) -> CalculationPayload:
        """P9; MiLoG, § 8 SGB IV, AnerkVO SGB XI."""
        here = await _land_here() if input.work is PaidWork.NEIGHBOUR_HELP else None
        return calculated(info, pay.KIND, input.said(here), input.as_of)

    @strawberry.field(
        description="What a month costs where one employs people oneself, and where a service sends"
        " them; who carries what, how long a budget lasts, and who has which duty."
    )
    async def cost_comparison(
        self, info: Info, input: Given[CostComparisonInput]
    ) -> CostComparisonPayload:
        """P2."""
        language, said = info.context.language, input.said()
        day = input.as_of or clock.today()

        def work() -> CostComparison:
            found = cost_comparison(said, day, input.budget_from)
            return comparison_of(found, said, language)

        return found_or_refused(info, work)


async def _land_here() -> Land | None:
    district = await District.all().order_by("key").first()
    return Land(district.land) if district and district.land in set(Land) else None
