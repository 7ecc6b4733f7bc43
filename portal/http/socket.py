"""The WebSocket side of `/graphql`: the `graphql-transport-ws` protocol."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

from graphql import OperationType
from starlette.requests import HTTPConnection
from starlette.types import Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect

from portal.http import messages
from portal.http.caller import WHO_ASKS, Caller, bearer, caller_of, with_payload
from portal.http.connection import FORBIDDEN, Connection
from portal.http.connections import Connections
from portal.http.documents import DocumentRefused
from portal.http.errors import log_unexpected
from portal.http.execute import Answer, Engine, Plan, refusal_of, refuse_signing_in
from portal.http.follow import Followers
from portal.http.messages import ClientMessage, Closing
from portal.http.outlet import Outlet
from portal.http.rate import Rate
from portal.http.refusal import Refusal
from portal.http.security import check_origin
from portal.http.subscription import Subscription
from portal.http.values import FaceValues
from portal.http.wire import PUSH, Push

_INTERNAL_ERROR = 1011
_REASON_BYTES = 120


@dataclass(frozen=True, slots=True)
class SocketEndpoint:
    """The ASGI application behind the GraphQL path for WebSockets."""

    engine: Engine
    followers: Followers
    connections: Connections
    values: FaceValues

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one socket from handshake to close."""
        caller = self._caller(HTTPConnection(scope))
        connection = self.connections.open(caller.client_address)
        try:
            await receive()  # the handshake, which the scope tells of already
            accepted = messages.PROTOCOL in scope.get("subprotocols", ())
            protocol = messages.PROTOCOL if accepted else None
            await send({"type": "websocket.accept", "subprotocol": protocol, "headers": []})
            if accepted:
                channel = _Channel(receive, send, scope.get("extensions", {}).get(PUSH))
                await _Socket(self, channel, connection, caller).serve()
            else:
                await send(_close(messages.SUBPROTOCOL, "Subprotocol not acceptable"))
        except OSError:
            pass  # gone during the handshake, which is no error of ours
        finally:
            self.connections.close(connection)

    def _caller(self, handshake: HTTPConnection) -> Caller:
        check_origin(handshake, self.values)
        return caller_of(handshake, self.values, "websocket")


class _Channel(NamedTuple):
    """The server's side of a socket; not every server can push."""

    receive: Receive
    send: Send
    push: Push | None


