"""Root fields about consents."""

import strawberry

from domain.consent import WITHDRAWABLE, needed
from domain.viewer import Role
from models.consent import Consent as Row
from resolvers.outcome import key_of, outcome
from resolvers.user import said
from schema.consent import (
    Agreement,
    ConsentsChanged,
    ConsentsPayload,
    ConsentText,
    GiveConsentsInput,
    WithdrawConsentInput,
)
from schema.context import Info
from schema.node import Given
from services import consent as services


async def texts_of(info: Info, role: Role) -> list[ConsentText]:
    """The present texts of a role, with when the viewer agreed to them."""
    standing = Row.filter(user_id=info.context.viewer.id, withdrawn_at__isnull=True)
    given = {(row.kind, row.version): row.given_at for row in await standing}
    shown = [services.shown(kind, info.context.language) for kind in needed(role)]
    return [
        ConsentText(
            kind=each.kind,
            version=each.version,
            title=each.title,
            text=each.text,
            withdrawable=each.kind in WITHDRAWABLE,
            given_at=given.get((each.kind, each.version)),
        )
        for each in shown
    ]


@strawberry.type
class ConsentQueries:
    """Reading the texts."""

    @strawberry.field(description="The texts that your role agrees to, and when you did.")
    async def consents(self, info: Info) -> list[ConsentText]:
        """None for staff and without a session; `form` has them for registering."""
        return await texts_of(info, info.context.viewer.role)

    @strawberry.field(
        description="Every text you have ever agreed to, in the very words, the newest first."
    )
    async def agreements(self, info: Info) -> list[Agreement]:
        """Older versions and withdrawn ones too; none for staff and without a session."""
        rows = Row.filter(user_id=info.context.viewer.id).order_by("-given_at", "-id")
        return [
            Agreement(
                kind=row.kind,
                version=row.version,
                language=row.text.language,
                title=row.text.title,
                text=row.text.text,
                given_at=row.given_at,
                withdrawn_at=row.withdrawn_at,
            )
            for row in await rows.prefetch_related("text")
        ]


@strawberry.type
class ConsentMutations:
    """Agreeing and withdrawing."""

    @strawberry.mutation(description="Agree to texts, in the versions that you have read.")
    async def give_consents(self, info: Info, input: Given[GiveConsentsInput]) -> ConsentsPayload:
        """F6."""

        async def work() -> ConsentsChanged:
            await services.give_consents(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                tuple(each.consent() for each in input.consents),
                info.context.language,
            )
            message = said(info, "consents_given", "message")
            return await _changed(info, message)

        return await outcome(info, work)

    @strawberry.mutation(description="Withdraw a consent; what it allowed stops.")
    async def withdraw_consent(
        self, info: Info, input: Given[WithdrawConsentInput]
    ) -> ConsentsPayload:
        """F6."""

        async def work() -> ConsentsChanged:
            key = key_of(info, input.idempotency_key)
            await services.withdraw_consent(info.context.viewer, key, input.kind)
            message = said(info, "consent_withdrawn", "message")
            return await _changed(info, message)

        return await outcome(info, work)


async def _changed(info: Info, message: str) -> ConsentsChanged:
    consents = await texts_of(info, info.context.viewer.role)
    return ConsentsChanged(message=message, consents=consents)
