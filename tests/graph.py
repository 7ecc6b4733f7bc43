"""The graph over HTTP in this process: one application, and a client per person."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from domain.keys import Keys
from models.user import User
from portal.asgi import Process, application
from portal.settings import Settings
from services import clock
from services.session import open_session
from tests.people import Place, make_place

SECRET = "the-tests-own-secret-0123456789-abcdef"
URL = "http://127.0.0.1:8000"


@dataclass(frozen=True, slots=True)
class Client:
    """Sends operations as one person, or as nobody."""

    http: httpx.AsyncClient
    headers: dict[str, str]

    async def send(self, query: str, **variables: Any) -> dict[str, Any]:
        """The whole answer."""
        answer = await self.http.post(
            "/graphql",
            json={"query": query, "variables": variables},
            headers={"Accept": "application/graphql-response+json", **self.headers},
        )
        body: dict[str, Any] = answer.json()
        return body

    async def get(self, path: str) -> httpx.Response:
        """Something else than the graph."""
        return await self.http.get(path, headers=self.headers)

    async def data(self, query: str, **variables: Any) -> Any:
        """The data of an answer without errors."""
        body = await self.send(query, **variables)
        assert "errors" not in body, body["errors"]
        return body["data"]

    async def do(self, mutation: str, input: dict[str, Any], fields: str) -> dict[str, Any]:  # noqa: A002
        """The payload of one mutation."""
        kind = mutation[0].upper() + mutation[1:] + "Input"
        kind = _INPUTS.get(mutation, kind)
        query = (
            f"mutation M($input: {kind}!) {{ {mutation}(input: $input) {{ __typename {fields} "
            "... on Refusal { code message field remedy } } }"
        )
        payload: dict[str, Any] = (await self.data(query, input=input))[mutation]
        return payload


_INPUTS = {
    "releaseOrder": "OrderInput",
    "withdrawOrder": "OrderInput",
    "acceptOrder": "MatchInput",
    "declineOrder": "MatchInput",
    "withdrawAcceptance": "MatchInput",
    "sendInquiry": "MatchInput",
    "awardOrder": "MatchInput",
    "chooseNominee": "NominationInput",
    "declineNomination": "NominationInput",
    "withdrawNomination": "NominationInput",
    "approveApplication": "ApplicationInput",
    "rejectApplication": "ApplicationInput",
    "withdrawApplication": "ApplicationInput",
    "agreeAppointment": "AppointmentInput",
    "confirmAppointment": "AppointmentInput",
    "acceptDelegation": "DelegationInput",
    "revokeDelegation": "DelegationInput",
}

As = Callable[[User], Awaitable[Client]]


@pytest.fixture(scope="session")
def portal_settings(runtime_url: str, owner_url: str, redis_url: str) -> Settings:
    """The settings of a portal on the test's own servers."""
    return Settings.from_environ(
        {
            "DATABASE_URL": runtime_url,
            "DATABASE_OWNER_URL": owner_url,
            "REDIS_URL": redis_url,
            "SECRET_KEY": SECRET,
            "DEMO": "1",
            "PUSH_CONTACT": "null:",
        }
    )


@pytest.fixture
async def process(
    database: object, redis: object, portal_settings: Settings
) -> AsyncIterator[Process]:
    """The parts of an API process; the pool and all counts are the test's own."""
    process = Process(portal_settings)
    await process.pool.open()
    await process.hub.start()
    yield process
    await process.hub.stop()
    deadline = time.monotonic() + 2
    while process.pool.in_use and time.monotonic() < deadline:  # noqa: ASYNC110  the pool has no event
        await asyncio.sleep(0.01)
    assert process.pool.in_use == 0, "a reading connection was not given back"
    await process.pool.close()
    await process.redis.aclose()


@pytest.fixture
async def http(process: Process) -> AsyncIterator[httpx.AsyncClient]:
    """The portal's application over HTTP, in this process."""
    transport = httpx.ASGITransport(app=application(process, None))
    async with httpx.AsyncClient(transport=transport, base_url=URL) as client:
        yield client


@pytest.fixture
def anonymous(http: httpx.AsyncClient) -> Client:
    """Nobody in particular."""
    return Client(http, {})


@pytest.fixture
def as_(http: httpx.AsyncClient, process: Process) -> As:
    """A client for a person: `await as_(user)`."""

    async def client(user: User) -> Client:
        _session, token = await open_session(user.id, process.keys, clock.now(), strong=True)
        return Client(http, {"Authorization": f"Bearer {token}"})

    return client


@pytest.fixture
async def place(database: object) -> Place:
    """A district with one municipality and an officer."""
    return await make_place()


@pytest.fixture
def keys() -> Keys:
    """The keys of the test's portal."""
    return Keys(SECRET.encode())
