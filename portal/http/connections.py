"""The sockets and event streams that are open in this process: bounded, closable from outside."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from domain.viewer import Viewer
from portal.http.refusal import Refusal
from portal.http.values import FaceValues

_Key = TypeVar("_Key")

FORBIDDEN = 4403
GOING_AWAY = 1012


@dataclass(frozen=True, slots=True)
class Ending:
    """Why a connection is closed: a close code of the WebSocket protocol and a short reason."""

    code: int
    reason: str


@dataclass(eq=False, slots=True)
class Connection:
    """One open socket or stream; `ended` is set by whoever closes it first."""

    address: str
    viewer_id: UUID | None = None
    session_id: UUID | None = None
    ended: asyncio.Future[Ending] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )

    def end(self, code: int, reason: str) -> None:
        """Ask for the end; the first reason counts."""
        if not self.ended.done():
            self.ended.set_result(Ending(code, reason))


class Connections:
    """All of this process, counted per address and per viewer."""

    def __init__(self, values: FaceValues) -> None:
        self._values = values
        self._open: set[Connection] = set()
        self._by_address: Counter[str] = Counter()
        self._by_viewer: Counter[UUID] = Counter()

    def __len__(self) -> int:
        """How many are open."""
        return len(self._open)

    def open(self, address: str) -> Connection:
        """Note a new connection.

        Raises:
            Refusal: 429 if the address has too many, 503 if the process has.
        """
        if len(self._open) >= self._values.connections:
            raise Refusal(503, "UNAVAILABLE", "Too many connections.", {"Retry-After": "10"})
        if self._by_address[address] >= self._values.connections_per_address:
            raise Refusal(429, "RATE_LIMITED", "Too many connections.", {"Retry-After": "10"})
        connection = Connection(address)
        self._open.add(connection)
        self._by_address[address] += 1
        return connection

    def identify(self, connection: Connection, viewer: Viewer) -> bool:
        """Note whose connection it is; false if the viewer has too many."""
        self._forget_viewer(connection)
        if viewer.id is not None:
            if self._by_viewer[viewer.id] >= self._values.connections_per_viewer:
                return False
            self._by_viewer[viewer.id] += 1
        connection.viewer_id, connection.session_id = viewer.id, viewer.session_id
        return True

    def close(self, connection: Connection) -> None:
        """Forget a connection that is over."""
        self._open.discard(connection)
        self._forget_viewer(connection)
        _decrease(self._by_address, connection.address)

    def revoke(self, session_id: UUID) -> int:
        """End every connection of a session that has been revoked; gives their number."""
        found = [each for each in self._open if each.session_id == session_id]
        for each in found:
            each.end(FORBIDDEN, "Forbidden")
        return len(found)

    def stop(self) -> None:
        """End all connections because the process stops."""
        for each in self._open:
            each.end(GOING_AWAY, "Service restart")

    def _forget_viewer(self, connection: Connection) -> None:
        if connection.viewer_id is not None:
            _decrease(self._by_viewer, connection.viewer_id)
        connection.viewer_id = connection.session_id = None


def _decrease(counts: Counter[_Key], key: _Key) -> None:
    counts[key] -= 1
    if counts[key] <= 0:
        del counts[key]
