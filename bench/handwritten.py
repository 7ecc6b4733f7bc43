"""The hand-written endpoint, the limit of what Python can do: one statement per read, JSON out.

It knows the reads by their paths and nothing of GraphQL. `python -m bench.handwritten` serves it
with the settings and the uvicorn options of the portal.
"""

import base64
import gc
import hashlib
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg
import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.handwritten_sql import STATEMENTS
from domain.window import windows_of
from models.database import SERVER_LIMITS, parse_url
from portal.settings import Settings
from services.session import IDLE, IDLE_ROLES

_SESSION = """
SELECT s.user_id, s.last_seen_at, u.role, u.state, c.provider_id
FROM sessions s
JOIN users u ON u.id = s.user_id
LEFT JOIN coordinators c ON c.user_id = s.user_id
WHERE s.token_hash = $1 AND s.revoked_at IS NULL AND s.expires_at > $2 AND u.state <> 'ERASED'
"""
_PLANNER = {"plan_cache_mode": "force_generic_plan", "enable_hashjoin": "off"}
_LIMITS = {**SERVER_LIMITS, **_PLANNER, "enable_mergejoin": "off"}
_LATEST = UUID(int=2**128 - 1)
_HEADERS = {"content-type": "application/graphql-response+json; charset=utf-8"}

Viewer = Mapping[str, Any]
Read = Callable[[asyncpg.Connection, Viewer, dict[str, Any]], Awaitable[bytes]]


def _uuid(given: str) -> UUID:
    return UUID(hex=given[-32:])


def _behind(variables: Mapping[str, Any]) -> UUID:
    cursor = variables.get("after")
    return UUID(bytes=base64.urlsafe_b64decode(f"{cursor}==")) if cursor else _LATEST


async def _order(connection: asyncpg.Connection, viewer: Viewer, given: dict[str, Any]) -> bytes:
    row = await connection.fetchrow(STATEMENTS["order"], viewer["user_id"], _uuid(given["id"]))
    if row is None:
        return b'{"data":{"order":null}}'
    windows = [
        {"weekday": each.weekday, "start": each.start, "end": each.end}
        for each in windows_of(row[1])
    ]
    return b'{"data":{"order":%b,"windows":%b}}}' % (row[0][:-1], orjson.dumps(windows))


async def _long(connection: asyncpg.Connection, viewer: Viewer, given: dict[str, Any]) -> bytes:
    found = await connection.fetchval(STATEMENTS["long"], viewer["user_id"], _uuid(given["id"]))
    return b'{"data":{"order":%b}}' % (found or b"null")


async def _page(connection: asyncpg.Connection, _viewer: Viewer, given: dict[str, Any]) -> bytes:
    found = await connection.fetchval(STATEMENTS["page"], _behind(given))
    return b'{"data":{"orders":%b}}' % found


async def _suggested(
    connection: asyncpg.Connection, viewer: Viewer, given: dict[str, Any]
) -> bytes:
    provider = viewer["provider_id"]
    found = await connection.fetchval(STATEMENTS["suggested"], provider, _behind(given))
    return b'{"data":{"suggestedOrders":%b}}' % found


async def _entities(
    connection: asyncpg.Connection, _viewer: Viewer, given: dict[str, Any]
) -> bytes:
    wanted = given["representations"]
    kinds = [each["__typename"] for each in wanted]
    ids = [_uuid(each["id"]) for each in wanted]
    found = await connection.fetchval(STATEMENTS["entities"], kinds, ids)
    return b'{"data":{"_entities":%b}}' % found


_READS: Mapping[str, tuple[str, Read]] = {
    "order": ("SEEKER", _order),
    "long": ("SEEKER", _long),
    "page": ("CUSTOMER_SERVICE", _page),
    "entities": ("CUSTOMER_SERVICE", _entities),
    "suggested": ("COORDINATOR", _suggested),
}


async def _viewer(connection: asyncpg.Connection, request: Request) -> Viewer | None:
    """The released holder of the token, found as `services.session` finds them."""
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    digest, now = hashlib.sha256(token.encode()).digest(), datetime.now(UTC)
    row = await connection.fetchrow(_SESSION, digest, now)
    if row is None or row["state"] != "RELEASED":
        return None
    idle = row["role"] in IDLE_ROLES and row["last_seen_at"] <= now - IDLE
    return None if idle else row


async def _answer(request: Request) -> Response:
    """What the path names, for the role that the read is for."""
    variables = orjson.loads(await request.body())["variables"]
    role, read = _READS[request.path_params["read"]]
    async with request.app.state.pool.acquire() as connection:
        viewer = await _viewer(connection, request)
        if viewer is None or viewer["role"] != role:
            return Response(b'{"data":null}', 403, _HEADERS)
        return Response(await read(connection, viewer, variables), headers=_HEADERS)


async def _keep(_connection: Any) -> None:
    """Instead of asyncpg's reset, which is a round trip for each request."""


async def _prepare(connection: asyncpg.Connection) -> None:
    """JSON stays the bytes that PostgreSQL sent."""
    await connection.set_type_codec(
        "json", schema="pg_catalog", encoder=bytes, decoder=bytes, format="binary"
    )


def application(settings: Settings) -> Starlette:
    """One route over one pool."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.pool = await asyncpg.create_pool(
            **parse_url(settings.database_url).arguments(),
            min_size=1,
            max_size=settings.pool_size,
            max_cached_statement_lifetime=0,
            server_settings=_LIMITS,
            reset=_keep,
            init=_prepare,
        )
        gc.collect()
        gc.freeze()
        yield
        await app.state.pool.close()

    return Starlette(
        routes=[Route("/{read}", _answer, methods=["POST"])],
        lifespan=lifespan,
    )


def main() -> None:
    """Serve until told to end."""
    settings = Settings.from_environ(os.environ)
    uvicorn.run(
        application(settings),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        ws="websockets-sansio",
    )


if __name__ == "__main__":
    main()
