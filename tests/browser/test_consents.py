"""Consents in the browser: what was agreed to, withdrawn and agreed to again."""

from playwright.async_api import expect

from tests.browser.barriers import barriers
from tests.browser.conftest import Open
from tests.browser.newcomer import somebody
from tests.stage import Stage


async def test_a_consent_is_withdrawn_and_given_again(open_window: Open, stage: Stage) -> None:
    window = await open_window(reduced_motion="reduce")
    await somebody(window, stage)
    await window.at("#account").click()
    await window.at('main a[href="#consents"]').click()
    await expect(window.at("#consents-given > li")).to_have_count(5)
    assert await barriers(window) == []
    await expect(window.at(".withdraw .hint")).to_contain_text("Aufträge ohne Vertrag enden")
    await window.at(".withdraw button").click()
    await expect(window.at("#consents-given > li")).to_have_count(4)
    await window.page.goto(stage.address)
    await expect(window.at("#consents-form")).to_be_visible()
    assert await barriers(window) == []
    await window.at('#consents-form [name="consents"]').check()
    await window.at("#consents-form .form-end button").click()
    await expect(window.at("#slots")).to_be_visible()
    await window.at("#account").click()
    await window.at('main a[href="#consents"]').click()
    earlier = window.at("#consents-earlier > li")
    await expect(earlier).to_have_count(1)
    await expect(earlier).to_contain_text("Widerrufen am")
    await earlier.locator("summary").click()
    await expect(earlier).to_contain_text("Masern-Schutz")
    notice = window.at("#consents-given > li", has_text="Datenschutzerklärung")
    await notice.locator("summary").click()
    await expect(notice.locator("details p", has_text="Ab dem Vertrag:")).to_be_visible()
    assert await barriers(window) == []
