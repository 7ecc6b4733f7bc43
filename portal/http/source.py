"""Where the events of a subscription come from."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Hashable
from dataclasses import dataclass
from typing import Any, Protocol

from schema.context import Context


class Source(Protocol):
    """Events that are taken without waiting: a subscriber who has none costs no task."""

    @property
    def pause(self) -> float:
        """Seconds between two deliveries."""

    @property
    def gap(self) -> bool:
        """Whether something has to be read before more can be taken."""

    @property
    def ended(self) -> bool:
        """Whether nothing comes any more."""

    @property
    def pending(self) -> bool:
        """Whether there is something to take, to fill or to end."""

    async def begin(self, wake: Callable[[], None]) -> None:
        """Open it; `wake` is called whenever there is something to take."""

    def take(self) -> Any | None:
        """The next event; None if there is none now."""

    def key(self, event: Any) -> Hashable:
        """What tells two events of the same operation apart."""

    async def payload(self, event: Any, context: Context) -> object:
        """What is delivered for an event, read with the rights of the context."""

    async def fill(self) -> None:
        """Read what is missing."""

    async def aclose(self) -> None:
        """Leave."""


class Pumped:
    """An ordinary generator of payloads as a source; a task of its own waits for the next one."""

    pause = 0.0
    gap = False

    def __init__(self, payloads: AsyncGenerator[Any, Any]) -> None:
        self._payloads = payloads
        self._wake: Callable[[], None] = _nobody
        self._upcoming: asyncio.Task[Any] | None = None
        self.ended = False

    @property
    def pending(self) -> bool:
        """Whether the next one has come."""
        return self.ended or (self._upcoming is not None and self._upcoming.done())

    async def begin(self, wake: Callable[[], None]) -> None:
        """Wait for the first payload."""
        self._wake = wake
        self._advance()

    def take(self) -> "_Own | None":
        """The payload that has come; it belongs to this subscriber alone."""
        if self._upcoming is None or not self._upcoming.done() or self.ended:
            return None
        upcoming, self._upcoming = self._upcoming, None
        payload = upcoming.result()
        if payload is _END:
            self.ended = True
            return None
        self._advance()
        return _Own(payload)

    def key(self, event: "_Own") -> Hashable:
        """Itself."""
        return event

    async def payload(self, event: "_Own", _context: Context) -> object:
        """Nothing is read."""
        return event.payload

    async def fill(self) -> None:
        """Nothing is ever missing."""

    async def aclose(self) -> None:
        """End the generator."""
        if self._upcoming is not None:
            self._upcoming.cancel()
            await asyncio.gather(self._upcoming, return_exceptions=True)
        await self._payloads.aclose()

    def _advance(self) -> None:
        self._upcoming = asyncio.ensure_future(_next_of(self._payloads))
        self._upcoming.add_done_callback(lambda _: self._wake())


_END = object()


async def _next_of(payloads: AsyncGenerator[Any, Any]) -> Any:
    return await anext(payloads, _END)


@dataclass(frozen=True, slots=True, eq=False)
class _Own:
    """A payload that equals no other."""

    payload: object


def _nobody() -> None:
    """Nobody is woken."""
