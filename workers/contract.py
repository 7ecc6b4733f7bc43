"""Jobs about the ends of contracts."""

from services.contract_end import end_on_its_day, remind_of_end
from services.contract_news import END_JOB, REMIND_JOB
from workers.job import Cancelled, Done, Job, Outcome, handler


@handler(END_JOB, timeout=20, tries=30)
async def end_contract(job: Job) -> Outcome:
    """End a contract whose last day is over, unless that day was moved."""
    ended = await end_on_its_day(job.aggregate, int(job.payload["version"]))
    return Done() if ended else Cancelled("CONTRACT_CHANGED")


@handler(REMIND_JOB, timeout=20, tries=8)
async def remind_of_contract(job: Job) -> Outcome:
    """Remind both sides of a contract's end, unless it was moved."""
    reminded = await remind_of_end(job.aggregate, int(job.payload["version"]))
    return Done() if reminded else Cancelled("CONTRACT_CHANGED")
