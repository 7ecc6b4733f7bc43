"""The duty about funding: warning before money is used up, ends or lapses."""

from datetime import timedelta

from services.funding_warning import BATCH, warn
from workers.job import Done, Job, Outcome, handler


@handler("funding.warn", timeout=20, tries=5, every=timedelta(minutes=5))
async def warn_of_funding(_job: Job) -> Outcome:
    """Look at every source once a day from nine o'clock on, and at what has changed."""
    for _ in range(5):
        if await warn() < BATCH:
            break
    return Done()
