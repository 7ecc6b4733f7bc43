"""Jobs about orders."""

from services.match import suggest
from workers.job import Cancelled, Done, Job, Outcome, handler


@handler("order.match", timeout=20, tries=8)
async def match_order(job: Job) -> Outcome:
    """Compute the matches of a released order; running it twice changes nothing."""
    added = await suggest(job.aggregate)
    return Cancelled("ORDER_NOT_OPEN") if added is None else Done()
