"""The sockets and event streams that are open in this process: bounded, closable from outside."""

from collections import Counter
from typing import TypeVar
from uuid import UUID

from domain.viewer import ANONYMOUS, Viewer
from portal.http.connection import FORBIDDEN, GOING_AWAY, Connection
from portal.http.refusal import Refusal
from portal.http.values import FaceValues
from portal.http.watch import Watch

_Key = TypeVar("_Key")


class Connections:
    """All of this process, counted per address and per viewer."""

    def __init__(self, values: FaceValues, watch: Watch) -> None:
        self._values = values
        self._watch = watch
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
        """Note whose connection it is, and watch its rights; false if the viewer has too many."""
        self._forget_viewer(connection)
        if viewer.actor_id is not None:
            if self._by_viewer[viewer.actor_id] >= self._values.connections_per_viewer:
                return False
            self._by_viewer[viewer.actor_id] += 1
        connection.viewer = viewer
        self._watch.add(connection)
        return True

    def close(self, connection: Connection) -> None:
        """Forget a connection that is over."""
        self._open.discard(connection)
        self._watch.remove(connection)
        self._forget_viewer(connection)
        _decrease(self._by_address, connection.address)

    def revoke(self, session_id: UUID) -> int:
        """End every connection of a session that has been revoked; gives their number."""
        found = [each for each in self._open if each.viewer.session_id == session_id]
        for each in found:
            each.end(FORBIDDEN, "Forbidden")
        return len(found)

    def stop(self) -> None:
        """End all connections because the process stops."""
        for each in self._open:
            each.end(GOING_AWAY, "Service restart")

    def _forget_viewer(self, connection: Connection) -> None:
        if connection.viewer.actor_id is not None:
            _decrease(self._by_viewer, connection.viewer.actor_id)
        connection.viewer = ANONYMOUS


def _decrease(counts: Counter[_Key], key: _Key) -> None:
    counts[key] -= 1
    if counts[key] <= 0:
        del counts[key]
