"""Root fields about acting for somebody else."""

from collections.abc import Awaitable, Callable
from typing import Any

import strawberry

from models.delegation import Delegation as Row
from resolvers.outcome import answered, key_of, outcome
from resolvers.user import gate_of
from schema.connection import Connection
from schema.context import Info
from schema.delegation import (
    Delegation,
    DelegationInput,
    DelegationPayload,
    GrantDelegationInput,
)
from schema.node import Given
from schema.plan.field import connection
from services import delegation as services

Change = Callable[..., Awaitable[Any]]


@strawberry.type
class DelegationQueries:
    """Who acts for whom."""

    delegations: Connection[Delegation] = connection(
        "Who may act for you and for whom you may, if it has not ended; all of them for staff.",
        rows=Row.open_ones,
    )


@strawberry.type
class DelegationMutations:
    """Asking, agreeing, ending."""

    @strawberry.mutation(description="Ask somebody to act for you.")
    async def grant_delegation(
        self, info: Info, input: Given[GrantDelegationInput]
    ) -> DelegationPayload:
        """F1."""

        async def work() -> Delegation:
            principal = input.user_id
            grant = services.Grant(
                email=input.email,
                kind=input.kind,
                valid_until=input.valid_until,
                principal_id=info.context.uuid_of(principal, "user", "userId")
                if principal
                else None,
            )
            key = key_of(info, input.idempotency_key)
            row = await services.grant_delegation(info.context.viewer, key, grant, gate_of(info))
            return await answered(info, Delegation, row.id)

        return await outcome(info, work)

    @strawberry.mutation(description="Agree to act for somebody who asked you.")
    async def accept_delegation(
        self, info: Info, input: Given[DelegationInput]
    ) -> DelegationPayload:
        """F1."""
        return await _change(info, input, services.accept_delegation)

    @strawberry.mutation(description="End it at once, from either side.")
    async def revoke_delegation(
        self, info: Info, input: Given[DelegationInput]
    ) -> DelegationPayload:
        """F1."""
        return await _change(info, input, services.revoke_delegation)


async def _change(info: Info, given: DelegationInput, case: Change) -> DelegationPayload:
    async def work() -> Delegation:
        row = await case(
            info.context.viewer,
            key_of(info, given.idempotency_key),
            info.context.uuid_of(given.delegation_id, "delegation", "delegationId"),
            given.if_version,
        )
        return await answered(info, Delegation, row.id)

    return await outcome(info, work)
