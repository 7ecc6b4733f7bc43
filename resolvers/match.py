"""Root fields about matches."""

from typing import Annotated, Any

import strawberry

from models import match as models
from resolvers.outcome import condition, key_of, outcome
from schema.connection import DEFAULT_PAGE, After, Connection, First, OrderBy, Sorting, page_of
from schema.context import Info
from schema.match import Match
from schema.node import Given, NodeId
from schema.order_input import MatchFilter, MatchInput, MatchPayload
from services import match as services

Where = Annotated[MatchFilter | None, strawberry.argument(description="Which ones.")]


@strawberry.type
class MatchQueries:
    """Reading matches."""

    @strawberry.field(description="A match, if it is yours to see.")
    async def match(self, info: Info, id: NodeId) -> Match | None:
        """By id."""
        row = await info.context.loaders.match_by_id.load(info.context.uuid_of(id, "match"))
        return None if row is None else Match.of(row, info)

    @strawberry.field(description="The matches you may see.")
    async def matches(
        self,
        info: Info,
        first: First = DEFAULT_PAGE,
        after: After = None,
        where: Where = None,
        order_by: OrderBy = Sorting.NEWEST_FIRST,
    ) -> Connection[Match]:
        """By `visible_to`."""

        def leaf(each: MatchFilter) -> dict[str, Any]:
            found: dict[str, Any] = {}
            if each.state is not None:
                found["state__in"] = each.state
            if each.order_id is not None:
                found["order_id"] = info.context.uuid_of(each.order_id, "order", "orderId")
            return found

        rows = models.Match.visible_to(info.context.viewer).filter(condition(where, leaf))
        page = await page_of(rows, first, after, order_by)
        return Connection(page=page, make=lambda row: Match.of(row, info))


@strawberry.type
class MatchMutations:
    """Answering orders."""

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


async def _change(info: Info, given: MatchInput, service: Any) -> MatchPayload:
    async def work() -> Match:
        row = await service(
            info.context.viewer,
            key_of(info, given.idempotency_key),
            info.context.uuid_of(given.match_id, "match", "matchId"),
            given.if_version,
        )
        return Match.of(row, info)

    async def current() -> Match | None:
        key = info.context.uuid_of(given.match_id, "match")
        row = await info.context.loaders.match_by_id.load(key)
        return None if row is None else Match.of(row, info)

    return await outcome(info, work, current)
