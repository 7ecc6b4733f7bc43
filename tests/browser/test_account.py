"""One's own account in the browser: sessions, the calendar's address, absences."""

import re

from playwright.async_api import Route, expect

from tests.browser.conftest import Open
from tests.browser.steps import day


async def test_a_session_is_ended_from_another_device_and_then_all_others(
    open_window: Open,
) -> None:
    here, there = await open_window(), await open_window()
    await here.become("representative")
    await there.become("representative")
    await here.at("#account").click()
    sessions = here.at("#sessions > li")
    await expect(sessions.filter(has_text="Dieses Gerät")).to_have_count(1)
    await sessions.first.locator(".end-session").click()  # the newest is the other window's
    await expect(here.at("#sessions-heading")).to_be_focused()
    await there.page.reload()
    await expect(there.at("#sign-in-form")).to_be_visible()
    await there.become("representative")
    await here.page.reload()
    await here.at("#end-others").click()
    await expect(sessions).to_have_count(1)
    await expect(sessions.first).to_contain_text("Dieses Gerät")
    await expect(here.at("#end-others")).to_be_hidden()
    await there.page.reload()
    await expect(there.at("#sign-in-form")).to_be_visible()


async def test_whoever_is_signed_in_asks_for_a_new_password(open_window: Open) -> None:
    window = await open_window("/#account")
    await window.become("representative")
    await window.at('main a[href="#forgotten"]').click()
    address = "representative@assistenz-portal.example"
    await expect(window.at('#forgotten-form [name="email"]')).to_have_value(address)
    await expect(window.at("#sign-out")).to_be_visible()


async def test_the_calendars_address_is_shown_when_asked_for_and_revoked(open_window: Open) -> None:
    window = await open_window("/#account")
    await window.become("seeker")
    line = window.at('#feed-address [name="address"]')
    await expect(window.at("#show-feed")).to_be_visible()
    await expect(line).to_have_count(0)
    await window.at("#show-feed").click()
    await expect(line).to_be_focused()
    address = await line.input_value()
    assert re.search(r"/calendar/\S+\.ics$", address)
    get = window.context.request.get
    assert b"BEGIN:VCALENDAR" in await (await get(address)).body()
    await window.at("#revoke-feed").click()
    await expect(window.at("#feed-revoked")).to_be_visible()
    await expect(line).to_have_count(0)
    assert (await get(address)).status == 404
    await window.at("#show-feed").click()
    await expect(line).not_to_have_value(address)


async def test_an_assistant_is_away_and_takes_it_back(open_window: Open) -> None:
    window = await open_window()
    await window.become("assistant")
    await window.at('#who a[href="#absences"]').click()
    form = window.at("#absence")
    await form.locator("button").click()
    await expect(form.locator('[data-field="beginsAt"] .refusal')).to_be_visible()
    await form.locator('[name="firstDay"]').fill(day(300))
    await form.locator('[name="lastDay"]').fill(day(301))
    await form.locator("button").click()
    await expect(window.at("#ahead")).to_be_focused()
    card = window.at("#absences > li")
    await expect(card).to_have_count(1)
    await expect(card).not_to_contain_text("00:00")  # whole days are called by their names
    await form.locator('[name="firstDay"]').fill(day(301))
    await form.locator('[name="from"]').fill("10:00")
    await form.locator("button").click()
    await expect(form.locator('[data-field="beginsAt"] .refusal')).to_contain_text("schon")
    await card.locator(".take-back").click()
    await expect(window.at("#no-absences")).to_be_visible()
    await expect(window.at("#ahead")).to_be_focused()


async def test_what_was_saved_is_not_offered_to_be_sent_again(open_window: Open) -> None:
    window = await open_window("/#absences")
    await window.become("assistant")
    form = window.at("#absence")
    await form.locator('[name="firstDay"]').fill(day(320))

    async def lose(route: Route) -> None:
        reads = "query PageOwnAbsences" in (route.request.post_data or "")
        await (route.abort() if reads else route.continue_())

    await window.page.route("**/graphql", lose)
    await form.locator("button").click()
    await expect(form.locator(".refusal")).to_contain_text("Gespeichert.")
    await expect(form.locator(".refusal")).to_contain_text("nicht noch einmal")
    await window.page.unroute("**/graphql")
    window.problems.clear()
    await window.page.reload()
    await window.at("#absences .take-back").click()
    await expect(window.at("#no-absences")).to_be_visible()


async def test_a_coordinator_enters_who_is_away(open_window: Open) -> None:
    window = await open_window("/#absences")
    await window.become("coordinator")
    form = window.at("#absence")
    who = form.locator('[name="assistantId"]')
    name = await who.locator("option").nth(1).inner_text()
    await who.select_option(label=name)
    await form.locator('[name="firstDay"]').fill(day(310))
    await form.locator('[name="until"]').fill("12:30")
    await form.locator("button").click()
    card = window.at("#absences > li", has_text=name)
    await expect(card).to_contain_text("12:30")
    await card.locator(".take-back").click()
    await expect(card).to_have_count(0)
    await window.at("#language").select_option("de-x-leicht")
    await expect(window.at("h1")).to_have_text("Wer wann weg ist")
    await expect(form).to_contain_text("Hat die Person dann einen Termin?")
