"""Servers as processes on a core of their own, from their start to their end."""

import asyncio
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.client import connect
from bench.machine import SERVER_CORE, on_core
from bench.peers import ROOT, Peer
from portal.failure import CommandError
from portal.probe import free_port

_PATIENCE = 30.0
_ANY = 0


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers on a port of the loopback address."""

    peer: Peer
    port: int
    process: "subprocess.Popen[bytes]"

    @property
    def pid(self) -> int:
        """Its process."""
        return self.process.pid


@contextmanager
def started(
    peers: Sequence[Peer], environment: Mapping[str, str], folder: Path
) -> Iterator[list[Running]]:
    """All servers at once; they end with the block.

    Raises:
        CommandError: one of them does not start.
    """
    with ExitStack() as stack:
        yield [stack.enter_context(_started(peer, environment, folder)) for peer in peers]


@contextmanager
def _started(peer: Peer, environment: Mapping[str, str], folder: Path) -> Iterator[Running]:
    port, log = free_port(_ANY), folder / f"{peer.name}.log"
    known = {**environment, **peer.environment, "PORT": str(port), "HOST": "127.0.0.1"}
    with on_core(SERVER_CORE), log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603  our own commands
            peer.command,
            cwd=ROOT,
            env=known,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _await_answer(peer, process, port, log)
        yield Running(peer, port, process)
    finally:
        _end(process)


def _await_answer(peer: Peer, process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        if asyncio.run(_answers(port)):
            return
        time.sleep(0.1)
    lines = log.read_text(errors="replace").strip().splitlines()
    reason = lines[-1] if lines else "it said nothing"
    raise CommandError(f"The server {peer.name} did not start: {reason}")


async def _answers(port: int) -> bool:
    try:
        connection = await connect(port)
    except OSError:
        return False
    connection.close()
    return True


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
