"""Whether the rights behind a long connection still stand."""

import asyncio

from portal.http.caller import Caller
from portal.http.connections import FORBIDDEN, Connection
from portal.http.errors import log_unexpected
from portal.http.execute import Engine


async def watch(connection: Connection, engine: Engine, caller: Caller, seconds: float) -> None:
    """Ask again every so often who the caller is; end the connection when the answer changes.

    If nobody can say (the database is away), the connection stays and is asked about again.
    """
    while True:
        await asyncio.sleep(seconds)
        try:
            context = await engine.context(caller)
        except Exception as error:  # noqa: BLE001  the next round asks again
            log_unexpected(error, "reauthentication")
            continue
        viewer = context.viewer
        if (viewer.id, viewer.session_id) != (connection.viewer_id, connection.session_id):
            connection.end(FORBIDDEN, "Forbidden")
