"""What subscriptions deliver: thin events around objects that are read anew for each reader."""

from enum import Enum
from typing import Annotated

import strawberry

from schema.appointment import Appointment
from schema.disclosed import disclosed
from schema.hint import Hint
from schema.match import Match
from schema.order import Order


@strawberry.enum(description="What made an order's event.")
class OrderEventKind(Enum):
    """A subscription begins with a SNAPSHOT; changes that meet are one event of the latest kind."""

    SNAPSHOT = strawberry.enum_value("SNAPSHOT", description="The present state.")
    ORDER = strawberry.enum_value("ORDER", description="The order itself.")
    MATCH = strawberry.enum_value("MATCH", description="A match.")
    MEETING = strawberry.enum_value("MEETING", description="A meeting of one of its matches.")
    APPOINTMENT = strawberry.enum_value("APPOINTMENT", description="A date of its contract.")
    COUNT = strawberry.enum_value("COUNT", description="How many were asked or accepted.")


@disclosed
@strawberry.type(description="An order as it is now, and the match that changed, if one did.")
class OrderChanged:
    """Pass `eventId` as `after` to resume."""

    event_id: strawberry.ID = strawberry.field(description="Where the reader stands now.")
    kind: OrderEventKind = strawberry.field(description="What changed.")
    order: Order = strawberry.field(description="The order as it is now.")
    match_id: strawberry.ID | None = strawberry.field(
        description="Which match changed; it may be no longer yours to see."
    )
    match: Match | None = strawberry.field(description="The match that changed.")


@disclosed
@strawberry.type(description="Events have been missed that cannot be replayed: read again.")
class ResyncRequired:
    """Sent at most once, first."""

    event_id: strawberry.ID = strawberry.field(description="Where the reader stands now.")
    message: str = strawberry.field(description="What to do, in the reader's language.")


@disclosed
@strawberry.type(description="The live number while a draft is edited.")
class Availability:
    """How many assistants would be shown the order if it were released as it is."""

    event_id: strawberry.ID = strawberry.field(description="Where the reader stands now.")
    order_id: strawberry.ID = strawberry.field(description="The draft.")
    count: int = strawberry.field(description="The number of assistants.")
    exact: bool = strawberry.field(
        description="False: a small number, at most `count`, so that nobody is identified."
    )
    providers: int = strawberry.field(
        description="How many providers would be asked besides; `count` holds none of them."
    )
    hints: list[Hint] = strawberry.field(
        description="What would raise the number, the greatest help first."
    )


@disclosed
@strawberry.type(description="The subscription is listening; read the list once now.")
class SuggestionsReady:
    """Always the first event."""

    event_id: strawberry.ID = strawberry.field(description="Where the reader stands now.")


@disclosed
@strawberry.type(description="An order was suggested, answered or taken back.")
class SuggestionChanged:
    """Both null means: it is no longer yours to see, take it off the list."""

    event_id: strawberry.ID = strawberry.field(description="Where the reader stands now.")
    match_id: strawberry.ID = strawberry.field(description="Which match it is about.")
    order: Order | None = strawberry.field(description="The order as the viewer may see it.")
    match: Match | None = strawberry.field(description="The viewer's match with it.")


@disclosed
@strawberry.type(description="The subscription is listening; read the list once now.")
class AppointmentsReady:
    """Always the first event."""

    event_id: strawberry.ID = strawberry.field(description="Where the reader stands now.")


@disclosed
@strawberry.type(description="An appointment is new, or another than before.")
class AppointmentChanged:
    """Null means: it is no longer yours to see, take it off the list."""

    event_id: strawberry.ID = strawberry.field(description="Where the reader stands now.")
    appointment_id: strawberry.ID = strawberry.field(description="Which one.")
    appointment: Appointment | None = strawberry.field(description="As it is now.")


OrderEvent = Annotated[
    OrderChanged | ResyncRequired,
    strawberry.union("OrderEvent", description="What `orderChanged` delivers."),
]
SuggestionEvent = Annotated[
    SuggestionsReady | SuggestionChanged | ResyncRequired,
    strawberry.union("SuggestionEvent", description="What `suggestedOrdersChanged` delivers."),
]
