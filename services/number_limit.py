"""How many numbers of people a seeker may read: differences of many would speak of single ones."""

from datetime import datetime
from uuid import UUID

from services.limiter import Limiter, Rule

NUMBER_HOUR = Rule("number-hour", tries=120, seconds=60 * 60)
NUMBER_DAY = Rule("number-day", tries=300, seconds=24 * 60 * 60)
ORDER_DAY = Rule("order-day", tries=60, seconds=24 * 60 * 60)


async def count_number(limiter: Limiter, seeker: UUID, asked: int, now: datetime) -> None:
    """Count a look at how many fit what a seeker asks for, `asked` being its fingerprint.

    By seeker, whatever the draft: the numbers of many drafts, subtracted, speak of single people.
    What was counted already costs nothing.

    Raises:
        RateLimited: too many different drafts within an hour, or within a day.
    """
    for rule in (NUMBER_HOUR, NUMBER_DAY):
        await limiter.take(rule, seeker.hex, now, about=f"{asked:x}")


async def count_asking(limiter: Limiter, seeker: UUID, now: datetime) -> None:
    """Count a release or an amendment of an order: it asks people, and tells how many they are.

    Raises:
        RateLimited: too many of this seeker within a day.
    """
    await limiter.take(ORDER_DAY, seeker.hex, now)
