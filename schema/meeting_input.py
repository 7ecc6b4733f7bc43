"""What a client says about meetings and calendars, and what it is answered."""

from datetime import datetime
from typing import Annotated

import strawberry

from domain.meeting import MeetingKind, MeetingOutcome, MeetingReason
from domain.states import MeetingState
from schema.disclosed import disclosed
from schema.meeting import Meeting
from schema.order_input import KEY
from schema.refusal import Refusals

_VERSION = "Refused as stale unless this is the present version."
_WHICH = "Which meeting."
_DATES = "One to five instants with their zone, at which it could begin."
_PLACE = "Where; left out or empty: still open."


@strawberry.input(description="Dates for a meeting are proposed.")
class ProposeMeetingsInput:
    """They replace those that were proposed before."""

    match_id: strawberry.ID = strawberry.field(description="Of which match.")
    kind: MeetingKind = strawberry.field(description="What for.")
    minutes: int = strawberry.field(description="How long, 15 to 240.")
    dates: list[datetime] = strawberry.field(description=_DATES)
    place: str | None = strawberry.field(default=None, description=_PLACE)
    if_version: int | None = strawberry.field(default=None, description=_VERSION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Other dates for an open meeting.")
class MoveMeetingInput:
    """A confirmed date does not hold any more."""

    meeting_id: strawberry.ID = strawberry.field(description=_WHICH)
    minutes: int = strawberry.field(description="How long, 15 to 240.")
    dates: list[datetime] = strawberry.field(description=_DATES)
    place: str | None = strawberry.field(default=None, description=_PLACE)
    if_version: int | None = strawberry.field(default=None, description=_VERSION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="One of the dates is chosen.")
class ChooseMeetingInput:
    """By the side that has not proposed it."""

    meeting_id: strawberry.ID = strawberry.field(description=_WHICH)
    date_id: strawberry.ID = strawberry.field(description="Which of its dates.")
    if_version: int | None = strawberry.field(default=None, description=_VERSION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Somebody says to come to the chosen date.")
class ConfirmMeetingInput:
    """Whoever proposed or chose it has done so already."""

    meeting_id: strawberry.ID = strawberry.field(description=_WHICH)
    if_version: int | None = strawberry.field(default=None, description=_VERSION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A meeting is cancelled.")
class CancelMeetingInput:
    """The match stays as it is."""

    meeting_id: strawberry.ID = strawberry.field(description=_WHICH)
    reason: MeetingReason = strawberry.field(description="Why; nobody has to say more.")
    if_version: int | None = strawberry.field(default=None, description=_VERSION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="What became of a confirmed meeting.")
class RecordMeetingInput:
    """Once it has begun."""

    meeting_id: strawberry.ID = strawberry.field(description=_WHICH)
    outcome: MeetingOutcome = strawberry.field(description="How it was.")
    if_version: int | None = strawberry.field(default=None, description=_VERSION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Which meetings.")
class MeetingFilter:
    """Conditions hold together; `or` and `not` take more of the same."""

    state: list[MeetingState] | None = strawberry.field(
        default=None, description="In one of these states."
    )
    kind: list[MeetingKind] | None = strawberry.field(default=None, description="Of these kinds.")
    match_id: strawberry.ID | None = strawberry.field(default=None, description="Of this match.")
    starts_at_from: datetime | None = strawberry.field(
        default=None, description="Whose chosen date begins at this instant or later."
    )
    starts_at_until: datetime | None = strawberry.field(
        default=None, description="Whose chosen date begins before this instant."
    )
    and_: list["MeetingFilter"] | None = strawberry.field(
        default=None, name="and", description="All of these hold too."
    )
    or_: list["MeetingFilter"] | None = strawberry.field(
        default=None, name="or", description="At least one of these holds."
    )
    not_: "MeetingFilter | None" = strawberry.field(
        default=None, name="not", description="This does not hold."
    )


@strawberry.input(description="A secret address for one's own calendar program.")
class CreateCalendarFeedInput:
    """The same address as long as it is not revoked."""

    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="The address is to open nothing any more.")
class RevokeCalendarFeedInput:
    """The own one."""

    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@disclosed
@strawberry.type(description="The secret address of the own calendar.")
class CalendarFeed:
    """Whoever has it reads the dates."""

    address: str = strawberry.field(description="For a calendar program; keep it to yourself.")
    message: str = strawberry.field(description="What happened.")
    next_step: str = strawberry.field(description="What happens next.")


@disclosed
@strawberry.type(description="The address opens nothing any more.")
class CalendarFeedRevoked:
    """A new one can be had."""

    message: str = strawberry.field(description="What happened.")


MeetingPayload = Annotated[
    Meeting | Refusals,
    strawberry.union("MeetingPayload", description="The meeting as it is now, or a refusal."),
]
CalendarFeedPayload = Annotated[
    CalendarFeed | Refusals,
    strawberry.union("CalendarFeedPayload", description="The address, or a refusal."),
]
CalendarFeedRevokedPayload = Annotated[
    CalendarFeedRevoked | Refusals,
    strawberry.union("CalendarFeedRevokedPayload", description="Revoked, or a refusal."),
]
