"""Root fields that calculate what care insurance pays: for everybody, and nothing is stored."""

import strawberry

from domain.financing import entlastungsbetrag, kombination, umwandlung
from domain.financing.calculators import run
from domain.financing.care_benefits import care_benefits
from schema.calculation import calculation_of, found_or_refused, notes_of
from schema.care_insurance import (
    CareBenefits,
    CareBenefitsPayload,
    CareCombination,
    CareCombinationPayload,
    ReliefAmount,
    ReliefAmountPayload,
    relief_of,
)
from schema.care_insurance_input import (
    CareBenefitsInput,
    CareCombinationInput,
    ReliefAmountInput,
)
from schema.context import Info
from schema.node import Given
from services import clock


@strawberry.type
class CareInsuranceQueries:
    """Calculators of SGB XI."""

    @strawberry.field(
        description="What care insurance pays with a Pflegegrad, benefit by benefit, step by step."
    )
    async def care_benefits(
        self, info: Info, input: Given[CareBenefitsInput]
    ) -> CareBenefitsPayload:
        """P5; §§ 36 to 45f SGB XI."""
        language = info.context.language
        said = input.said()

        def work() -> CareBenefits:
            found, unknown = care_benefits(said, input.as_of or clock.today())
            return CareBenefits(
                benefits=[calculation_of(each, said, language) for each in found],
                not_known=notes_of("kind", unknown, language),
            )

        return found_or_refused(info, work)

    @strawberry.field(
        description="What is left of the Pflegegeld beside care services, and what of unused"
        " Sachleistung can be converted for recognised offers."
    )
    async def care_combination(
        self, info: Info, input: Given[CareCombinationInput]
    ) -> CareCombinationPayload:
        """P5; §§ 38, 45a Abs. 4 SGB XI."""
        language = info.context.language
        said, day = input.said(), input.as_of or clock.today()

        def work() -> CareCombination:
            pflegegeld, conversion = (
                calculation_of(run(kind, said, day), said, language)
                for kind in (kombination.KIND, umwandlung.KIND)
            )
            return CareCombination(pflegegeld=pflegegeld, conversion=conversion)

        return found_or_refused(info, work)

    @strawberry.field(
        description="What is left of the Entlastungsbetrag, by the year of its credits, and which"
        " service took what."
    )
    async def relief_amount(
        self, info: Info, input: Given[ReliefAmountInput]
    ) -> ReliefAmountPayload:
        """P5; § 45b SGB XI."""
        language = info.context.language
        said, day = input.said(), input.as_of or clock.today()

        def work() -> ReliefAmount:
            left = calculation_of(run(entlastungsbetrag.KIND, said, day), said, language)
            return relief_of(left, entlastungsbetrag.book_of(said, day), language)

        return found_or_refused(info, work)
