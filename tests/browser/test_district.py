"""What the district says of itself on the start page and at the bottom."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Open


@pytest.mark.parametrize(
    ("language", "welcome", "hours"),
    [
        ("de", "Willkommen im Landkreis", "Montag bis Mittwoch 08:00 bis 16:00 Uhr"),
        ("de-x-leicht", "Willkommen im Land-Kreis", "Montag bis Mittwoch"),
        ("en", "Welcome to the district", "Monday to Wednesday 08:00 to 16:00"),
    ],
)
async def test_the_district_welcomes_and_says_when_it_can_be_reached(
    open_window: Open, language: str, welcome: str, hours: str
) -> None:
    window = await open_window()
    await expect(window.at("#welcome")).to_be_visible()
    await window.at("#language").select_option(language)
    await expect(window.at("#welcome")).to_contain_text(welcome)
    for place in ("#service", "section[aria-labelledby=service-heading]"):
        await expect(window.at(place)).to_contain_text(hours)
        await expect(window.at(place)).to_contain_text("05551 708-0")
        await expect(window.at(place)).to_contain_text("kundenservice@northeim.example")
    await window.become("seeker")
    await expect(window.at("#service")).to_contain_text("05551 708-0")
    await expect(window.at("#new-order")).to_be_visible()
