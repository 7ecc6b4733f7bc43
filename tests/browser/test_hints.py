"""What the page tells whoever fills in a form of something that may be so, and is rarely meant."""

from playwright.async_api import expect

from tests.browser.barriers import barriers, fits
from tests.browser.conftest import Open
from tests.browser.drafts import begin_draft, fill_draft, release
from tests.browser.everybody import speak

CALM = {"reduced_motion": "reduce"}


async def test_musts_that_hardly_go_together_are_told_of_before_the_release_and_afterwards(
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
    hint = seeker.at('[aria-labelledby="terms"] .hint')
    await expect(hint).to_contain_text("Sie verlangen „Frau“ und „Mann“ zugleich.")
    await seeker.at('[data-code="AMEND_ORDER"]').click()
    await seeker.at('#amend-form [name="GES_MANN"]').select_option("WISH")
    seeker.page.once("dialog", lambda dialog: dialog.accept())
    await seeker.at("#amend-form .form-end button").click()
    await expect(seeker.at("#order-state")).to_be_visible()
    await expect(hint).to_have_count(0)


async def test_a_window_that_ends_before_it_begins_is_said_to_go_past_midnight(
    open_window: Open,
) -> None:
    person = await open_window("/#register", **CALM)
    await person.at("ul.windows + button").click()
    day, start, end = (person.at("ul.windows > li:last-child select").nth(at) for at in range(3))
    told = person.at("ul.windows > li:last-child .hint")
    await day.select_option(label="Sonntag")
    await start.select_option("08:00")
    await end.select_option("24:00")
    await expect(told).to_be_hidden()
    await start.select_option("20:00")
    await end.select_option("08:00")
    words = "Diese Zeit geht über Mitternacht: bis 08:00 am nächsten Tag (Montag)."
    await expect(told).to_have_text(words)
    await expect(end).to_have_accessible_description(words)
    await expect(person.at("#announcer")).to_have_text(words)
    assert await barriers(person) == []
    await speak(person, "de-x-leicht")
    await expect(told).to_contain_text("Sie endet am nächsten Tag: Montag um 08:00 Uhr.")
    assert await fits(person) == []
    await end.select_option("21:00")
    await expect(told).to_be_hidden()
    await expect(end).to_have_accessible_description("")
    await expect(person.at("#announcer")).not_to_contain_text("Mitter-Nacht")


async def test_a_window_that_is_filled_in_again_says_nothing_of_what_it_passes_through(
    open_window: Open,
) -> None:
    person = await open_window("/#register", **CALM)
    await person.at("ul.windows + button").click()
    end, start = (person.at("ul.windows > li:last-child select").nth(at) for at in (2, 1))
    await end.select_option("22:00")
    await start.select_option("20:00")
    await speak(person, "en")
    await expect(person.at("ul.windows + button")).to_have_text("Add a window")
    await expect(start).to_have_value("20:00")
    await expect(end).to_have_value("22:00")
    await expect(person.at("#announcer")).not_to_contain_text("midnight")
