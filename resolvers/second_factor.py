"""Root fields about the second factor."""

import strawberry

from models.user import User as Account
from resolvers.outcome import answered, key_of, outcome
from resolvers.user import gate_of, said
from schema.context import Info
from schema.node import Given
from schema.second_factor import (
    ConfirmSecondFactorInput,
    ConfirmSecondFactorPayload,
    RecoveryCodes,
    RecoveryCodesPayload,
    RemoveSecondFactorInput,
    RenewRecoveryCodesInput,
    ResetSecondFactorInput,
    SecondFactorConfirmed,
    SecondFactorPending,
    SetUpSecondFactorInput,
    SetUpSecondFactorPayload,
)
from schema.user import User, Viewer
from schema.user_input import SessionTransport, UserPayload
from services import second_factor as services
from services.session import token_of, viewer_of


@strawberry.type
class SecondFactorMutations:
    """Setting up, renewing and losing a second factor."""

    @strawberry.mutation(description="Begin to set up an authenticator app.")
    async def set_up_second_factor(
        self, info: Info, input: Given[SetUpSecondFactorInput]
    ) -> SetUpSecondFactorPayload:
        """The app counts after its first code."""

        async def work() -> SecondFactorPending:
            gate, key = gate_of(info), key_of(info, input.idempotency_key)
            factor = await services.set_up_second_factor(
                info.context.viewer, key, input.password, gate
            )
            secret = services.secret_of(gate.keys, factor.id, factor.pending or 0)
            user = await Account.get(id=factor.id)
            return SecondFactorPending(
                message=said(info, "factor_pending", "message"),
                next_step=said(info, "factor_pending", "next_step"),
                secret=secret,
                address=services.address_of(secret, user.email),
            )

        return await outcome(info, work)

    @strawberry.mutation(description="Show that the app works; from now on it counts.")
    async def confirm_second_factor(
        self, info: Info, input: Given[ConfirmSecondFactorInput]
    ) -> ConfirmSecondFactorPayload:
        """Every session ends; a new one begins."""

        async def work() -> SecondFactorConfirmed:
            gate, key = gate_of(info), key_of(info, input.idempotency_key)
            session = await services.confirm_second_factor(
                info.context.viewer, key, input.code, gate
            )
            token = token_of(session.id, gate.keys)
            info.context.become(await viewer_of(token, session.last_seen_at))
            by_cookie = input.transport is SessionTransport.COOKIE
            info.context.new_session_token = token if by_cookie else None
            return SecondFactorConfirmed(
                message=said(info, "factor_confirmed", "message"),
                next_step=said(info, "factor_confirmed", "next_step"),
                recovery_codes=await services.codes_of(gate.keys, session.user_id),
                viewer=await info.context.reader.viewer(Viewer),
                token=None if by_cookie else token,
                expires_at=session.expires_at,
            )

        return await outcome(info, work)

    @strawberry.mutation(description="Give out other recovery codes.")
    async def renew_recovery_codes(
        self, info: Info, input: Given[RenewRecoveryCodesInput]
    ) -> RecoveryCodesPayload:
        """The old ones are void."""

        async def work() -> RecoveryCodes:
            gate, key = gate_of(info), key_of(info, input.idempotency_key)
            viewer = info.context.viewer
            factor = await services.renew_recovery_codes(viewer, key, input.code, gate)
            return RecoveryCodes(
                message=said(info, "recovery_codes", "message"),
                recovery_codes=services.recovery_codes(gate.keys, factor),
            )

        return await outcome(info, work)

    @strawberry.mutation(description="Go on without a second factor.")
    async def remove_second_factor(
        self, info: Info, input: Given[RemoveSecondFactorInput]
    ) -> UserPayload:
        """Not for staff and coordinators."""

        async def work() -> User:
            gate, key = gate_of(info), key_of(info, input.idempotency_key)
            row = await services.remove_second_factor(info.context.viewer, key, input.code, gate)
            return await answered(info, User, row.id)

        return await outcome(info, work)

    @strawberry.mutation(description="Take the second factor off an account that has lost it.")
    async def reset_second_factor(
        self, info: Info, input: Given[ResetSecondFactorInput]
    ) -> UserPayload:
        """By the administration."""

        async def work() -> User:
            row = await services.reset_second_factor(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.user_id, "user", "userId"),
            )
            return await answered(info, User, row.id)

        return await outcome(info, work)
