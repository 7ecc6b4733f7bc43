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
from portal.http.connection import Connection
from portal.http.connections import Connections
from portal.http.errors import log_unexpected
from portal.http.execute import Engine, Interrupted, Plan
from portal.http.follow import Followers, event_id_of
from portal.http.refusal import EVENT_STREAM, Refusal
from portal.http.values import FaceValues

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
            if not self._connections.identify(connection, self._caller, context.viewer):
                raise Refusal(429, "RATE_LIMITED", "Too many connections.", {"Retry-After": "10"})
            await self._run(connection, receive, send)
        finally:
            self._connections.close(connection)

    async def _run(self, connection: Connection, receive: Receive, send: Send) -> None:
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        await send(start)
        tasks = [
            asyncio.ensure_future(self._send_events(send)),
            asyncio.ensure_future(_disconnected(receive)),
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
        async with aclosing(self._followers.stream(self._plan, self._caller)) as answers:
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
                    yield _event(answer.text, answer.event_id)
                    upcoming = asyncio.ensure_future(anext(answers, None))
            finally:
                upcoming.cancel()
                await asyncio.gather(upcoming, return_exceptions=True)
        yield _COMPLETE


def one_event(body: Mapping[str, Any]) -> Response:
    """A stream with a single answer, for whoever takes nothing but streams."""
    return Response(_next_event(body) + _COMPLETE, headers=_HEADERS)


def _next_event(body: Mapping[str, Any]) -> bytes:
    """One answer as an event."""
    return _event(orjson.dumps(body).decode(), event_id_of(body))


def _event(text: str, event_id: str | None) -> bytes:
    line = f"id: {event_id}\n" if event_id else ""
    return f"event: next\n{line}data: {text}\n\n".encode()


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
