"""Single runs of single jobs in this process."""

from typing import Any
from uuid import UUID

from models import outbox
from models.database import fetch
from models.outbox import Claimed, Outbox
from tests.workers.fleet import promise
from tests.workers.handlers import MARKER, leave_trace
from workers.job import Done, Function, Handler, Job, Outcome

KIND = "test.kind"


def handler(function: Function, **options: Any) -> dict[str, Handler]:
    usual = {"timeout": 5.0, "tries": 3, "backoff": 0.0, "outside": False, "every": None}
    return {KIND: Handler(function, **(usual | options))}


async def claimed_job() -> Claimed:
    await promise(KIND)
    (one,) = await outbox.claim(limit=1, window=100, lease=30)
    return one


async def effects() -> list[UUID]:
    return [row["key"] for row in await fetch("SELECT key FROM test_effects")]


async def row_of(one: Claimed) -> Outbox:
    return await Outbox.get(id=one.id)


async def works(job: Job) -> Outcome:
    await leave_trace(job)
    return Done()


async def fails(job: Job) -> Outcome:
    await leave_trace(job)
    raise ValueError(MARKER)
