from collections.abc import AsyncIterator

import httpx
import pytest

from tests.portal.http.toy import client_of, toy_app
from tests.portal.http.toy_graph import World


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def world() -> World:
    return World()


@pytest.fixture
async def client(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(toy_app(world)) as client:
        yield client
