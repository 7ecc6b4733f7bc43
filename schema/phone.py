"""Registering by telephone as customer service sees it, and messages that somebody has to tell."""

from datetime import datetime
from typing import Annotated

import strawberry

from models.message import Message
from notifications.language import Language
from notifications.notice import title
from schema.consent import ConsentInput
from schema.disclosed import disclosed
from schema.order_input import KEY, TimeWindowInput
from schema.plan.entity import entity
from schema.plan.field import column, computed, identifier, relation
from schema.refusal import Refusals
from schema.user import User


@strawberry.input(description="What somebody who calls says of themselves.")
class RegisterByPhoneInput:
    """By the form `SEEKER_BY_PHONE`."""

    first_name: str = strawberry.field(default="", description="First name.")
    last_name: str = strawberry.field(default="", description="Last name.")
    introduction: str = strawberry.field(default="", description="A few sentences.")
    email: str = strawberry.field(default="", description="Where the code goes, if there is one.")
    street: str = strawberry.field(default="", description="Where the letter goes otherwise.")
    postcode: str = strawberry.field(default="", description="Within the district.")
    phone: str = strawberry.field(default="", description="Landline.")
    mobile: str = strawberry.field(default="", description="Mobile.")
    needs: list[str] = strawberry.field(
        default_factory=list, description="Codes of activities that support is needed with."
    )
    windows: list[TimeWindowInput] = strawberry.field(
        default_factory=list, description="When support is wanted in general."
    )
    language: Language = strawberry.field(
        default=Language.DE, description="In which language the portal writes."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="The code is wanted once more.")
class SendPhoneCodeInput:
    """It is the same one."""

    user_id: strawberry.ID = strawberry.field(description="Whose.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Somebody tells the code and agrees to the texts.")
class ConfirmByPhoneInput:
    """The texts were read out or sent along: `form(name: SEEKER_BY_PHONE) { consents }`."""

    user_id: strawberry.ID = strawberry.field(description="Who.")
    code: str = strawberry.field(description="Eight digits; spaces do not matter.")
    consents: list[ConsentInput] = strawberry.field(description="What is agreed to.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Somebody was told what a message says.")
class RecordToldInput:
    """By id."""

    message_id: strawberry.ID = strawberry.field(description="Of `messagesToTell`.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@disclosed
@strawberry.type(description="A code is on its way to somebody who calls.")
class PhoneCodeSent:
    """By mail, or as a letter to be printed."""

    message: str = strawberry.field(description="What happened.")
    next_step: str = strawberry.field(description="What happens next.")
    letter: str | None = strawberry.field(
        description="The letter with the code, for those without an e-mail address."
    )
    user: User = strawberry.field(description="The account.")


@entity(Message, "A message to somebody without an e-mail address.")
class MessageToTell:
    """Shown to staff alone."""

    id: strawberry.ID | None = identifier("Pass it to `recordTold`.")
    subject: str | None = computed(title, "What it is about.")
    user: User | None = relation("Whom to call.", key="receiver_id")
    created_at: datetime | None = column("Since when.")


@disclosed
@strawberry.type(description="Somebody was told.")
class MessageTold:
    """Read `messagesToTell` anew."""

    message: str = strawberry.field(description="What happened.")


PhoneCodePayload = Annotated[
    PhoneCodeSent | Refusals,
    strawberry.union("PhoneCodePayload", description="Sent, or a refusal."),
]
MessageToldPayload = Annotated[
    MessageTold | Refusals,
    strawberry.union("MessageToldPayload", description="Noted, or a refusal."),
]
