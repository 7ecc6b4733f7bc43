"""The steps of a seeker that several tests begin with."""

import re
from datetime import UTC, datetime, timedelta

from playwright.async_api import expect

from tests.browser.window import Window

NUMBER = re.compile(r"^\d+$")
FAR_AWAY = (datetime.now(UTC) + timedelta(days=21)).date().isoformat()


async def begin_draft(window: Window, kind: str = "RECURRING") -> None:
    """From the overview to the form of a new draft, with the first live number."""
    await window.at(f'#new-order input[value="{kind}"]').check()
    await window.at("#new-order button").click()
    await expect(window.at("#draft textarea")).to_be_visible()
    await expect(window.at("#availability")).to_have_text(NUMBER)


async def fill_draft(window: Window, description: str) -> None:
    """Everything a recurring order needs, wide enough that somebody fits."""
    await window.at('[name="description"]').fill(description)
    await window.at('[name="startDate"]').fill(FAR_AWAY)
    await window.at('[name="interval"]').select_option("WEEK")
    await window.at('[name="count"]').fill("1")
    await window.at('[name="count"]').blur()
    await window.at("button.green").click()
    await expect(window.at("#save-status")).to_have_text("Alles gespeichert.")
    await expect(window.at("#draft-issues")).to_have_text("Alle nötigen Angaben sind da.")


async def release(window: Window) -> None:
    """Press the release button and wait for the view of a released order."""
    await window.at('[data-code="RELEASE_ORDER"]').click()
    await expect(window.at("#order-state")).to_be_visible()
