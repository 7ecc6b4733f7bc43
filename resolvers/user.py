"""Root fields about accounts."""

import strawberry

from models import user as models
from notifications.language import text
from resolvers.outcome import answered, key_of, latest, outcome
from schema.connection import Connection
from schema.context import Info
from schema.node import Given
from schema.plan.field import connection
from schema.plan.field import current as current_object
from schema.user import User, Viewer
from schema.user_input import (
    AccountFilter,
    ConfirmEmailInput,
    ConfirmEmailPayload,
    EmailConfirmed,
    LinkSent,
    RecordIdentityCheckInput,
    ReleaseAccountInput,
    RequestEmailConfirmationInput,
    RequestEmailConfirmationPayload,
    SessionTransport,
    SignedIn,
    SignedOut,
    SignInInput,
    SignInPayload,
    SignOutInput,
    SignOutPayload,
    UserPayload,
)
from services import registration
from services import user as services
from services.gate import Gate
from services.session import token_of, viewer_of


def gate_of(info: Info) -> Gate:
    """The door that a request knocks at."""
    return Gate(info.context.keys, info.context.limiter, info.context.client_address)


def said(info: Info, section: str, name: str) -> str:
    """A sentence of the answers, in the reader's language."""
    return text(f"answers.{section}.{name}", info.context.language)


@strawberry.type
class UserQueries:
    """Reading accounts."""

    viewer: Viewer = current_object("Who you are, and what happens next.")
    accounts: Connection[User] = connection(
        "All accounts for staff, else your own.",
        rows=models.User.visible_to,
        where=AccountFilter,
        sortable=True,
    )


@strawberry.type
class AccessMutations:
    """Getting in."""

    @strawberry.mutation(description="Use up the link of a confirmation mail.")
    async def confirm_email(
        self, info: Info, input: Given[ConfirmEmailInput]
    ) -> ConfirmEmailPayload:
        """F5."""

        async def work() -> EmailConfirmed:
            key = key_of(info, input.idempotency_key)
            viewer, gate = info.context.viewer, gate_of(info)
            await registration.confirm_email(viewer, key, input.token, gate)
            return EmailConfirmed(
                message=said(info, "email_confirmed", "message"),
                next_step=said(info, "email_confirmed", "next_step"),
            )

        return await outcome(info, work)

    @strawberry.mutation(description="Ask for another confirmation mail.")
    async def request_email_confirmation(
        self,
        info: Info,
        input: Given[RequestEmailConfirmationInput],
    ) -> RequestEmailConfirmationPayload:
        """F5."""

        async def work() -> LinkSent:
            key = key_of(info, input.idempotency_key)
            viewer, gate = info.context.viewer, gate_of(info)
            await registration.request_confirmation(viewer, key, input.email, gate)
            return LinkSent(
                message=said(info, "link_sent", "message"),
                next_step=said(info, "link_sent", "next_step"),
            )

        return await outcome(info, work)

    @strawberry.mutation(description="Begin a session.")
    async def sign_in(self, info: Info, input: Given[SignInInput]) -> SignInPayload:
        """A new session id at each sign-in."""

        async def work() -> SignedIn:
            key = key_of(info, input.idempotency_key)
            session = await services.sign_in(
                info.context.viewer, key, input.email, input.password, gate_of(info), input.code
            )
            token = token_of(session.id, info.context.keys)
            viewer = await viewer_of(token, session.last_seen_at)
            info.context.become(viewer)
            by_cookie = input.transport is SessionTransport.COOKIE
            info.context.new_session_token = token if by_cookie else None
            return SignedIn(
                viewer=await info.context.reader.viewer(Viewer),
                token=None if by_cookie else token,
                expires_at=session.expires_at,
            )

        return await outcome(info, work)

    @strawberry.mutation(description="End your session.")
    async def sign_out(self, info: Info, input: Given[SignOutInput]) -> SignOutPayload:
        """The cookie goes too."""

        async def work() -> SignedOut:
            await services.sign_out(info.context.viewer, key_of(info, input.idempotency_key))
            info.context.session_ended = True
            return SignedOut(message=said(info, "signed_out", "message"))

        return await outcome(info, work)


@strawberry.type
class DeskMutations:
    """What customer service does with accounts."""

    @strawberry.mutation(description="Record that a document was presented.")
    async def record_identity_check(
        self,
        info: Info,
        input: Given[RecordIdentityCheckInput],
    ) -> UserPayload:
        """F8."""

        async def work() -> User:
            row = await services.record_identity_check(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.user_id, "user", "userId"),
                input.document,
                input.verdict,
                input.checked_on,
            )
            return await answered(info, User, row.id)

        return await outcome(info, work)

    @strawberry.mutation(description="Release an account, so that it may take part.")
    async def release_account(self, info: Info, input: Given[ReleaseAccountInput]) -> UserPayload:
        """F9."""

        async def work() -> User:
            row = await services.release_account(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.user_id, "user", "userId"),
                input.if_version,
            )
            return await answered(info, User, row.id)

        return await outcome(info, work, lambda: latest(info, User, input.user_id))
