"""What every scenario stands on: servers that may be crashed, the fleet, the cast, the history."""

import asyncio
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TypeVar

import asyncpg

from domain.keys import Keys
from faults.cast import Cast, Stock, make_cast
from faults.clients import Client
from faults.fleet import Fleet
from faults.history import History
from faults.jobs import NOTICES
from faults.notices import Notices, notices
from faults.post import Post
from faults.servers import Servers
from faults.sizes import Sizes
from faults.tables import prepare
from models.database import connect, disconnect, parse_url
from models.migrate import migrate
from portal.account import stand_in
from portal.embedded import Embedded, running
from portal.embedded_postgres import DATABASE
from portal.probe import free_port

T = TypeVar("T")
Say = Callable[[str], None]
_WORKERS = ("worker-1", "worker-2")
_POOL = 6


@dataclass(slots=True)
class Stage:
    """The running portal, and everything that watches it."""

    seed: int
    sizes: Sizes
    servers: Servers
    database_url: str
    folder: Path
    fleet: Fleet
    post: Post
    notices: Notices
    cast: Cast
    stock: Stock
    say: Say
    history: History = field(default_factory=History)

    def chance(self, of: str) -> Random:
        """The dice of one scenario, or of one of its clients."""
        return Random(f"{self.seed}/{of}")

    def clients(self, scenario: str, number: int) -> list[Client]:
        """So many clients, with dice of their own."""
        return [
            Client(
                self.history,
                scenario,
                f"client-{each}",
                self.fleet.ports,
                self.chance(f"{scenario}/{each}"),
            )
            for each in range(number)
        ]

    def in_time(self, items: Iterable[T], shares: int = 1) -> Iterator[T]:
        """The items, as many as there is time for; some scenarios have several shares of it."""
        deadline = time.monotonic() + shares * self.sizes.seconds
        for item in items:
            if time.monotonic() > deadline:
                return
            yield item

    def logs(self) -> str:
        """What all processes have said."""
        return "".join(p.read_text(errors="replace") for p in sorted(self.folder.glob("*.log")))


@asynccontextmanager
async def staged(seed: int, sizes: Sizes, say: Say) -> AsyncIterator[Stage]:
    """The stage of one run; nothing is left of it afterwards."""
    with _folder() as folder:
        say("Starting PostgreSQL and Redis.")
        with running(folder / "data", throwaway=True) as embedded:
            await migrate(embedded.database_owner_url, parse_url(embedded.database_url).user)
            await prepare(embedded)
            await connect(embedded.database_url, pool_size=10, application_name="faults")
            try:
                async with _afloat(seed, sizes, embedded, folder, say) as stage:
                    yield stage
            finally:
                await disconnect()


@asynccontextmanager
async def _afloat(
    seed: int, sizes: Sizes, embedded: Embedded, folder: Path, say: Say
) -> AsyncIterator[Stage]:
    say("Making people with sessions.")
    cast = await make_cast(Keys(embedded.secret_key.encode()), sizes.meetings)
    fleet = Fleet()
    post = Post(fleet, Random(f"{seed}/post"))
    async with post.doors(*_WORKERS) as doors, notices() as heard:
        _man(fleet, embedded, folder, doors, heard.port)
        say("Starting two API processes, a relay and two workers.")
        async with fleet.afloat():
            yield Stage(
                seed=seed,
                sizes=sizes,
                servers=Servers(embedded, folder / "data" / "postgres"),
                database_url=embedded.database_url,
                folder=folder,
                fleet=fleet,
                post=post,
                notices=heard,
                cast=cast,
                stock=Stock(cast, embedded.admin_url, DATABASE),
                say=say,
            )


def _man(
    fleet: Fleet, embedded: Embedded, folder: Path, doors: dict[str, int], notices_port: int
) -> None:
    first = free_port(0)
    ports = {"api-1": first, "api-2": free_port(0, {first})}
    usual = {
        **embedded.environment(),
        "HOST": "127.0.0.1",
        "PUBLIC_URL": f"http://127.0.0.1:{first}",
        "POOL_SIZE": str(_POOL),
        "LOG_LEVEL": "WARNING",
        NOTICES: str(notices_port),
    }
    for name, port in ports.items():
        fleet.add(name, "serve", {**usual, "PORT": str(port)}, folder / f"{name}.log")
    fleet.add("relay", "relay", usual, folder / "relay.log")
    for name, port in doors.items():
        smtp = {"SMTP_URL": f"smtp://127.0.0.1:{port}"}
        fleet.add(name, "worker", usual | smtp, folder / f"{name}.log")


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder that whoever stands in for root can reach."""
    account, _ = stand_in()
    usual = Path(tempfile.gettempdir())
    parent = usual if account is None or account.reaches(usual) else Path("/tmp")  # noqa: S108  the name is random
    folder = Path(tempfile.mkdtemp(prefix="assistenz-faults-", dir=parent))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def connected(stage: Stage) -> asyncpg.Connection:
    """A connection beside the pool."""
    arguments = parse_url(stage.database_url).arguments()
    while True:
        try:
            return await asyncpg.connect(**arguments)
        except (OSError, asyncpg.PostgresError):
            await asyncio.sleep(0.1)
