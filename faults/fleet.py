"""The supervisor: the portal's processes, started, killed and started again."""

import asyncio
import multiprocessing
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from faults.entry import PRELOADED, become
from portal.failure import CommandError
from portal.leash import SUPERVISED
from portal.probe import is_ready

_GLANCE = 0.02
_MOMENT = 0.05  # what a killed process had still sent is heard before another takes its place
_PATIENCE = 90.0
_FAREWELL = 25.0


@dataclass(slots=True)
class Ship:
    """One place in the fleet; its processes follow each other."""

    name: str
    role: str
    environ: Mapping[str, str]
    log: Path
    generation: int = 0
    killed: set[int] = field(default_factory=set)
    falls: int = 0
    process: ForkServerProcess | None = None
    leash: "Connection[None, None] | None" = None

    @property
    def port(self) -> int:
        """Where its API listens."""
        return int(self.environ["PORT"])

    @property
    def alive(self) -> bool:
        """Whether its process is there."""
        return self.process is not None and self.process.is_alive()


class Fleet:
    """Keeps every place filled until it is told to stop.

    The processes are forked from one that has loaded the program, so that a start costs a tenth
    of a second and hundreds of kills do not cost hundreds of seconds.
    """

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(list(PRELOADED))
        self._starting = asyncio.Lock()
        self.ships: dict[str, Ship] = {}

    def add(self, name: str, role: str, environ: Mapping[str, str], log: Path) -> None:
        """One more place."""
        self.ships[name] = Ship(name, role, {**environ, SUPERVISED: "1"}, log)

    def named(self, role: str) -> list[Ship]:
        """The places of a role."""
        return [each for each in self.ships.values() if each.role == role]

    @property
    def ports(self) -> tuple[int, ...]:
        """Where the API processes listen."""
        return tuple(each.port for each in self.named("serve"))

    @property
    def kills(self) -> int:
        """How many processes were killed."""
        return sum(len(each.killed) for each in self.ships.values())

    def kill(self, ship: Ship) -> bool:
        """`kill -9`, at this instant; False if there is nobody to kill."""
        if ship.process is None or not ship.process.is_alive():
            return False
        ship.process.kill()
        ship.killed.add(ship.generation)
        return True

    def of(self, pid: int) -> Ship | None:
        """Whose process it is."""
        found = (s for s in self.ships.values() if s.process is not None and s.process.pid == pid)
        return next(found, None)

    @asynccontextmanager
    async def afloat(self) -> AsyncIterator[None]:
        """All places filled while the block lasts."""
        keeper = asyncio.create_task(self._keep())
        try:
            await self.ready()
            yield
        finally:
            keeper.cancel()
            await asyncio.wait([keeper])
            await asyncio.to_thread(self._stop)

    async def ready(self) -> None:
        """Wait until every API process answers that it is ready.

        Raises:
            CommandError: one does not.
        """
        deadline = time.monotonic() + _PATIENCE
        for port in self.ports:
            while not await is_ready("127.0.0.1", port):
                if time.monotonic() > deadline:
                    raise CommandError(f"The API on port {port} does not become ready")
                await asyncio.sleep(_MOMENT)

    async def _keep(self) -> None:
        while True:
            for ship in self.ships.values():
                if not ship.alive:
                    await self._start(ship)
            await asyncio.sleep(_GLANCE)

    async def _start(self, ship: Ship) -> None:
        if ship.process is not None:
            if ship.generation not in ship.killed:
                ship.falls += 1
            await asyncio.sleep(_MOMENT)
        await asyncio.to_thread(self._fork, ship)

    def _fork(self, ship: Ship) -> None:
        _let_go(ship)
        theirs, ours = self._context.Pipe(duplex=False)
        process = self._context.Process(
            target=become, args=(ship.role, ship.environ, str(ship.log), theirs), name=ship.name
        )
        process.start()
        theirs.close()
        ship.generation += 1
        ship.process, ship.leash = process, ours

    def _stop(self) -> None:
        """As a supervisor would: the API first, then who does the jobs."""
        for ship in self.ships.values():
            if ship.process is not None:
                ship.process.terminate()
        for ship in self.ships.values():
            if ship.process is not None:
                ship.process.join(_FAREWELL)
                ship.process.kill()
                ship.process.join()
            _let_go(ship)


def _let_go(ship: Ship) -> None:
    if ship.leash is not None:
        ship.leash.close()
        ship.leash = None
