"""Subscriptions as event streams: the distinct connections mode of GraphQL over SSE.

Lines end with LF alone. Each answer is one `next` event, the end is a `complete` event; a stream
that breaks off has none. The `id` of an event is the `eventId` in its data, so that a browser sends
it back as `Last-Event-ID`.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing, suppress
from typing import Any

import orjson
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from portal.http.caller import Caller
from portal.http.connections import Connection, Connections
from portal.http.errors import log_unexpected
from portal.http.execute import Engine, Interrupted, Plan
from portal.http.refusal import EVENT_STREAM, Refusal
from portal.http.values import FaceValues
from portal.http.watch import watch

_HEADERS = {
    "Content-Type": f"{EVENT_STREAM}; charset=utf-8",
    "Cache-Control": "no-store",
    "Vary": "Accept, Accept-Language",
    "X-Accel-Buffering": "no",
}
_COMPLETE = b"event: complete\ndata: \n\n"
_KEEP_ALIVE = b":\n\n"


class EventStream(Response):
    """An answer that lasts as long as the subscription, its reader and the reader's rights."""

    def __init__(
        self,
        engine: Engine,
        connections: Connections,
        values: FaceValues,
        plan: Plan,
        caller: Caller,
    ) -> None:
        super().__init__(status_code=200, headers=_HEADERS)
        del self.headers["content-length"]
        self._engine = engine
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
        seconds = self._values.reauthenticate_seconds
        tasks = [
            asyncio.ensure_future(self._send_events(send)),
            asyncio.ensure_future(_disconnected(receive)),
            asyncio.ensure_future(watch(connection, self._engine, self._caller, seconds)),
        ]
        waiting: set[asyncio.Future[Any]] = {*tasks, connection.ended}
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            for outcome in await asyncio.gather(*tasks, return_exceptions=True):
                if isinstance(outcome, Exception) and not isinstance(outcome, OSError):
                    log_unexpected(outcome, "sse")
        with suppress(OSError):
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _send_events(self, send: Send) -> None:
        async with aclosing(self._events()) as events:
            async for event in events:
                await send({"type": "http.response.body", "body": event, "more_body": True})

    async def _events(self) -> AsyncGenerator[bytes, None]:
        """The events, with a comment wherever nothing happened for a while."""
        async with aclosing(self._engine.stream(self._plan, self._caller)) as answers:
            upcoming = asyncio.ensure_future(anext(answers, None))
            try:
                while True:
                    await asyncio.wait({upcoming}, timeout=self._values.keep_alive_seconds)
                    if not upcoming.done():
                        yield _KEEP_ALIVE
                        continue
                    try:
                        answer = upcoming.result()
                    except Interrupted:
                        return
                    if answer is None:
                        break
                    yield next_event(answer.body)
                    upcoming = asyncio.ensure_future(anext(answers, None))
            finally:
                upcoming.cancel()
                await asyncio.gather(upcoming, return_exceptions=True)
        yield _COMPLETE


def one_event(body: Mapping[str, Any]) -> Response:
    """A stream with a single answer, for whoever takes nothing but streams."""
    return Response(next_event(body) + _COMPLETE, headers=_HEADERS)


def next_event(body: Mapping[str, Any]) -> bytes:
    """One answer as an event."""
    event_id = event_id_of(body)
    line = f"id: {event_id}\n".encode() if event_id else b""
    return b"event: next\n" + line + b"data: " + orjson.dumps(body) + b"\n\n"


def event_id_of(body: Mapping[str, Any]) -> str | None:
    """The `eventId` of the first root field that has one."""
    data = body.get("data")
    for value in data.values() if isinstance(data, dict) else ():
        found = value.get("eventId") if isinstance(value, dict) else None
        if isinstance(found, str) and found.isascii() and found.isprintable():
            return found
    return None


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
