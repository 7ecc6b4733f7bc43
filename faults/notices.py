"""Hearing from workers that they are in the middle of a job."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

Hear = Callable[[int, str], None]


def _ignore(_pid: int, _key: str) -> None:
    """Nobody wants to know."""


@dataclass(slots=True)
class Notices:
    """Where they arrive; `hear` is told the process and the job."""

    port: int
    hear: Hear = _ignore

    def deaf(self) -> None:
        """Listen no more."""
        self.hear = _ignore


class _Ear(asyncio.DatagramProtocol):
    def __init__(self, notices: Notices) -> None:
        self._notices = notices

    def datagram_received(self, data: bytes, addr: object) -> None:  # noqa: ARG002  asyncio's call
        pid, _, key = data.decode().partition(" ")
        self._notices.hear(int(pid), key)


@asynccontextmanager
async def notices() -> AsyncIterator[Notices]:
    """A loopback port that listens while the block lasts."""
    heard = Notices(0)
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(
        lambda: _Ear(heard), local_addr=("127.0.0.1", 0)
    )
    heard.port = int(transport.get_extra_info("sockname")[1])
    try:
        yield heard
    finally:
        transport.close()
