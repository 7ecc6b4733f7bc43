"""Fixtures of the proof: the scene, and the ways to an answer."""

import httpx
import pytest

from domain.keys import Keys
from services import clock
from services.session import open_session
from tests.schema.plan.scene import Scene, build
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
            _session, token = await open_session(user.id, keys, clock.now())
            found[label]["Authorization"] = f"Bearer {token}"
    return found


@pytest.fixture
def ordinary(http: httpx.AsyncClient, headers: Headers) -> Way:
    """The way through the application as it is."""
    return over_http(http, headers)
