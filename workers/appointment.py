"""Jobs about appointments: the dates of plans, made ahead of time; and who sees that they are."""

import logging
from datetime import timedelta

from services.appointment_gap import ABSENT_JOB, GAPS_JOB
from services.appointment_plan import carry_out
from services.appointment_plan_promise import (
    PLAN_JOB,
    forgotten_plans,
    promise_again,
    promise_plans,
)
from services.appointment_reminder import REMIND_JOB, remind
from services.stand_in import look_at_absent, look_at_gaps
from services.statement import remind_of_unconfirmed
from workers.job import Cancelled, Done, Job, Outcome, handler

_log = logging.getLogger(__name__)


@handler(PLAN_JOB, timeout=20, tries=8)
async def make_dates(job: Job) -> Outcome:
    """Make the dates of a plan for the coming weeks; running it twice changes nothing."""
    made = await carry_out(job.aggregate)
    return Cancelled("PLAN_ENDED") if made is None else Done()


@handler(GAPS_JOB, timeout=20, tries=8)
async def look_for_gaps(job: Job) -> Outcome:
    """See what an absence leaves undone; running it twice changes nothing."""
    await look_at_gaps(job.aggregate)
    return Done()


@handler(ABSENT_JOB, timeout=20, tries=8)
async def look_for_gaps_of_absent(job: Job) -> Outcome:
    """See what a stopped account leaves undone; running it twice changes nothing."""
    await look_at_absent(job.aggregate)
    await promise_again(job.aggregate)
    return Done()


@handler(REMIND_JOB, timeout=20, tries=8)
async def remind_of_appointment(job: Job) -> Outcome:
    """Remind of an appointment, unless it was moved or cancelled; twice sends one mail."""
    minute, number = int(job.payload["minute"]), int(job.payload["number"])
    reminded = await remind(job.aggregate, minute, number)
    return Done() if reminded else Cancelled("APPOINTMENT_CHANGED")


@handler("appointment.plan_ahead", tries=5, every=timedelta(days=1))
async def plan_ahead(_job: Job) -> Outcome:
    """Promise today's run of every plan that stands."""
    await promise_plans()
    return Done()


@handler("appointment.watch_plans", tries=5, every=timedelta(hours=1))
async def watch_plans(_job: Job) -> Outcome:
    """Look for plans whose dates are not there, say so, and promise them once more."""
    late = await forgotten_plans()
    if late:
        _log.warning("appointments: %d plans lag behind", late)
    return Done()


@handler("appointment.remind_of_month", tries=5, every=timedelta(days=1))
async def remind_of_month(_job: Job) -> Outcome:
    """From the third of a month on, remind of last month's hours that wait for a yes."""
    await remind_of_unconfirmed()
    return Done()
