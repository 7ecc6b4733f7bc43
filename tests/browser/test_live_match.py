"""The main job in the browser: two and three windows at once, nothing reloaded by hand."""

import re

from playwright.async_api import expect

from notifications.language import Language, text
from tests.browser.barriers import barriers
from tests.browser.conftest import Open
from tests.browser.drafts import begin_draft, fill_draft, release

ENDED = text("states.ORDER.WITHDRAWN", Language.DE)


async def test_the_live_number_follows_the_draft(open_window: Open) -> None:
    seeker = await open_window()
    await seeker.become("seeker")
    await begin_draft(seeker)
    number = seeker.at("#availability")
    before = await number.inner_text()
    await seeker.at('[name="durationMinutes"]').fill("1200")
    await expect(number).to_have_text("0")
    await seeker.at('[name="durationMinutes"]').fill("60")
    await expect(number).to_have_text(before)


async def test_a_draft_survives_reloading_the_page(open_window: Open) -> None:
    seeker = await open_window()
    await seeker.become("seeker")
    await begin_draft(seeker)
    await fill_draft(seeker, "Bleibt stehen, auch nach dem Neu-Laden.")
    await seeker.page.reload()
    description = seeker.at('[name="description"]')
    await expect(description).to_have_value("Bleibt stehen, auch nach dem Neu-Laden.")
    await expect(seeker.at('[name="interval"]')).to_have_value("WEEK")


async def test_a_match_arrives_live_and_ends_with_the_order_in_both_windows(
    open_window: Open,
) -> None:
    story = "Ein Spazier-Gang am Fluss, bitte mit Zeit zum Reden."
    seeker, assistant = await open_window(), await open_window(reduced_motion="reduce")
    await seeker.become("seeker")
    await assistant.become("assistant")
    await expect(assistant.at("#connection")).to_have_text(re.compile("Die Seite ist verbunden"))
    await begin_draft(seeker)
    await fill_draft(seeker, story)
    await release(seeker)

    card = assistant.at(".suggestion", has_text=story)
    await expect(card).to_be_visible()
    await card.locator('[data-code="ACCEPT_ORDER"]').click()

    match = seeker.at("#matches > li")
    await expect(match).to_have_count(1)
    await expect(seeker.at("#accepted-count")).to_have_text(re.compile("1"))
    await expect(match.locator('[data-code="AWARD_ORDER"]')).to_be_enabled()
    await expect(match.locator(".next-step")).not_to_be_empty()
    await expect(seeker.at("#announcer")).to_have_text(re.compile("Neue Zusage"))

    await seeker.at('[data-code="WITHDRAW_ORDER"]').click()
    await expect(seeker.at("#matches > li")).to_have_count(0)
    await expect(seeker.at("#order-state")).to_have_text(ENDED)
    await expect(
        card.locator('[data-code="WITHDRAW_ACCEPTANCE"]:not([aria-disabled])')
    ).to_have_count(0)
    await assistant.page.goto(f"{assistant.address}/#conversations")
    await assistant.page.get_by_role("link", name="Beendete Zusage").first.click()
    await expect(assistant.at("#conversation")).to_contain_text("Hier kann niemand mehr schreiben")
    assert await barriers(assistant) == []


async def test_who_answers_sees_neither_name_nor_address(open_window: Open) -> None:
    story = "Beim Einkaufen auf dem Markt helfen."
    seeker, assistant = await open_window(), await open_window()
    await seeker.become("seeker")
    person = await seeker.at("#viewer").inner_text()
    name = re.sub(r"^Angemeldet: | \(.*$", "", person)
    await begin_draft(seeker)
    await fill_draft(seeker, story)
    await release(seeker)
    await assistant.become("assistant")
    await expect(assistant.at(".suggestion", has_text=story)).to_be_visible()
    shown = await assistant.text()
    assert len(name.split()) == 2
    for part in name.split():
        assert part not in shown
    for own in ("#who", "#service"):  # the viewer's own name, and the district's contact
        shown = shown.replace(await assistant.at(own).inner_html(), "")
    assert "@" not in shown


async def test_the_yellow_button_asks_a_provider_who_names_somebody(
    open_window: Open,
) -> None:
    story = "Jede Woche eine Fahrt zum Chor."
    seeker, coordinator = await open_window(), await open_window()
    await seeker.become("seeker")
    await begin_draft(seeker)
    await fill_draft(seeker, story)
    await release(seeker)
    await coordinator.become("coordinator")
    card = coordinator.at(".suggestion", has_text=story)
    await card.locator('[data-code="ACCEPT_ORDER"]').click()
    button = seeker.at('#matches [data-code="SEND_INQUIRY"]')
    await expect(button).to_be_visible()
    await expect(seeker.at('#matches [data-code="AWARD_ORDER"]')).to_have_count(0)
    await button.click()
    await expect(seeker.at("#match-state")).to_have_text("Angefragt")
    await card.locator(".to-match").click()
    await coordinator.at("#nominate select").select_option(label="Jonas Weber")
    await coordinator.at("#nominate button").click()
    await expect(seeker.at('[data-code="CHOOSE_NOMINEE"]')).to_be_visible()


async def test_a_declined_order_leaves_the_list(open_window: Open) -> None:
    story = "Einmal die Woche zusammen kochen."
    seeker, coordinator = await open_window(), await open_window()
    await seeker.become("seeker")
    await begin_draft(seeker)
    await fill_draft(seeker, story)
    await release(seeker)
    await coordinator.become("coordinator")
    card = coordinator.at(".suggestion", has_text=story)
    await card.locator('[data-code="DECLINE_ORDER"]').click()
    await expect(card.locator('[data-code="ACCEPT_ORDER"]:not([aria-disabled])')).to_have_count(0)
    await expect(seeker.at("#accepted-count")).to_have_text(re.compile("0"))
