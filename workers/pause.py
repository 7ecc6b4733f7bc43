"""Waiting that ends early: pauses after failures, and sleep until something happens."""

import asyncio
import random

FIRST, LONGEST = 0.1, 2.0
_HEALTHY_SECONDS = 10.0


class Backoff:
    """Growing pauses with jitter; a long time without failure begins anew."""

    def __init__(self) -> None:
        self._pause = FIRST
        self._last = 0.0

    async def wait(self, stopping: asyncio.Event) -> None:
        """Pause after a failure, or less if told to stop."""
        now = asyncio.get_running_loop().time()
        if now - self._last > _HEALTHY_SECONDS:
            self._pause = FIRST
        self._last = now
        await wait_any(self._pause * random.uniform(0.5, 1.5), stopping)  # noqa: S311  jitter
        self._pause = min(self._pause * 2, LONGEST)


async def wait_any(seconds: float | None, *events: asyncio.Event) -> None:
    """Wait until one of the events is set, at most so many seconds."""
    if any(event.is_set() for event in events):
        return
    waiting = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waiting:
            task.cancel()
