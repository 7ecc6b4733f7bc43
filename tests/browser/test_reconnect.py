"""What a break of the live connection does: nothing is lost, and people are told."""

import re

from playwright.async_api import expect

from tests.browser.conftest import Open
from tests.browser.drafts import begin_draft, fill_draft, release
from tests.browser.line import Line
from tests.browser.window import Window


async def _accept(window: Window, story: str) -> None:
    card = window.at(".suggestion", has_text=story)
    await card.locator('[data-code="ACCEPT_ORDER"]').click()
    await expect(card.locator('[data-code="WITHDRAW_ACCEPTANCE"]')).to_be_enabled()


async def test_what_happened_during_a_break_arrives_behind_the_last_event(
    open_window: Open,
) -> None:
    story = "Vorlesen am Nach-Mittag."
    seeker, assistant = await open_window(), await open_window()
    line = await Line.of(seeker)
    await seeker.become("seeker")
    await begin_draft(seeker)
    await fill_draft(seeker, story)
    await release(seeker)
    await assistant.become("assistant")
    await expect(assistant.at(".suggestion", has_text=story)).to_be_visible()

    await line.cut()
    await expect(seeker.at("#connection")).to_have_text(re.compile("unterbrochen"))
    await _accept(assistant, story)
    await expect(seeker.at("#matches > li")).to_have_count(0)
    line.mend()
    await expect(seeker.at("#connection")).to_have_text(re.compile("ist verbunden"))
    await expect(seeker.at("#matches > li")).to_have_count(1)
    assert line.cursors("PageOrderChanged")[0] is None
    assert line.cursors("PageOrderChanged")[-1]


async def test_a_break_too_long_to_resume_reads_everything_again(open_window: Open) -> None:
    story = "Hilfe mit dem neuen Telefon."
    seeker, assistant = await open_window(), await open_window()
    line = await Line.of(seeker)
    await seeker.become("seeker")
    await begin_draft(seeker)
    await fill_draft(seeker, story)
    await release(seeker)
    await assistant.become("assistant")
    await expect(assistant.at(".suggestion", has_text=story)).to_be_visible()
    line.answer_resync = True
    await _accept(assistant, story)
    await expect(seeker.at("#matches > li")).to_have_count(1)
    assert line.resyncs > 0


async def test_a_draft_changed_in_another_window_shows_the_present_state(
    open_window: Open,
) -> None:
    first = await open_window()
    await first.become("seeker")
    await begin_draft(first)
    address = first.page.url
    second_page = await first.context.new_page()
    await second_page.goto(address)
    await second_page.locator('[name="durationMinutes"]').fill("150")
    await expect(second_page.locator("#save-status")).to_have_text("Alles gespeichert.")
    await expect(first.at('[name="durationMinutes"]')).to_have_value("150")
