"""The duty that promises the digests of the day."""

from datetime import timedelta

from services.digest import promise_digests
from workers.job import Done, Job, Outcome, handler


@handler("notification.digest", tries=5, every=timedelta(minutes=15))
async def send_digests(_job: Job) -> Outcome:
    """Promise a mail to everybody whose hour has come and for whom something waits."""
    await promise_digests()
    return Done()
