"""Root fields about plans of appointments."""

import strawberry

from resolvers.outcome import answered, key_of, outcome
from schema.appointment_plan import (
    AgreePlanInput,
    AppointmentPlan,
    AppointmentPlanPayload,
    EndPlanInput,
    PlanAppointmentsInput,
)
from schema.context import Info
from schema.node import Given
from services import appointment_plan as services


@strawberry.type
class AppointmentPlanMutations:
    """What comes again and again."""

    @strawberry.mutation(description="Propose a rule for a contract's dates.")
    async def plan_appointments(
        self, info: Info, input: Given[PlanAppointmentsInput]
    ) -> AppointmentPlanPayload:
        """P8."""

        async def work() -> AppointmentPlan:
            who = input.assistant_id
            row = await services.plan_appointments(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.contract_id, "contract", "contractId"),
                input.rule(),
                info.context.uuid_of(who, "assistant", "assistantId") if who else None,
            )
            return await answered(info, AppointmentPlan, row.id)

        return await outcome(info, work)

    @strawberry.mutation(description="Say yes to a rule, and to all of its dates.")
    async def agree_plan(self, info: Info, input: Given[AgreePlanInput]) -> AppointmentPlanPayload:
        """P1."""

        async def work() -> AppointmentPlan:
            row = await services.agree_plan(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.plan_id, "appointmentplan", "planId"),
                input.if_version,
            )
            return await answered(info, AppointmentPlan, row.id)

        return await outcome(info, work)

    @strawberry.mutation(description="End a rule; fixed dates stay until they are cancelled.")
    async def end_plan(self, info: Info, input: Given[EndPlanInput]) -> AppointmentPlanPayload:
        """P8."""

        async def work() -> AppointmentPlan:
            row = await services.end_plan(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.plan_id, "appointmentplan", "planId"),
            )
            return await answered(info, AppointmentPlan, row.id)

        return await outcome(info, work)
