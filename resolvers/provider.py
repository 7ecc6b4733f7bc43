"""Root fields about providers and those who speak for them."""

from uuid import UUID

import strawberry

from resolvers.outcome import answered, is_said, key_of, outcome
from resolvers.user import gate_of, said
from schema.context import Info
from schema.node import Given
from schema.provider import Provider
from schema.provider_input import (
    InvitationSent,
    InviteCoordinatorInput,
    InviteCoordinatorPayload,
    MembershipEnded,
    MembershipPayload,
    ProviderPayload,
    RecordRecognitionInput,
    RemoveAssistantInput,
    RemoveCoordinatorInput,
    SetCoordinatorRoleInput,
    SetPriceInput,
    UpdateProviderInput,
)
from services import application, team
from services import provider as services

_SAID = ("introduction", "email", "phone", "activities")


@strawberry.type
class ProviderMutations:
    """What a provider decides, and what customer service has seen of it."""

    @strawberry.mutation(description="Change what your provider says of itself.")
    async def update_provider(
        self, info: Info, input: Given[UpdateProviderInput]
    ) -> ProviderPayload:
        """1.5."""

        async def work() -> Provider:
            row = await services.update_provider(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                {name: getattr(input, name) for name in _SAID if is_said(getattr(input, name))},
                _places(info, input),
                input.accepted_payers if is_said(input.accepted_payers) else None,
                input.if_version,
            )
            return await answered(info, Provider, row.id)

        async def current() -> Provider | None:
            own = info.context.viewer.speaks_for
            return None if own is None else await info.context.reader.get(Provider, own)

        return await outcome(info, work, current)

    @strawberry.mutation(description="Say what an hour costs a payer from a day on.")
    async def set_price(self, info: Info, input: Given[SetPriceInput]) -> ProviderPayload:
        """1.5."""

        async def work() -> Provider:
            row = await services.set_price(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                input.payer,
                input.hourly_cents,
                input.valid_from,
            )
            return await answered(info, Provider, row.id)

        return await outcome(info, work)

    @strawberry.mutation(description="Record what a provider is recognised for; for staff.")
    async def record_recognition(
        self, info: Info, input: Given[RecordRecognitionInput]
    ) -> ProviderPayload:
        """1.5."""

        async def work() -> Provider:
            row = await services.record_recognition(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.provider_id, "provider", "providerId"),
                input.kind,
                input.valid_from,
                input.valid_until,
            )
            return await answered(info, Provider, row.id)

        return await outcome(info, work)


@strawberry.type
class TeamMutations:
    """Who speaks for a provider, and who belongs to it."""

    @strawberry.mutation(description="Invite somebody to speak for your provider.")
    async def invite_coordinator(
        self, info: Info, input: Given[InviteCoordinatorInput]
    ) -> InviteCoordinatorPayload:
        """1.5."""

        async def work() -> InvitationSent:
            await team.invite_coordinator(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                input.email,
                input.role,
                gate_of(info),
            )
            return InvitationSent(
                message=said(info, "coordinator_invited", "message"),
                next_step=said(info, "coordinator_invited", "next_step"),
            )

        return await outcome(info, work)

    @strawberry.mutation(description="Say whether a coordinator decides for the provider too.")
    async def set_coordinator_role(
        self, info: Info, input: Given[SetCoordinatorRoleInput]
    ) -> ProviderPayload:
        """1.5."""

        async def work() -> Provider:
            row = await team.set_coordinator_role(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.coordinator_id, "coordinator", "coordinatorId"),
                input.role,
            )
            return await answered(info, Provider, row.provider_id)

        return await outcome(info, work)

    @strawberry.mutation(description="Let somebody speak for the provider no longer.")
    async def remove_coordinator(
        self, info: Info, input: Given[RemoveCoordinatorInput]
    ) -> MembershipPayload:
        """1.5."""

        async def work() -> MembershipEnded:
            await team.remove_coordinator(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.coordinator_id, "coordinator", "coordinatorId"),
            )
            return MembershipEnded(message=said(info, "membership_ended", "message"))

        return await outcome(info, work)

    @strawberry.mutation(description="Part an assistant from the provider.")
    async def remove_assistant(
        self, info: Info, input: Given[RemoveAssistantInput]
    ) -> MembershipPayload:
        """1.4, 1.5."""

        async def work() -> MembershipEnded:
            await application.remove_assistant(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.assistant_id, "assistant", "assistantId"),
            )
            return MembershipEnded(message=said(info, "membership_ended", "message"))

        return await outcome(info, work)


def _places(info: Info, given: UpdateProviderInput) -> list[UUID] | None:
    if not is_said(given.municipality_ids):
        return None
    return [
        info.context.uuid_of(each, "municipality", "municipalityIds")
        for each in given.municipality_ids or ()
    ]
