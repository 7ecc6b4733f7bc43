"""One piece of work whose result several tasks wait for."""

import asyncio
from collections.abc import Coroutine
from typing import Generic, TypeVar

T = TypeVar("T")


class Shared(Generic[T]):
    """Runs in a task of its own, so that no waiter takes it along when it is cancelled.

    When the last waiter has left, nobody wants the result, and the work is cancelled.
    """

    __slots__ = ("_finished", "_task", "_waiting")

    def __init__(self, work: Coroutine[None, None, T]) -> None:
        self._finished = asyncio.Event()
        self._waiting = 0
        self._task = asyncio.get_running_loop().create_task(work)
        self._task.add_done_callback(self._end)

    @property
    def abandoned(self) -> bool:
        """Whether the work was cancelled: who comes now begins anew."""
        return self._task.cancelled() or self._task.cancelling() > 0

    async def result(self) -> T:
        """What the work gives, or raises."""
        if not self._finished.is_set():
            await self._wait()
        return self._task.result()

    async def _wait(self) -> None:
        self._waiting += 1
        try:
            await self._finished.wait()
        finally:
            self._waiting -= 1
            if self._waiting == 0:
                self._task.cancel()

    def _end(self, task: asyncio.Task[T]) -> None:
        self._finished.set()
        if not task.cancelled():
            task.exception()  # looked at even if everybody has left
