"""A small graph behind the real face, so that the face is tested without a database."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
from starlette.applications import Starlette

from domain.errors import DomainError
from domain.viewer import ANONYMOUS, Viewer
from notifications.language import negotiate
from notifications.refusal import Explanation
from portal.http.app import create_app
from portal.http.caller import Caller
from portal.http.server import face_server
from portal.http.values import FaceValues
from tests.portal.http.toy_graph import SEEKER, SESSION, ToyContext, World, toy_schema


def render(error: DomainError, language: Any) -> Explanation:
    return Explanation(f"{error.code} in {language}", "what to do")


@dataclass(frozen=True, slots=True)
class ToyDoor:
    world: World

    async def context(self, caller: Caller) -> ToyContext:
        self.world.callers.append(caller)
        if self.world.context_error is not None:
            raise self.world.context_error
        known = {} if self.world.revoked else {"good": SEEKER, **self.world.viewers}
        return self.context_as(caller, known.get(caller.token or "", ANONYMOUS))

    async def recognise(self, known: Sequence[Viewer]) -> Sequence[Viewer]:
        self.world.recognised += 1
        if self.world.context_error is not None:
            raise self.world.context_error
        ended = self.world.ended | ({SESSION} if self.world.revoked else set())
        return [ANONYMOUS if each.session_id in ended else each for each in known]

    def context_as(self, caller: Caller, viewer: Viewer) -> ToyContext:
        return ToyContext(viewer, negotiate(caller.accept_language), self.world, caller)


def toy_app(world: World, **changes: Any) -> Starlette:
    values = FaceValues(**({"public_url": "http://127.0.0.1:8000"} | changes))
    return create_app(toy_schema(), ToyDoor(world), values, render=render)


def client_of(app: Starlette, **options: Any) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=app)
    return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000", **options)


@contextlib.asynccontextmanager
async def served(app: Starlette, log_level: str = "warning") -> AsyncIterator[str]:
    """The application behind a real server on a free port of the loopback; gives host and port."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = face_server(app, host="127.0.0.1", port=0, log_level=log_level)
        task = asyncio.ensure_future(server.serve(sockets=[listener]))
        await eventually(lambda: server.started)
        try:
            yield f"127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            await task


async def eventually(condition: Callable[[], bool], seconds: float = 5.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110  what is waited for has no event
            await asyncio.sleep(0.01)
