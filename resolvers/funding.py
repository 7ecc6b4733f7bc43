"""Root fields about funding sources."""

from collections.abc import Awaitable, Callable
from typing import Any

import strawberry

from models import funding as models
from resolvers.outcome import answered, key_of, latest, outcome
from schema.connection import Connection
from schema.context import Info
from schema.contract import Contract
from schema.contract_input import ContractPayload
from schema.funding import FundingSource
from schema.funding_input import (
    ApproveFundingSourceInput,
    ChangeFundingSourceInput,
    CloseFundingSourceInput,
    EndFundingSourceInput,
    FundContractInput,
    FundingSourceFilter,
    FundingSourcePayload,
    RecordFundingSourceInput,
)
from schema.node import Given
from schema.plan.field import by_id, connection
from services import funding as services
from services.funding_charge import fund_contract

_Given = (
    ChangeFundingSourceInput
    | ApproveFundingSourceInput
    | CloseFundingSourceInput
    | EndFundingSourceInput
)


@strawberry.type
class FundingQueries:
    """Reading funding sources."""

    funding_source: FundingSource | None = by_id("A funding source, if it is yours to see.")
    funding_sources: Connection[FundingSource] = connection(
        "The funding sources on your file; those of everybody for staff.",
        rows=models.FundingSource.visible_to,
        where=FundingSourceFilter,
        sortable=True,
    )


@strawberry.type
class FundingMutations:
    """Keeping them up to date, and saying what they pay for."""

    @strawberry.mutation(description="Write a funding source down on your file.")
    async def record_funding_source(
        self, info: Info, input: Given[RecordFundingSourceInput]
    ) -> FundingSourcePayload:
        """F26."""

        async def work() -> FundingSource:
            row = await services.record_funding_source(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                input.terms.said(),
                input.approved_on,
            )
            return await answered(info, FundingSource, row.id)

        return await outcome(info, work)

    @strawberry.mutation(description="Write a funding source's terms anew.")
    async def change_funding_source(
        self, info: Info, input: Given[ChangeFundingSourceInput]
    ) -> FundingSourcePayload:
        """F26."""
        case = services.change_funding_source
        return await _change(info, input, case, input.terms.said())

    @strawberry.mutation(description="Note that a funding source was approved.")
    async def approve_funding_source(
        self, info: Info, input: Given[ApproveFundingSourceInput]
    ) -> FundingSourcePayload:
        """F26."""
        return await _change(info, input, services.approve_funding_source, input.approved_on)

    @strawberry.mutation(description="Note that the payer has refused.")
    async def refuse_funding_source(
        self, info: Info, input: Given[CloseFundingSourceInput]
    ) -> FundingSourcePayload:
        """F26."""
        return await _change(info, input, services.refuse_funding_source)

    @strawberry.mutation(description="Note that the application was taken back.")
    async def withdraw_funding_source(
        self, info: Info, input: Given[CloseFundingSourceInput]
    ) -> FundingSourcePayload:
        """F26."""
        return await _change(info, input, services.withdraw_funding_source)

    @strawberry.mutation(description="Note that a funding source has ended.")
    async def end_funding_source(
        self, info: Info, input: Given[EndFundingSourceInput]
    ) -> FundingSourcePayload:
        """F26."""
        return await _change(info, input, services.end_funding_source, input.ends_on)

    @strawberry.mutation(description="Say which sources pay for a contract's confirmed hours.")
    async def fund_contract(self, info: Info, input: Given[FundContractInput]) -> ContractPayload:
        """F26."""

        async def work() -> Contract:
            uuid_of = info.context.uuid_of
            row = await fund_contract(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                uuid_of(input.contract_id, "contract", "contractId"),
                [
                    uuid_of(each, "fundingsource", "fundingSourceIds")
                    for each in input.funding_source_ids
                ],
            )
            return await answered(info, Contract, row.id)

        return await outcome(info, work)


async def _change(
    info: Info, given: _Given, case: Callable[..., Awaitable[Any]], *more: object
) -> FundingSourcePayload:
    async def work() -> FundingSource:
        row = await case(
            info.context.viewer,
            key_of(info, given.idempotency_key),
            info.context.uuid_of(given.funding_source_id, "fundingsource", "fundingSourceId"),
            *more,
            given.if_version,
        )
        return await answered(info, FundingSource, row.id)

    return await outcome(info, work, lambda: latest(info, FundingSource, given.funding_source_id))
