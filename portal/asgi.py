"""The API process: pool, hub, limiter and graph behind one ASGI application."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress

import asyncpg
from redis.asyncio import Redis
from redis.exceptions import RedisError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Lifespan
from tortoise.exceptions import BaseORMException

from domain.errors import DomainError
from domain.ids import decode
from domain.keys import Keys
from domain.viewer import Viewer
from models.database import DatabaseBusy, connect, disconnect, fetch
from models.migrate import current
from models.read_pool import ReadPool
from notifications.language import negotiate
from notifications.refusal import explain
from portal.demo.codes import personas_now
from portal.graphql import schema
from portal.http.app import create_app
from portal.http.calendar import CalendarFeedEndpoint
from portal.http.caller import Caller
from portal.http.printout import FORMS, PrintoutEndpoint
from portal.http.refusal import Refusal
from portal.http.values import FaceValues
from portal.pages.routes import graphiql_response, routes
from portal.settings import Settings
from schema.context import Context
from schema.plan.cache import ReadPlan
from services import clock
from services.limiter import Limiter
from services.live import Hub
from services.session import viewer_acting, viewer_of, viewers_now

_log = logging.getLogger(__name__)
_READY_SECONDS = 2
_AWAY = (
    OSError,
    ValueError,
    DatabaseBusy,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    BaseORMException,
)


class Process:
    """What lives as long as the API process."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.keys = Keys(settings.secret_key.encode())
        self.pool = ReadPool(
            settings.database_url, size=settings.pool_size, application_name="portal reads"
        )
        self.redis = Redis.from_url(settings.redis_url, socket_timeout=1)
        self.limiter = Limiter(self.redis, self.keys)
        self.plan = ReadPlan(schema)
        self.hub = Hub(self.keys, settings.redis_url)
        self.failure = ""

    @asynccontextmanager
    async def lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        """Connect, follow the events, and leave in the reverse order."""
        settings = self.settings
        with self._explained("The database cannot be reached"):
            await connect(
                settings.database_url, pool_size=settings.pool_size, application_name="portal api"
            )
            await self.pool.open()
        try:
            with self._explained("The database cannot be used, perhaps it was not migrated"):
                await self.hub.start()
            if lacks := await self.lacking():
                _log.warning(lacks)
            yield
        finally:
            await self.hub.stop()
            await self.redis.aclose()
            await self.pool.close()
            await disconnect()

    @contextmanager
    def _explained(self, sentence: str) -> Iterator[None]:
        """Keep a sentence about the failure of a start for whoever started the process."""
        try:
            yield
        except _AWAY as error:
            self.failure = f"{sentence} ({type(error).__name__})"
            raise

    async def lacking(self) -> str:
        """What the district has not said of itself yet, and how it says it; "" if nothing."""
        key = self.settings.district_key
        with suppress(*_AWAY):
            if not await self._district():
                return (
                    f"no municipality of the district {key} is there, so nobody can register:"
                    " run `import-municipalities FILE`, then `import-district FILE`"
                )
            rows = await fetch("SELECT email, phone FROM districts WHERE key = $1", key)
            if not any(row["email"] or row["phone"] for row in rows):
                return (
                    f"the district {key} names no way to reach its customer service:"
                    " write [contact] into its file and run `import-district FILE`"
                )
        return ""

    async def personas(self) -> Sequence[Mapping[str, str]]:
        """Who can be chosen on the start page right now: nobody outside the demo."""
        return await personas_now(self.keys) if self.settings.demo else ()

    async def context(self, caller: Caller) -> Context:
        """A fresh context for one operation.

        Raises:
            Refusal: 403 if the caller may not act for whom the header names.
        """
        return self.context_as(caller, await self._viewer(caller))

    async def _viewer(self, caller: Caller) -> Viewer:
        now = clock.now()
        if caller.acting_for is None:
            return await viewer_of(caller.token, now, self.pool.fetch)
        try:
            delegation = decode(caller.acting_for, "delegation", self.settings.district_key)
            return await viewer_acting(caller.token, delegation, now, self.pool.fetch)
        except DomainError as refused:
            said = explain(refused, negotiate(caller.accept_language))
            raise Refusal(403, refused.code, f"{said.message} {said.remedy}") from None

    async def recognise(self, known: Sequence[Viewer]) -> Sequence[Viewer]:
        """Who holds the sessions of these viewers now: one statement for all of them."""
        return await viewers_now(known, clock.now())

    def context_as(self, caller: Caller, viewer: Viewer) -> Context:
        """A fresh context for a caller who has been recognised."""
        return Context(
            viewer=viewer,
            language=negotiate(caller.accept_language),
            district=self.settings.district_key,
            keys=self.keys,
            pool=self.pool,
            client_address=caller.client_address,
            public_url=self.settings.public_url,
            rings=bool(self.settings.push_contact),
            idempotency_key=caller.idempotency_key,
            last_event_id=caller.last_event_id,
            hub=self.hub,
            limiter=self.limiter,
        )

    async def live(self, _request: Request) -> Response:
        """The process answers."""
        return JSONResponse({"status": "live"})

    async def reads(self, _request: Request) -> Response:
        """How many operations of this process the read plan took, and why it did not the others."""
        return JSONResponse(self.plan.tally.as_json())

    async def ready(self, _request: Request) -> Response:
        """Migrated, seeded and connected; else 503 with what is missing."""
        database, redis = await asyncio.gather(self._database(), self._redis())
        missing = [*database, *([] if redis else ["redis"])]
        if not missing:
            return JSONResponse({"status": "ready"})
        return JSONResponse({"status": "not ready", "missing": missing}, status_code=503)

    async def _database(self) -> list[str]:
        """What is missing of the database: itself, or something in it."""
        checks: dict[str, Callable[[], Awaitable[bool]]] = {
            "migration": current,
            "district": self._district,
        }
        try:
            async with asyncio.timeout(_READY_SECONDS):
                return [name for name, check in checks.items() if not await check()]
        except Exception:  # noqa: BLE001  whatever it is, the process is not ready
            return ["database"]

    async def _district(self) -> bool:
        rows = await fetch(
            "SELECT 1 FROM municipalities WHERE district_id = $1 LIMIT 1",
            self.settings.district_key,
        )
        return bool(rows)

    async def _redis(self) -> bool:
        with suppress(OSError, RedisError):
            async with asyncio.timeout(_READY_SECONDS):
                return bool(await self.redis.ping())
        return False


def application(
    process: Process, lifespan: Lifespan[Starlette] | None, *, planned: bool = True
) -> Starlette:
    """The face over a process's parts; nothing is connected before its lifespan begins.

    Unless `planned`, every operation goes the ordinary way.
    """
    settings = process.settings
    values = FaceValues(
        public_url=settings.public_url,
        allowed_origins=frozenset(settings.allowed_origins),
    )
    printouts = PrintoutEndpoint(process, values)
    feed = CalendarFeedEndpoint(process.keys, process.limiter, settings.public_url)
    return create_app(
        schema,
        process,
        values,
        render=explain,
        lifespan=lifespan,
        routes=[
            Route("/health/live", process.live),
            Route("/health/ready", process.ready),
            Route("/health/reads", process.reads),
            *(Route(f"/printouts/{{kind}}/{{key}}.{form}", printouts.answer) for form in FORMS),
            Route("/calendar/{token}.ics", feed.answer),
            *routes(personas=process.personas),
        ],
        page=graphiql_response,
        reads=process.plan if planned else None,
    )
