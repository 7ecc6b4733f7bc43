"""Root fields about absences."""

import strawberry

from resolvers.outcome import answered, key_of, outcome
from schema.busy_input import AssistantPayload, CancelAbsenceInput, ReportAbsenceInput
from schema.context import Info
from schema.node import Given
from schema.person import Assistant
from services import busy as services


@strawberry.type
class BusyMutations:
    """When assistants have no time."""

    @strawberry.mutation(description="Say that an assistant is away; matching leaves it out.")
    async def report_absence(
        self, info: Info, input: Given[ReportAbsenceInput]
    ) -> AssistantPayload:
        """F14."""

        async def work() -> Assistant:
            who = input.assistant_id
            row = await services.report_absence(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                input.begins_at,
                input.ends_at,
                info.context.uuid_of(who, "assistant", "assistantId") if who else None,
            )
            return await answered(info, Assistant, row.assistant_id)

        return await outcome(info, work)

    @strawberry.mutation(description="Take an absence back.")
    async def cancel_absence(
        self, info: Info, input: Given[CancelAbsenceInput]
    ) -> AssistantPayload:
        """F14."""

        async def work() -> Assistant:
            row = await services.cancel_absence(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.busy_id, "busy", "busyId"),
            )
            return await answered(info, Assistant, row.assistant_id)

        return await outcome(info, work)