class _Socket:
    """One open socket with its operations."""

    __slots__ = (
        "_acknowledged",
        "_caller",
        "_connection",
        "_endpoint",
        "_initialised",
        "_operations",
        "_push",
        "_rate",
        "_reader",
        "_receive",
        "_send",
        "_tasks",
        "_timer",
    )

    def __init__(
        self,
        endpoint: SocketEndpoint,
        channel: _Channel,
        connection: Connection,
        caller: Caller,
    ) -> None:
        self._endpoint = endpoint
        self._receive, self._send, self._push = channel
        self._connection = connection
        self._caller = caller
        self._initialised = False
        self._acknowledged = False
        self._rate = Rate(endpoint.values)
        self._operations: dict[str, asyncio.Task[None] | Subscription] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._reader: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None

    async def serve(self) -> None:
        """Read messages until either side ends it; nothing of it stays behind."""
        seconds = self._endpoint.values.init_seconds
        self._timer = asyncio.get_running_loop().call_later(seconds, self._init_is_late)
        try:
            await self._read_until_ended()
        finally:
            self._timer.cancel()
            await self._leave()
        ending = self._connection.ended.result()
        with suppress(RuntimeError, OSError):
            await self._send(_close(ending.code, ending.reason))

    async def _leave(self) -> None:
        """Nothing of the operations stays behind."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for each in self._operations.values():
            if isinstance(each, Subscription):
                await each.aclose()

    async def _read_until_ended(self) -> None:
        """Read in the connection's own task, which whoever ends the connection wakes."""
        self._reader = asyncio.current_task()
        self._connection.ended.add_done_callback(self._stop_reading)
        try:
            await self._read()
        except asyncio.CancelledError:
            if not self._connection.ended.done() or self._uncancelled() > 0:
                raise
        finally:
            self._reader = None

    def _stop_reading(self, _ended: object) -> None:
        if self._reader is not None:
            self._reader.cancel()

    def _uncancelled(self) -> int:
        """Take our own cancellation back; how many others there are."""
        return self._reader.uncancel() if self._reader is not None else 0

    async def _read(self) -> None:
        try:
            while not self._connection.ended.done():
                await self._handle(messages.parse_message(await self._text()))
        except Closing as closing:
            self.close(closing.code, closing.reason)
        except Refusal as refusal:
            self.close(FORBIDDEN, refusal.message)
        except WebSocketDisconnect as gone:
            self.close(gone.code, "")
        except Exception as error:  # noqa: BLE001  its text must reach neither client nor log
            log_unexpected(error, "websocket")
            self.close(_INTERNAL_ERROR, "Internal error")

    async def _text(self) -> str:
        message = await self._receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1005))
        text = message.get("text")
        if not isinstance(text, str):
            raise Closing(messages.INVALID, "Messages are text")
        if len(text) > self._endpoint.values.message_bytes:
            raise Closing(messages.TOO_BIG, "Message too big")
        if not self._rate.allows():
            raise Closing(messages.TOO_MANY, "Too many messages")
        return text

    async def _handle(self, message: ClientMessage) -> None:
        if message.type == "connection_init":
            await self._init(message)
        elif message.type == "ping":
            await self.say(messages.pong(message.payload))
        elif message.type == "subscribe":
            await self._subscribe(message)
        elif message.type == "complete":
            self._complete(message.id)

    async def say(self, data: bytes) -> None:
        """Send a text as soon as the socket takes it."""
        try:
            await self._send({"type": "websocket.send", "text": data.decode()})
        except OSError:  # gone meanwhile
            raise WebSocketDisconnect(1006) from None

    def push(self, parts: tuple[bytes, ...]) -> bool:
        """Send one text at once, where the server knows how; false if it cannot take it now."""
        return self._push is not None and self._push(parts)

    async def _init(self, message: ClientMessage) -> None:
        if self._initialised:
            raise Closing(messages.TOO_MANY, "Too many initialisation requests")
        self._initialised = True
        said = [messages.text_in(message.payload, name) for name in WHO_ASKS]
        self._caller, authorization = with_payload(self._caller, *said), said[0]
        viewer = (await self._endpoint.engine.context(self._caller)).viewer
        if authorization is not None and (bearer(authorization) is None or viewer.id is None):
            raise Closing(FORBIDDEN, "Forbidden")
        if not self._endpoint.connections.identify(self._connection, viewer):
            raise Closing(messages.TOO_MANY, "Too many connections")
        await self.say(messages.ack())
        self._acknowledged = True

    async def _subscribe(self, message: ClientMessage) -> None:
        if not self._acknowledged:
            raise Closing(messages.UNAUTHORIZED, "Unauthorized")
        if message.id in self._operations:
            raise Closing(messages.DUPLICATE, f"Subscriber for {message.id} already exists")
        params = messages.params_in(message)
        limit = self._endpoint.values.operations_per_socket
        if len(self._operations) >= limit:
            text = f"A socket may have {limit} operations under way."
            error = {"message": text, "extensions": {"code": "LIMIT_EXCEEDED"}}
            await self.say(messages.error_message(message.id, [error]))
            return
        try:
            plan = self._endpoint.engine.plan(params)
            refuse_signing_in(plan)
        except DocumentRefused as refused:
            answer = refusal_of(refused, self._caller.accept_language)
            await self._refuse(message.id, answer)
            return
        if plan.kind is OperationType.SUBSCRIPTION:
            self._follow(message.id, plan)
        else:
            self._operations[message.id] = self.spawn(self._execute(message.id, plan))

    def _follow(self, operation: str, plan: Plan) -> None:
        followers, outlet = self._endpoint.followers, Outlet(self, operation)
        subscription = followers.subscription(plan, self._caller, outlet)
        outlet.subscription = self._operations[operation] = subscription
        self.spawn(followers.open(subscription))

    def _complete(self, operation: str) -> None:
        found = self._operations.pop(operation, None)
        if isinstance(found, Subscription):
            found.over = True
            self.spawn(found.aclose())
        elif found is not None:
            found.cancel()

    async def _execute(self, operation: str, plan: Plan) -> None:
        answer = await self._endpoint.engine.execute(plan, self._caller)
        if answer.context is not None and answer.context.session_ended:
            self.close(FORBIDDEN, "Forbidden")
        if answer.refused:
            await self._refuse(operation, answer)
            return
        await self.say(messages.next_message(operation, answer.body))
        self.finished(operation)
        await self.say(messages.complete_message(operation))

    async def _refuse(self, operation: str, answer: Answer) -> None:
        self.finished(operation)
        await self.say(messages.error_message(operation, answer.body["errors"]))

    def finished(self, operation: str) -> None:
        """The operation's id is free again."""
        self._operations.pop(operation, None)

    def _init_is_late(self) -> None:
        if not self._initialised:
            self.close(messages.INIT_TIMEOUT, "Connection initialisation timeout")

    def close(self, code: int, reason: str) -> None:
        """Ask for the end of the socket; the first reason counts."""
        self._connection.end(code, reason.encode()[:_REASON_BYTES].decode(errors="ignore"))

    def spawn(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """Run something that ends with the socket."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            if not isinstance(error, WebSocketDisconnect | OSError | RuntimeError):
                log_unexpected(error, "websocket")
            self.close(_INTERNAL_ERROR, "Internal error")


def _close(code: int, reason: str) -> Message:
    return {"type": "websocket.close", "code": code, "reason": reason}
