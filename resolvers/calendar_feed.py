"""Root fields about the address of one's own calendar."""

import strawberry

from notifications.language import text
from resolvers.outcome import key_of, outcome
from schema.context import Info
from schema.meeting_input import (
    CalendarFeed,
    CalendarFeedPayload,
    CalendarFeedRevoked,
    CalendarFeedRevokedPayload,
    CreateCalendarFeedInput,
    RevokeCalendarFeedInput,
)
from schema.node import Given
from services import calendar_feed as services


@strawberry.type
class CalendarMutations:
    """Getting and revoking it."""

    @strawberry.mutation(description="A secret address at which your calendar reads your dates.")
    async def create_calendar_feed(
        self, info: Info, input: Given[CreateCalendarFeedInput]
    ) -> CalendarFeedPayload:
        """F23."""

        async def work() -> CalendarFeed:
            context = info.context
            key = key_of(info, input.idempotency_key)
            row = await services.create_calendar_feed(context.viewer, key)
            token = services.token_of(row, context.keys)
            return CalendarFeed(
                address=f"{context.public_url}/calendar/{token}.ics",
                message=text("answers.calendar_feed.message", context.language),
                next_step=text("answers.calendar_feed.next_step", context.language),
            )

        return await outcome(info, work)

    @strawberry.mutation(description="Let the address of your calendar open nothing any more.")
    async def revoke_calendar_feed(
        self, info: Info, input: Given[RevokeCalendarFeedInput]
    ) -> CalendarFeedRevokedPayload:
        """F23."""

        async def work() -> CalendarFeedRevoked:
            key = key_of(info, input.idempotency_key)
            await services.revoke_calendar_feed(info.context.viewer, key)
            said = text("answers.calendar_feed_revoked.message", info.context.language)
            return CalendarFeedRevoked(message=said)

        return await outcome(info, work)
