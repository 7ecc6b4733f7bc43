"""Whoever goes on before a view is there ends where they went last."""

import asyncio

from playwright.async_api import Route, expect

from tests.browser.conftest import Open


async def test_a_view_that_comes_late_does_not_take_the_place_of_a_newer_one(
    open_window: Open,
) -> None:
    window = await open_window()
    await expect(window.at(".persona").first).to_be_visible()
    asked, answer = asyncio.Event(), asyncio.Event()

    async def late(route: Route) -> None:
        asked.set()
        await answer.wait()
        await route.continue_()

    await window.page.route("**/demo/personas", late)
    await window.at("#language").select_option("en")
    await asyncio.wait_for(asked.wait(), 10)
    await window.page.evaluate("location.hash = 'forgotten'")
    await window.page.wait_for_timeout(300)
    answer.set()
    await expect(window.at("#forgotten-form")).to_be_visible()
    await window.page.wait_for_timeout(500)
    await expect(window.at("#forgotten-form")).to_be_visible()
    await expect(window.at(".persona")).to_have_count(0)
