"""Root fields about introductory talks."""

from typing import Any

import strawberry

from models import talk as models
from notifications.language import text
from resolvers.outcome import answered, key_of, outcome
from schema.connection import Connection
from schema.context import Info
from schema.node import Given
from schema.plan.field import connection
from schema.talk import TalkSlot
from schema.talk_input import (
    BookTalkInput,
    CancelTalkInput,
    CancelTalkSlotsInput,
    CorrectTalkAnswersInput,
    PublishTalkSlotsInput,
    RecordTalkInput,
    TalkSlotFilter,
    TalkSlotsChanged,
    TalkSlotsPayload,
)
from schema.user import User
from schema.user_input import UserPayload
from services import talk as services
from services import talk_booking as bookings
from services import talk_slot as slots

_ANSWERS = ("care_grade", "payer", "uses_relief_amount", "has_integration_assistance")


def _changed(info: Info, section: str, **values: int) -> TalkSlotsChanged:
    language = info.context.language
    return TalkSlotsChanged(
        message=text(f"answers.{section}.message", language, **values),
        next_step=text(f"answers.{section}.next_step", language),
    )


@strawberry.type
class TalkQueries:
    """Reading slots."""

    talk_slots: Connection[TalkSlot] = connection(
        "Times for introductory talks, the earliest first: free ones, or all of them for staff.",
        rows=models.TalkSlot.visible_to,
        where=TalkSlotFilter,
    )


@strawberry.type
class TalkMutations:
    """Offering, booking and recording talks."""

    @strawberry.mutation(description="Offer times for talks with yourself, on workdays.")
    async def publish_talk_slots(
        self, info: Info, input: Given[PublishTalkSlotsInput]
    ) -> TalkSlotsPayload:
        """F7."""

        async def work() -> TalkSlotsChanged:
            number = await slots.publish_talk_slots(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.district,
                input.from_,
                input.to,
                tuple(window.window() for window in input.windows),
            )
            return _changed(info, "talk_slots_published", number=number)

        return await outcome(info, work)

    @strawberry.mutation(description="Withdraw times for talks; people who booked are told.")
    async def cancel_talk_slots(
        self, info: Info, input: Given[CancelTalkSlotsInput]
    ) -> TalkSlotsPayload:
        """F7."""

        async def work() -> TalkSlotsChanged:
            await slots.cancel_talk_slots(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                [info.context.uuid_of(each, "talkslot", "slotIds") for each in input.slot_ids],
            )
            return _changed(info, "talk_slots_cancelled")

        return await outcome(info, work)

    @strawberry.mutation(description="Book a talk, or another time for the booked one.")
    async def book_talk(self, info: Info, input: Given[BookTalkInput]) -> UserPayload:
        """F7."""

        async def work() -> User:
            wish = bookings.BookingWish(
                slot_id=info.context.uuid_of(input.slot_id, "talkslot", "slotId"),
                channel=input.channel,
                wishes=tuple(input.wishes),
            )
            key = key_of(info, input.idempotency_key)
            row = await bookings.book_talk(info.context.viewer, key, wish)
            return await answered(info, User, row.id)

        return await outcome(info, work)

    @strawberry.mutation(description="Cancel your booked talk.")
    async def cancel_talk(self, info: Info, input: Given[CancelTalkInput]) -> UserPayload:
        """F7."""

        async def work() -> User:
            key = key_of(info, input.idempotency_key)
            row = await bookings.cancel_talk(info.context.viewer, key)
            return await answered(info, User, row.id)

        return await outcome(info, work)

    @strawberry.mutation(description="Record an introductory talk, held or missed.")
    async def record_talk(self, info: Info, input: Given[RecordTalkInput]) -> UserPayload:
        """F7."""

        async def work() -> User:
            row = await services.record_talk(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.user_id, "user", "userId"),
                _record(info, input),
            )
            return await answered(info, User, row.id)

        return await outcome(info, work)

    @strawberry.mutation(description="Put right what was said in a talk.")
    async def correct_talk_answers(
        self, info: Info, input: Given[CorrectTalkAnswersInput]
    ) -> UserPayload:
        """F7."""

        async def work() -> User:
            said: dict[str, Any] = {name: getattr(input, name) for name in _ANSWERS}
            row = await services.correct_talk_answers(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.talk_id, "talk", "talkId"),
                {name: value for name, value in said.items() if value is not strawberry.UNSET},
            )
            return await answered(info, User, row.id)

        return await outcome(info, work)


def _record(info: Info, given: RecordTalkInput) -> services.TalkRecord:
    booking = None
    if given.booking_id is not None:
        booking = info.context.uuid_of(given.booking_id, "talkbooking", "bookingId")
    return services.TalkRecord(
        channel=given.channel,
        outcome=given.outcome,
        held_at=given.held_at,
        care_grade=given.care_grade,
        payer=given.payer,
        uses_relief_amount=given.uses_relief_amount,
        has_integration_assistance=given.has_integration_assistance,
        booking_id=booking,
        failure=given.failure,
    )
