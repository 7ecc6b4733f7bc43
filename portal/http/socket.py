"""The WebSocket side of `/graphql`: the `graphql-transport-ws` protocol."""

import asyncio
import time
from collections.abc import Coroutine
from contextlib import aclosing, suppress
from dataclasses import dataclass

from graphql import OperationType
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from portal.http import messages
from portal.http.caller import Caller, bearer, caller_of, with_payload
from portal.http.connections import FORBIDDEN, GOING_AWAY, Connection, Connections
from portal.http.documents import DocumentRefused
from portal.http.errors import log_unexpected
from portal.http.execute import (
    Answer,
    Engine,
    Interrupted,
    Plan,
    SlowReader,
    refusal_of,
    refuse_signing_in,
)
from portal.http.guard import Params
from portal.http.messages import ClientMessage, Closing
from portal.http.security import check_origin
from portal.http.values import FaceValues
from portal.http.watch import watch

_INTERNAL_ERROR = 1011
_REASON_BYTES = 120


@dataclass(frozen=True, slots=True)
class SocketEndpoint:
    """The ASGI application behind the GraphQL path for WebSockets."""

    engine: Engine
    connections: Connections
    values: FaceValues

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one socket from handshake to close."""
        websocket = WebSocket(scope, receive, send)
        check_origin(websocket, self.values)
        caller = caller_of(websocket, self.values, "websocket")
        connection = self.connections.open(caller.client_address)
        try:
            await self._serve(websocket, connection, caller)
        except WebSocketDisconnect:
            pass  # gone during the handshake, which is no error of ours
        finally:
            self.connections.close(connection)

    async def _serve(self, websocket: WebSocket, connection: Connection, caller: Caller) -> None:
        if messages.PROTOCOL not in websocket.scope.get("subprotocols", ()):
            await websocket.accept()
            await websocket.close(messages.SUBPROTOCOL, "Subprotocol not acceptable")
            return
        await websocket.accept(subprotocol=messages.PROTOCOL)
        await _Socket(self, websocket, connection, caller).serve()


class _Socket:
    """One open socket with its operations."""

    def __init__(
        self,
        endpoint: SocketEndpoint,
        websocket: WebSocket,
        connection: Connection,
        caller: Caller,
    ) -> None:
        self._engine = endpoint.engine
        self._connections = endpoint.connections
        self._values = endpoint.values
        self._websocket = websocket
        self._connection = connection
        self._caller = caller
        self._initialised = False
        self._acknowledged = False
        self._rate = _Rate(endpoint.values)
        self._operations: dict[str, asyncio.Task[None]] = {}
        self._background: set[asyncio.Task[None]] = set()

    async def serve(self) -> None:
        """Read messages until either side ends it; nothing of it stays behind."""
        ended = self._connection.ended
        timer = asyncio.get_running_loop().call_later(self._values.init_seconds, self._init_is_late)
        self._spawn(self._read())
        try:
            await asyncio.wait({ended})
        finally:
            timer.cancel()
            for task in self._background:
                task.cancel()
            await asyncio.gather(*self._background, return_exceptions=True)
        ending = ended.result()
        with suppress(RuntimeError, OSError):
            await self._websocket.close(ending.code, ending.reason)

    async def _read(self) -> None:
        try:
            while True:
                await self._handle(messages.parse_message(await self._receive()))
        except Closing as closing:
            self._end(closing.code, closing.reason)
        except WebSocketDisconnect as gone:
            self._end(gone.code, "")
        except Exception as error:  # noqa: BLE001  its text must reach neither client nor log
            log_unexpected(error, "websocket")
            self._end(_INTERNAL_ERROR, "Internal error")

    async def _receive(self) -> str:
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1005))
        text = message.get("text")
        if not isinstance(text, str):
            raise Closing(messages.INVALID, "Messages are text")
        if len(text) > self._values.message_bytes:
            raise Closing(messages.TOO_BIG, "Message too big")
        if not self._rate.allows():
            raise Closing(messages.TOO_MANY, "Too many messages")
        return text

    async def _handle(self, message: ClientMessage) -> None:
        if message.type == "connection_init":
            await self._init(message)
        elif message.type == "ping":
            await self._websocket.send_text(messages.pong(message.payload))
        elif message.type == "subscribe":
            await self._subscribe(message)
        elif message.type == "complete":
            self._complete(message.id)

    async def _init(self, message: ClientMessage) -> None:
        if self._initialised:
            raise Closing(messages.TOO_MANY, "Too many initialisation requests")
        self._initialised = True
        authorization = messages.text_in(message.payload, "authorization")
        language = messages.text_in(message.payload, "acceptLanguage")
        self._caller = with_payload(self._caller, authorization, language)
        viewer = (await self._engine.context(self._caller)).viewer
        if authorization is not None and (bearer(authorization) is None or viewer.id is None):
            raise Closing(FORBIDDEN, "Forbidden")
        if not self._connections.identify(self._connection, viewer):
            raise Closing(messages.TOO_MANY, "Too many connections")
        seconds = self._values.reauthenticate_seconds
        self._spawn(watch(self._connection, self._engine, self._caller, seconds))
        await self._websocket.send_text(messages.ack())
        self._acknowledged = True

    async def _subscribe(self, message: ClientMessage) -> None:
        if not self._acknowledged:
            raise Closing(messages.UNAUTHORIZED, "Unauthorized")
        if message.id in self._operations:
            raise Closing(messages.DUPLICATE, f"Subscriber for {message.id} already exists")
        params = messages.params_in(message)
        if len(self._operations) >= self._values.operations_per_socket:
            limit = self._values.operations_per_socket
            text = f"A socket may have {limit} operations under way."
            error = {"message": text, "extensions": {"code": "LIMIT_EXCEEDED"}}
            await self._websocket.send_text(messages.error_message(message.id, [error]))
            return
        self._operations[message.id] = self._spawn(self._operate(message.id, params))

    def _complete(self, operation: str) -> None:
        task = self._operations.pop(operation, None)
        if task is not None:
            task.cancel()

    async def _operate(self, operation: str, params: Params) -> None:
        try:
            plan = self._engine.plan(params)
            refuse_signing_in(plan)
        except DocumentRefused as refused:
            await self._refuse(operation, refusal_of(refused))
            return
        try:
            if plan.kind is OperationType.SUBSCRIPTION:
                refused_answer = await self._stream(operation, plan)
            else:
                refused_answer = await self._execute(operation, plan)
        except SlowReader:
            self._end(messages.SLOW, "Slow consumer")
            return
        except Interrupted:
            # Not 1011: common clients take it as final and do not come back.
            self._end(GOING_AWAY, "Try again")
            return
        if refused_answer is not None:
            await self._refuse(operation, refused_answer)
            return
        self._operations.pop(operation, None)
        await self._websocket.send_text(messages.complete_message(operation))

    async def _stream(self, operation: str, plan: Plan) -> Answer | None:
        async with aclosing(self._engine.stream(plan, self._caller)) as answers:
            async for answer in answers:
                if answer.refused:
                    return answer
                await self._websocket.send_text(messages.next_message(operation, answer.body))
        return None

    async def _execute(self, operation: str, plan: Plan) -> Answer | None:
        answer = await self._engine.execute(plan, self._caller)
        if answer.context is not None and answer.context.session_ended:
            self._end(FORBIDDEN, "Forbidden")
        if answer.refused:
            return answer
        await self._websocket.send_text(messages.next_message(operation, answer.body))
        return None

    async def _refuse(self, operation: str, answer: Answer) -> None:
        self._operations.pop(operation, None)
        await self._websocket.send_text(messages.error_message(operation, answer.body["errors"]))

    def _init_is_late(self) -> None:
        if not self._initialised:
            self._end(messages.INIT_TIMEOUT, "Connection initialisation timeout")

    def _end(self, code: int, reason: str) -> None:
        self._connection.end(code, reason.encode()[:_REASON_BYTES].decode(errors="ignore"))

    def _spawn(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._background.add(task)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._background.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            if not isinstance(error, WebSocketDisconnect | OSError | RuntimeError):
                log_unexpected(error, "websocket")
            self._end(_INTERNAL_ERROR, "Internal error")


class _Rate:
    """A bucket of messages that fills steadily."""

    def __init__(self, values: FaceValues) -> None:
        self._per_second = values.messages_per_second
        self._size = float(values.message_burst)
        self._left = self._size
        self._at = time.monotonic()

    def allows(self) -> bool:
        """Take one message out, if there is one."""
        now = time.monotonic()
        self._left = min(self._size, self._left + (now - self._at) * self._per_second)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
