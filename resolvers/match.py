"""Root fields about matches."""

from typing import Any

import strawberry

from models import match as models
from resolvers.outcome import answered, key_of, latest, outcome
from schema.connection import Connection
from schema.context import Info
from schema.match import Match
from schema.node import Given
from schema.order_input import MatchFilter, MatchInput, MatchPayload
from schema.plan.field import by_id, connection
from services import commission
from services import match as services


@strawberry.type
class MatchQueries:
    """Reading matches."""

    match: Match | None = by_id("A match, if it is yours to see.")
    matches: Connection[Match] = connection(
        "The matches you may see.",
        rows=models.Match.visible_to,
        where=MatchFilter,
        sortable=True,
    )


@strawberry.type
class MatchMutations:
    """Answering orders, and deciding for an answer."""

    @strawberry.mutation(description="Say yes to an order; from now on the seeker sees you.")
    async def accept_order(self, info: Info, input: Given[MatchInput]) -> MatchPayload:
        """F18."""
        return await _change(info, input, services.accept_order)

    @strawberry.mutation(description="Say no to an order.")
    async def decline_order(self, info: Info, input: Given[MatchInput]) -> MatchPayload:
        """F18."""
        return await _change(info, input, services.decline_order)

    @strawberry.mutation(description="Take a yes back before anybody was commissioned.")
    async def withdraw_acceptance(self, info: Info, input: Given[MatchInput]) -> MatchPayload:
        """F18."""
        return await _change(info, input, services.withdraw_acceptance)

    @strawberry.mutation(description="Ask a provider that said yes for somebody who comes.")
    async def send_inquiry(self, info: Info, input: Given[MatchInput]) -> MatchPayload:
        """F19."""
        return await _change(info, input, commission.send_inquiry)

    @strawberry.mutation(description="Award your order to an assistant who said yes: binding.")
    async def award_order(self, info: Info, input: Given[MatchInput]) -> MatchPayload:
        """F20."""
        return await _change(info, input, commission.award_order)


async def _change(info: Info, given: MatchInput, service: Any) -> MatchPayload:
    async def work() -> Match:
        row = await service(
            info.context.viewer,
            key_of(info, given.idempotency_key),
            info.context.uuid_of(given.match_id, "match", "matchId"),
            given.if_version,
        )
        return await answered(info, Match, row.id)

    return await outcome(info, work, lambda: latest(info, Match, given.match_id))
