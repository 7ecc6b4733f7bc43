"""Ports: taking one, finding a free one, and asking whether the API behind one is ready."""

import asyncio
import errno
import json
import socket
from collections.abc import Collection
from contextlib import suppress
from itertools import repeat
from typing import Any

from portal.failure import CommandError, SettingError

_PATIENCE = 2
_LONG_PATIENCE = 20  # of one question, not of many until something is ready
_BACKLOG = 1024


def listen(host: str, port: int) -> socket.socket:
    """Take the port; CommandError if somebody else has it, SettingError if the host is wrong."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except (OSError, UnicodeError) as error:
        listener.close()
        if not isinstance(error, OSError) or _names_no_host(error):
            problem = f"is {host!r} but must be an address of this machine"
            raise SettingError("HOST", problem, "127.0.0.1") from None
        message = (
            f"Port {port} of {host} cannot be used ({error.strerror}): "
            f"stop what uses it, or choose another one, for example: PORT={_another(port)}"
        )
        raise CommandError(message) from None
    listener.settimeout(0)
    return listener


def _names_no_host(error: OSError) -> bool:
    return isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL


def _another(port: int) -> int:
    return port + 1 if port < 65_000 else 8000  # noqa: PLR2004  any higher one may not exist


def take(wanted: int, promised: Collection[int] = ()) -> socket.socket:
    """Take the wanted port of the loopback address, or any free one if it is taken.

    Ports that are `promised` to others are left alone: nobody listens there yet.

    Raises:
        CommandError: no port is free.
    """
    for port in (wanted, *repeat(0, len(promised) + 1)):
        with suppress(CommandError):
            taken = listen("127.0.0.1", port)
            if port_of(taken) not in promised:
                return taken
            taken.close()
    raise CommandError("No port of this machine is free: stop what you do not need")


def free_port(wanted: int, promised: Collection[int] = ()) -> int:
    """The port that `take` would take, for somebody else: who comes first has it."""
    with take(wanted, promised) as taken:
        return port_of(taken)


def port_of(listener: socket.socket) -> int:
    """The port at which it listens."""
    return int(listener.getsockname()[1])


async def fetched(host: str, port: int, path: str) -> Any:
    """What the API behind a port says at a path, as JSON; CommandError if it says nothing."""
    try:
        async with asyncio.timeout(_LONG_PATIENCE):
            answer = await _answer(_reachable_by(host), port, path)
        return json.loads(answer.partition(b"\r\n\r\n")[2])
    except (OSError, TimeoutError, ValueError) as error:
        message = f"The portal was ready and then did not answer at {path}"
        raise CommandError(message) from error


async def is_ready(host: str, port: int) -> bool:
    """Ask /health/ready, as an orchestrator would."""
    try:
        async with asyncio.timeout(_PATIENCE):
            answer = await _answer(_reachable_by(host), port, "/health/ready")
    except (OSError, TimeoutError):
        return False
    return answer.split(b" ")[1:2] == [b"200"]


async def _answer(host: str, port: int, path: str) -> bytes:
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(f"GET {path} HTTP/1.0\r\nHost: {host}\r\n\r\n".encode())
        return await reader.read()
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


def _reachable_by(host: str) -> str:
    """Return the loopback address for a server that listens on every address."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  compared, not bound
