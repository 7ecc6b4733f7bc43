"""A lean client of `graphql-transport-ws`: thousands of sockets in one process on one core.

It frames for itself: the servers under test send whole, unmasked frames, and a mask of zeros leaves
what is sent as it is.
"""

import asyncio
import re
import struct
from collections.abc import Callable
from dataclasses import dataclass, field

import orjson

ACK = b'"connection_ack"'
NEXT = b'"next"'

_MASKED = 0x80
_TEXT, _CLOSE, _PING, _PONG = 0x81, 0x88, 0x89, 0x8A
_SHORT, _MIDDLE = 126, 127
_VERSION = re.compile(rb'"version":(\d+)')


@dataclass(slots=True)
class Tally:
    """What all subscribers together received: the seconds from each publish to each receipt."""

    clock: Callable[[], float]
    published: dict[int, float] = field(default_factory=dict)
    delays: list[float] = field(default_factory=list)
    closed: int = 0

    def receive(self, payload: bytes) -> None:
        """Note the receipt of a message that names the version it tells of."""
        found = _VERSION.search(payload)
        at = self.published.get(int(found[1])) if found else None
        if at is not None:
            self.delays.append(self.clock() - at)


class Subscriber(asyncio.Protocol):
    """One socket with one subscription."""

    __slots__ = ("_buffer", "_expected", "_tally", "_transport", "_upgraded")

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._buffer = b""
        self._upgraded = False
        self._expected: tuple[bytes, asyncio.Future[None]] | None = None
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]  # TCP has nothing else

    def connection_lost(self, exc: Exception | None) -> None:
        self._tally.closed += 1
        if self._expected is not None and not self._expected[1].done():
            self._expected[1].set_exception(exc or ConnectionError("the server closed the socket"))

    def data_received(self, data: bytes) -> None:
        self._buffer = self._buffer + data if self._buffer else data
        if not self._upgraded and not self._upgrade():
            return
        while self._take_frame():
            pass

    async def begin(self, port: int, path: str, token: str, subscribe: bytes) -> None:
        """Shake hands, sign in, subscribe and read the present state."""
        await self._tell(_handshake(port, path), b"\r\n\r\n")
        init = {"type": "connection_init", "payload": {"authorization": f"Bearer {token}"}}
        await self._tell(_frame(orjson.dumps(init)), ACK)
        await self._tell(_frame(subscribe), NEXT)
        self._expected = None

    def leave(self) -> None:
        """Close the socket without a farewell."""
        self._transport.abort()

    async def _tell(self, data: bytes, answer: bytes) -> None:
        self._expected = answer, asyncio.get_running_loop().create_future()
        self._transport.write(data)
        async with asyncio.timeout(60):
            await self._expected[1]

    def _upgrade(self) -> bool:
        head, end, rest = self._buffer.partition(b"\r\n\r\n")
        if not end:
            return False
        if b" 101 " not in head:
            raise ConnectionError(head.decode(errors="replace"))
        self._upgraded, self._buffer = True, rest
        self._met(end)
        return True

    def _take_frame(self) -> bool:
        data = self._buffer
        size, start = data[1] if len(data) > 1 else _MIDDLE, 2
        if size == _SHORT:
            size, start = int.from_bytes(data[2:4]), 4
        elif size == _MIDDLE:
            size, start = int.from_bytes(data[2:10]), 10
        end = start + size
        if len(data) < start or len(data) < end:
            return False
        self._buffer = data[end:]
        self._handle(data[0], data[start:end])
        return True

    def _handle(self, opcode: int, payload: bytes) -> None:
        if opcode == _TEXT:
            self._tally.receive(payload)
            if self._expected is not None:
                self._met(payload)
        elif opcode == _PING:
            self._transport.write(_frame(payload, _PONG))
        elif opcode == _CLOSE:
            self._transport.close()

    def _met(self, payload: bytes) -> None:
        if self._expected is None or self._expected[1].done():
            return
        if self._expected[0] in payload:
            self._expected[1].set_result(None)
        elif ACK not in payload:
            self._expected[1].set_exception(ConnectionError(payload.decode(errors="replace")))


async def connected(tally: Tally, port: int) -> Subscriber:
    """A socket that has not said anything yet."""
    loop = asyncio.get_running_loop()
    _, subscriber = await loop.create_connection(lambda: Subscriber(tally), "127.0.0.1", port)
    return subscriber


def _handshake(port: int, path: str) -> bytes:
    lines = (
        f"GET {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        "Sec-WebSocket-Protocol: graphql-transport-ws",
    )
    return "\r\n".join([*lines, "", ""]).encode()


def _frame(payload: bytes, opcode: int = _TEXT) -> bytes:
    size = len(payload)
    if size < _SHORT:
        head = bytes((opcode, _MASKED | size))
    else:
        head = struct.pack("!BBH", opcode, _MASKED | _SHORT, size)
    return head + b"\0\0\0\0" + payload
