"""J1 to J6 and J8: a database or a Redis that breaks a promise is found out."""

import time

import pytest
from redis.asyncio import Redis

from faults.checks import jobs
from models.database import execute
from models.outbox import Claimed, Outbox
from tests.workers.fleet import promise
from workers.job import Handler, Job

pytestmark = pytest.mark.usefixtures("gone")
LONG_AGO = time.monotonic() - 3_600


async def test_a_promise_without_its_job_and_a_job_without_its_promise_are_found() -> None:
    key = await promise("test.effect")
    assert await jobs.j1_no_promise_without_a_row() == []
    await execute("UPDATE outbox SET aggregate = id WHERE aggregate = $1", key)
    assert len(await jobs.j1_no_promise_without_a_row()) == 2


async def test_a_job_that_is_due_and_waits_is_found() -> None:
    assert (await jobs.j2_everything_ends(LONG_AGO))[0] == []
    await promise("test.effect")
    assert (await jobs.j2_everything_ends(LONG_AGO))[0] == ["1 test.effect still wait"]


async def test_an_effect_that_is_missing_or_there_twice_is_found() -> None:
    once, never, twice, outside = [await promise("test.effect") for _ in range(3)] + [
        await promise("test.outside")
    ]
    for key in (once, twice, twice, outside, outside):
        await execute("INSERT INTO test_effects (key) VALUES ($1)", key)
    found = " ".join(await jobs.j3_once(kills=1))
    assert [str(key) in found for key in (once, never, twice, outside)] == [
        *(False, True, True, False)
    ]


async def test_a_runner_that_does_not_look_at_the_number_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert await jobs.j4_fencing() == []

    async def careless(handlers: dict[str, Handler], claimed: Claimed) -> None:
        row = await Outbox.get(id=claimed.id)
        await handlers["test.effect"].function(Job(row.id, row.kind, row.aggregate, {}, 1))

    monkeypatch.setattr(jobs, "run", careless)
    assert "an old number had an effect" in await jobs.j4_fencing()


async def test_a_job_that_was_deleted_or_died_in_silence_is_found() -> None:
    await promise("test.effect")
    key = await promise("test.poison")
    await execute("UPDATE outbox SET state = 2, finished_at = now() WHERE aggregate = $1", key)
    row = await Outbox.get(aggregate=key)
    alarm = f"CRITICAL workers.execution: ALERT job {row.id} (test.poison) was given up"
    assert await jobs.j5_nothing_vanishes(alarm) == []
    await execute("UPDATE outbox SET state = 2, finished_at = now() WHERE aggregate = $1", key)
    assert len(await jobs.j5_nothing_vanishes("")) == 1
    await execute("INSERT INTO faults_gone (id, state) SELECT id, 0 FROM outbox LIMIT 1")
    assert "was deleted in state 0" in (await jobs.j5_nothing_vanishes(alarm))[0]


async def test_what_people_have_written_is_found_in_redis(redis: Redis, redis_url: str) -> None:
    listening = jobs.Eavesdropper(redis_url)
    await listening.look()
    assert len(listening.j8_nothing_personal("")) == 1, "an empty Redis shows nothing"
    await redis.set("portal:some", "7")
    await listening.look()
    assert listening.j8_nothing_personal("nothing") == []
    assert len(listening.j8_nothing_personal("Geheimer Weg 7")) == 1
    await redis.set("portal:other", "person7@assistenz-portal.example")
    await listening.look()
    assert len(listening.j8_nothing_personal("")) == 1
