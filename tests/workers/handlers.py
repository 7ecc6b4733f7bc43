"""Handlers that leave a trace in tables of their own, for tests with real processes."""

import asyncio
import random

from models.database import execute
from workers.job import Cancelled, Done, Job, Outcome, handler

MARKER = "Marker-Erika-Mustermann"

# A promise is a business row whose transaction also enqueued a job; an effect is what it did.
TABLES = """
CREATE TABLE IF NOT EXISTS test_promises (key uuid PRIMARY KEY, kind text NOT NULL, name text);
CREATE TABLE IF NOT EXISTS test_effects (key uuid NOT NULL, at timestamptz DEFAULT now());
CREATE TABLE IF NOT EXISTS test_starts (key uuid NOT NULL, at timestamptz DEFAULT now());
"""


async def leave_trace(job: Job) -> None:
    await execute("INSERT INTO test_effects (key) VALUES ($1)", job.aggregate)


@handler("test.effect", tries=20, backoff=0.1)
async def effect(job: Job) -> Outcome:
    await leave_trace(job)
    await asyncio.sleep(random.uniform(0, 0.03))
    return Done()


@handler("test.flaky", tries=20, backoff=0.1)
async def flaky(job: Job) -> Outcome:
    """The effect is written before the failure, so only a rollback keeps it single."""
    await leave_trace(job)
    if job.attempt < 3:
        raise ValueError(MARKER)
    return Done()


@handler("test.poison", tries=2, backoff=0.1)
async def poison(job: Job) -> Outcome:
    await leave_trace(job)
    raise ValueError(MARKER)


@handler("test.cancelled")
async def cancelled(_job: Job) -> Outcome:
    return Cancelled("STALE")


@handler("test.slow", tries=20, backoff=0.1)
async def slow(job: Job) -> Outcome:
    await leave_trace(job)
    await asyncio.sleep(1)
    return Done()


@handler("test.outside", timeout=1.5, tries=20, backoff=0.1, outside=True)
async def outside(job: Job) -> Outcome:
    await execute("INSERT INTO test_starts (key) VALUES ($1)", job.aggregate)
    await asyncio.sleep(0.5)
    await leave_trace(job)
    return Done()
