"""How uvicorn runs the face: small messages, no request lines in the log, sockets closed first."""

import socket

import uvicorn
from starlette.applications import Starlette

from portal.http.app import Face

_SHUTDOWN_SECONDS = 10


class FaceServer(uvicorn.Server):
    """Ends sockets and streams before it waits for requests, so that a stop takes no time."""

    def __init__(self, config: uvicorn.Config, face: Face) -> None:
        super().__init__(config)
        self._face = face

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop serving."""
        self._face.connections.stop()
        await super().shutdown(sockets)


def face_server(app: Starlette, *, host: str, port: int, log_level: str = "info") -> FaceServer:
    """A server for an application of `create_app`.

    The access log stays off: the address of a GET holds a document and its variables.
    """
    face: Face = app.state.face
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level=log_level.lower(),
        access_log=False,
        server_header=False,
        ws="websockets-sansio",
        ws_max_size=face.values.message_bytes,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )
    return FaceServer(config, face)
