"""Jobs about meetings."""

from services.meeting_news import REMIND_JOB, remind
from workers.job import Cancelled, Done, Job, Outcome, handler


@handler(REMIND_JOB, timeout=20, tries=8)
async def remind_of_meeting(job: Job) -> Outcome:
    """Remind of a meeting, unless it was moved or cancelled; running it twice sends one mail."""
    version, number = int(job.payload["version"]), int(job.payload["number"])
    reminded = await remind(job.aggregate, version, number)
    return Done() if reminded else Cancelled("MEETING_CHANGED")
