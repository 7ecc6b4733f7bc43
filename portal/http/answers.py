"""Answers that many subscribers share: the first who needs one has it made."""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from dataclasses import dataclass
from typing import Any

# How old what was read may be when a subscriber who comes later gets it.
FRESH_SECONDS = 0.25
_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer of a subscription as JSON, the same object for everybody who gets the same.

    `refused`: nothing was executed, and these errors say why. `last`: nothing comes behind it.
    `broken`: it failed in a way that nobody expected, and is not sent.
    """

    data: bytes
    event_id: str | None = None
    refused: tuple[dict[str, Any], ...] = ()
    last: bool = False
    broken: bool = False


Make = Callable[[], Coroutine[None, None, Sent]]


class Answers:
    """The answers of this process that are being made or have just been made.

    Each is made in a task of its own, so that nobody who leaves takes it along.
    """

    def __init__(self) -> None:
        self._kept: dict[Hashable, asyncio.Task[Sent]] = {}

    def __len__(self) -> int:
        return len(self._kept)

    async def get(self, key: Hashable, make: Make) -> Sent:
        """The answer for the key, made by `make` unless somebody has it made already."""
        task = self._kept.get(key)
        if task is None:
            task = self._kept[key] = asyncio.get_running_loop().create_task(self._made(key, make))
        return await asyncio.shield(task)

    async def _made(self, key: Hashable, make: Make) -> Sent:
        """Made once more if it broke, so that one lost connection does not end a whole group."""
        seconds = 0.0
        try:
            sent = await make()
            if sent.broken:
                sent = await make()
            seconds = 0.0 if sent.broken or len(self._kept) > _MOST else FRESH_SECONDS
            return sent
        finally:
            asyncio.get_running_loop().call_later(seconds, self._kept.pop, key, None)
