"""The interface to whatever runs jobs, in two calls, and a runner in this very process."""

from typing import Protocol
from uuid import UUID

from models import outbox
from models.outbox import Claimed
from workers.execution import run
from workers.job import Handler

LEASE_SECONDS = 30.0


class RunnerAway(Exception):
    """The job runner cannot be reached; the job was not handed over."""


class JobRunner(Protocol):
    """What the relay needs of a job runner."""

    async def submit(self, outbox_id: UUID, dispatch: int) -> None:
        """Hand a job over; it may still get lost, the lease brings it back.

        Raises:
            RunnerAway: it was not handed over.
        """

    def register(self, kind: str, handler: Handler) -> None:
        """Let the handler do the jobs of this kind."""


class LocalRunner:
    """Runs each job at once in the present task; for tests and single-process use."""

    def __init__(self) -> None:
        self._handlers: dict[str, Handler] = {}

    def register(self, kind: str, handler: Handler) -> None:
        """Let the handler do the jobs of this kind."""
        self._handlers[kind] = handler

    async def submit(self, outbox_id: UUID, dispatch: int) -> None:
        """Run the job now."""
        await run(self._handlers, Claimed(outbox_id, dispatch))

    async def drain(self) -> int:
        """Run what is due, and what that makes due, until nothing is left; how many runs."""
        runs = 0
        while claimed := await outbox.claim(limit=100, window=1000, lease=LEASE_SECONDS):
            for one in claimed:
                await self.submit(one.id, one.dispatch)
            runs += len(claimed)
        return runs
