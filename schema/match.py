"""Matches as the graph shows them: one order, one acceptor, and what can be done."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from domain import match as rules
from domain.match import AcceptorKind
from domain.states import MATCH, MatchState, OrderState
from domain.viewer import Role
from models import match as models
from schema import words
from schema.action import Action, action
from schema.context import Info
from schema.disclosed import disclosed
from schema.node import Node
from schema.person import Assistant
from schema.provider import Provider

if TYPE_CHECKING:
    from schema.order import Order


_NEAR_KM, _MIDDLE_KM = 5, 15


@disclosed
@strawberry.federation.type(
    keys=["id"], description="That an order and an acceptor fit, and how far they have come."
)
class Match(Node):
    """Rows are filtered by `visible_to`; persons behind it are on the ladder themselves."""

    row: strawberry.Private[models.Match]
    version: int = strawberry.field(description="Pass it as `ifVersion`.")
    state: MatchState = strawberry.field(description="Where it stands.")
    kind: AcceptorKind = strawberry.field(description="Whether an assistant or a provider.")
    created_at: datetime = strawberry.field(description="When it was found.")
    decided_at: datetime | None = strawberry.field(description="When it was answered.")

    @classmethod
    def of(cls, row: models.Match, info: Info) -> "Match":
        """The row as a type."""
        return cls(
            id=strawberry.ID(info.context.id_of("match", row.id)),
            row=row,
            version=row.version,
            state=row.state,
            kind=row.kind,
            created_at=row.created_at,
            decided_at=row.decided_at,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Match | None":
        """For gateways: the match, or null where the viewer may not see it."""
        row = await info.context.loaders.match_by_id.load(info.context.uuid_of(id, "match"))
        return None if row is None else cls.of(row, info)

    @strawberry.field(description="The state in the reader's language.")
    def state_label(self, info: Info) -> str:
        """For people."""
        return words.state("MATCH", self.row.state, info.context.language)

    @strawberry.field(description="The order, as far as the viewer may see it.")
    async def order(self, info: Info) -> Annotated["Order", strawberry.lazy("schema.order")] | None:
        """Null when it is no longer visible."""
        from schema.order import Order  # noqa: PLC0415  order and match name each other

        row = await info.context.loaders.order_by_id.load(self.row.order_id)
        return None if row is None else await Order.of(row, info)

    @strawberry.field(description="The assistant, from acceptance on.")
    async def assistant(self, info: Info) -> Assistant | None:
        """Null for a provider's match."""
        if self.row.assistant_id is None:
            return None
        row = await info.context.loaders.assistant_by_id.load(self.row.assistant_id)
        return None if row is None else await Assistant.of(row, info)

    @strawberry.field(description="The provider.")
    async def provider(self, info: Info) -> Provider | None:
        """Null for an assistant's match."""
        if self.row.provider_id is None:
            return None
        row = await info.context.loaders.provider_by_id.load(self.row.provider_id)
        return None if row is None else Provider.of(row, info)

    @strawberry.field(description="How far apart the two live, coarsely.")
    def distance_class(self, info: Info) -> str | None:
        """Null for a provider's match."""
        distance = self.row.distance_km
        if distance is None:
            return None
        near = "NEAR" if distance <= _NEAR_KM else "MIDDLE" if distance <= _MIDDLE_KM else "FAR"
        return words.enum("distance", near, info.context.language)

    @strawberry.field(description="What can be done with it: draw buttons from these.")
    async def available_actions(self, info: Info) -> list[Action]:
        """Decided by the kind of match, its state, the order's state and the viewer's role."""
        role = info.context.viewer.role
        order = await info.context.loaders.order_by_id.load(self.row.order_id)
        return [
            action(
                each.value,
                MATCH.roles(each.value),
                None if order is not None and self._allows(each, order.state, role) else "STATE",
                info.context.language,
            )
            for each in rules.actions_of(self.row.kind, role)
        ]

    def _allows(self, each: rules.MatchAction, order_state: OrderState, role: Role) -> bool:
        fits = rules.order_allows(each, order_state)
        return fits and rules.allows(each, self.row.kind, self.row.state, role)

    @strawberry.field(description="What happens next, in one sentence.")
    def next_step(self, info: Info) -> str:
        """From the viewer's side."""
        return words.match_step(self.row.state, info.context.viewer.role, info.context.language)
