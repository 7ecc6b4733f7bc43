"""What a client says about appointments, and what it is answered."""

from datetime import datetime
from typing import Annotated

import strawberry

from domain.appointment import CancelReason
from domain.appointment_state import AppointmentState
from schema.appointment import Appointment
from schema.disclosed import disclosed
from schema.order_input import KEY
from schema.refusal import Refusals

_STALE = "Refused as stale unless this is the present version."


@strawberry.input(description="A date of a contract is proposed.")
class ProposeAppointmentInput:
    """Both sides may; the client's own proposal is the client's yes."""

    contract_id: strawberry.ID = strawberry.field(description="Of which contract.")
    starts_at: datetime = strawberry.field(description="From when, with its zone.")
    ends_at: datetime = strawberry.field(description="Until when, with its zone.")
    assistant_id: strawberry.ID | None = strawberry.field(
        default=None, description="For a provider: who of its people comes, if not the usual one."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A yes to what was read: to a time and a person, or to hours.")
class AppointmentInput:
    """Nobody agrees to what was changed meanwhile."""

    appointment_id: strawberry.ID = strawberry.field(description="Which one.")
    if_version: int = strawberry.field(description="The version that was read.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Another time is proposed.")
class MoveAppointmentInput:
    """The other side decides anew."""

    appointment_id: strawberry.ID = strawberry.field(description="Which one.")
    starts_at: datetime = strawberry.field(description="From when, with its zone.")
    ends_at: datetime = strawberry.field(description="Until when, with its zone.")
    if_version: int | None = strawberry.field(default=None, description=_STALE)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="An appointment does not take place.")
class CancelAppointmentInput:
    """Nobody has to say more than the reason."""

    appointment_id: strawberry.ID = strawberry.field(description="Which one.")
    reason: CancelReason = strawberry.field(description="Why.")
    if_version: int | None = strawberry.field(default=None, description=_STALE)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="When somebody has worked.")
class RecordAppointmentInput:
    """Once more corrects it, until the client has confirmed it."""

    appointment_id: strawberry.ID = strawberry.field(description="Which one.")
    started_at: datetime = strawberry.field(description="From when, with its zone.")
    ended_at: datetime = strawberry.field(description="Until when, with its zone.")
    if_version: int | None = strawberry.field(default=None, description=_STALE)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Which appointments.")
class AppointmentFilter:
    """Conditions hold together; `or` and `not` take more of the same."""

    state: list[AppointmentState] | None = strawberry.field(
        default=None, description="In one of these states."
    )
    contract_id: strawberry.ID | None = strawberry.field(
        default=None, description="Of this contract."
    )
    starts_at_from: datetime | None = strawberry.field(
        default=None, description="That begin at this instant or later."
    )
    starts_at_until: datetime | None = strawberry.field(
        default=None, description="That begin before this instant."
    )
    and_: list["AppointmentFilter"] | None = strawberry.field(
        default=None, name="and", description="All of these hold too."
    )
    or_: list["AppointmentFilter"] | None = strawberry.field(
        default=None, name="or", description="At least one of these holds."
    )
    not_: "AppointmentFilter | None" = strawberry.field(
        default=None, name="not", description="This does not hold."
    )


@strawberry.input(description="Somebody is asked to stand in.")
class AskStandInInput:
    """Who is asked answers first; then the client decides."""

    appointment_id: strawberry.ID = strawberry.field(description="The one with the gap.")
    assistant_id: strawberry.ID = strawberry.field(description="One of its `standIns`.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@disclosed
@strawberry.type(description="Somebody who could stand in, the best first.")
class StandIn:
    """A client learns the name with the yes."""

    assistant_id: strawberry.ID = strawberry.field(description="Pass it to `askStandIn`.")
    first_name: str | None = strawberry.field(description="For the provider whose people it is.")
    distance_class: str | None = strawberry.field(description="How far apart the two live.")
    wishes: list[str] = strawberry.field(description="Which wishes of the order are met.")


@strawberry.input(description="Whether you would meet the other one again.")
class RecordTrustInput:
    """About two people, after a confirmed appointment of theirs; it may be changed."""

    appointment_id: strawberry.ID = strawberry.field(description="A confirmed one of yours.")
    would_meet_again: bool = strawberry.field(description="Told to nobody.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@disclosed
@strawberry.type(description="It is recorded, and told to nobody.")
class TrustRecorded:
    """Matching counts it once both have said yes."""

    message: str = strawberry.field(description="What happened.")


TrustPayload = Annotated[
    TrustRecorded | Refusals,
    strawberry.union("TrustPayload", description="Recorded, or a refusal."),
]
AppointmentPayload = Annotated[
    Appointment | Refusals,
    strawberry.union("AppointmentPayload", description="As it stands now, or a refusal."),
]
