"""Jobs about introductory talks."""

from services.talk_booking import REMIND_JOB, remind
from workers.job import Cancelled, Done, Job, Outcome, handler


@handler(REMIND_JOB, timeout=20, tries=8)
async def remind_of_talk(job: Job) -> Outcome:
    """Remind of a talk, unless it was moved or cancelled; running it twice sends one mail."""
    version, number = int(job.payload["version"]), int(job.payload["number"])
    reminded = await remind(job.aggregate, version, number)
    return Done() if reminded else Cancelled("TALK_CHANGED")
