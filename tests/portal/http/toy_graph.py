"""A small graph, and the world that its resolvers see."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any, Self, cast
from uuid import UUID

import strawberry
from graphql import GraphQLError

from domain.errors import NotFound
from domain.viewer import Role, Viewer
from portal.http.caller import Caller
from portal.http.documents import PortalSchema
from services.live_queue import SlowConsumer

MARKER = "Pflegegrad-4711"
SESSION = UUID(int=7)
SEEKER = Viewer(id=UUID(int=1), role=Role.SEEKER, session_id=SESSION)


@dataclass
class World:
    """What the resolvers of one application saw and may be told."""

    callers: list[Caller] = field(default_factory=list)
    alive: int = 0
    finished: int = 0
    executed: int = 0
    recognised: int = 0
    running: int = 0
    most_running: int = 0
    revoked: bool = False
    context_error: Exception | None = None
    failures: list[Exception] = field(default_factory=list)
    opening_error: Exception | None = None
    sources: list["ToySource"] = field(default_factory=list)
    viewers: dict[str, Viewer] = field(default_factory=dict)
    ended: set[UUID] = field(default_factory=set)
    release: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True)
class ToyContext:
    viewer: Viewer
    language: str
    world: World
    caller: Caller
    new_session_token: str | None = None
    session_ended: bool = False


Info = strawberry.Info[ToyContext, None]


@strawberry.federation.type(keys=["id"])
class Order:
    id: strawberry.ID
    title: str = "Einkaufen"

    @classmethod
    def resolve_reference(cls, id: strawberry.ID) -> Self:  # noqa: A002
        return cls(id=id)

    @strawberry.field
    def orders(self, first: int | None = None) -> "Connection":
        return Connection(total_count=first or 0)

    @strawberry.field
    def self(self) -> "Order":
        return self


@strawberry.type
class Edge:
    node: Order


@strawberry.type
class Connection:
    total_count: int = 0

    @strawberry.field
    def edges(self) -> list[Edge]:
        return []


@strawberry.type
class Query:
    @strawberry.field
    def hello(self, info: Info, name: str = "world") -> str:
        info.context.world.executed += 1
        return f"hello {name}"

    @strawberry.field
    def number(self, value: int) -> int:
        return value

    @strawberry.field
    def language(self, info: Info) -> str:
        return info.context.language

    @strawberry.field
    def role(self, info: Info) -> str:
        return info.context.viewer.role

    @strawberry.field
    def broken(self, text: str = MARKER) -> str | None:
        raise ValueError(text + MARKER)

    @strawberry.field
    def broken_root(self) -> str:
        raise ValueError(MARKER)

    @strawberry.field
    def missing(self) -> str | None:
        raise NotFound(field="id")

    @strawberry.field
    def deliberate(self) -> str | None:
        raise GraphQLError("No such reference.", extensions={"code": "NOT_FOUND"})

    @strawberry.field
    def wrong_type(self) -> int | None:
        return MARKER  # type: ignore[return-value]

    @strawberry.field
    async def slow(self, info: Info) -> str:
        world = info.context.world
        world.running += 1
        world.most_running = max(world.most_running, world.running)
        try:
            await world.release.wait()
        finally:
            world.running -= 1
        return "done"

    @strawberry.field
    def order(self, id: strawberry.ID) -> Order:  # noqa: A002
        return Order(id=id)

    @strawberry.field
    def orders(self, first: int | None = None) -> Connection:
        return Connection(total_count=first or 0)

    @strawberry.field
    def nodes(self, ids: list[strawberry.ID]) -> list[Order]:
        return [Order(id=each) for each in ids]


@strawberry.type
class Mutation:
    @strawberry.mutation
    def sign_in(self, info: Info) -> str:
        info.context.new_session_token = "fresh"
        return "welcome"

    @strawberry.mutation
    def sign_out(self, info: Info) -> str:
        info.context.session_ended = True
        return "bye"

    @strawberry.mutation
    def touch(self, info: Info) -> int:
        info.context.world.executed += 1
        return info.context.world.executed


@strawberry.type
class Tick:
    event_id: str
    value: int


def _nobody() -> None:
    pass


class ToySource:
    """A source of thin events that the test publishes."""

    pause = 0.0
    gap = False
    ended = False

    def __init__(self, world: World) -> None:
        self._world = world
        self._events: list[int] = []
        self._wake: Callable[[], None] = _nobody

    def __aiter__(self) -> Self:
        return self

    @property
    def pending(self) -> bool:
        return bool(self._events)

    async def begin(self, wake: Callable[[], None]) -> None:
        if self._world.opening_error is not None:
            raise self._world.opening_error
        self._wake = wake
        self._world.sources.append(self)

    def offer(self, event: int) -> None:
        self._events.append(event)
        self._wake()

    def take(self) -> int | None:
        return self._events.pop(0) if self._events else None

    def key(self, event: int) -> int:
        return event

    async def payload(self, event: int, _context: Any) -> Tick:
        world = self._world
        world.executed += 1
        await world.release.wait()
        if world.failures:
            raise world.failures.pop()
        return Tick(event_id=str(event), value=event)

    async def fill(self) -> None:
        raise AssertionError

    async def aclose(self) -> None:
        if self in self._world.sources:
            self._world.sources.remove(self)


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def count(self, info: Info, to: int) -> AsyncIterator[Tick]:
        after = int(info.context.caller.last_event_id or 0)
        for value in range(after + 1, to + 1):
            yield Tick(event_id=str(value), value=value)

    @strawberry.subscription
    async def flood(self, info: Info) -> AsyncIterator[Tick]:
        while True:
            info.context.world.executed += 1
            yield Tick(event_id="x" * 100_000, value=1)

    @strawberry.subscription
    def shared(self, info: Info, of: int = 0) -> AsyncIterator[Tick]:
        del of
        return cast("AsyncIterator[Tick]", ToySource(info.context.world))

    @strawberry.subscription
    async def endless(self, info: Info) -> AsyncIterator[Tick]:
        world = info.context.world
        world.alive += 1
        try:
            yield Tick(event_id="1", value=1)
            await asyncio.Event().wait()
        finally:
            world.alive -= 1
            world.finished += 1

    @strawberry.subscription
    async def overflowing(self) -> AsyncIterator[Tick]:
        yield Tick(event_id="1", value=1)
        raise SlowConsumer("too slow")

    @strawberry.subscription
    async def refusing(self) -> AsyncIterator[Tick]:
        yield Tick(event_id="1", value=1)
        raise NotFound(field="id")

    @strawberry.subscription
    async def away(self) -> AsyncIterator[Tick]:
        yield Tick(event_id="1", value=1)
        raise ConnectionRefusedError(MARKER)

    @strawberry.subscription
    async def failing(self) -> AsyncIterator[Tick]:
        yield Tick(event_id="1", value=1)
        raise ValueError(MARKER)


def toy_schema() -> PortalSchema:
    return PortalSchema(
        query=Query, mutation=Mutation, subscription=Subscription, federation_version="2.9"
    )
