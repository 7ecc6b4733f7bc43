"""Sessions as their owner sees them, and what a client says about accounts that staff stop."""

from datetime import datetime
from typing import Annotated

import strawberry

from domain.suspension import SuspensionReason
from schema.disclosed import disclosed
from schema.order_input import KEY
from schema.refusal import Refusals


@disclosed
@strawberry.type(description="A sign-in that is still in force.")
class Session:
    """Shown to nobody but its owner."""

    id: strawberry.ID = strawberry.field(description="Pass it to `revokeSession`.")
    created_at: datetime = strawberry.field(description="When it began.")
    last_seen_at: datetime = strawberry.field(description="When it was last used, to the minute.")
    expires_at: datetime = strawberry.field(description="When it ends at the latest.")
    current: bool = strawberry.field(description="The one that asks.")


@strawberry.input(description="One of your sessions is ended.")
class RevokeSessionInput:
    """By id."""

    session_id: strawberry.ID = strawberry.field(description="Which one.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="All of your sessions but this one are ended.")
class RevokeOtherSessionsInput:
    """After a lost device."""

    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@disclosed
@strawberry.type(description="Your sessions as they are now.")
class SessionsChanged:
    """The newest first."""

    message: str = strawberry.field(description="What happened.")
    sessions: list[Session] = strawberry.field(description="Those that are left.")


@strawberry.input(description="A new password is wanted, because the old one is forgotten.")
class RequestPasswordResetInput:
    """Answered alike for every address."""

    email: str = strawberry.field(description="The address for signing in.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A new password is set with the link of a mail.")
class ResetPasswordInput:
    """Sent by a button, never by opening a link."""

    token: str = strawberry.field(description="What stands behind the link's #.")
    password: str = strawberry.field(description="The new one, at least 15 characters.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@disclosed
@strawberry.type(description="The new password holds, and every session has ended.")
class PasswordReset:
    """Sign in with it."""

    message: str = strawberry.field(description="What happened.")
    next_step: str = strawberry.field(description="What happens next.")


@strawberry.input(description="An account is stopped for the time being.")
class SuspendAccountInput:
    """Its sessions end at once."""

    user_id: strawberry.ID = strawberry.field(description="Which account.")
    reason: SuspensionReason = strawberry.field(description="For the record.")
    if_version: int | None = strawberry.field(
        default=None, description="Refused as stale unless this is the present version."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A suspended account goes on.")
class ReinstateAccountInput:
    """As before."""

    user_id: strawberry.ID = strawberry.field(description="Which account.")
    if_version: int | None = strawberry.field(
        default=None, description="Refused as stale unless this is the present version."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


SessionsPayload = Annotated[
    SessionsChanged | Refusals,
    strawberry.union("SessionsPayload", description="The sessions as they are now, or a refusal."),
]
ResetPasswordPayload = Annotated[
    PasswordReset | Refusals,
    strawberry.union("ResetPasswordPayload", description="Set, or a refusal."),
]
