"""Whether the rights behind long connections still stand."""

import asyncio

from portal.http.caller import Door
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
        self._due: dict[Connection, float] = {}  # in the order of their turns
        self._task: asyncio.Task[None] | None = None

    def add(self, connection: Connection) -> None:
        """Watch a connection from now on."""
        self._due.pop(connection, None)
        self._due[connection] = _now() + self._seconds
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
            first = next(iter(self._due.values()))
            await asyncio.sleep(first - _now())
            turn = [each for each, due in self._due.items() if due <= _now()][:_AT_ONCE]
            for each in turn:
                self.add(each)
            await self._ask(turn)

    async def _ask(self, turn: list[Connection]) -> None:
        known = [each.viewer for each in turn]
        try:
            viewers = await self._door.recognise(known)
        except Exception as error:  # noqa: BLE001  the next round asks again
            log_unexpected(error, "reauthentication")
            return
        for connection, before, now in zip(turn, known, viewers, strict=True):
            if (now.id, now.session_id) != (before.id, before.session_id):
                connection.end(FORBIDDEN, "Forbidden")


def _now() -> float:
    return asyncio.get_running_loop().time()
