"""Jobs about offers: asking people who have changed."""

from datetime import timedelta

from services.offer import OFFER_JOB
from services.offer_upkeep import begin_day
from services.suggestion import suggest_to
from workers.job import Done, Job, Outcome, handler


@handler(OFFER_JOB, timeout=20, tries=8)
async def match_offer(job: Job) -> Outcome:
    """Compare a changed acceptor with every open order; running it twice changes nothing."""
    await suggest_to(job.aggregate)
    return Done()


@handler("offer.begin_day", tries=5, every=timedelta(minutes=1))
async def begin_a_day(_job: Job) -> Outcome:
    """Let matching look at whoever may do something else from today on."""
    await begin_day()
    return Done()
