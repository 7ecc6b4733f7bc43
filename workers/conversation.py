"""The duty that deletes conversations of matches that ended long ago."""

from datetime import timedelta

from services.clock import now
from services.conversation import BATCH, forget_conversations
from workers.job import Done, Job, Outcome, handler


@handler("conversation.retention", timeout=20, tries=5, every=timedelta(hours=6))
async def delete_old_conversations(_job: Job) -> Outcome:
    """In batches, the oldest first."""
    for _ in range(10):
        if await forget_conversations(now()) < BATCH:
            break
    return Done()
