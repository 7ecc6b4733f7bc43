"""The introductory talk in the browser: offered by the desk, booked and moved by the person."""

import re
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Open
from tests.browser.test_way_in import PASSWORD, mail_to, register
from tests.browser.window import Window
from tests.stage import Stage

AUDIT = (Path(__file__).parent / "audit.js").read_text("utf-8")


async def _offer(desk: Window) -> None:
    """A week of times, which holds workdays whatever day it is."""
    await desk.become("customer_service")
    await desk.at("section[aria-labelledby=today] summary").click()
    day = datetime.now(UTC).date()
    await desk.at('#publish-slots [name="from"]').fill((day + timedelta(days=1)).isoformat())
    await desk.at('#publish-slots [name="to"]').fill((day + timedelta(days=8)).isoformat())
    await desk.at("#publish-slots .form-end button").click()
    await expect(desk.at("#announcer")).to_contain_text("Die Termine sind eingetragen.")


async def somebody(window: Window, stage: Stage) -> str:
    """Registers, confirms and signs in; gives the last name."""
    last_name = f"Talk-{secrets.token_hex(3)}"
    address = f"{last_name.lower()}@example.org"
    await register(window, address, last_name)
    await expect(window.at("h1")).to_have_text("Das hat geklappt")
    link = re.search(r"http\S+#confirm-email=\S+", (await mail_to(stage, address))["body"])
    assert link
    await window.page.goto(link[0])
    await window.at("#confirm-form button").click()
    await expect(window.at("h1")).to_have_text("Das hat geklappt")
    await window.page.goto(stage.address)
    await window.at('#sign-in-form [name="email"]').fill(address)
    await window.at('#sign-in-form [name="password"]').fill(PASSWORD)
    await window.at("#sign-in-form button").click()
    await expect(window.at("#slots")).to_be_visible()
    return last_name


async def test_a_talk_is_offered_booked_with_the_keyboard_moved_and_cancelled(
    open_window: Open, stage: Stage
) -> None:
    desk, person = await open_window(), await open_window()
    await _offer(desk)
    last_name = await somebody(person, stage)
    await person.at('[name="channel"][value="VIDEO"]').check()
    await person.at('[name="wishes"][value="PLAIN_LANGUAGE"]').check()
    await person.at("button.slot").nth(20).focus()
    await person.page.keyboard.press("Enter")
    await expect(person.at("#booked")).to_contain_text("Video")
    await expect(person.at("#booked h2")).to_be_focused()
    await expect(person.at(".next-step")).to_contain_text("Ihr Kennenlern-Gespräch ist am")
    assert await person.page.evaluate(AUDIT) == []
    address = f"{last_name.lower()}@example.org"
    booked = await mail_to(stage, address, 2)
    assert "Link dafür schicken wir Ihnen" in booked["body"]

    before = await person.at("#booked").inner_text()
    await person.at("button.slot").nth(22).click()
    await expect(person.at("#booked")).not_to_have_text(before)
    assert "neuer Termin" in (await mail_to(stage, address, 3))["subject"]

    await desk.page.reload()
    account = desk.at(".account", has_text=last_name)
    await expect(account.locator(".next-step")).to_contain_text("Das Gespräch ist am")
    assert await desk.page.evaluate(AUDIT) == []

    await person.at('[data-code="CANCEL_TALK"]').click()
    await expect(person.at("#booked")).to_have_count(0)


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
    await window.become("seeker")
    await expect(window.at("#service")).to_contain_text("05551 708-0")
    await expect(window.at("#new-order")).to_be_visible()
