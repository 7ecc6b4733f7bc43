"""Root fields about sessions, forgotten passwords and suspended accounts."""

import strawberry
from strawberry import ID

from models.session import Session as Row
from resolvers.outcome import answered, key_of, latest, outcome
from resolvers.user import gate_of, said
from schema.context import Info
from schema.node import Given
from schema.session import (
    PasswordReset,
    ReinstateAccountInput,
    RequestPasswordResetInput,
    ResetPasswordInput,
    ResetPasswordPayload,
    RevokeOtherSessionsInput,
    RevokeSessionInput,
    Session,
    SessionsChanged,
    SessionsPayload,
    SuspendAccountInput,
)
from schema.user import User
from schema.user_input import LinkSent, RequestEmailConfirmationPayload, UserPayload
from services import clock, password_reset, suspension
from services.session import sessions_of
from services.user import end_other_sessions, end_session


def _session(info: Info, row: Row) -> Session:
    return Session(
        id=ID(info.context.id_of("session", row.id)),
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        expires_at=row.expires_at,
        current=row.id == info.context.viewer.session_id,
    )


async def _sessions(info: Info) -> list[Session]:
    return [_session(info, row) for row in await sessions_of(info.context.viewer, clock.now())]


@strawberry.type
class SessionQueries:
    """Reading one's sessions."""

    @strawberry.field(description="Your sessions that are in force, the newest first.")
    async def sessions(self, info: Info) -> list[Session]:
        """Nobody else's, whoever asks."""
        return await _sessions(info)


@strawberry.type
class SessionMutations:
    """Ending sessions, setting a new password, stopping accounts."""

    @strawberry.mutation(description="End one of your sessions, on another device for example.")
    async def revoke_session(self, info: Info, input: Given[RevokeSessionInput]) -> SessionsPayload:
        """Ending it twice changes nothing."""

        async def work() -> SessionsChanged:
            session = info.context.uuid_of(input.session_id, "session", "sessionId")
            await end_session(info.context.viewer, key_of(info, input.idempotency_key), session)
            message = said(info, "session_ended", "message")
            return SessionsChanged(message=message, sessions=await _sessions(info))

        return await outcome(info, work)

    @strawberry.mutation(description="End all of your sessions but this one.")
    async def revoke_other_sessions(
        self, info: Info, input: Given[RevokeOtherSessionsInput]
    ) -> SessionsPayload:
        """After a lost device."""

        async def work() -> SessionsChanged:
            await end_other_sessions(info.context.viewer, key_of(info, input.idempotency_key))
            message = said(info, "session_ended", "message")
            return SessionsChanged(message=message, sessions=await _sessions(info))

        return await outcome(info, work)

    @strawberry.mutation(description="Ask for a link with which a new password can be set.")
    async def request_password_reset(
        self, info: Info, input: Given[RequestPasswordResetInput]
    ) -> RequestEmailConfirmationPayload:
        """F5."""

        async def work() -> LinkSent:
            key = key_of(info, input.idempotency_key)
            viewer, gate = info.context.viewer, gate_of(info)
            await password_reset.request_password_reset(viewer, key, input.email, gate)
            return LinkSent(
                message=said(info, "reset_sent", "message"),
                next_step=said(info, "reset_sent", "next_step"),
            )

        return await outcome(info, work)

    @strawberry.mutation(description="Set a new password with the link of a mail.")
    async def reset_password(
        self, info: Info, input: Given[ResetPasswordInput]
    ) -> ResetPasswordPayload:
        """F5."""

        async def work() -> PasswordReset:
            key = key_of(info, input.idempotency_key)
            viewer, gate = info.context.viewer, gate_of(info)
            await password_reset.reset_password(viewer, key, input.token, input.password, gate)
            return PasswordReset(
                message=said(info, "password_reset", "message"),
                next_step=said(info, "password_reset", "next_step"),
            )

        return await outcome(info, work)

    @strawberry.mutation(description="Stop an account for the time being.")
    async def suspend_account(self, info: Info, input: Given[SuspendAccountInput]) -> UserPayload:
        """F9."""

        async def work() -> User:
            row = await suspension.suspend_account(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.user_id, "user", "userId"),
                input.reason,
                input.if_version,
            )
            return await answered(info, User, row.id)

        return await outcome(info, work, lambda: latest(info, User, input.user_id))

    @strawberry.mutation(description="Let a suspended account go on.")
    async def reinstate_account(
        self, info: Info, input: Given[ReinstateAccountInput]
    ) -> UserPayload:
        """F9."""

        async def work() -> User:
            row = await suspension.reinstate_account(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.user_id, "user", "userId"),
                input.if_version,
            )
            return await answered(info, User, row.id)

        return await outcome(info, work, lambda: latest(info, User, input.user_id))
