"""Subscriptions as event streams: the distinct connections mode of GraphQL over SSE.

Lines end with LF alone. Each answer is one `next` event, the end is a `complete` event; a stream
that breaks off has none. The `id` of an event is the `eventId` in its data, so that a browser sends
it back as `Last-Event-ID`.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from typing import Any

import orjson
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from portal.http.answers import Sent
from portal.http.caller import Caller
from portal.http.connection import Connection
from portal.http.connections import Connections
from portal.http.errors import log_unexpected
from portal.http.execute import Engine, Plan
from portal.http.follow import Followers
from portal.http.reading import event_id_of
from portal.http.refusal import EVENT_STREAM, Refusal
from portal.http.subscription import End
from portal.http.values import FaceValues

_HEADERS = {
    "Content-Type": f"{EVENT_STREAM}; charset=utf-8",
    "Cache-Control": "no-store",
    "Vary": "Accept, Accept-Language, Acting-For",
    "X-Accel-Buffering": "no",
}
_COMPLETE = b"event: complete\ndata: \n\n"
_KEEP_ALIVE = b":\n\n"


class EventStream(Response):
    """An answer that lasts as long as the subscription, its reader and the reader's rights."""

    def __init__(  # noqa: PLR0913, PLR0917  wiring, in one place
        self,
        engine: Engine,
        followers: Followers,
        connections: Connections,
        values: FaceValues,
        plan: Plan,
        caller: Caller,
    ) -> None:
        super().__init__(status_code=200, headers=_HEADERS)
        del self.headers["content-length"]
        self._engine = engine
        self._followers = followers
        self._connections = connections
        self._values = values
        self._plan = plan
        self._caller = caller

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        """Send events until somebody ends it."""
        connection = self._connections.open(self._caller.client_address)
        try:
            context = await self._engine.context(self._caller)
            if not self._connections.identify(connection, context.viewer):
                raise Refusal(429, "RATE_LIMITED", "Too many connections.", {"Retry-After": "10"})
            await self._run(connection, receive, send)
        finally:
            self._connections.close(connection)

    async def _run(self, connection: Connection, receive: Receive, send: Send) -> None:
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        await send(start)
        stream = _Stream(send, self._values.keep_alive_seconds)
        subscription = self._followers.subscription(self._plan, self._caller, stream)
        stream.spawn(self._followers.open(subscription))
        stream.spawn(stream.keep_alive())
        gone = asyncio.ensure_future(_disconnected(receive))
        waiting: set[asyncio.Future[Any]] = {gone, stream.ended, connection.ended}
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
            await asyncio.gather(gone, stream.leave(), return_exceptions=True)
            await subscription.aclose()
        with suppress(OSError):
            await send(_body(stream.farewell, more=False))


class _Stream:
    """The stream's side of its subscription."""

    def __init__(self, send: Send, keep_alive_seconds: float) -> None:
        self._send = send
        self._seconds = keep_alive_seconds
        self._quiet = True
        self._tasks: set[asyncio.Task[None]] = set()
        self.ended: asyncio.Future[End] = asyncio.get_running_loop().create_future()

    @property
    def farewell(self) -> bytes:
        """What stands at the end; nothing if the stream breaks off."""
        if not self.ended.done() or self.ended.result() in (End.BROKEN, End.SLOW):
            return b""
        return _COMPLETE

    def push(self, sent: Sent, release: Callable[[], None]) -> bool:
        """Send an answer in a task, which waits for the reader."""
        self.spawn(self._tell(sent, release))
        return False

    def end(self, how: End) -> None:
        """Nothing more will be pushed."""
        if not self.ended.done():
            self.ended.set_result(how)

    async def keep_alive(self) -> None:
        """A comment wherever nothing happened for a while."""
        while True:
            self._quiet = True
            await asyncio.sleep(self._seconds)
            if self._quiet:
                await self._send(_body(_KEEP_ALIVE))

    async def leave(self) -> None:
        """End whatever is under way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def spawn(self, work: Coroutine[None, None, None]) -> None:
        """Run something that ends with the stream, and the stream with it if it fails."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)

    async def _tell(self, sent: Sent, release: Callable[[], None]) -> None:
        self._quiet = False
        await self._send(_body(_event(sent.data, sent.event_id)))
        release()

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            if not isinstance(error, OSError):
                log_unexpected(error, "sse")
            self.end(End.BROKEN)


def _body(data: bytes, *, more: bool = True) -> Message:
    return {"type": "http.response.body", "body": data, "more_body": more}


def one_event(body: Mapping[str, Any]) -> Response:
    """A stream with a single answer, for whoever takes nothing but streams."""
    return Response(_next_event(body) + _COMPLETE, headers=_HEADERS)


def _next_event(body: Mapping[str, Any]) -> bytes:
    """One answer as an event."""
    return _event(orjson.dumps(body), event_id_of(body))


def _event(data: bytes, event_id: str | None) -> bytes:
    line = f"id: {event_id}\n".encode() if event_id else b""
    return b"".join((b"event: next\n", line, b"data: ", data, b"\n\n"))


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
