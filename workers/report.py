"""Duties about reports: forgetting those that were handled long ago."""

from datetime import timedelta

from services.clock import now
from services.report import forget_reports
from workers.job import Done, Job, Outcome, handler


@handler("report.forget", tries=5, every=timedelta(days=1))
async def forget_handled_reports(_job: Job) -> Outcome:
    """Delete reports that were handled more than half a year ago."""
    await forget_reports(now())
    return Done()
