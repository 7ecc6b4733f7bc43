"""J4, fencing: late runs change nothing, and rivals have one effect."""

import asyncio

import pytest

from models import outbox
from models.database import execute
from models.outbox import State
from tests.workers.fleet import promise
from tests.workers.handlers import leave_trace
from tests.workers.runs import KIND, claimed_job, effects, handler, row_of, works
from workers.execution import run
from workers.job import Cancelled, Done, Job, Outcome

pytestmark = pytest.mark.usefixtures("traces")


async def test_an_old_dispatch_number_runs_nothing() -> None:
    old = await claimed_job()
    await outbox.unclaim([old])
    await outbox.claim(limit=1, window=100, lease=30)
    for options in ({}, {"outside": True}):
        await run(handler(works, **options), old)
    assert await effects() == []
    assert (await row_of(old)).state == State.WAITING


async def test_a_number_that_grows_old_during_an_outside_effect_settles_nothing() -> None:
    async def overtaken(_job: Job) -> Outcome:
        await outbox.unclaim([one])
        await outbox.claim(limit=1, window=100, lease=30)
        return Done()

    one = await claimed_job()
    await run(handler(overtaken, outside=True), one)
    row = await row_of(one)
    assert (row.state, row.dispatch) == (State.WAITING, 2)


async def test_an_outside_effect_begins_its_lease_anew() -> None:
    async def outlasts_the_first_lease(job: Job) -> Outcome:
        await execute("UPDATE outbox SET lease_until = lease_until - interval '4 s'")
        rival = await outbox.claim(limit=1, window=100, lease=30)
        await leave_trace(job)
        return Done() if not rival else Cancelled("OVERTAKEN")

    await promise(KIND)
    (one,) = await outbox.claim(limit=1, window=100, lease=0.01)
    await asyncio.sleep(0.05)
    await run(handler(outlasts_the_first_lease, outside=True), one)
    assert (await row_of(one)).state == State.DONE


async def test_a_failure_under_an_old_number_counts_nothing_and_alarms_nobody(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def overtaken(_job: Job) -> Outcome:
        await outbox.unclaim([one])
        await outbox.claim(limit=1, window=100, lease=30)
        raise ValueError

    one = await claimed_job()
    await run(handler(overtaken, outside=True, tries=1), one)
    row = await row_of(one)
    assert (row.state, row.attempts, row.last_error) == (State.WAITING, 0, None)
    assert "ALERT" not in caplog.text


async def test_two_runs_of_one_job_at_once_have_one_effect() -> None:
    inside, rival_gone = asyncio.Event(), asyncio.Event()
    runs: list[int] = []

    async def waits(job: Job) -> Outcome:
        runs.append(job.attempt)
        await leave_trace(job)
        inside.set()
        await rival_gone.wait()
        return Done()

    one = await claimed_job()
    first = asyncio.create_task(run(handler(waits), one))
    await inside.wait()
    await run(handler(waits), one)
    rival_gone.set()
    await first
    assert runs == [1]
    assert len(await effects()) == 1
