"""The duty that forgets events that no subscriber resumes behind any more."""

from datetime import timedelta

from services.clock import now
from services.live_upkeep import forget_old
from workers.job import Done, Job, Outcome, handler


# Outside, because every batch is a transaction of its own: a long one would hold up the events.
@handler("event.retention", tries=5, outside=True, every=timedelta(hours=1))
async def forget_old_events(_job: Job) -> Outcome:
    """Delete the events of more than seven days ago; whoever resumes before them reloads."""
    await forget_old(now())
    return Done()
