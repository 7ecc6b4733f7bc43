"""Supervision: what is started, watched, restarted, listened to and stopped in order."""

import asyncio
import os
import random
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from portal.failure import CommandError
from portal.leash import SUPERVISED

Say = Callable[[str], None]

_PATIENCE = 12
_LONGEST_PAUSE = 10.0
_FIRST_PAUSE = 0.5
_LONG_ENOUGH = 30.0
_GLANCE = 0.25
_LINE_LIMIT = 1_048_576


def portal_command(*arguments: str) -> list[str]:
    """Return the command line of a command of the portal."""
    return [sys.executable, "-m", "portal", *arguments]


@dataclass(slots=True)
class Child:
    """One supervised process."""

    name: str
    command: Sequence[str]
    listeners: Sequence[socket.socket] = ()
    process: asyncio.subprocess.Process | None = None
    starts: int = 0


class Server(Protocol):
    """A server that somebody else started and will stop, and that can be started again."""

    @property
    def running(self) -> bool:
        """Whether it is still there."""

    def start(self) -> None:
        """Start it again over the same data; CommandError if that fails."""


@dataclass(slots=True)
class _Pause:
    """The pause before a new start: it grows with starts that follow each other closely."""

    seconds: float = _FIRST_PAUSE
    began: float = field(default_factory=time.monotonic)

    def next(self) -> float:
        """Return the length of the pause that is due now."""
        if time.monotonic() - self.began > _LONG_ENOUGH:
            self.seconds = _FIRST_PAUSE
        due, self.seconds = self.seconds, min(self.seconds * 2, _LONGEST_PAUSE)
        return due

    async def sleep(self, due: float) -> None:
        """Pause, with a little chance in it; the next start begins now."""
        await asyncio.sleep(due * random.uniform(0.8, 1.2))  # noqa: S311  jitter, no secret
        self.began = time.monotonic()


@dataclass(slots=True)
class Supervisor:
    """Keeps the children alive until it is told to stop."""

    environ: Mapping[str, str]
    say: Say
    children: list[Child] = field(default_factory=list)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)

    async def finish(self, name: str, *command: str) -> int:
        """Run a command to its end and return its exit code."""
        child = Child(name, command)
        self.children.append(child)
        code = await self._once(child)
        self.children.remove(child)
        return code

    def keep(self, name: str, *command: str, listeners: Sequence[socket.socket] = ()) -> None:
        """Start a command and start it again whenever it ends; it inherits the listeners."""
        child = Child(name, command, listeners)
        self.children.append(child)
        self._tasks.append(asyncio.create_task(self._keep(child), name=name))

    def watch(self, name: str, server: Server) -> None:
        """Start a running server again whenever it ends; stopping it is left to its owner."""
        self._tasks.append(asyncio.create_task(self._watch(name, server), name=name))

    async def stop(self) -> None:
        """End the children, the last one first, and wait for each."""
        self._stopping.set()
        for child in reversed(self.children):
            await _end(child)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def kill(self) -> None:
        """End all children at once."""
        self._stopping.set()
        for child in self.children:
            _signal(child, signal.SIGKILL)

    async def _keep(self, child: Child) -> None:
        pause = _Pause()
        while not self._stopping.is_set():
            code = await self._once(child)
            if self._stopping.is_set():
                return
            due = pause.next()
            self.say(f"{child.name} ended with code {code}, starting it again in {due:.1f} s.")
            await pause.sleep(due)

    async def _watch(self, name: str, server: Server) -> None:
        pause, reason = _Pause(), "ended"
        while not self._stopping.is_set():
            if server.running:
                await asyncio.sleep(_GLANCE)
                continue
            due = pause.next()
            self.say(f"{name} {reason}, starting it again in {due:.1f} s.")
            await pause.sleep(due)
            reason = await _started_again(server)

    async def _once(self, child: Child) -> int:
        if self._stopping.is_set():
            return 0
        child.process = await asyncio.create_subprocess_exec(
            *child.command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            env={**self.environ, SUPERVISED: "1", "PYTHONUNBUFFERED": "1"},
            limit=_LINE_LIMIT,
            process_group=0,
            pass_fds=[each.fileno() for each in child.listeners],
        )
        child.starts += 1
        await self._pass_on(child, child.process)
        return await child.process.wait()

    async def _pass_on(self, child: Child, process: asyncio.subprocess.Process) -> None:
        while process.stdout:
            try:
                line = await process.stdout.readline()
            except ValueError:
                continue  # a line beyond all measure was dropped by the reader
            if not line:
                return
            self.say(f"[{child.name}] {line.decode(errors='replace').rstrip()}")


async def _started_again(server: Server) -> str:
    """Start a server; returns what will have happened to it when it is not running any more."""
    try:
        await asyncio.to_thread(server.start)
    except (CommandError, OSError) as error:
        return f"is still away ({error})"
    return "ended"


async def _end(child: Child) -> None:
    if child.process is None or child.process.returncode is not None:
        return
    _signal(child, signal.SIGTERM, group=False)
    try:
        await asyncio.wait_for(child.process.wait(), _PATIENCE)
    except TimeoutError:
        _signal(child, signal.SIGKILL)
        await child.process.wait()


def _signal(child: Child, number: signal.Signals, *, group: bool = True) -> None:
    if child.process is None or child.process.returncode is not None:
        return
    with suppress(ProcessLookupError):
        (os.killpg if group else os.kill)(child.process.pid, number)
