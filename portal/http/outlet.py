"""The socket's side of one subscription: frames that differ in the operation's id alone."""

from collections.abc import Callable, Coroutine
from typing import Protocol

from portal.http import messages
from portal.http.answers import Sent
from portal.http.connection import GOING_AWAY
from portal.http.subscription import End, Subscription


class Wire(Protocol):
    """What an outlet asks of its socket."""

    def push(self, parts: tuple[bytes, ...]) -> bool:
        """Send one text at once; false if the socket cannot take it now."""

    async def say(self, data: bytes) -> None:
        """Send a text as soon as the socket takes it."""

    def close(self, code: int, reason: str) -> None:
        """Ask for the end of the socket."""

    def finished(self, operation: str) -> None:
        """The operation's id is free again."""

    def spawn(self, work: Coroutine[None, None, None]) -> object:
        """Run something that ends with the socket."""


class Outlet:
    """Sends the answers of one subscription under its id."""

    __slots__ = ("_head", "_operation", "_wire", "subscription")

    def __init__(self, wire: Wire, operation: str) -> None:
        self._wire = wire
        self._operation = operation
        self._head = messages.next_head(operation)
        self.subscription: Subscription | None = None

    def push(self, sent: Sent, release: Callable[[], None]) -> bool:
        """Send an answer at once, or in a task if the socket's buffer is full."""
        parts: tuple[bytes, ...]
        if sent.refused:
            parts = (messages.error_message(self._operation, sent.refused),)
        else:
            parts = (self._head, sent.data, messages.NEXT_TAIL)
        if self._wire.push(parts):
            return True
        self._wire.spawn(self._send(b"".join(parts), release))
        return False

    def end(self, how: End) -> None:
        """Say that nothing more comes, or close the socket so that its reader resumes."""
        if how is End.SLOW:
            self._wire.close(messages.SLOW, "Slow consumer")
        elif how is End.BROKEN:
            # Not 1011: common clients take it as final and do not come back.
            self._wire.close(GOING_AWAY, "Try again")
        else:
            self._wire.spawn(self._farewell(how))

    async def _send(self, data: bytes, release: Callable[[], None]) -> None:
        await self._wire.say(data)
        release()

    async def _farewell(self, how: End) -> None:
        self._wire.finished(self._operation)
        if self.subscription is not None:
            await self.subscription.aclose()
        if how is End.COMPLETE:
            await self._wire.say(messages.complete_message(self._operation))
