"""The duty that deletes accounts that nobody has confirmed."""

from datetime import timedelta

from services.account_upkeep import BATCH, forget_unconfirmed
from services.clock import now
from services.form_draft import forget_drafts
from workers.job import Done, Job, Outcome, handler


@handler("account.retention", tries=5, every=timedelta(hours=1))
async def forget_unconfirmed_accounts(_job: Job) -> Outcome:
    """Delete registrations, invitations and drafts that have waited for 14 days."""
    for _ in range(10):
        if await forget_unconfirmed(now()) < BATCH:
            break
    await forget_drafts(now())
    return Done()
