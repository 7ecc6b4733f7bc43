"""Whether the rights behind long connections still stand."""

import asyncio

from portal.http.caller import Caller, Door
from portal.http.connection import FORBIDDEN, Connection
from portal.http.errors import log_unexpected

_AT_ONCE = 500


class Watch:
    """Asks again every so often who is behind each connection; one task for all of them.

    If nobody can say (the database is away), the connection stays and is asked about again.
    """

    def __init__(self, door: Door, seconds: float) -> None:
        self._door = door
        self._seconds = seconds
        self._due: dict[Connection, tuple[float, Caller]] = {}  # in the order of their turns
        self._task: asyncio.Task[None] | None = None

    def add(self, connection: Connection, caller: Caller) -> None:
        """Watch a connection from now on."""
        self._due.pop(connection, None)
        self._due[connection] = _now() + self._seconds, caller
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._run(), name="face: watch")

    def remove(self, connection: Connection) -> None:
        """Leave a connection alone; with the last one the task ends."""
        self._due.pop(connection, None)
        if not self._due and self._task is not None:
            self._task.cancel()
            self._task = None

    async def _run(self) -> None:
        while True:
            first, _ = next(iter(self._due.values()))
            await asyncio.sleep(first - _now())
            turn = [each for each in self._due.items() if each[1][0] <= _now()][:_AT_ONCE]
            for connection, (_, caller) in turn:
                self.add(connection, caller)
            await self._ask([(each, caller) for each, (_, caller) in turn])

    async def _ask(self, turn: list[tuple[Connection, Caller]]) -> None:
        try:
            viewers = await self._door.recognise([(caller, each.viewer) for each, caller in turn])
        except Exception as error:  # noqa: BLE001  the next round asks again
            log_unexpected(error, "reauthentication")
            return
        for (connection, _), viewer in zip(turn, viewers, strict=True):
            known = connection.viewer
            if (viewer.id, viewer.session_id) != (known.id, known.session_id):
                connection.end(FORBIDDEN, "Forbidden")


def _now() -> float:
    return asyncio.get_running_loop().time()
