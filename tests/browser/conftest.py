"""Fixtures for the browser: the running portal, Chromium, and windows that notice every problem."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from tests.browser.window import Window
from tests.servers import Session, own_redis
from tests.stage import Stage, running_portal, stage_database

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_CHROMIUM = next(filter(None, map(shutil.which, _NAMES)), None)
# Every window gets the pop-ups of an address bar that nobody sees, at more cost than the portal's
# page. Of several lists Chromium takes the last one, so this one repeats Playwright's.
_UNUSED = (
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
    *("AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync"),
    *("DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades"),
    *("LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints"),
    *("PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning"),
)
_FLAGS = [
    f"--disable-features={','.join(_UNUSED)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Open = Callable[..., Awaitable[Window]]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser; without one leave it out, or refuse where CI needs it."""
    here = Path(__file__).parent
    mine = [item for item in items if here in item.path.parents]
    for item in mine:
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.xdist_group("browser"))  # one portal and one browser suffice
    if _CHROMIUM or not mine:
        return
    if os.environ.get("CI") == "true":
        raise pytest.UsageError("CI=true, but Chromium is missing: install the package `chromium`.")
    for item in mine:
        item.add_marker(pytest.mark.skip(reason="Chromium is not installed on this machine"))


@pytest.fixture(scope="session")
async def stage(server_session: Session, worker_name: str) -> AsyncIterator[Stage]:
    """The whole portal, once for all browser tests of this process."""
    urls = await stage_database(server_session, worker_name, "browser")
    with own_redis() as redis, running_portal(*urls, redis.url) as stage:
        yield stage


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """One browser process; every window is a context of its own in it."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
async def open_window(chromium: Browser, stage: Stage) -> AsyncIterator[Open]:
    """Opens windows with cookies of their own; a problem in any of them fails the test."""
    windows: list[Window] = []

    async def open_one(path: str = "/", **options: object) -> Window:
        window = await Window.open(chromium, stage.address, path, **options)
        windows.append(window)
        return window

    yield open_one
    for window in windows:
        await window.close()
    problems = [problem for window in windows for problem in window.problems]
    assert not problems, problems
