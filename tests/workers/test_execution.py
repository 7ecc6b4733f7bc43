"""One run of one job: transactions, outcomes, failures, fencing, rivals."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from models import outbox
from models.database import execute, inside_transaction
from models.outbox import Claimed, Outbox, State
from tests.workers.handlers import MARKER, leave_trace
from tests.workers.runs import claimed_job, effects, fails, handler, row_of, works
from workers.execution import run
from workers.job import Cancelled, Done, Job, Outcome, Snooze

pytestmark = pytest.mark.usefixtures("traces")


@pytest.mark.parametrize("outside", [False, True])
async def test_a_done_job_has_its_effect_and_its_state(*, outside: bool) -> None:
    one = await claimed_job()
    await run(handler(works, outside=outside), one)
    row = await row_of(one)
    assert row.state == State.DONE
    assert row.finished_at is not None
    assert await effects() == [row.aggregate]


async def test_the_handler_runs_inside_the_transaction_that_marks_it_done() -> None:
    seen: list[bool] = []

    async def looks(_job: Job) -> Outcome:
        seen.append(inside_transaction())
        return Done()

    await run(handler(looks), await claimed_job())
    await run(handler(looks, outside=True), await claimed_job())
    assert seen == [True, False]


async def test_a_cancelled_job_keeps_its_reason() -> None:
    async def cancels(_job: Job) -> Outcome:
        return Cancelled("STALE_VERSION")

    one = await claimed_job()
    await run(handler(cancels), one)
    row = await row_of(one)
    assert (row.state, row.last_error) == (State.CANCELLED, "STALE_VERSION")


async def test_a_snoozed_job_is_due_later_without_a_failure() -> None:
    until = datetime.now(UTC) + timedelta(hours=1)

    async def snoozes(_job: Job) -> Outcome:
        return Snooze(until)

    one = await claimed_job()
    await run(handler(snoozes), one)
    row = await row_of(one)
    assert (row.state, row.attempts, row.lease_until) == (State.WAITING, 0, None)
    assert row.available_at == until


async def test_a_failed_job_leaves_no_effect_and_is_due_after_its_backoff() -> None:
    one = await claimed_job()
    await run(handler(fails, backoff=100), one)
    row = await row_of(one)
    assert (row.state, row.attempts, row.last_error) == (State.WAITING, 1, "ValueError")
    assert 70 < (row.available_at - datetime.now(UTC)).total_seconds() < 130
    assert row.lease_until is None
    assert await effects() == []


async def test_backoff_doubles_and_ends_at_an_hour() -> None:
    one = await claimed_job()
    await execute("UPDATE outbox SET attempts = 2 WHERE id = $1", one.id)
    await run(handler(fails, backoff=100, tries=99), one)
    first = (await row_of(one)).available_at - datetime.now(UTC)
    assert 290 < first.total_seconds() < 510
    await execute("UPDATE outbox SET attempts = 60 WHERE id = $1", one.id)
    await run(handler(fails, backoff=100, tries=99), one)
    last = (await row_of(one)).available_at - datetime.now(UTC)
    assert 2600 < last.total_seconds() < 4600


async def test_a_job_is_given_up_after_its_tries_and_raises_an_alarm(
    caplog: pytest.LogCaptureFixture,
) -> None:
    one = await claimed_job()
    for _ in range(3):
        await run(handler(fails), one)
    row = await row_of(one)
    assert (row.state, row.attempts, row.last_error) == (State.DEAD, 3, "ValueError")
    levels = [record.levelno for record in caplog.records if record.name == "workers.execution"]
    assert levels == [logging.WARNING, logging.WARNING, logging.ERROR, logging.CRITICAL]
    assert str(one.id) in caplog.records[-1].getMessage()


async def test_the_text_of_an_exception_is_neither_logged_nor_stored(
    caplog: pytest.LogCaptureFixture,
) -> None:
    one = await claimed_job()
    for _ in range(3):
        await run(handler(fails), one)
    assert MARKER not in caplog.text
    assert "runs.py" in caplog.text
    assert MARKER not in str(await Outbox.get(id=one.id).values())


@pytest.mark.parametrize("outside", [False, True])
async def test_a_job_that_takes_too_long_is_a_failure(*, outside: bool) -> None:
    async def sleeps(_job: Job) -> Outcome:
        await asyncio.sleep(5)
        return Done()

    one = await claimed_job()
    await run(handler(sleeps, timeout=0.05, outside=outside), one)
    row = await row_of(one)
    assert (row.state, row.attempts, row.last_error) == (State.WAITING, 1, "TimeoutError")


async def test_a_job_of_an_unknown_kind_waits_for_a_worker_that_knows_it() -> None:
    one = await claimed_job()
    await run({}, one)
    row = await row_of(one)
    assert (row.state, row.attempts, row.last_error) == (State.WAITING, 1, "UnknownKind")


async def test_a_deadlock_is_repeated_at_once_and_not_counted() -> None:
    runs: list[int] = []

    async def unlucky(job: Job) -> Outcome:
        await leave_trace(job)
        runs.append(job.attempt)
        if len(runs) == 1:
            raise asyncpg.DeadlockDetectedError
        return Done()

    one = await claimed_job()
    await run(handler(unlucky), one)
    assert runs == [1, 1]
    assert (await row_of(one)).attempts == 0
    assert len(await effects()) == 1


async def test_the_attempt_grows_with_each_failure() -> None:
    attempts: list[int] = []

    async def counts(job: Job) -> Outcome:
        attempts.append(job.attempt)
        raise ValueError

    one = await claimed_job()
    for _ in range(3):
        await run(handler(counts, tries=9), one)
    assert attempts == [1, 2, 3]


async def test_a_job_interrupted_by_the_end_of_its_worker_is_due_at_once() -> None:
    inside = asyncio.Event()

    async def waits(job: Job) -> Outcome:
        await leave_trace(job)
        inside.set()
        await asyncio.sleep(30)
        return Done()

    one = await claimed_job()
    task = asyncio.create_task(run(handler(waits), one))
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await effects() == []
    assert await outbox.claim(limit=1, window=100, lease=30) == [Claimed(one.id, 2)]


async def test_an_interrupted_job_that_cannot_be_given_back_is_left_to_its_lease(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def interrupted(_job: Job) -> Outcome:
        raise asyncio.CancelledError

    one = await claimed_job()
    with monkeypatch.context() as away:
        away.setattr(outbox, "unclaim", _away)
        with pytest.raises(asyncio.CancelledError):
            await run(handler(interrupted, outside=True), one)
    assert (await row_of(one)).lease_until is not None
    assert "could not be given back" in caplog.text


async def _away(*_given: object, **_named: object) -> int:
    raise ConnectionRefusedError


async def test_a_database_that_goes_away_leaves_the_job_to_its_lease(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    one = await claimed_job()
    monkeypatch.setattr(outbox, "reschedule", _away)
    await run(handler(fails), one)
    row = await row_of(one)
    assert (row.state, row.attempts) == (State.WAITING, 0)
    assert row.lease_until is not None
    assert "could not be settled" in caplog.text


async def test_whoever_dies_while_giving_a_job_up_has_raised_the_alarm(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = await claimed_job()

    async def dies(*_: object) -> int:
        raise RuntimeError

    monkeypatch.setattr(outbox, "finish", dies)
    with caplog.at_level(logging.CRITICAL):
        await run(handler(fails, tries=1), one)
    assert f"ALERT job {one.id}" in caplog.text
    assert (await row_of(one)).state == State.WAITING
