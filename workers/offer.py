"""Jobs about offers: asking people who have changed."""

from services.offer import OFFER_JOB
from services.suggestion import suggest_to
from workers.job import Done, Job, Outcome, handler


@handler(OFFER_JOB, timeout=20, tries=8)
async def match_offer(job: Job) -> Outcome:
    """Compare a changed acceptor with every open order; running it twice changes nothing."""
    await suggest_to(job.aggregate)
    return Done()
