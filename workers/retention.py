"""The duty that deletes finished jobs; waiting and dead ones stay."""

from datetime import UTC, datetime, timedelta

from models import outbox_upkeep
from workers.job import LONGEST_PERIOD, Done, Job, Outcome, handler

KEPT = LONGEST_PERIOD


@handler("outbox.retention", timeout=20, tries=5, every=timedelta(hours=1))
async def delete_finished_jobs(_job: Job) -> Outcome:
    """Delete jobs that were done or cancelled more than seven days ago."""
    before = datetime.now(UTC) - KEPT
    for _ in range(10):
        if not await outbox_upkeep.delete_finished(before):
            break
    return Done()
