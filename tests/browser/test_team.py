"""A provider in the browser: who wants to join, who speaks for it, what it says and costs."""

from datetime import UTC, datetime

from playwright.async_api import expect

from tests.browser.barriers import barriers, unfold
from tests.browser.conftest import Open


async def test_those_who_lead_decide_invite_change_and_set_prices(open_window: Open) -> None:
    window = await open_window(reduced_motion="reduce")
    await window.become("coordinator")
    await window.at("#to-team").click()
    await expect(window.at("#applications > li").first).to_be_visible()
    await unfold(window)
    assert await barriers(window) == []
    waiting = await window.at("#applications > li").count()
    await window.at('[data-code="REJECT_APPLICATION"]').first.click()
    await expect(window.at("#applications > li")).to_have_count(waiting - 1)

    await window.at("#invitation button").click()
    await expect(window.at("#invitation .refusal")).to_be_visible()
    await window.at('#invitation [name="email"]').fill("neu@assistenz-portal.example")
    await window.at("#invitation button").click()
    await expect(window.at("#announcer")).to_contain_text("unterwegs")

    await window.at('#details [name="introduction"]').fill("Wir sind auch am Abend da.")
    await window.at('#details [value="OTHER"]').check()
    await window.at("#details .form-end button").click()
    await expect(window.at("#about + dl")).to_contain_text("Wir sind auch am Abend da.")
    await expect(window.at("#about + dl")).to_contain_text("Andere")

    await window.at('#price [name="hourly"]').fill("34,90")
    await window.at("#price .form-end button").click()
    await expect(window.at("#prices")).to_contain_text("34,90")
    await window.at('#price [name="hourly"]').fill("0")
    await window.at("#price .form-end button").click()
    await expect(window.at("#price .refusal")).to_be_visible()
    assert str(datetime.now(UTC).year) in await window.at("#prices").inner_text()


async def test_the_last_who_leads_cannot_go_and_is_told_why(open_window: Open) -> None:
    window = await open_window("/#team")
    await window.become("coordinator")
    await window.page.goto(f"{window.address}/#team")
    leading = window.at("#team > li", has_text="Verwaltung und Koordination")
    await leading.locator('[data-code="REMOVE_COORDINATOR"]').click()
    await expect(leading.locator(".refusal")).to_contain_text("niemanden mehr")


async def test_an_assistant_leaves_a_provider_and_applies_to_another(open_window: Open) -> None:
    window = await open_window(reduced_motion="reduce")
    await window.become("assistant")
    await window.at("#account").click()
    await window.at("#leave-provider button").click()
    await expect(window.at("#attach")).to_be_visible()
    assert await barriers(window) == []
    await window.at("#attach button").click()
    await expect(window.at("main > .next-step")).to_contain_text("entscheidet über Ihre Bewerbung")
    coordinator = await open_window(reduced_motion="reduce")
    await coordinator.become("coordinator")
    await coordinator.page.goto(f"{coordinator.address}/#team")
    card = coordinator.at("#applications > li", has_text="Jonas Weber")
    await card.locator('[data-code="APPROVE_APPLICATION"]').click()
    await expect(card).to_have_count(0)
