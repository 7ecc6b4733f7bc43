"""uvicorn's WebSocket protocol, made for thousands of connections that mostly rest.

It forgets the handshake once it is over, holds no queues for one waiter, sends a text without a
task where the buffer has room, and ends a reader who leaves a full buffer standing.
"""

import asyncio
from collections.abc import Callable
from functools import lru_cache
from typing import Any, ClassVar, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request
from websockets.protocol import State

from portal.http.messages import SLOW

PUSH = "portal.push"
Push = Callable[[tuple[bytes, ...]], bool]

_TEXT = 0x81
_SHORT, _MIDDLE = 126, 65_536


class LeanSocket(WebSocketsSansIOProtocol):
    """One socket; `PUSH` among the scope's extensions is its way to send without waiting."""

    patience: ClassVar[float] = 10.0

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.queue = _Inbox()  # type: ignore[assignment]  # of an asyncio.Queue it uses three methods
        self.writable = _Open()  # type: ignore[assignment]  # as above, of an Event
        self._stuck: asyncio.TimerHandle | None = None

    def handle_connect(self, event: Request) -> None:
        """Offer the way to push."""
        super().handle_connect(event)
        if self.conn.state is State.CONNECTING and not self.close_sent:
            cast("dict[str, Any]", self.scope["extensions"])[PUSH] = self.push

    async def send(self, message: Any) -> None:
        """Send, and forget the handshake once it is over."""
        await super().send(message)
        if message["type"] == "websocket.accept":
            self.scope["headers"] = []
            self.request.headers.clear()
            self.response.headers.clear()

    def push(self, parts: tuple[bytes, ...]) -> bool:
        """Send one text as a whole frame; false if the socket cannot take it now."""
        if not self.writable.is_set() or self.close_sent or self.conn.state is not State.OPEN:
            return False
        self.transport.write(b"".join((_head(sum(map(len, parts))), *parts)))
        return True

    def pause_writing(self) -> None:
        """The buffer is full: whoever does not empty it in time is not waited for."""
        super().pause_writing()
        self._stuck = self.loop.call_later(self.patience, self._cut)

    def resume_writing(self) -> None:
        """The buffer has room again; who was cut before is still to be hung up."""
        if not self.close_sent:
            self._forget_timer()
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._forget_timer()
        super().connection_lost(exc)

    def _forget_timer(self) -> None:
        if self._stuck is not None:
            self._stuck.cancel()
            self._stuck = None

    def _cut(self) -> None:
        """Say why behind what stands in the buffer; if that is not read either, hang up."""
        if self.conn.state is State.OPEN:
            self.conn.send_close(SLOW, "Slow consumer")
            self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.disconnected = True  # whoever waits for room is told that there will be none
        self.queue.put_nowait({"type": "websocket.disconnect", "code": SLOW})
        self.writable.set()
        self._stuck = self.loop.call_later(self.patience, self.transport.abort)


class _Inbox:
    """The messages of one socket for its one reader."""

    __slots__ = ("_messages", "_reader")

    def __init__(self) -> None:
        self._messages: list[Any] = []
        self._reader: asyncio.Future[None] | None = None

    def empty(self) -> bool:
        return not self._messages

    def put_nowait(self, message: Any) -> None:
        self._messages.append(message)
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)

    async def get(self) -> Any:
        while not self._messages:
            self._reader = asyncio.get_running_loop().create_future()
            try:
                await self._reader
            finally:
                self._reader = None
        return self._messages.pop(0)


class _Open:
    """An event that is nearly always set."""

    __slots__ = ("_closed",)

    def __init__(self) -> None:
        self._closed: asyncio.Event | None = None

    def is_set(self) -> bool:
        return self._closed is None

    def set(self) -> None:
        if self._closed is not None:
            self._closed.set()
            self._closed = None

    def clear(self) -> None:
        if self._closed is None:
            self._closed = asyncio.Event()

    async def wait(self) -> None:
        while self._closed is not None:
            await self._closed.wait()


@lru_cache(maxsize=256)
def _head(size: int) -> bytes:
    """What stands before a text of this size."""
    if size < _SHORT:
        return bytes((_TEXT, size))
    if size < _MIDDLE:
        return bytes((_TEXT, _SHORT)) + size.to_bytes(2)
    return bytes((_TEXT, _SHORT + 1)) + size.to_bytes(8)
