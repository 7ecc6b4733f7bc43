"""The duty that deletes sessions and mail links that ended a week ago."""

from datetime import timedelta

from services.clock import now
from services.mail_link import forget_ended_links
from services.session import forget_ended_sessions
from workers.job import Done, Job, Outcome, handler

KEPT = timedelta(days=7)


@handler("session.retention", tries=5, every=timedelta(hours=1))
async def delete_ended(_job: Job) -> Outcome:
    """Delete what can open nothing any more, and is not needed to answer questions either."""
    before = now() - KEPT
    await forget_ended_sessions(before)
    await forget_ended_links(before)
    return Done()
