"""A lean HTTP/1.1 client for load: keep-alive connections over bare sockets."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from portal.failure import CommandError

_END_OF_HEAD = b"\r\n\r\n"
_LAST_CHUNK = b"0\r\n\r\n"
_PATIENCE = 30


class Connection(asyncio.Protocol):
    """One keep-alive connection with at most one request under way."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[bytes] | None = None
        self._received = bytearray()
        self._wanted = 0
        self._chunked = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by asyncio."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is none by its class

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by asyncio."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(exc or ConnectionResetError("the server hung up"))

    def data_received(self, data: bytes) -> None:
        """Called by asyncio."""
        self._received += data
        if not self._wanted and not self._chunked:
            self._read_head()
        whole = len(self._received) >= self._wanted if self._wanted else self._is_last_chunk()
        if whole and self._answer is not None and not self._answer.done():
            self._answer.set_result(bytes(self._received))

    def _read_head(self) -> None:
        end = self._received.find(_END_OF_HEAD)
        if end < 0:
            return
        head = self._received[:end].lower()
        _, found, rest = head.partition(b"content-length:")
        if found:
            self._wanted = end + len(_END_OF_HEAD) + int(rest.split(b"\r\n", 1)[0])
        else:
            self._chunked = True

    def _is_last_chunk(self) -> bool:
        return self._chunked and self._received.endswith(_LAST_CHUNK)

    async def ask(self, request: bytes) -> bytes:
        """Send a request; its whole answer, head included."""
        if self._transport is None or self._transport.is_closing():
            raise ConnectionResetError("the server hung up")
        self._received.clear()
        self._wanted, self._chunked = 0, False
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()


async def connect(port: int) -> Connection:
    """A connection to a server of this machine."""
    loop = asyncio.get_running_loop()
    _, connection = await loop.create_connection(Connection, "127.0.0.1", port)
    return connection


def post(path: str, token: str, body: bytes) -> bytes:
    """The bytes of a request with a bearer token and a JSON body."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Accept: application/json\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def body_of(answer: bytes) -> bytes:
    """The body of an answer, its chunks put together."""
    head, _, rest = answer.partition(_END_OF_HEAD)
    if b"chunked" not in head.lower():
        return rest
    body = bytearray()
    while rest:
        size, _, rest = rest.partition(b"\r\n")
        length = int(size, 16)
        body += rest[:length]
        rest = rest[length + 2 :]
    return bytes(body)


def is_success(answer: bytes) -> bool:
    """Whether the status is 200 and nothing went wrong inside."""
    return answer.startswith(b"HTTP/1.1 200") and b'"errors":' not in answer[:1000]


@dataclass(slots=True)
class Answers:
    """How many answers came, and the first one that was a refusal."""

    good: int = 0
    refused: int = 0
    refusal: bytes = b""

    def note(self, answer: bytes) -> None:
        """Count one more."""
        if is_success(answer):
            self.good += 1
        else:
            self.refused += 1
            self.refusal = self.refusal or answer


async def load(port: int, requests: Iterator[bytes], seconds: float, connections: int) -> Answers:
    """Ask without a pause on so many connections for so long.

    Raises:
        CommandError: the server hung up.
    """
    opened = [await connect(port) for _ in range(connections)]
    deadline = time.perf_counter() + seconds
    try:
        async with asyncio.timeout(seconds + _PATIENCE):
            given = await asyncio.gather(*(_ask(each, requests, deadline) for each in opened))
    except (OSError, TimeoutError) as error:
        raise CommandError(f"The server on port {port} stopped answering: {error!r}") from None
    finally:
        for each in opened:
            each.close()
    return Answers(
        good=sum(each.good for each in given),
        refused=sum(each.refused for each in given),
        refusal=next((each.refusal for each in given if each.refusal), b""),
    )


async def _ask(connection: Connection, requests: Iterator[bytes], deadline: float) -> Answers:
    given = Answers()
    for request in requests:
        answer = await connection.ask(request)
        given.note(answer)
        if time.perf_counter() >= deadline:
            break
    return given
