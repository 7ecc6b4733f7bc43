"""Steps of the walk from two registrations to confirmed hours, and what holds of each view."""

import re
from datetime import UTC, datetime, timedelta

from playwright.async_api import Locator, expect

from tests.browser.barriers import barriers
from tests.browser.drafts import begin_draft, fill_draft, release
from tests.browser.window import Window
from tests.stage import Stage
from tests.staging import guards_asleep

_PROOFS: dict[str, dict[str, int | None]] = {
    "CERTIFICATE_OF_CONDUCT": {"datedOn": -20},
    "MEASLES_PROTECTION": {},
    "INTERVIEW": {},
    "TRAINING": {"hours": None},
    "QUALIFICATION": {"quality": None, "validUntil": 900},
    "INSURANCE": {"validUntil": 300},
}
_TIMES = {
    "meeting_dates": "starts_at ends_at",
    "meetings": "starts_at known_at ends_at",
    "meeting_people": "begins_at ends_at",
    "appointments": "starts_at ends_at known_at worked_from worked_until",
    "contracts": "starts_on",
}


def day(distance: int) -> str:
    return (datetime.now(UTC).date() + timedelta(days=distance)).isoformat()


async def no_barrier(*windows: Window) -> None:
    """Nothing to object to in any of the windows."""
    for window in windows:
        assert await barriers(window) == []


async def offer_talks(desk: Window) -> None:
    """A week of times, which holds workdays whatever day it is."""
    await desk.at("section[aria-labelledby=today] summary").click()
    await desk.at('#publish-slots [name="from"]').fill(day(1))
    await desk.at('#publish-slots [name="to"]').fill(day(8))
    await desk.at("#publish-slots .form-end button").click()
    await expect(desk.at("#announcer")).to_contain_text("Neue Termine: ")


async def book_with_the_keyboard(person: Window, number: int) -> None:
    await person.at('[name="channel"][value="VIDEO"]').check()
    await person.at('[name="wishes"][value="PLAIN_LANGUAGE"]').check()
    await person.at("button.slot").nth(number).focus()
    await person.page.keyboard.press("Enter")
    await expect(person.at("#booked")).to_contain_text("Video")
    await expect(person.at("#booked h2")).to_be_focused()
    await expect(person.at(".next-step")).to_contain_text("Ihr Kennenlern-Gespräch ist am")


async def account_of(desk: Window, last_name: str) -> Locator:
    """The card of somebody who waits, with the talk and the identity check recorded."""
    account = desk.at(".account", has_text=last_name)
    await expect(account.locator(".next-step")).to_contain_text("Das Gespräch ist am")
    await account.locator("summary").nth(0).click()
    await account.locator("form.talk .form-end button").click()
    await expect(account.locator(".facts")).to_contain_text("Gespräch geführt")
    await correct_answers(account, "3", "Pflegegrad 3", "Kundenservice")
    await account.locator("summary", has_text="Ausweis").click()
    await account.locator("form.identity .form-end button").click()
    await expect(account.locator(".facts")).to_contain_text("Identität bestätigt")
    return account


async def correct_answers(place: Locator, grade: str, words: str, by: str) -> None:
    """Put right what was said in the talk: at the desk, or as the person it is about."""
    await place.locator('[data-code="CORRECT_TALK_ANSWERS"] summary').click()
    await place.locator('.correction [name="careGrade"]').select_option(grade)
    await place.locator(".correction .form-end button").click()
    await expect(place.locator(".answers")).to_contain_text(words)
    await expect(place.locator(".corrected")).to_contain_text(by)


async def prove(desk: Window, last_name: str) -> None:
    """Everything that somebody self-employed has to show, piece by piece."""
    card = desk.at("#proofs-due > li", has_text=last_name)
    await card.locator('[data-code="WRITE_CERTIFICATE_LETTER"] summary').click()
    await card.locator(".letter-form button").click()
    await expect(card.locator(".letter")).to_contain_text("§ 30a Absatz 2")
    for kind in _PROOFS:
        if not await card.locator("form.proof").is_visible():
            await card.locator('[data-code="RECORD_EVIDENCE"] summary').click()
        await _fill_proof(card, kind)
        if kind != [*_PROOFS][-1]:
            await expect(card.locator(f'[data-proof="{kind}"]')).to_contain_text("gültig")
        if kind == "INTERVIEW":
            await no_barrier(desk)
    await expect(card).to_have_count(0)


async def _fill_proof(card: Locator, kind: str) -> None:
    form = card.locator("form.proof")
    await form.locator('[name="kind"]').select_option(kind)
    for name, value in _PROOFS[kind].items():
        control = form.locator(f'[name="{name}"]')
        if name == "quality":
            await control.select_option("QUA_ERSTE_HILFE")
        else:
            await control.fill("12" if value is None else day(value))
    await form.locator(".form-end button").click()


async def agree_in_person(seeker: Window, assistant: Window, story: str) -> None:
    """The seeker awards the order to the assistant who has said yes; both look at the match."""
    await begin_draft(seeker)
    await fill_draft(seeker, story)
    await no_barrier(seeker)
    await release(seeker)
    card = assistant.at(".suggestion", has_text=story)
    await card.locator('[data-code="ACCEPT_ORDER"]').click()
    await expect(seeker.at("#announcer")).to_have_text(re.compile("Neue Zusage"))
    await no_barrier(seeker, assistant)
    await seeker.at('#matches [data-code="AWARD_ORDER"]').click()
    await expect(seeker.at("#match-state")).to_have_text("Auftrag erteilt")
    await card.locator(".to-match").click()
    await expect(assistant.at("#match-state")).to_have_text("Auftrag erteilt")


async def propose_meetings(window: Window, *days: int) -> None:
    await window.at(".propose summary").first.click()
    for at, ahead in enumerate(days):
        await window.at(f'.propose [name="date{at}"]').first.fill(day(ahead))
        await window.at(f'.propose [name="time{at}"]').first.fill(f"1{at}:30")
    await window.at(".propose form button:not([type=button])").first.click()


async def propose_appointment(window: Window, ahead: int, begins: str, ends: str) -> None:
    await window.at("#propose-appointment summary").click()
    form = window.at("#propose-appointment form")
    for name, value in {"date": day(ahead), "from": begins, "until": ends}.items():
        await form.locator(f'[name="{name}"]').fill(value)
    await form.locator("button").click()


async def two_weeks_later(stage: Stage) -> None:
    """What was agreed on lies behind: its time is put back instead of the clock put on."""
    async with guards_asleep(stage.environ["DATABASE_OWNER_URL"]) as connection:
        for table, names in _TIMES.items():
            moved = ", ".join(f"{name} = {name} - interval '14 days'" for name in names.split())
            await connection.execute(f"UPDATE {table} SET {moved}")  # noqa: S608  our own names
