"""Acting for somebody in the browser: asking, agreeing, acting, and being stopped."""

import asyncio

from playwright.async_api import expect

from tests.browser.barriers import barriers, unfold
from tests.browser.conftest import Open
from tests.browser.demo_rows import worked_contract
from tests.stage import Stage


async def test_somebody_acts_begins_an_order_and_goes_on_as_oneself(open_window: Open) -> None:
    window = await open_window(reduced_motion="reduce")
    await window.become("representative")
    card = window.at("#theirs > li", has_text="Renate Hoffmann")
    await expect(card).to_be_visible()
    await unfold(window)
    assert await barriers(window) == []
    await card.locator(".act").click()
    await expect(window.at("#viewer")).to_have_text("Sie handeln für Renate Hoffmann")
    await expect(window.at("#new-order")).to_be_visible()
    await unfold(window)
    assert await barriers(window) == []
    await window.page.reload()
    await expect(window.at("#viewer")).to_have_text("Sie handeln für Renate Hoffmann")
    await window.at("#new-order button").click()
    await expect(window.at("#availability")).to_be_visible()
    await window.page.goto(f"{window.address}/#")
    await window.at("#stop-acting").click()
    await expect(window.at("#viewer")).to_contain_text("Ute Hoffmann")
    await expect(window.at("#theirs > li")).to_have_count(1)


async def test_whoever_acts_opens_what_can_be_printed(open_window: Open, stage: Stage) -> None:
    contract = await worked_contract(stage)
    window = await open_window()
    await window.become("representative")
    await window.at("#theirs > li .act").click()
    await expect(window.at("#viewer")).to_have_text("Sie handeln für Renate Hoffmann")
    await window.page.goto(f"{window.address}/#appointments=contract_03155_{contract.hex}")
    async with window.context.expect_page() as opening:
        await window.at("#statement a[href*='.html']").click()
    printed = await opening.value
    await expect(printed.locator("h1")).to_be_visible()


async def test_somebody_is_asked_and_taken_back(open_window: Open) -> None:
    window = await open_window(reduced_motion="reduce")
    await window.become("seeker")
    await window.page.goto(f"{window.address}/#delegations")
    await expect(window.at("#mine > li", has_text="Ute Hoffmann")).to_be_visible()
    await unfold(window)
    assert await barriers(window) == []
    await window.at(".grant button").click()
    await expect(window.at(".grant .refusal")).to_be_visible()
    await window.at('.grant [name="email"]').fill("neu@anderswo.example")
    await window.at('.grant [name="kind"]').select_option("TRUSTED_PERSON")
    await window.at(".grant button").click()
    asked = window.at("#mine > li", has_text="neu@anderswo.example")
    await expect(asked).to_contain_text("Gefragt")
    await asked.locator('[data-code="REVOKE_DELEGATION"]').click()
    await expect(asked).to_have_count(0)


async def test_whoever_is_stopped_while_acting_is_told_and_goes_on_as_oneself(
    open_window: Open,
) -> None:
    window = await open_window(reduced_motion="reduce")
    await window.become("representative")
    await expect(window.at("#theirs > li")).to_have_count(1)
    await window.page.evaluate(
        "sessionStorage.setItem('acting-for', 'delegation_03155_' + '0'.repeat(32))"
    )
    await window.page.reload()
    await expect(window.at("main .refusal")).to_contain_text("nicht mehr für diese Person")
    await window.at("main button").click()
    await expect(window.at("#viewer")).to_contain_text("Ute Hoffmann")
    async with asyncio.timeout(10):
        while len(window.problems) < 2:  # noqa: ASYNC110  the browser reports when it likes
            await asyncio.sleep(0.05)
    assert all("403" in each for each in window.problems), "of who asks, and of the district"
    window.problems.clear()
