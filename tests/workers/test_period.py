"""Periodic duties: once per period, for ever, also after failures and absences."""

from datetime import UTC, datetime, timedelta

import pytest

from models.database import execute, fetch, transaction
from models.outbox import Outbox, State
from workers import retention
from workers.job import HANDLERS, Done, Handler, Job, Outcome
from workers.period import period_start, periodic, promise_all, promise_next
from workers.runner import LocalRunner

HOUR = timedelta(hours=1)
KIND = "test.duty"


async def test_periods_begin_at_the_full_hour() -> None:
    now = datetime(2026, 3, 29, 1, 59, 59, 5, tzinfo=UTC)
    assert period_start(HOUR, now) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert period_start(HOUR, period_start(HOUR, now)) == period_start(HOUR, now)


@pytest.mark.usefixtures("database")
async def test_a_period_is_promised_once() -> None:
    now = datetime(2026, 3, 29, 1, 20, tzinfo=UTC)
    async with transaction():
        first = await periodic(KIND, HOUR, now)
        assert await periodic(KIND, HOUR, now + timedelta(minutes=39)) == first
        assert await promise_next(KIND, HOUR, now) != first
    keys = {row.dedupe_key for row in await Outbox.all()}
    assert keys == {f"{KIND}:2026-03-29T01:00:00Z", f"{KIND}:2026-03-29T02:00:00Z"}


def duty(runs: list[int], *, fail: bool = False, tries: int = 1) -> Handler:
    async def function(job: Job) -> Outcome:
        runs.append(job.attempt)
        if fail:
            raise ValueError
        return Done()

    return Handler(function, 5, tries, 0.01, outside=False, every=HOUR)


async def waiting() -> list[datetime]:
    rows = await Outbox.filter(kind=KIND, state=State.WAITING)
    return [row.available_at for row in rows]


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("fail", [False, True])
async def test_a_duty_promises_its_next_period_even_when_it_is_given_up(*, fail: bool) -> None:
    runs: list[int] = []
    runner = LocalRunner()
    runner.register(KIND, duty(runs, fail=fail))
    now = datetime.now(UTC)
    await promise_all({KIND: duty(runs)}, now)
    assert await runner.drain() == 1
    assert len(runs) == 1
    assert await waiting() == [period_start(HOUR, datetime.now(UTC) + HOUR)]


@pytest.mark.usefixtures("database")
async def test_what_was_missed_is_caught_up_once() -> None:
    runs: list[int] = []
    runner = LocalRunner()
    runner.register(KIND, duty(runs))
    async with transaction():
        await periodic(KIND, HOUR, datetime.now(UTC) - timedelta(days=2))
    assert await runner.drain() == 1
    assert await waiting() == [period_start(HOUR, datetime.now(UTC) + HOUR)]


@pytest.mark.usefixtures("database")
async def test_workers_that_start_together_begin_one_chain() -> None:
    now = datetime.now(UTC)
    for _ in range(3):
        await promise_all({KIND: duty([])}, now)
    assert await Outbox.filter(kind=KIND).count() == 1


@pytest.mark.usefixtures("database")
async def test_retention_deletes_what_ended_a_week_ago() -> None:
    await execute(
        "INSERT INTO outbox (id, kind, aggregate, state, finished_at) "
        "SELECT gen_random_uuid(), 'test.kind', gen_random_uuid(), state, now() - days "
        "FROM unnest(ARRAY[1, 2, 3]) AS state, "
        "unnest(ARRAY['6 days', '8 days']::interval[]) AS days"
    )
    assert retention.KEPT.days == 7
    runner = LocalRunner()
    runner.register("outbox.retention", HANDLERS["outbox.retention"])
    async with transaction():
        await periodic("outbox.retention", HOUR, datetime.now(UTC))
    await runner.drain()
    left = await fetch(
        "SELECT state, count(*) AS n FROM outbox WHERE kind = 'test.kind' GROUP BY 1 ORDER BY 1"
    )
    assert left == [{"state": 1, "n": 1}, {"state": 2, "n": 2}, {"state": 3, "n": 1}]
