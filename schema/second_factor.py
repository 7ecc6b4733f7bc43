"""The second factor: what a client says about it, and what it is answered."""

from datetime import datetime
from typing import Annotated

import strawberry

from schema.disclosed import disclosed
from schema.order_input import KEY
from schema.refusal import Refusals
from schema.user import Viewer
from schema.user_input import SessionTransport

_CODE = "Six digits of the app, or a recovery code."


@strawberry.input(description="An authenticator app shall be set up, or another one.")
class SetUpSecondFactorInput:
    """The old one counts until the new one is confirmed."""

    password: str = strawberry.field(description="The password, once more.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="The app works: here is its first code.")
class ConfirmSecondFactorInput:
    """Every session ends; a new one begins."""

    code: str = strawberry.field(description="Six digits of the new app.")
    transport: SessionTransport = strawberry.field(
        default=SessionTransport.COOKIE, description="Cookie for browsers, token for scripts."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Other recovery codes are wanted.")
class RenewRecoveryCodesInput:
    """The old ones are void."""

    code: str = strawberry.field(description=_CODE)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="The second factor is taken off your account.")
class RemoveSecondFactorInput:
    """Not for staff and coordinators."""

    code: str = strawberry.field(description=_CODE)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Somebody's app and codes are lost.")
class ResetSecondFactorInput:
    """By the administration, after looking at the person."""

    user_id: strawberry.ID = strawberry.field(description="Whose.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@disclosed
@strawberry.type(description="An app can be set up now; it counts after its first code.")
class SecondFactorPending:
    """Shown once."""

    message: str = strawberry.field(description="What happened.")
    next_step: str = strawberry.field(description="What happens next.")
    secret: str = strawberry.field(description="To be typed into the app.")
    address: str = strawberry.field(description="The same as `otpauth:` address, for a picture.")


@disclosed
@strawberry.type(description="The app counts from now on.")
class SecondFactorConfirmed:
    """A new session has begun."""

    message: str = strawberry.field(description="What happened.")
    next_step: str = strawberry.field(description="What happens next.")
    recovery_codes: list[str] = strawberry.field(
        description="Each opens the account once, when the app is lost. Keep them on paper."
    )
    viewer: Viewer = strawberry.field(description="Who you are, and what you may do now.")
    token: str | None = strawberry.field(description="The session's token, if you asked for it.")
    expires_at: datetime = strawberry.field(description="When the session ends at the latest.")


@disclosed
@strawberry.type(description="Your recovery codes.")
class RecoveryCodes:
    """The ones before are void."""

    message: str = strawberry.field(description="What happened.")
    recovery_codes: list[str] = strawberry.field(description="Each opens the account once.")


SetUpSecondFactorPayload = Annotated[
    SecondFactorPending | Refusals,
    strawberry.union("SetUpSecondFactorPayload", description="The secret, or a refusal."),
]
ConfirmSecondFactorPayload = Annotated[
    SecondFactorConfirmed | Refusals,
    strawberry.union("ConfirmSecondFactorPayload", description="It counts, or a refusal."),
]
RecoveryCodesPayload = Annotated[
    RecoveryCodes | Refusals,
    strawberry.union("RecoveryCodesPayload", description="The codes, or a refusal."),
]
