"""What a client says about orders and matches, and what it is answered."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from domain.order import Interval, OrderKind
from domain.states import MatchState, OrderState
from domain.window import Window
from schema.match import Match
from schema.order import Order
from schema.refusal import Refusals
from schema.scalar import LocalTime

KEY = "Repeating a request with the same key and input gives the same answer, once."


@strawberry.input(description="A time on one weekday; a start after the end crosses midnight.")
class TimeWindowInput:
    """Overlapping windows are merged."""

    weekday: int = strawberry.field(description="1 is Monday, 7 is Sunday.")
    start: LocalTime = strawberry.field(description='"HH:MM" on the quarter hour.')
    end: LocalTime = strawberry.field(description='"HH:MM" on the quarter hour, "24:00" allowed.')

    def window(self) -> Window:
        """As the domain knows it."""
        return Window(self.weekday, self.start, self.end)


@strawberry.input(description="A quality that an order asks for.")
class AskedQualityInput:
    """Said twice, the must counts."""

    code: str = strawberry.field(description="The quality's code.")
    must: bool = strawberry.field(
        default=False, description="Nobody without it is asked; else it is a wish."
    )


@strawberry.input(description="What both a new draft and a change may say.")
class OrderFields:
    """Left out means: as in the profile, or as it is; null empties what may be empty."""

    duration_minutes: int | None = strawberry.field(
        default=strawberry.UNSET, description="15 to 1440; 60 if left out."
    )
    description: str | None = strawberry.field(
        default=strawberry.UNSET, description="What people who fit will read."
    )
    activities: list[str] | None = strawberry.field(
        default=strawberry.UNSET, description="Codes of activities."
    )
    qualities: list[AskedQualityInput] | None = strawberry.field(
        default=strawberry.UNSET, description="What people should be like."
    )
    personal_reason: bool | None = strawberry.field(
        default=strawberry.UNSET,
        description="There is a personal reason for asking for a gender; which one is not asked.",
    )
    windows: list[TimeWindowInput] | None = strawberry.field(
        default=strawberry.UNSET, description="When it is wanted."
    )
    needs_driving: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Fahrdienst is needed."
    )
    starts_at: datetime | None = strawberry.field(
        default=strawberry.UNSET, description="One-off: when it begins, with its zone."
    )
    start_date: date | None = strawberry.field(
        default=strawberry.UNSET, description="Recurring: the first day."
    )
    interval: Interval | None = strawberry.field(
        default=strawberry.UNSET, description="Recurring: counted in what."
    )
    count: int | None = strawberry.field(
        default=strawberry.UNSET, description="Recurring: appointments per interval."
    )
    max_distance_km: int | None = strawberry.field(
        default=strawberry.UNSET, description="How far away people may live."
    )


@strawberry.input(description="A new draft; windows and description begin as in the profile.")
class CreateOrderInput(OrderFields):
    """Left out means: as in the profile, or nothing."""

    kind: OrderKind = strawberry.field(description="One-off or recurring.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A change of a draft; what is left out stays as it is.")
class UpdateOrderInput(OrderFields):
    """Null empties a field that may be empty."""

    order_id: strawberry.ID = strawberry.field(description="The draft.")
    if_version: int | None = strawberry.field(
        default=None, description="Refused as stale unless this is the present version."
    )
    kind: OrderKind | None = strawberry.field(
        default=strawberry.UNSET, description="Switching clears the other kind's fields."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A change of an order that people are asked for already.")
class AmendOrderInput(UpdateOrderInput):
    """Other times or another place ask everybody again."""


@strawberry.input(description="An order, by id.")
class OrderInput:
    """For releasing, renewing, copying, withdrawing and taking needs over."""

    order_id: strawberry.ID = strawberry.field(description="The order.")
    if_version: int | None = strawberry.field(
        default=None, description="Refused as stale unless this is the present version."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A match, by id.")
class MatchInput:
    """For accepting, declining, taking back and commissioning."""

    match_id: strawberry.ID = strawberry.field(description="The match.")
    if_version: int | None = strawberry.field(
        default=None, description="Refused as stale unless this is the present version."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Which orders.")
class OrderFilter:
    """Conditions hold together; `or` and `not` take more of the same."""

    state: list[OrderState] | None = strawberry.field(
        default=None, description="In one of these states."
    )
    kind: OrderKind | None = strawberry.field(default=None, description="Of this kind.")
    and_: list["OrderFilter"] | None = strawberry.field(
        default=None, name="and", description="All of these hold too."
    )
    or_: list["OrderFilter"] | None = strawberry.field(
        default=None, name="or", description="At least one of these holds."
    )
    not_: "OrderFilter | None" = strawberry.field(
        default=None, name="not", description="This does not hold."
    )


@strawberry.input(description="Which matches.")
class MatchFilter:
    """Conditions hold together; `or` and `not` take more of the same."""

    state: list[MatchState] | None = strawberry.field(
        default=None, description="In one of these states."
    )
    order_id: strawberry.ID | None = strawberry.field(default=None, description="Of this order.")
    and_: list["MatchFilter"] | None = strawberry.field(
        default=None, name="and", description="All of these hold too."
    )
    or_: list["MatchFilter"] | None = strawberry.field(
        default=None, name="or", description="At least one of these holds."
    )
    not_: "MatchFilter | None" = strawberry.field(
        default=None, name="not", description="This does not hold."
    )


OrderPayload = Annotated[
    Order | Refusals,
    strawberry.union("OrderPayload", description="The order as it is now, or a refusal."),
]
MatchPayload = Annotated[
    Match | Refusals,
    strawberry.union("MatchPayload", description="The match as it is now, or a refusal."),
]
