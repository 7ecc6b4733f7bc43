"""How uvicorn runs the face: small messages, no request lines in the log, sockets closed first."""

import gc
import logging
import socket

import uvicorn
from starlette.applications import Starlette

from portal.http.app import Face
from portal.http.wire import LeanSocket

_SHUTDOWN_SECONDS = 10
_YOUNG, _YOUNG_ROUNDS, _MIDDLE_ROUNDS = 20_000, 20, 50


class FaceServer(uvicorn.Server):
    """Ends sockets and streams before it waits for requests, so that a stop takes no time."""

    def __init__(self, config: uvicorn.Config, face: Face) -> None:
        super().__init__(config)
        self._face = face

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop serving."""
        self._face.connections.stop()
        await super().shutdown(sockets)


def settle_collector() -> None:
    """Let the garbage collector leave alone what stays: the program, and connections at rest.

    What was loaded up to here is never looked at again. An event for thousands of subscribers makes
    as many objects as a whole collection used to wait for, which then took half a second.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, _YOUNG_ROUNDS, _MIDDLE_ROUNDS)


def face_server(app: Starlette, *, host: str, port: int, log_level: str = "info") -> FaceServer:
    """A server for an application of `create_app`.

    The access log stays off: the address of a GET holds a document and its variables. The log of
    sockets is cut down for the same reason.
    """
    face: Face = app.state.face
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level=log_level.lower(),
        access_log=False,
        server_header=False,
        ws=LeanSocket,
        ws_max_size=face.values.message_bytes,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )
    _say_nothing_of_clients()
    return FaceServer(config, face)


def _say_nothing_of_clients() -> None:
    """Below INFO the log would repeat headers and messages, at INFO the address of each socket."""
    log = logging.getLogger("uvicorn.error")
    log.setLevel(max(log.level, logging.INFO))
    log.addFilter(_names_no_client)


def _names_no_client(record: logging.LogRecord) -> bool:
    """Lines that begin with a client's address have it as their first argument."""
    return not str(record.msg).startswith("%s")
