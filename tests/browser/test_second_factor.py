"""The sign-in in two steps in the browser: set up, asked for, and helped out of."""

import re

import pyotp
from playwright.async_api import expect

from tests.browser.barriers import barriers, unfold
from tests.browser.conftest import Open
from tests.browser.newcomer import PASSWORD, somebody
from tests.browser.window import Window
from tests.stage import Stage


async def sign_in(window: Window, last_name: str) -> None:
    address = f"{last_name.lower()}@example.org"
    await window.at('#sign-in-form [name="email"]').fill(address)
    await window.at('#sign-in-form [name="password"]').fill(PASSWORD)
    await window.at("#sign-in-form button").click()


async def test_somebody_sets_it_up_and_signs_in_with_a_recovery_code(
    open_window: Open, stage: Stage
) -> None:
    window = await open_window(reduced_motion="reduce")
    last_name = await somebody(window, stage)
    await window.at("#account").click()
    await expect(window.at("#factor-state")).to_contain_text("nur nach Ihrem Passwort")
    await window.at("#second-factor").click()
    await expect(window.at("#factor-form")).to_be_visible()
    assert await barriers(window) == []
    await window.at('#factor-form [name="password"]').fill(PASSWORD)
    await window.at("#factor-form button").click()
    secret = (await window.at("#factor-secret").inner_text()).replace(" ", "")
    assert await barriers(window) == []
    await window.at('#factor-confirm [name="code"]').fill("000000")
    await window.at("#factor-confirm button").click()
    await expect(window.at("#factor-confirm .refusal")).to_contain_text("Dieser Code gilt nicht.")
    await window.at('#factor-confirm [name="code"]').fill(pyotp.TOTP(secret).now())
    await window.at("#language").select_option("en")
    await expect(window.at("h1")).to_have_text("Sign-in in two steps")
    await expect(window.at("#factor-secret")).to_have_text(re.compile(secret[:4]))
    await window.at("#factor-confirm button").click()
    await expect(window.at("#recovery-codes li")).to_have_count(10)
    code, second = (await window.at("#recovery-codes li").all_inner_texts())[:2]
    await window.at("#language").select_option("de")
    await expect(window.at("#factor-done")).to_have_text("Weiter")
    await expect(window.at("#recovery-codes li").first).to_have_text(code)
    assert await barriers(window) == []
    await window.at("#factor-done").click()
    await expect(window.at("#slots")).to_be_visible()

    other = await open_window()
    await expect(other.at('#sign-in-form [name="code"]')).to_be_hidden()
    await sign_in(other, last_name)
    await expect(other.at("#sign-in-form .refusal")).to_contain_text("Code")
    await other.at('#sign-in-form [name="code"]').fill(code)
    await other.at("#sign-in-form button").click()
    await expect(other.at("#slots")).to_be_visible()
    await at_the_account(other, second)


async def at_the_account(other: Window, code: str) -> None:
    """Other codes for one of the old, and none for one of the new."""
    await other.at("#account").click()
    await expect(other.at("#factor-state")).to_contain_text("noch gelten: 9")
    await unfold(other)
    await other.at('#factor-renewal [name="code"]').fill(code)
    await other.at("#factor-renewal button").click()
    await expect(other.at("#recovery-codes li")).to_have_count(10)
    renewed = await other.at("#recovery-codes li").first.inner_text()
    await other.at("#language").select_option("en")
    await expect(other.at("#factor-done")).to_have_text("Go on")
    await expect(other.at("#recovery-codes li").first).to_have_text(renewed)
    await other.at("#language").select_option("de")
    await other.at("#factor-done").click()
    await other.at("#account").click()
    await expect(other.at("#factor-state")).to_contain_text("noch gelten: 10")
    await unfold(other)
    removal = other.at("#factor-removal")
    await removal.locator("button").click()
    await expect(removal.locator(".refusal")).to_be_visible()
    await removal.locator('[name="code"]').fill(renewed)
    await removal.locator("button").click()
    await expect(other.at("#factor-state")).to_contain_text("nur nach Ihrem Passwort")
