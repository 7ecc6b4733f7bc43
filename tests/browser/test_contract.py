"""From the award to the contract: two browsers at once, nothing reloaded by hand."""

import re
from datetime import UTC, datetime, timedelta

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect

from tests.browser.conftest import Open
from tests.browser.drafts import begin_draft, fill_draft, release
from tests.browser.window import Window
from tests.stage import Stage
from tests.staging import guards_asleep

STORY = "Ein Nachmittag in der Woche im Garten."


async def no_barrier(window: Window) -> None:
    found = await Axe().run(window.page)
    assert [each["id"] for each in found.response["violations"]] == []


async def agreed_in_person(seeker: Window, assistant: Window) -> None:
    """The seeker awards the order to the assistant who has said yes; both look at the match."""
    await begin_draft(seeker)
    await fill_draft(seeker, STORY)
    await release(seeker)
    card = assistant.at(".suggestion", has_text=STORY)
    await card.locator('[data-code="ACCEPT_ORDER"]').click()
    await seeker.at('#matches [data-code="AWARD_ORDER"]').click()
    await expect(seeker.at("#match-state")).to_have_text("Auftrag erteilt")
    await card.locator(".to-match").click()
    await expect(assistant.at("#match-state")).to_have_text("Auftrag erteilt")


async def propose(window: Window, *days: int) -> None:
    await window.at(".propose summary").first.click()
    today = datetime.now(UTC).date()
    for at, ahead in enumerate(days):
        await window.at(f'.propose [name="date{at}"]').first.fill(
            str(today + timedelta(days=ahead))
        )
        await window.at(f'.propose [name="time{at}"]').first.fill(f"1{at}:30")
    await window.at(".propose form button:not([type=button])").first.click()


async def test_from_the_award_over_a_meeting_to_the_contract(
    open_window: Open, stage: Stage
) -> None:
    seeker, assistant = await open_window(), await open_window()
    await seeker.become("seeker")
    await assistant.become("self_employed")
    await agreed_in_person(seeker, assistant)
    await no_barrier(seeker)
    await seeker.at('#write [name="text"]').fill("Passt Ihnen der Vormittag?")
    await seeker.at("#write button").click()
    await expect(assistant.at("#messages li")).to_have_text(re.compile("Passt Ihnen der Vormittag"))
    await expect(seeker.at("#messages .mine")).to_contain_text("gelesen")

    await propose(assistant, 9, 10)
    choice = seeker.at(".choose input[type=radio]")
    await expect(choice).to_have_count(2)
    await choice.nth(1).check()
    await seeker.at(".choose button:not([type=button])").click()
    for window in (seeker, assistant):
        await expect(window.at(".meeting-state")).to_have_text("Verabredet")
        await no_barrier(window)

    await two_weeks_later(stage)
    await assistant.page.reload()
    await assistant.at('.meeting [data-code="RECORD_MEETING"]').first.click()
    for window in (seeker, assistant):
        await expect(window.at(".meeting-state")).to_have_text("Treffen war")

    await assistant.at('#contract-form [name="hours"]').fill("3")
    await assistant.at("#contract-form .form-end button").click()
    await expect(assistant.at("#contract-state")).to_have_text("Entwurf")
    await expect(seeker.at("#contract-state")).to_have_text("Entwurf")
    await no_barrier(seeker)
    await seeker.at('#contract [data-code="CONSENT_TO_CONTRACT"]').click()
    await expect(assistant.at("#contract-consents li")).to_have_count(1)
    await assistant.at('#contract [data-code="CONSENT_TO_CONTRACT"]').click()
    for window in (seeker, assistant):
        await expect(window.at("#contract-state")).to_have_text("Vereinbart")
        await expect(window.at("#match-state")).to_have_text("Vertrag geschlossen")
    path = await seeker.at("#contract a[href$='.pdf']").get_attribute("href")
    answer = await seeker.context.request.get(f"{stage.address}{path}")
    assert (await answer.body()).startswith(b"%PDF")


async def two_weeks_later(stage: Stage) -> None:
    """The meeting is over: its time is put back instead of the clock put on."""
    columns = {
        "meeting_dates": "starts_at ends_at",
        "meetings": "starts_at known_at ends_at",
        "meeting_people": "begins_at ends_at",
    }
    async with guards_asleep(stage.environ["DATABASE_OWNER_URL"]) as connection:
        for table, names in columns.items():
            moved = ", ".join(f"{name} = {name} - interval '14 days'" for name in names.split())
            await connection.execute(f"UPDATE {table} SET {moved}")  # noqa: S608  our own names
