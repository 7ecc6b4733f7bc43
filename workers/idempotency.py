"""The duty that forgets the answers of requests that nobody repeats any more."""

from datetime import timedelta

from services.clock import now
from services.use_case import forget_answers
from workers.job import Done, Job, Outcome, handler

KEPT = timedelta(hours=48)


# Outside, because every batch is a transaction of its own: a long one would hold up the events.
@handler("idempotency.retention", tries=5, outside=True, every=timedelta(hours=1))
async def forget_old_answers(_job: Job) -> Outcome:
    """Delete the answers that were kept two days ago; a repeat after that is a new request."""
    await forget_answers(now() - KEPT)
    return Done()
