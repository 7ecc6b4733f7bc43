"""Jobs about orders: asking people for them."""

from datetime import datetime, timedelta
from uuid import UUID

from services.clock import now
from services.match_reminder import remind_of_matches
from services.order import REMIND_JOB
from services.order_end import expire_orders, remind
from services.replay import forget_runs
from services.retention import (
    BATCH,
    forget_counts,
    forget_drafts,
    forget_matches,
    forget_orders,
)
from services.suggestion import NOBODY, SLICE_JOB, show_waiting, suggest, suggest_slice
from workers.job import Cancelled, Done, Job, Outcome, handler

RUNS_KEPT = timedelta(days=400)


@handler("order.match", timeout=20, tries=8)
async def match_order(job: Job) -> Outcome:
    """Compute the matches of an open order; running it twice changes nothing."""
    changed = await suggest(job.aggregate)
    return Cancelled("ORDER_NOT_OPEN") if changed is None else Done()


@handler(SLICE_JOB, timeout=20, tries=8)
async def match_slice(job: Job) -> Outcome:
    """Compare some orders after the others again; each slice promises the next."""
    await suggest_slice(UUID(str(job.payload.get("after", NOBODY))))
    return Done()


@handler("order.show", tries=5, every=timedelta(minutes=1))
async def show_suggestions(_job: Job) -> Outcome:
    """Show the suggestions that have waited for their turn."""
    await show_waiting()
    return Done()


@handler(REMIND_JOB, tries=8)
async def remind_of_end(job: Job) -> Outcome:
    """Tell the seeker that an order ends soon, unless it has been renewed since."""
    ends = datetime.fromisoformat(str(job.payload["ends"]))
    return Done() if await remind(job.aggregate, ends) else Cancelled("ANOTHER_END")


@handler("order.expire", tries=5, every=timedelta(minutes=1))
async def expire(_job: Job) -> Outcome:
    """End orders whose time is over."""
    await expire_orders()
    return Done()


@handler("match.remind", tries=5, every=timedelta(hours=1))
async def remind_of_unanswered(_job: Job) -> Outcome:
    """Remind people of matches that have waited for their answer for days."""
    await remind_of_matches()
    return Done()


@handler("order.retention", timeout=20, tries=5, every=timedelta(hours=6))
async def forget_ended(_job: Job) -> Outcome:
    """Delete what ended half a year ago, and drafts that nobody has touched for three months."""
    for forget in (forget_matches, forget_orders, forget_drafts):
        for _ in range(10):
            if await forget(now()) < BATCH:
                break
    return Done()


@handler("order.forget_runs", tries=5, every=timedelta(days=1))
async def forget_old_runs(_job: Job) -> Outcome:
    """Delete the runs of more than 13 months ago: a yearly report can look back a whole year."""
    await forget_runs(now() - RUNS_KEPT)
    await forget_counts(now())
    return Done()
