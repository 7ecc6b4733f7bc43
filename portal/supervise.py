"""Supervision: child processes that are started, restarted, listened to and stopped in order."""

import asyncio
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from portal.leash import SUPERVISED

Say = Callable[[str], None]

_PATIENCE = 12
_LONGEST_PAUSE = 10.0
_FIRST_PAUSE = 0.5
_LONG_ENOUGH = 30.0
_LINE_LIMIT = 1_048_576


def portal_command(*arguments: str) -> list[str]:
    """Return the command line of a command of the portal."""
    return [sys.executable, "-m", "portal", *arguments]


@dataclass(slots=True)
class Child:
    """One supervised process."""

    name: str
    command: Sequence[str]
    process: asyncio.subprocess.Process | None = None
    starts: int = 0


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

    def keep(self, name: str, *command: str) -> None:
        """Start a command and start it again whenever it ends."""
        child = Child(name, command)
        self.children.append(child)
        self._tasks.append(asyncio.create_task(self._keep(child), name=name))

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
        pause = _FIRST_PAUSE
        while not self._stopping.is_set():
            began = time.monotonic()
            code = await self._once(child)
            if self._stopping.is_set():
                return
            if time.monotonic() - began > _LONG_ENOUGH:
                pause = _FIRST_PAUSE
            self.say(f"{child.name} ended with code {code}, starting it again in {pause:.1f} s.")
            await asyncio.sleep(pause * random.uniform(0.8, 1.2))  # noqa: S311  jitter, no secret
            pause = min(pause * 2, _LONGEST_PAUSE)

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
