"""Root fields about who belongs to a provider."""

from collections.abc import Awaitable, Callable
from typing import Any

import strawberry

from models.application import Application as Row
from resolvers.outcome import answered, key_of, outcome
from schema.application import (
    Application,
    ApplicationInput,
    ApplicationPayload,
    AttachToProviderInput,
)
from schema.connection import Connection
from schema.context import Info
from schema.node import Given
from schema.plan.field import connection
from services import application as services

Decision = Callable[..., Awaitable[Any]]


@strawberry.type
class ApplicationQueries:
    """What is to be decided."""

    applications: Connection[Application] = connection(
        "Applications that nobody has decided about: your own, and those to your provider.",
        rows=Row.open_ones,
    )


@strawberry.type
class ApplicationMutations:
    """Applying, deciding, leaving."""

    @strawberry.mutation(description="Apply to a provider, or accept its invitation.")
    async def attach_to_provider(
        self, info: Info, input: Given[AttachToProviderInput]
    ) -> ApplicationPayload:
        """1.4."""

        async def work() -> Application:
            row = await services.attach_to_provider(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.provider_id, "provider", "providerId"),
            )
            return await answered(info, Application, row.id)

        return await outcome(info, work)

    @strawberry.mutation(description="Take somebody in.")
    async def approve_application(
        self, info: Info, input: Given[ApplicationInput]
    ) -> ApplicationPayload:
        """1.5."""
        return await _decide(info, input, services.approve_application)

    @strawberry.mutation(description="Say no to somebody.")
    async def reject_application(
        self, info: Info, input: Given[ApplicationInput]
    ) -> ApplicationPayload:
        """1.5."""
        return await _decide(info, input, services.reject_application)

    @strawberry.mutation(description="Take your application back, or turn an invitation down.")
    async def withdraw_application(
        self, info: Info, input: Given[ApplicationInput]
    ) -> ApplicationPayload:
        """1.4."""
        return await _decide(info, input, services.withdraw_application)


async def _decide(info: Info, given: ApplicationInput, case: Decision) -> ApplicationPayload:
    async def work() -> Application:
        row = await case(
            info.context.viewer,
            key_of(info, given.idempotency_key),
            info.context.uuid_of(given.application_id, "application", "applicationId"),
            given.if_version,
        )
        return await answered(info, Application, row.id)

    return await outcome(info, work)
