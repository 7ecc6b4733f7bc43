"""How many operations one caller may have under way at the same time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from portal.http.values import FaceValues


class NoSlot(Exception):
    """The caller has too many operations under way."""


@dataclass(slots=True)
class _Lane:
    semaphore: asyncio.Semaphore
    users: int = 0


class Slots:
    """A bounded number of places per caller, with a short and bounded queue before them."""

    def __init__(self, values: FaceValues) -> None:
        self._values = values
        self._lanes: dict[str, _Lane] = {}

    @asynccontextmanager
    async def take(self, caller: str) -> AsyncIterator[None]:
        """Hold one of the caller's places.

        Raises:
            NoSlot: none became free in time, or too many wait already.
        """
        values = self._values
        lane = self._lanes.setdefault(caller, _Lane(asyncio.Semaphore(values.concurrency)))
        if lane.users >= values.concurrency + values.waiting:
            raise NoSlot
        lane.users += 1
        try:
            await _acquire(lane.semaphore, values.waiting_seconds)
            try:
                yield
            finally:
                lane.semaphore.release()
        finally:
            lane.users -= 1
            if lane.users == 0:
                self._lanes.pop(caller, None)


async def _acquire(semaphore: asyncio.Semaphore, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await semaphore.acquire()
    except TimeoutError:
        raise NoSlot from None
