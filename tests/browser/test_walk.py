"""The whole way in the browser: from two registrations to the first confirmed hours."""

import json
import re
import secrets

import pytest
from playwright.async_api import expect

from tests.browser.barriers import unfold
from tests.browser.conftest import Open
from tests.browser.newcomer import (
    confirm_and_sign_in,
    mail_to,
    register,
    register_self_employed,
)
from tests.browser.steps import (
    account_of,
    agree_in_person,
    book_with_the_keyboard,
    correct_answers,
    day,
    no_barrier,
    offer_talks,
    propose_appointment,
    propose_meetings,
    prove,
    two_weeks_later,
)
from tests.browser.window import Window
from tests.stage import Stage

STORY = "Ein Nachmittag in der Woche im Garten."
CALM = {"reduced_motion": "reduce"}


@pytest.mark.slow
async def test_from_two_registrations_to_the_first_confirmed_hours(
    open_window: Open, stage: Stage
) -> None:
    seeker, assistant, desk = [await open_window(**CALM) for _ in range(3)]
    names = [f"{name}-{secrets.token_hex(3)}" for name in ("Wiegmann", "Brandes")]
    await desk.become("customer_service")
    await offer_talks(desk)
    await registered(seeker, assistant, stage, names)
    await released(desk, names)
    # Nobody has to look again: the page follows the account.
    await expect(seeker.at(".next-step")).to_contain_text("Sie können jetzt einen Auftrag anlegen.")
    await expect(assistant.at(".next-step")).to_contain_text("Passende Aufträge erscheinen hier")
    await put_right(seeker)
    await agree_in_person(seeker, assistant, STORY)
    await written(seeker, assistant, desk)
    await met(seeker, assistant, stage)
    await contracted(seeker, assistant, stage)
    await worked(seeker, assistant, stage)
    await told(seeker)
    await ended(seeker)


async def registered(seeker: Window, assistant: Window, stage: Stage, names: list[str]) -> None:
    """Both register, confirm their address and book their talk; one moves it, one cancels first."""
    addresses = [f"{name.lower()}@example.org" for name in names]
    await register(seeker, addresses[0], names[0])
    await register_self_employed(assistant, addresses[1], names[1])
    for window, address in zip((seeker, assistant), addresses, strict=True):
        await confirm_and_sign_in(window, stage, address)
        await book_with_the_keyboard(window, 20)
    assert "Link dafür schicken wir Ihnen" in (await mail_to(stage, addresses[0], 2))["body"]
    before = await seeker.at("#booked").inner_text()
    await seeker.at("button.slot").nth(22).click()
    await expect(seeker.at("#booked")).not_to_have_text(before)
    assert "neuer Termin" in (await mail_to(stage, addresses[0], 3))["subject"]
    await assistant.at('[data-code="CANCEL_TALK"]').click()
    await expect(assistant.at("#booked")).to_have_count(0)
    await expect(assistant.at("h1")).to_be_focused()  # the free times have been drawn anew
    await book_with_the_keyboard(assistant, 24)
    await no_barrier(seeker, assistant)


async def put_right(person: Window) -> None:
    """The person corrects what customer service had corrected before."""
    await person.at('#who a[href="#profile"]').click()
    answers = person.at("#answers")
    await expect(answers.locator(".corrected")).to_contain_text("Kundenservice")
    await correct_answers(answers, "0", "kein Pflegegrad", "Assistenz-Suchende")
    await expect(answers.locator("h2")).to_be_focused()
    await no_barrier(person)
    await person.at("main p a").first.click()
    await expect(person.at("#new-order")).to_be_visible()


async def released(desk: Window, names: list[str]) -> None:
    """Customer service records what it has heard and seen; nobody goes on without proofs."""
    await desk.page.reload()
    for name in names:
        account = await account_of(desk, name)
        release = account.locator('[data-code="RELEASE_ACCOUNT"]')
        if name == names[1]:
            await expect(release).to_have_attribute("aria-disabled", "true")
            await expect(account).to_contain_text("Es fehlen noch gültige Nachweise.")
            await prove(desk, name)
            await expect(release).not_to_have_attribute("aria-disabled", "true")
        await release.click()
        await expect(account).to_have_count(0)


