"""Root fields about appointments."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.errors import DomainError, NotFound
from domain.meeting import Span
from domain.viewer import PARTIES, Role
from models import appointment as models
from resolvers.delivery import Event, Opened, Snapshot
from resolvers.live import Since, following, resync
from resolvers.outcome import answered, key_of, latest, outcome
from resolvers.user import said
from schema import words
from schema.appointment import Appointment
from schema.appointment_input import (
    AppointmentFilter,
    AppointmentInput,
    AppointmentPayload,
    AskStandInInput,
    CancelAppointmentInput,
    MoveAppointmentInput,
    ProposeAppointmentInput,
    RecordAppointmentInput,
    RecordTrustInput,
    StandIn,
    TrustPayload,
    TrustRecorded,
)
from schema.connection import Connection
from schema.context import Context, Info
from schema.live import AppointmentChanged, AppointmentsReady, ResyncRequired
from schema.match import distance_class
from schema.node import Given
from schema.plan.field import NodeId, by_id, connection
from services import appointment as services
from services import appointment_end as ends
from services import stand_in as gaps
from services.appointment_news import TOPIC
from services.live_queue import Resync
from services.trust import record_trust

AppointmentEvent = Annotated[
    AppointmentsReady | AppointmentChanged | ResyncRequired,
    strawberry.union("AppointmentEvent", description="What `appointmentsChanged` delivers."),
]
_Given = AppointmentInput | MoveAppointmentInput | CancelAppointmentInput | RecordAppointmentInput


@strawberry.type
class AppointmentQueries:
    """Reading appointments."""

    appointment: Appointment | None = by_id("An appointment, if it is yours to see.")
    appointments: Connection[Appointment] = connection(
        "The appointments you come to, or that are of your contracts.",
        rows=models.Appointment.visible_to,
        where=AppointmentFilter,
        sortable=True,
    )

    @strawberry.field(description="Who could stand in at an appointment with a gap, best first.")
    async def stand_ins(self, info: Info, appointment_id: NodeId) -> list[StandIn]:
        """Nobody, where nobody is missing or the viewer does not fill the gap."""
        context = info.context
        key = context.uuid_of(appointment_id, "appointment", "appointmentId")
        try:
            found = await gaps.stand_ins(context.viewer, key)
        except DomainError:
            return []
        return [
            StandIn(
                assistant_id=strawberry.ID(context.id_of("assistant", each.assistant_id)),
                first_name=each.first_name,
                distance_class=distance_class(each.distance_km, context.language),
                wishes=[words.quality(code, context.language) for code in each.met.split()],
            )
            for each in found
        ]


@strawberry.type
class AppointmentMutations:
    """Proposing, agreeing, moving, cancelling, recording, confirming."""

    @strawberry.mutation(description="Propose a date of a contract.")
    async def propose_appointment(
        self, info: Info, input: Given[ProposeAppointmentInput]
    ) -> AppointmentPayload:
        """P8."""

        async def work() -> Appointment:
            who = input.assistant_id
            row = await services.propose_appointment(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.contract_id, "contract", "contractId"),
                Span(input.starts_at, input.ends_at),
                info.context.uuid_of(who, "assistant", "assistantId") if who else None,
            )
            return await answered(info, Appointment, row.id)

        return await outcome(info, work)

    @strawberry.mutation(description="Say yes to a time and a person.")
    async def agree_appointment(
        self, info: Info, input: Given[AppointmentInput]
    ) -> AppointmentPayload:
        """P1."""
        return await _change(info, input, services.agree_appointment, input.if_version)

    @strawberry.mutation(description="Propose another time: both have to agree anew.")
    async def move_appointment(
        self, info: Info, input: Given[MoveAppointmentInput]
    ) -> AppointmentPayload:
        """P1."""
        span = Span(input.starts_at, input.ends_at)
        return await _change(info, input, services.move_appointment, span, input.if_version)

    @strawberry.mutation(description="Cancel an appointment, with a reason.")
    async def cancel_appointment(
        self, info: Info, input: Given[CancelAppointmentInput]
    ) -> AppointmentPayload:
        """P8."""
        case = ends.cancel_appointment
        return await _change(info, input, case, input.reason, input.if_version)

    @strawberry.mutation(description="Record from when until when somebody worked.")
    async def record_appointment(
        self, info: Info, input: Given[RecordAppointmentInput]
    ) -> AppointmentPayload:
        """P8."""
        span = Span(input.started_at, input.ended_at)
        return await _change(info, input, ends.record_appointment, span, input.if_version)

    @strawberry.mutation(description="Say yes to the recorded hours.")
    async def confirm_appointment(
        self, info: Info, input: Given[AppointmentInput]
    ) -> AppointmentPayload:
        """P8."""
        return await _change(info, input, ends.confirm_appointment, input.if_version)

    @strawberry.mutation(description="Ask somebody to stand in; the client decides in the end.")
    async def ask_stand_in(self, info: Info, input: Given[AskStandInInput]) -> AppointmentPayload:
        """P1."""

        async def work() -> Appointment:
            row = await gaps.ask_stand_in(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.appointment_id, "appointment", "appointmentId"),
                info.context.uuid_of(input.assistant_id, "assistant", "assistantId"),
            )
            return await answered(info, Appointment, row.id)

        return await outcome(info, work)

    @strawberry.mutation(description="Say whether you would meet the other one again.")
    async def record_trust(self, info: Info, input: Given[RecordTrustInput]) -> TrustPayload:
        """Nobody reads it."""

        async def work() -> TrustRecorded:
            await record_trust(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.appointment_id, "appointment", "appointmentId"),
                would_meet_again=input.would_meet_again,
            )
            return TrustRecorded(message=said(info, "trust_recorded", "message"))

        return await outcome(info, work)


@strawberry.type
class AppointmentSubscriptions:
    """Appointments as they change."""

    @strawberry.subscription(description="Appointments of yours that are new or have changed.")
    def appointments_changed(
        self, info: Info, after: Since = None
    ) -> AsyncGenerator[AppointmentEvent, None]:
        """The first event says that it listens: read the list then."""
        return following(_appointments, info.context, after)


async def _change(
    info: Info, given: _Given, case: Callable[..., Awaitable[Any]], *more: object
) -> AppointmentPayload:
    async def work() -> Appointment:
        row = await case(
            info.context.viewer,
            key_of(info, given.idempotency_key),
            info.context.uuid_of(given.appointment_id, "appointment", "appointmentId"),
            *more,
        )
        return await answered(info, Appointment, row.id)

    return await outcome(info, work, lambda: latest(info, Appointment, given.appointment_id))


async def _appointments(context: Context, after: str | None) -> Opened:
    key = _key_of(context)
    start = after or context.last_event_id or context.hub.cursor_now()
    return Opened(context.hub.follow([(TOPIC, key)], start), _appointment, Snapshot(start))


def _key_of(context: Context) -> UUID:
    viewer = context.viewer
    key = viewer.speaks_for if viewer.role is Role.COORDINATOR else viewer.id
    if viewer.role not in PARTIES or key is None:
        raise NotFound
    return key


async def _appointment(
    event: Event, context: Context
) -> AppointmentsReady | AppointmentChanged | ResyncRequired:
    if isinstance(event, Resync):
        return resync(event, context)
    event_id = strawberry.ID(event.event_id)
    if isinstance(event, Snapshot):
        return AppointmentsReady(event_id=event_id)
    return AppointmentChanged(
        event_id=event_id,
        appointment_id=strawberry.ID(context.id_of("appointment", event.aggregate)),
        appointment=context.reader.reference(Appointment, event.aggregate),
    )
