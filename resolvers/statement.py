"""Root fields about monthly statements."""

from typing import Annotated

import strawberry

from domain.errors import NotFound, SignInRequired
from schema.context import Info
from schema.plan.field import NodeId
from schema.statement import MonthlyStatement, statement_of
from services.statement import monthly_statement

Month = Annotated[str, strawberry.argument(description="Such as 2026-03; one that has begun.")]


@strawberry.type
class StatementQueries:
    """What was worked."""

    @strawberry.field(description="What was worked in a month of a contract of yours.")
    async def monthly_statement(
        self, info: Info, contract_id: NodeId, month: Month
    ) -> MonthlyStatement | None:
        """Nothing for whoever does not see the contract."""
        context = info.context
        key = context.uuid_of(contract_id, "contract", "contractId")
        try:
            found = await monthly_statement(context.viewer, key, month)
        except (NotFound, SignInRequired):
            return None
        ids = {
            line.appointment_id: context.id_of("appointment", line.appointment_id)
            for line in found.lines
        }
        return statement_of(found, ids, context.language)
