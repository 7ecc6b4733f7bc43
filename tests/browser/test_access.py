"""What everybody needs: keyboard, focus, languages, zoom, calm."""

import asyncio

import pytest
from playwright.async_api import Route, expect

from tests.browser.conftest import Open
from tests.browser.drafts import begin_draft
from tests.browser.everybody import speak_at_once
from tests.browser.window import Window


async def _tab_to(window: Window, selector: str, most: int = 120) -> None:
    """Press Tab until the control has the focus."""
    target = window.at(selector).first
    for _ in range(most):
        if await target.evaluate("(element) => element === document.activeElement"):
            return
        await window.page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached with Tab")


async def test_an_order_is_released_with_the_keyboard_alone(open_window: Open) -> None:
    seeker = await open_window()
    keyboard = seeker.page.keyboard
    await expect(seeker.at(".persona").first).to_be_visible()
    await _tab_to(seeker, '[data-persona="seeker"]')
    await keyboard.press("Enter")
    await expect(seeker.at("h1")).to_be_focused()
    await _tab_to(seeker, '#new-order input[value="ONE_OFF"]')
    await keyboard.press("ArrowDown")
    await keyboard.press("Enter")
    await expect(seeker.at("#draft textarea")).to_be_visible()
    await _tab_to(seeker, '[name="interval"]')
    await keyboard.type("Woche")
    await _tab_to(seeker, '[name="count"]')
    await keyboard.type("1")
    await _tab_to(seeker, "button.green")
    await keyboard.press("Enter")
    await expect(seeker.at("#draft-issues")).to_contain_text("Beginn")
    await _tab_to(seeker, "#draft-issues button")
    await keyboard.press("Enter")
    await expect(seeker.at('[name="startDate"]')).to_be_focused()
    await keyboard.type("01012031")
    await _tab_to(seeker, '[data-code="RELEASE_ORDER"]')
    await expect(seeker.at("#draft-issues")).to_have_text("Alle nötigen Angaben sind da.")
    await expect(seeker.at('[data-code="RELEASE_ORDER"]')).to_be_focused()
    await keyboard.press("Enter")
    await expect(seeker.at("#order-state")).to_be_visible()
    await expect(seeker.at("h1")).to_be_focused()


async def test_a_blocked_button_stays_reachable_and_says_why(open_window: Open) -> None:
    seeker = await open_window()
    await seeker.become("seeker")
    await begin_draft(seeker)
    button = seeker.at('[data-code="RELEASE_ORDER"]')
    await expect(button).to_have_attribute("aria-disabled", "true")
    await button.focus()
    await expect(button).to_be_focused()
    described = await button.get_attribute("aria-describedby")
    await expect(seeker.at(f"#{described}")).not_to_be_empty()


@pytest.mark.parametrize(("locale", "language"), [("en-GB", "en"), ("fr-FR", "de")])
async def test_the_page_begins_in_the_browsers_language_where_it_speaks_it(
    open_window: Open, locale: str, language: str
) -> None:
    window = await open_window(locale=locale)
    await expect(window.at("html")).to_have_attribute("lang", language)


async def test_texts_of_page_and_portal_change_with_the_language(open_window: Open) -> None:
    window = await open_window()
    await window.become("seeker")
    await begin_draft(window)
    await window.at('#draft [value="ONE_OFF"]').check()
    await window.at('[name="time"]').fill("14:30")  # half a date cannot be saved
    await window.at('[name="description"]').fill("Zwei Stunden im Museum.")
    await window.at("#language").select_option("en")
    await expect(window.at("h1")).to_have_text("Edit the draft")
    await expect(window.at('[data-code="RELEASE_ORDER"]')).not_to_contain_text("reigeben")
    await expect(window.at("html")).to_have_attribute("lang", "en")
    await expect(window.at('[name="description"]')).to_have_value("Zwei Stunden im Museum.")
    await expect(window.at('[name="time"]')).to_have_value("14:30")
    await expect(window.at(".refusal")).to_have_count(0)
    await window.page.reload()
    await expect(window.at("h1")).to_have_text("Edit the draft")


@pytest.mark.parametrize(
    ("path", "field", "word"),
    [
        ("/#register", '[name="firstName"]', "Ich möchte helfen"),
        ("/eigenanteil", '[name="incomes.insuredWork"]', "Eigen-Beitrag ausrechnen"),
    ],
)
async def test_where_the_words_of_a_language_do_not_come_the_choice_before_it_counts(
    open_window: Open, path: str, field: str, word: str
) -> None:
    async def cut_off(route: Route) -> None:
        await asyncio.sleep(0.5)  # the words of the other one are there by then
        await route.abort()

    window = await open_window(path, reduced_motion="reduce")
    await window.at(field).fill("45000")
    await window.page.route("**/texts/en.json", cut_off)
    await speak_at_once(window, "de-x-leicht", "en")
    await expect(window.at("html")).to_have_attribute("lang", "de-x-leicht")
    await expect(window.at("#main")).to_contain_text(word)
    await expect(window.at(field)).to_have_value("45000")
    window.problems.clear()  # the browser reports the request that was cut off


async def test_nothing_is_cut_off_on_a_narrow_screen(open_window: Open) -> None:
    window = await open_window(viewport={"width": 320, "height": 640})
    await window.become("seeker")
    await begin_draft(window)
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert await window.page.evaluate(overflow) <= 0


async def test_nothing_moves_for_people_who_asked_for_calm(open_window: Open) -> None:
    window = await open_window(reduced_motion="reduce")
    await expect(window.at(".persona").first).to_be_visible()
    moving = "document.getAnimations().length"
    duration = "getComputedStyle(document.querySelector('button')).transitionDuration"
    assert await window.page.evaluate(moving) == 0
    assert await window.page.evaluate(duration) == "0s"
