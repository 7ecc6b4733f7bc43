"""Root fields about whom a provider names for an order."""

from collections.abc import Awaitable, Callable
from typing import Any

import strawberry

from domain.errors import NotFound
from models.nomination import Nomination as Row
from resolvers.outcome import answered, key_of, outcome
from schema.connection import Connection
from schema.context import Info
from schema.node import Given
from schema.nomination import (
    NominateAssistantInput,
    Nomination,
    NominationCandidate,
    NominationInput,
    NominationPayload,
)
from schema.plan.field import NodeId, connection
from services import nomination as services

Case = Callable[..., Awaitable[Any]]


@strawberry.type
class NominationQueries:
    """Who is named."""

    nominations: Connection[Nomination] = connection(
        "Who is named for your orders, or for what you yourself are named.", rows=Row.open_ones
    )

    @strawberry.field(description="Whom of your people you can name for an order now, by name.")
    async def nomination_candidates(
        self, info: Info, match_id: NodeId
    ) -> list[NominationCandidate]:
        """Nobody, where the match is not your provider's or nobody can be named; else why not."""
        context = info.context
        key = context.uuid_of(match_id, "match", "matchId")
        try:
            found = await services.nameable(context.viewer, key)
        except NotFound:
            return []
        return [
            NominationCandidate(
                assistant_id=strawberry.ID(context.id_of("assistant", each.id)),
                first_name=each.first_name,
                last_name=each.last_name,
            )
            for each in found
        ]


@strawberry.type
class NominationMutations:
    """Naming, choosing, leaving."""

    @strawberry.mutation(description="Name one of your people for an order you were asked for.")
    async def nominate_assistant(
        self, info: Info, input: Given[NominateAssistantInput]
    ) -> NominationPayload:
        """F19."""

        async def work() -> Nomination:
            row = await services.nominate_assistant(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.match_id, "match", "matchId"),
                info.context.uuid_of(input.assistant_id, "assistant", "assistantId"),
            )
            return await answered(info, Nomination, row.id)

        return await outcome(info, work)

    @strawberry.mutation(description="Choose who shall come to the introductory meeting.")
    async def choose_nominee(self, info: Info, input: Given[NominationInput]) -> NominationPayload:
        """F19."""
        return await _change(info, input, services.choose_nominee)

    @strawberry.mutation(description="Say no to an order you were named for.")
    async def decline_nomination(
        self, info: Info, input: Given[NominationInput]
    ) -> NominationPayload:
        """F19."""
        return await _change(info, input, services.decline_nomination)

    @strawberry.mutation(description="Name somebody no longer.")
    async def withdraw_nomination(
        self, info: Info, input: Given[NominationInput]
    ) -> NominationPayload:
        """F19."""
        return await _change(info, input, services.withdraw_nomination)


async def _change(info: Info, given: NominationInput, case: Case) -> NominationPayload:
    async def work() -> Nomination:
        row = await case(
            info.context.viewer,
            key_of(info, given.idempotency_key),
            info.context.uuid_of(given.nomination_id, "nomination", "nominationId"),
            given.if_version,
        )
        return await answered(info, Nomination, row.id)

    return await outcome(info, work)
