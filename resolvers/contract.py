"""Root fields about contracts."""

import strawberry

from models import contract as models
from resolvers.outcome import answered, key_of, latest, outcome
from schema.connection import Connection
from schema.context import Info
from schema.contract import Contract
from schema.contract_input import (
    ConsentToContractInput,
    ContractFilter,
    ContractPayload,
    DraftContractInput,
    EndContractInput,
)
from schema.node import Given
from schema.plan.field import by_id, connection
from services import contract as services
from services import contract_end as ends


@strawberry.type
class ContractQueries:
    """Reading contracts."""

    contract: Contract | None = by_id("A contract, if it is yours to see.")
    contracts: Connection[Contract] = connection(
        "The contracts you may see, drafts and ended ones too.",
        rows=models.Contract.visible_to,
        where=ContractFilter,
        sortable=True,
    )


@strawberry.type
class ContractMutations:
    """Writing down, agreeing, ending."""

    @strawberry.mutation(description="Write a contract's terms down, or change them.")
    async def draft_contract(self, info: Info, input: Given[DraftContractInput]) -> ContractPayload:
        """F24."""

        async def work() -> Contract:
            row = await services.draft_contract(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.match_id, "match", "matchId"),
                input.terms(),
                input.if_version,
            )
            return await answered(info, Contract, row.id)

        return await outcome(info, work)

    @strawberry.mutation(description="Say yes to the terms; with both yeses the contract holds.")
    async def consent_to_contract(
        self, info: Info, input: Given[ConsentToContractInput]
    ) -> ContractPayload:
        """F24."""

        async def work() -> Contract:
            row = await services.consent_to_contract(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.contract_id, "contract", "contractId"),
                input.if_version,
            )
            return await answered(info, Contract, row.id)

        return await outcome(info, work, lambda: latest(info, Contract, input.contract_id))

    @strawberry.mutation(description="Say on which day a contract ends.")
    async def end_contract(self, info: Info, input: Given[EndContractInput]) -> ContractPayload:
        """F24."""

        async def work() -> Contract:
            row = await ends.end_contract(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.contract_id, "contract", "contractId"),
                input.ends_on,
                input.reason,
                input.if_version,
            )
            return await answered(info, Contract, row.id)

        return await outcome(info, work, lambda: latest(info, Contract, input.contract_id))
