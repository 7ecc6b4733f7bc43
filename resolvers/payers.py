"""The root field that says who may pay: for everybody, and nothing is stored."""

import strawberry

from domain.errors import DomainError
from domain.financing.payers import payers, problems
from schema.context import Info
from schema.node import Given
from schema.payers import PayersPayload, payers_of
from schema.payers_input import PayersInput
from schema.refusal import refusal


@strawberry.type
class PayerQueries:
    """Who may pay."""

    @strawberry.field(
        description="Who may pay for assistance, with reason, instrument and missing facts."
    )
    async def payers(self, info: Info, input: Given[PayersInput]) -> PayersPayload:
        """F7, F26; never a decision."""
        language, said = info.context.language, input.said()
        if found := list(problems(said)):
            return refusal(DomainError.of(found), language)
        return payers_of(payers(said), language)
