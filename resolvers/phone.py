"""Root fields about people on the telephone: registering them, and telling them what is new."""

from typing import Any

import strawberry

from domain.form import FormName
from models.message import Message as Row
from models.user import User as UserRow
from resolvers.form import said_in
from resolvers.outcome import answered, key_of, outcome
from resolvers.user import said
from schema.connection import Connection
from schema.context import Info
from schema.node import Given
from schema.phone import (
    ConfirmByPhoneInput,
    MessageTold,
    MessageToldPayload,
    MessageToTell,
    PhoneCodePayload,
    PhoneCodeSent,
    RecordToldInput,
    RegisterByPhoneInput,
    SendPhoneCodeInput,
)
from schema.plan.field import connection
from schema.user import User
from schema.user_input import UserPayload
from services import phone_registration as services
from services import telling


@strawberry.type
class PhoneQueries:
    """Whom to call."""

    messages_to_tell: Connection[MessageToTell] = connection(
        "Messages to people without an e-mail address, the oldest first; for staff alone.",
        rows=Row.to_tell,
    )


@strawberry.type
class PhoneMutations:
    """What customer service does on the telephone."""

    @strawberry.mutation(description="Register somebody who calls and looks for assistance.")
    async def register_by_phone(
        self, info: Info, input: Given[RegisterByPhoneInput]
    ) -> PhoneCodePayload:
        """F1."""

        async def work() -> PhoneCodeSent:
            call = services.Call(
                said=said_in(info, FormName.SEEKER_BY_PHONE, input),
                district=info.context.district,
                language=input.language,
            )
            key = key_of(info, input.idempotency_key)
            return await _sent(
                info, await services.register_by_phone(info.context.viewer, key, call)
            )

        return await outcome(info, work)

    @strawberry.mutation(description="Send the code of a registration by telephone once more.")
    async def send_phone_code(
        self, info: Info, input: Given[SendPhoneCodeInput]
    ) -> PhoneCodePayload:
        """F1."""

        async def work() -> PhoneCodeSent:
            user_id = info.context.uuid_of(input.user_id, "user", "userId")
            key = key_of(info, input.idempotency_key)
            return await _sent(
                info, await services.send_phone_code(info.context.viewer, key, user_id)
            )

        return await outcome(info, work)

    @strawberry.mutation(description="Take the code that somebody tells on the telephone.")
    async def confirm_by_phone(self, info: Info, input: Given[ConfirmByPhoneInput]) -> UserPayload:
        """F6."""

        async def work() -> User:
            row = await services.confirm_by_phone(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.user_id, "user", "userId"),
                input.code,
                [each.consent() for each in input.consents],
                info.context.keys,
            )
            return await answered(info, User, row.id)

        return await outcome(info, work)

    @strawberry.mutation(description="Note that somebody was told what a message says.")
    async def record_told(self, info: Info, input: Given[RecordToldInput]) -> MessageToldPayload:
        """5.5."""

        async def work() -> MessageTold:
            message = info.context.uuid_of(input.message_id, "messagetotell", "messageId")
            await telling.record_told(
                info.context.viewer, key_of(info, input.idempotency_key), message
            )
            return MessageTold(message=said(info, "told", "message"))

        return await outcome(info, work)


async def _sent(info: Info, row: UserRow) -> PhoneCodeSent:
    way: Any = "letter" if row.email is None else "mail"
    return PhoneCodeSent(
        message=said(info, "phone_registered", "message"),
        next_step=said(info, "phone_registered", way),
        letter=await services.letter_of(row, info.context.keys) if row.email is None else None,
        user=await answered(info, User, row.id),
    )
