"""What the page tells whoever fills in a form of something that may be so, and is rarely meant."""

from playwright.async_api import expect

from tests.browser.barriers import barriers, fits
from tests.browser.conftest import Open
from tests.browser.drafts import begin_draft, fill_draft, release
from tests.browser.everybody import speak

CALM = {"reduced_motion": "reduce"}


async def test_musts_that_hardly_go_together_are_told_of_before_the_release(
    open_window: Open,
) -> None:
    seeker = await open_window(**CALM)
    await seeker.become("seeker")
    await begin_draft(seeker)
    await fill_draft(seeker, "Beim Sortieren helfen.")
    chooser = seeker.at('[data-field="qualities"]')
    await chooser.locator('[name="personalReason"]').check()
    await chooser.locator("summary", has_text="Geschlecht").click()
    await chooser.locator('[name="GES_FRAU"]').select_option("MUST")
    await chooser.locator('[name="GES_MANN"]').select_option("MUST")
    told = seeker.at("#warnings-qualities > li")
    await expect(told).to_contain_text("Sie verlangen „Frau“ und „Mann“ zugleich.")
    assert await barriers(seeker) == []
    await speak(seeker, "de-x-leicht")
    await expect(told).to_contain_text("Das passt fast nie zusammen.")
    assert await fits(seeker) == []
    await speak(seeker, "de")
    await chooser.locator('[name="GES_MANN"]').select_option("WISH")
    await expect(told).to_have_count(0)
    await chooser.locator('[name="GES_MANN"]').select_option("MUST")
    await expect(told).to_have_count(1)
    await release(seeker)
