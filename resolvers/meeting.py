"""Root fields about meetings."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import strawberry

from models import meeting as models
from resolvers.outcome import answered, key_of, latest, outcome
from schema.connection import Connection
from schema.context import Info
from schema.meeting import Meeting
from schema.meeting_input import (
    CancelMeetingInput,
    ChooseMeetingInput,
    ConfirmMeetingInput,
    MeetingFilter,
    MeetingPayload,
    MoveMeetingInput,
    ProposeMeetingsInput,
    RecordMeetingInput,
)
from schema.node import Given
from schema.plan.field import by_id, connection
from services import meeting as services
from services import meeting_end as ends
from services import meeting_proposal as proposals

Change = Callable[..., Awaitable[Any]]
_Given = (
    MoveMeetingInput
    | ChooseMeetingInput
    | ConfirmMeetingInput
    | CancelMeetingInput
    | RecordMeetingInput
)


@strawberry.type
class MeetingQueries:
    """Reading meetings."""

    meeting: Meeting | None = by_id("A meeting, if it is yours to see.")
    meetings: Connection[Meeting] = connection(
        "The meetings you come to, or all of them for staff.",
        rows=models.Meeting.visible_to,
        where=MeetingFilter,
        sortable=True,
    )


@strawberry.type
class MeetingMutations:
    """Arranging meetings."""

    @strawberry.mutation(description="Propose dates for a meeting, first or in place of others.")
    async def propose_meetings(
        self, info: Info, input: Given[ProposeMeetingsInput]
    ) -> MeetingPayload:
        """F22, F23."""

        async def work() -> Meeting:
            row = await proposals.propose_meetings(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.match_id, "match", "matchId"),
                input.kind,
                _proposal(input),
                input.if_version,
            )
            return await answered(info, Meeting, row.id)

        return await outcome(info, work)

    @strawberry.mutation(description="Propose other dates for an open meeting of yours.")
    async def move_meeting(self, info: Info, input: Given[MoveMeetingInput]) -> MeetingPayload:
        """F23."""
        return await _change(info, input, proposals.move_meeting, _proposal(input))

    @strawberry.mutation(description="Choose one of the dates that the other side has proposed.")
    async def choose_meeting(self, info: Info, input: Given[ChooseMeetingInput]) -> MeetingPayload:
        """F22, F23."""

        async def case(viewer: Any, key: str | None, meeting: UUID, version: int | None) -> Any:
            date = info.context.uuid_of(input.date_id, "meetingdate", "dateId")
            return await services.choose_meeting(viewer, key, meeting, date, version)

        return await _change(info, input, case)

    @strawberry.mutation(description="Say that you come to the chosen date.")
    async def confirm_meeting(
        self, info: Info, input: Given[ConfirmMeetingInput]
    ) -> MeetingPayload:
        """F23."""
        return await _change(info, input, services.confirm_meeting)

    @strawberry.mutation(description="Cancel a meeting; the match stays as it is.")
    async def cancel_meeting(self, info: Info, input: Given[CancelMeetingInput]) -> MeetingPayload:
        """F22, F23."""
        return await _change(info, input, ends.cancel_meeting, input.reason)

    @strawberry.mutation(description="Say what became of a meeting.")
    async def record_meeting(self, info: Info, input: Given[RecordMeetingInput]) -> MeetingPayload:
        """F23."""
        return await _change(info, input, ends.record_meeting, input.outcome)


def _proposal(given: ProposeMeetingsInput | MoveMeetingInput) -> proposals.Proposal:
    return proposals.Proposal(tuple(given.dates), given.minutes, given.place or "")


async def _change(info: Info, given: _Given, case: Change, *said: object) -> MeetingPayload:
    async def work() -> Meeting:
        row = await case(
            info.context.viewer,
            key_of(info, given.idempotency_key),
            info.context.uuid_of(given.meeting_id, "meeting", "meetingId"),
            *said,
            given.if_version,
        )
        return await answered(info, Meeting, row.id)

    return await outcome(info, work, lambda: latest(info, Meeting, given.meeting_id))