async def written(seeker: Window, assistant: Window, desk: Window) -> None:
    """A message arrives, is marked as read, and is shown to customer service."""
    await seeker.at('#write [name="text"]').fill("Passt Ihnen der Vormittag?")
    await seeker.at("#write button").click()
    await expect(assistant.at("#messages li")).to_have_text(re.compile("Passt Ihnen der Vormittag"))
    await expect(assistant.at("#announcer")).to_contain_text("Passt Ihnen der Vormittag?")
    await expect(seeker.at("#messages .mine")).to_contain_text("gelesen")
    await seeker.at('#write [name="text"]').fill("Mein Telefon: 05551 123456")
    await expect(seeker.at("#write .hint")).to_contain_text("Das sieht nach einer Telefonnummer")
    await seeker.at('#write [name="text"]').fill("Oder lieber nachmittags?")
    await expect(seeker.at("#write .hint")).to_be_empty()
    await seeker.at("#write button").click()
    await expect(assistant.at("#messages li").last).to_contain_text("Oder lieber nachmittags?")
    await no_barrier(seeker)
    await assistant.at("#messages .report-message").first.click()
    await expect(assistant.at('#report [name="reason"]').first).to_be_focused()
    await assistant.at("#language").select_option("en")
    await expect(assistant.at("#report-about")).to_contain_text("Customer service then reads")
    await expect(assistant.at("#report-about")).to_contain_text("Passt Ihnen der Vormittag?")
    await assistant.at("#language").select_option("de")
    await expect(assistant.at("#report-about")).to_contain_text("Der Kundenservice liest")
    await no_barrier(assistant)
    await assistant.at('#report [value="OTHER"]').check()
    await assistant.at("#report .form-end button").click()
    await expect(assistant.at("#reported")).to_be_focused()
    await desk.page.reload()
    report = desk.at("#reports > li", has_text="Passt Ihnen der Vormittag?")
    await expect(report).to_contain_text("Etwas anderes")


async def met(seeker: Window, assistant: Window, stage: Stage) -> None:
    """One proposes two dates, the other chooses; the meeting takes place."""
    await propose_meetings(assistant, 9, 10)
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


async def contracted(seeker: Window, assistant: Window, stage: Stage) -> None:
    """One writes the terms down, both say yes."""
    await assistant.at('#contract-form [name="hours"]').fill("3")
    await assistant.at("#contract-form .form-end button").click()
    for window in (seeker, assistant):
        await expect(window.at("#contract-state")).to_have_text("Entwurf")
    await no_barrier(seeker)
    await seeker.at('#contract [data-code="CONSENT_TO_CONTRACT"]').click()
    await expect(assistant.at("#contract-consents li")).to_have_count(1)
    await assistant.at('#contract [data-code="CONSENT_TO_CONTRACT"]').click()
    for window in (seeker, assistant):
        await expect(window.at("#contract-state")).to_have_text("Vereinbart")
        await expect(window.at("#match-state")).to_have_text("Vertrag geschlossen")
    await printed(seeker, stage, "#contract a[href*='.pdf']", b"%PDF")


async def printed(window: Window, stage: Stage, link: str, holds: bytes) -> None:
    path = await window.at(link).get_attribute("href")
    answer = await window.context.request.get(f"{stage.address}{path}")
    assert holds in await answer.body()


async def worked(seeker: Window, assistant: Window, stage: Stage) -> None:
    """A date is proposed, agreed to with the keyboard, worked, and confirmed."""
    for window in (seeker, assistant):
        await window.at(".to-appointments").click()
        await expect(window.at("#propose-appointment")).to_be_visible()
    await planned(seeker, assistant)
    await stood_in_for(seeker, assistant)
    await propose_appointment(assistant, 13, "10:00", "12:00")
    yes = seeker.at('#appointments [data-code="AGREE_APPOINTMENT"]')
    await expect(seeker.at("#announcer")).to_have_text("Geänderte Termine: 1")
    await no_barrier(seeker)
    await yes.focus()
    await seeker.page.keyboard.press("Enter")
    card = assistant.at(".appointment", has_text="10:00")
    await expect(card.locator(".appointment-state")).to_have_text("Fest vereinbart")
    await expect(seeker.at(".appointment h3:focus")).to_contain_text("10:00")
    await no_barrier(assistant)
    await refused_at_the_button(seeker, assistant)
    await two_weeks_later(stage)
    await assistant.page.reload()
    record = card.locator('[data-code="RECORD_APPOINTMENT"]')
    await record.locator("summary").click()
    await record.locator('[name="until"]').fill("11:30")
    await record.locator("form button").click()
    confirm = seeker.at('#appointments [data-code="CONFIRM_APPOINTMENT"]')
    await expect(seeker.at(".appointment", has_text="90 Minuten")).to_have_count(1)
    await confirm.click()
    for window in (seeker, assistant):
        state = window.at(".appointment", has_text="90 Minuten").locator(".appointment-state")
        await expect(state).to_have_text("Bestätigt")
    await seeker.page.reload()
    await seeker.at('[name="month"]').select_option(day(-1)[:7])
    await expect(seeker.at("#statement")).to_contain_text("Davon bestätigt: 90 Minuten")
    await printed(seeker, stage, "#statement a[href*='.csv']", b"Jule")
    await unfold(seeker)
    await no_barrier(seeker)


