"""People change what they say of themselves, in the browser."""

import pytest
from playwright.async_api import expect

from tests.browser.barriers import barriers
from tests.browser.conftest import Open


@pytest.mark.parametrize(
    ("persona", "field", "value"),
    [
        ("seeker", "introduction", "Ich spiele gern Schach."),
        ("assistant", "radiusKm", "35"),
        ("representative", "mobile", "0170 111"),
    ],
)
async def test_a_profile_shows_what_is_there_and_takes_what_is_new(
    open_window: Open, persona: str, field: str, value: str
) -> None:
    window = await open_window(reduced_motion="reduce")
    await window.become(persona)
    await window.at('#who a[href="#profile"]').click()
    await expect(window.at('#profile-form [name="postcode"]')).to_have_value("37154")
    assert await barriers(window) == []
    await window.at(f'#profile-form [name="{field}"]').fill(value)
    await window.at("#profile-form > .form-end button").click()
    await expect(window.at("#saved")).to_have_text("Gespeichert.")
    await window.page.reload()
    await expect(window.at(f'#profile-form [name="{field}"]')).to_have_value(value)
    await window.at('#profile-form [name="postcode"]').fill("99999")
    await window.at("#profile-form > .form-end button").click()
    await expect(window.at("#profile-form .refusal").first).to_be_visible()


async def test_the_language_of_mails_is_chosen_apart_from_that_of_the_page(
    open_window: Open,
) -> None:
    window = await open_window(reduced_motion="reduce")
    await window.become("representative")
    await window.at('#who a[href="#profile"]').click()
    choice = window.at('#profile-form [name="language"]')
    for code in ("LEICHT", "DE"):
        await choice.select_option(code)
        await window.at("#profile-form > .form-end button").click()
        await expect(window.at("#saved")).to_have_text("Gespeichert.")
        await window.page.reload()
        await expect(choice).to_have_value(code)
    await expect(window.at("html")).to_have_attribute("lang", "de")
