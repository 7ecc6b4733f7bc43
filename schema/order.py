"""Orders (Such-Aufträge) as the graph shows them to their owner, to acceptors and to staff."""

from datetime import date, datetime

import strawberry

from domain import order as rules
from domain.disclosure import Stage, stage_of
from domain.order import Interval, OrderAction, OrderKind
from domain.states import ORDER, OrderState
from domain.viewer import Role
from domain.window import windows_of
from models import match as match_models
from models import order as models
from schema import words
from schema.action import Action, action
from schema.connection import DEFAULT_PAGE, After, Connection, First, page_in_memory
from schema.context import Info
from schema.disclosed import disclosed
from schema.district import Activity, Municipality, TimeWindow, activity, time_window
from schema.match import Match
from schema.node import Node
from schema.person import Seeker


@disclosed
@strawberry.federation.type(keys=["id"], description="What a seeker looks for (Such-Auftrag).")
class Order(Node):
    """The owner and staff see all of it, acceptors what the ladder shows."""

    row: strawberry.Private[models.Order]
    stage: strawberry.Private[Stage]
    version: int = strawberry.field(description="Pass it as `ifVersion`.")
    state: OrderState | None = strawberry.field(description="Where it stands.")
    kind: OrderKind | None = strawberry.field(description="One-off or recurring.")
    description: str | None = strawberry.field(description="What people who fit will read.")
    duration_minutes: int | None = strawberry.field(description="How long one appointment takes.")
    needs_driving: bool | None = strawberry.field(description="Fahrdienst is needed.")
    starts_at: datetime | None = strawberry.field(description="One-off: when it begins.")
    start_date: date | None = strawberry.field(description="Recurring: the first day.")
    interval: Interval | None = strawberry.field(description="Recurring: counted in what.")
    count: int | None = strawberry.field(description="Recurring: appointments per interval.")
    max_distance_km: int | None = strawberry.field(description="How far away people may live.")
    created_at: datetime | None = strawberry.field(description="When it was begun.")
    released_at: datetime | None = strawberry.field(description="When it was released.")

    @classmethod
    async def of(cls, row: models.Order, info: Info) -> "Order":
        """The row as a type, at the viewer's stage."""
        return cls(
            id=strawberry.ID(info.context.id_of("order", row.id)),
            row=row,
            stage=await _stage(row, info),
            version=row.version,
            state=row.state,
            kind=row.kind,
            description=row.description,
            duration_minutes=row.duration_minutes,
            needs_driving=row.needs_driving,
            starts_at=row.starts_at,
            start_date=row.start_date,
            interval=row.interval,
            count=row.count,
            max_distance_km=row.max_distance_km,
            created_at=row.created_at,
            released_at=row.released_at,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Order | None":
        """For gateways: the order, or null where the viewer may not see it."""
        row = await info.context.loaders.order_by_id.load(info.context.uuid_of(id, "order"))
        return None if row is None else await cls.of(row, info)

    @strawberry.field(description="The state in the reader's language.")
    def state_label(self, info: Info) -> str | None:
        """For people."""
        return words.state("ORDER", self.row.state, info.context.language)

    @strawberry.field(description="When it is wanted.")
    def windows(self, info: Info) -> list[TimeWindow] | None:
        """Canonical."""
        found = windows_of(bytes(self.row.week))
        return [time_window(window, info.context.language) for window in found]

    @strawberry.field(description="What is to be done.")
    async def activities(self, info: Info) -> list[Activity] | None:
        """From the catalogue."""
        codes = await info.context.loaders.activities_by_order_id.load(self.row.id)
        return [activity(code, info.context.language) for code in sorted(codes)]

    @strawberry.field(description="Where, no closer than the municipality.")
    async def municipality(self, info: Info) -> Municipality | None:
        """The seeker's municipality when the order was created."""
        row = await info.context.loaders.municipality_by_id.load(self.row.municipality_id)
        return None if row is None else Municipality.of(row, info)

    @strawberry.field(description="Whose order it is, from a match on.")
    async def seeker(self, info: Info) -> Seeker | None:
        """On the ladder."""
        row = await info.context.loaders.seeker_by_id.load(self.row.seeker_id)
        return None if row is None else await Seeker.of(row, info)

    @strawberry.field(description="Who accepted (for the owner), oldest first.")
    async def matches(
        self, info: Info, first: First = DEFAULT_PAGE, after: After = None
    ) -> Connection[Match] | None:
        """For the owner nobody appears who has not accepted; staff see who was asked too."""
        rows = await info.context.loaders.matches_by_order_id.load(self.row.id)
        query = match_models.Match.visible_to(info.context.viewer).filter(order_id=self.row.id)
        page = page_in_memory(rows, query, first, after)
        return Connection(page=page, make=lambda row: Match.of(row, info))

    @strawberry.field(description="How many people and providers can see it and may answer.")
    async def suggested_count(self, info: Info) -> int | None:
        """A number only."""
        return await info.context.loaders.suggested_count_by_order_id.load(self.row.id)

    @strawberry.field(description="How many have accepted.")
    async def accepted_count(self, info: Info) -> int | None:
        """For the owner and staff."""
        return await info.context.loaders.accepted_count_by_order_id.load(self.row.id)

    @strawberry.field(description="The viewer's own match with it.")
    async def my_match(self, info: Info) -> Match | None:
        """For acceptors."""
        row = await info.context.loaders.my_match_by_order_id.load(self.row.id)
        return None if row is None else Match.of(row, info)

    @strawberry.field(description="The fields a draft still needs before it can be released.")
    async def draft_issues(self, info: Info) -> list[str] | None:
        """The client's names of the fields; empty once released."""
        return await self._missing(info)

    @strawberry.field(description="What can be done with it: draw buttons from these.")
    async def available_actions(self, info: Info) -> list[Action] | None:
        """For the owner; an acceptor's are on `myMatch`."""
        role = info.context.viewer.role
        if role is not Role.SEEKER:
            return []
        missing = await self._missing(info)
        return [
            action(
                each.value,
                ORDER.roles(each.value) or {Role.SEEKER},
                rules.blocked_reason(each, self.row.state, role, missing),
                info.context.language,
            )
            for each in OrderAction
        ]

    @strawberry.field(description="What happens next, in one sentence.")
    def next_step(self, info: Info) -> str | None:
        """From the viewer's side."""
        return words.order_step(self.row.state, info.context.viewer.role, info.context.language)

    async def _missing(self, info: Info) -> list[str]:
        if self.row.state is not OrderState.DRAFT:
            return []
        codes = await info.context.loaders.activities_by_order_id.load(self.row.id)
        return rules.missing_for_release(self.row.draft(codes))


async def _stage(row: models.Order, info: Info) -> Stage:
    viewer = info.context.viewer
    if viewer.is_staff:
        return Stage.STAFF
    if row.seeker_id == viewer.id:
        return Stage.OWN
    mine = await info.context.loaders.my_match_by_order_id.load(row.id)
    return stage_of([] if mine is None else [mine.state])