async def refused_at_the_button(seeker: Window, assistant: Window) -> None:
    """Nobody is in two places: that is said where it was pressed, not in the folded form."""
    await propose_appointment(seeker, 13, "10:30", "11:30")
    double = assistant.at(".appointment", has_text="10:30")
    yes = double.locator('[data-code="AGREE_APPOINTMENT"]')
    await yes.click()
    await expect(double.locator(".action-with-reason .refusal")).to_be_visible()
    await expect(yes).to_be_focused()


async def planned(seeker: Window, assistant: Window) -> None:
    """Twice a week, so far ahead that no date of it is in the way."""
    await seeker.at("#make-plan summary").click()
    form = seeker.at("#make-plan form")
    await form.locator("fieldset > button").click()
    await form.locator('[name="firstOn"]').fill(day(40))
    await form.locator(".form-end button").click()
    await expect(seeker.at("#plans")).to_contain_text("2-mal in der Woche: Montag um 09:00")
    await assistant.at('#plans [data-code="AGREE_PLAN"]').click()
    for window in (seeker, assistant):
        await expect(window.at("#plans")).to_contain_text("Vereinbart am")


async def stood_in_for(seeker: Window, assistant: Window) -> None:
    """The assistant cannot come to a fixed date: the client asks somebody else."""
    await propose_appointment(assistant, 20, "15:00", "17:00")
    await seeker.at('#appointments [data-code="AGREE_APPOINTMENT"]').click()
    cancel = assistant.at('#appointments [data-code="CANCEL_APPOINTMENT"]').first
    await expect(assistant.at(".appointment-state").first).to_have_text("Fest vereinbart")
    await cancel.locator("summary").click()
    await cancel.locator("select").select_option("ASSISTANT_ILL")
    await cancel.locator("button").click()
    gap = seeker.at('#appointments [data-code="ASK_STAND_IN"]')
    await expect(seeker.at(".appointment").first).to_contain_text("Assistenz-Kraft ist krank")
    await gap.locator("summary").click()
    await gap.locator("button").first.click()
    await expect(seeker.at("#appointments").get_by_text("Ersatz", exact=True)).to_be_visible()
    await no_barrier(seeker)


async def told(seeker: Window) -> None:
    """All of that has been told: it can be read, found again, and told less often."""
    await expect(seeker.at("#news-link")).to_contain_text("ungelesen")
    await seeker.at("#news-link").click()
    await expect(seeker.at("#news > li", has_text="E-Mail: Gesendet").first).to_be_visible()
    await seeker.at("#news-choices > summary").click()
    await no_barrier(seeker)
    await seeker.at('#news-choices [name="MESSAGES EMAIL"]').uncheck()
    single = '[name="kind ORDER_ACCEPTED EMAIL"]'
    await seeker.at(f"#news-choices details:has({single}) > summary").click()
    await no_barrier(seeker)
    await seeker.at(single).uncheck()
    await seeker.at('#news-choices [name="digestHour"]').select_option("8")
    await seeker.at("#news-choices form button").click()
    await expect(seeker.at("#announcer")).to_contain_text("Gespeichert.")
    await expect(seeker.at('#news-choices [name="digestHour"]')).to_have_value("8")
    await seeker.at("#read-all").click()
    await expect(seeker.at("#news-link")).to_have_text("Neuigkeiten")
    await seeker.page.get_by_role("link", name="Alle Unterhaltungen").click()
    await no_barrier(seeker)
    await seeker.at("#conversations a", has_text="Jule").click()
    await expect(seeker.at("#messages .mine").first).to_contain_text("Passt Ihnen der Vormittag?")


async def ended(seeker: Window) -> None:
    """The contract's last day is today, and until that is over it holds."""
    end = seeker.at('#contract [data-code="END_CONTRACT"]')
    await end.locator("summary").click()
    await no_barrier(seeker)
    last = await end.locator('[name="endsOn"]').input_value()
    await end.locator('[name="reason"]').select_option("NO_LONGER_NEEDED")
    async with seeker.page.expect_request(
        lambda each: "endContract" in (each.post_data or "")
    ) as sent:
        await end.locator("form button").click()
    said = json.loads((await sent.value).post_data or "")["variables"]["input"]
    assert (said["endsOn"], said["reason"]) == (last, "NO_LONGER_NEEDED")
    await expect(seeker.at("#contract .next-step")).to_contain_text("Der Vertrag gilt bis")
    await expect(seeker.at("#contract-state")).to_have_text("Vereinbart")
    await expect(seeker.at("#announcer")).to_contain_text("Vertrag: Vereinbart, Letzter Tag: ")
    await expect(seeker.at("#contract-heading")).to_be_focused()
