"""What a client says about accounts, and what it is answered."""

from datetime import date, datetime
from enum import Enum
from typing import Annotated

import strawberry

from domain.user import (
    DocumentKind,
    Verdict,
)
from domain.viewer import AccountState, Role
from schema.disclosed import disclosed
from schema.order_input import KEY
from schema.plan.search import searching
from schema.refusal import Refusals
from schema.user import User, Viewer


@strawberry.enum(description="How the session is carried.")
class SessionTransport(Enum):
    """Browsers take the cookie, scripts the token."""

    COOKIE = strawberry.enum_value("COOKIE", description="An HttpOnly cookie, for browsers.")
    BEARER = strawberry.enum_value("BEARER", description="A token in the answer, for scripts.")


@strawberry.input(description="The link of a confirmation mail is used.")
class ConfirmEmailInput:
    """Sent by a button, never by opening a link."""

    token: str = strawberry.field(description="What stands behind the link's #.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Another confirmation mail is wanted.")
class RequestEmailConfirmationInput:
    """Answered alike for every address."""

    email: str = strawberry.field(description="The address that was registered.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Somebody signs in.")
class SignInInput:
    """Alone in its request."""

    email: str = strawberry.field(description="The registered address.")
    password: str = strawberry.field(description="The password.")
    code: str = strawberry.field(
        default="", description="Of the second factor, if the account has one."
    )
    transport: SessionTransport = strawberry.field(
        default=SessionTransport.COOKIE, description="Cookie for browsers, token for scripts."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Somebody signs out.")
class SignOutInput:
    """Ends the session that sends it."""

    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="An identity check, for the record.")
class RecordIdentityCheckInput:
    """No number, no copy."""

    user_id: strawberry.ID = strawberry.field(description="Whose identity.")
    document: DocumentKind = strawberry.field(description="What was presented.")
    verdict: Verdict = strawberry.field(description="How it ended.")
    checked_on: date = strawberry.field(description="On which day.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="An account is released.")
class ReleaseAccountInput:
    """Needs confirmed address, talk and identity check."""

    user_id: strawberry.ID = strawberry.field(description="Which account.")
    if_version: int | None = strawberry.field(
        default=None, description="Refused as stale unless this is the present version."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Which accounts.")
class AccountFilter:
    """Conditions hold together; `or` and `not` take more of the same."""

    state: list[AccountState] | None = strawberry.field(
        default=None, description="In one of these states."
    )
    role: list[Role] | None = strawberry.field(default=None, description="With such a role.")
    search: str | None = searching(
        "For staff: each word begins the first name, the last name, the e-mail address or the"
        " postcode; 2 characters at least.",
        *("first_name", "last_name", "email", "postcode"),
    )
    and_: list["AccountFilter"] | None = strawberry.field(
        default=None, name="and", description="All of these hold too."
    )
    or_: list["AccountFilter"] | None = strawberry.field(
        default=None, name="or", description="At least one of these holds."
    )
    not_: "AccountFilter | None" = strawberry.field(
        default=None, name="not", description="This does not hold."
    )


@disclosed
@strawberry.type(description="A registration has been taken in; look into your mails.")
class RegistrationReceived:
    """The same for known and unknown addresses."""

    message: str = strawberry.field(description="What happened.")
    next_step: str = strawberry.field(description="What happens next.")


@disclosed
@strawberry.type(description="The address is confirmed.")
class EmailConfirmed:
    """Customer service takes it from here."""

    message: str = strawberry.field(description="What happened.")
    next_step: str = strawberry.field(description="What happens next.")


@disclosed
@strawberry.type(description="A mail is on its way, if the address is waiting for one.")
class LinkSent:
    """The same for every address."""

    message: str = strawberry.field(description="What happened.")
    next_step: str = strawberry.field(description="What happens next.")


@disclosed
@strawberry.type(description="A session has begun.")
class SignedIn:
    """Browsers find it in their cookie."""

    viewer: Viewer = strawberry.field(description="Who you are now.")
    token: str | None = strawberry.field(description="For `Authorization: Bearer`, if asked for.")
    expires_at: datetime = strawberry.field(description="When it ends at the latest.")


@disclosed
@strawberry.type(description="The session has ended.")
class SignedOut:
    """The cookie is gone too."""

    message: str = strawberry.field(description="What happened.")


RegisterPayload = Annotated[
    RegistrationReceived | Refusals,
    strawberry.union("RegisterPayload", description="Taken in, or a refusal."),
]
ConfirmEmailPayload = Annotated[
    EmailConfirmed | Refusals,
    strawberry.union("ConfirmEmailPayload", description="Confirmed, or a refusal."),
]
RequestEmailConfirmationPayload = Annotated[
    LinkSent | Refusals,
    strawberry.union("RequestEmailConfirmationPayload", description="Sent, or a refusal."),
]
SignInPayload = Annotated[
    SignedIn | Refusals, strawberry.union("SignInPayload", description="A session, or a refusal.")
]
SignOutPayload = Annotated[
    SignedOut | Refusals, strawberry.union("SignOutPayload", description="Ended, or a refusal.")
]
UserPayload = Annotated[
    User | Refusals,
    strawberry.union("UserPayload", description="The account as it is now, or a refusal."),
]
