"""Fixtures of the proof: the scene, and the ways to an answer."""

from collections.abc import AsyncIterator

import httpx
import pytest

from domain.ids import encode
from domain.keys import Keys
from portal.asgi import Process, application
from services import clock
from services.session import open_session
from tests.graph import URL
from tests.schema.plan.scene import HOME, Scene, build
from tests.schema.plan.scene_cast import PERSON
from tests.schema.plan.scene_delegations import ACTING
from tests.schema.plan.ways import Headers, Way, over_http


@pytest.fixture
async def scene(database: object, owner_url: str) -> Scene:
    """Every row of the scene, in an empty database."""
    return await build(owner_url)


@pytest.fixture
async def headers(scene: Scene, keys: Keys) -> Headers:
    """What each caller sends along: a session for everybody who has an account."""
    found: Headers = {}
    for label, user in scene.callers.items():
        found[label] = {}
        if user is not None:
            person = user.id
            if (acting := ACTING.get(label)) is not None:
                person = PERSON[acting.delegate]
                found[label]["Acting-For"] = encode("delegation", HOME, acting.delegation)
            _session, token = await open_session(person, keys, clock.now(), strong=True)
            found[label]["Authorization"] = f"Bearer {token}"
    return found


@pytest.fixture
def planned(http: httpx.AsyncClient, headers: Headers) -> Way:
    """The way through the application with the read plan in front."""
    return over_http(http, headers)


@pytest.fixture
async def ordinary(process: Process, headers: Headers) -> AsyncIterator[Way]:
    """The same application over the same rows without a plan."""
    transport = httpx.ASGITransport(app=application(process, None, planned=False))
    async with httpx.AsyncClient(transport=transport, base_url=URL) as client:
        yield over_http(client, headers)
