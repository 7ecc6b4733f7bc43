"""Duties about news: the digests of the day, and forgetting what is old."""

from datetime import timedelta

from services.clock import now
from services.digest import promise_digests
from services.retention import BATCH, forget_news
from workers.job import Done, Job, Outcome, handler


@handler("notification.digest", tries=5, every=timedelta(minutes=15))
async def send_digests(_job: Job) -> Outcome:
    """Promise a mail to everybody whose hour has come and for whom something waits."""
    await promise_digests()
    return Done()


@handler("notification.retention", timeout=20, tries=5, every=timedelta(hours=6))
async def forget_old_news(_job: Job) -> Outcome:
    """Delete news of more than half a year ago, and the messages that carried it."""
    for _ in range(10):
        if await forget_news(now()) < BATCH:
            break
    return Done()
