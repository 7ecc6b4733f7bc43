"""What both sides read when an order has ended, and how a seeker finds it again."""

import re

from playwright.async_api import expect

from tests.browser.conftest import Open
from tests.browser.drafts import begin_draft, fill_draft, release


async def test_both_sides_are_told_that_an_order_was_withdrawn(open_window: Open) -> None:
    story = "Ein Nachmittag im Kleider-Laden."
    seeker, assistant = await open_window(), await open_window()
    await seeker.become("seeker")
    await begin_draft(seeker)
    await fill_draft(seeker, story)
    await release(seeker)
    await expect(seeker.at("#no-matches")).to_have_text(re.compile("Noch hat niemand zugesagt"))
    await assistant.become("assistant")
    await expect(assistant.at("#connection")).to_have_text(re.compile("Die Seite ist verbunden"))
    card = assistant.at(".suggestion", has_text=story)
    await expect(card.locator('[data-code="ACCEPT_ORDER"]')).to_be_visible()
    await expect(card.locator('[aria-disabled="true"]')).to_have_count(0)

    await seeker.at('[data-code="WITHDRAW_ORDER"]').click()
    await expect(seeker.at("#no-matches")).to_have_text(re.compile("Der Auftrag ist beendet"))
    await expect(card).to_have_count(0)
    await expect(assistant.at("#announcer")).to_have_text(re.compile("Zurückgenommene Aufträge: 1"))

    await seeker.page.goto(f"{seeker.address}/#")
    entry = seeker.at("#orders > li", has_text=story)
    await expect(entry.locator(".when")).to_have_text(re.compile(r"Beginn: .*\d{4}"))


async def test_personas_of_one_role_can_be_told_apart(open_window: Open) -> None:
    person = await open_window()
    await expect(person.at('[data-persona="self_employed"]')).to_contain_text("selbstständig")
    await expect(person.at('[data-persona="seeker"] span')).to_have_text("Assistenz-Suchende")


async def test_a_narrow_screen_shows_the_number_before_the_form(open_window: Open) -> None:
    seeker = await open_window(viewport={"width": 320, "height": 640})
    await seeker.become("seeker")
    await begin_draft(seeker)
    tops = [
        await seeker.at(selector).evaluate("(element) => element.getBoundingClientRect().top")
        for selector in ("#availability", "#draft", '[data-code="RELEASE_ORDER"]')
    ]
    assert tops == sorted(tops)
