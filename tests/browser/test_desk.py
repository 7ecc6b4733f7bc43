"""The desk in the browser: what is due at one glance, finding somebody, and lists that go on."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.barriers import barriers, fits
from tests.browser.conftest import Open


async def test_somebody_is_found_by_keyboard_and_the_list_comes_back(open_window: Open) -> None:
    desk = await open_window(reduced_motion="reduce")
    await desk.become("customer_service")
    await expect(desk.at("#waiting")).to_contain_text("Warten auf Freischaltung")
    waiting = await desk.at("#waiting").inner_text()
    field = desk.at('#people-search [name="search"]')
    await field.focus()
    await desk.page.keyboard.type("HOFFM ren")
    await desk.page.keyboard.press("Enter")
    await expect(desk.at("#waiting")).to_have_text("Gefunden: 1")
    await expect(desk.at("#waiting")).to_be_focused()
    await expect(desk.at("#announcer")).to_have_text("Gefunden: 1")
    await expect(desk.at("#accounts > li")).to_contain_text("Renate Hoffmann")
    await expect(desk.at("#accounts > li")).to_contain_text("Freigeschaltet")
    await field.fill("h")
    await field.press("Enter")
    refusal = desk.at("#people-search .refusal")
    await expect(refusal).to_contain_text("mindestens 2 Zeichen")
    await expect(field).to_be_focused()
    await expect(desk.at("#accounts > li")).to_have_count(1)
    await desk.at("#people-search button.quiet").click()
    await expect(refusal).to_have_count(0)
    await expect(desk.at("#waiting")).to_have_text(waiting)
    await expect(field).to_have_value("")


async def test_more_than_a_hundred_accounts_can_be_reached(open_window: Open) -> None:
    desk = await open_window(reduced_motion="reduce")
    await desk.become("customer_service")
    await desk.at('[name="which"]').select_option("RELEASED")
    cards = desk.at("#accounts > li")
    await expect(desk.at("#waiting")).to_contain_text("Freigeschaltete Konten")
    await expect(cards).to_have_count(20)
    total = re.findall(r"\d+", await desk.at("#waiting").inner_text())[-1]
    more = desk.at("#accounts + button")
    for number in range(40, 141, 20):
        await more.press("Enter")
        await expect(cards).to_have_count(number)
        await expect(cards.nth(number - 20).locator("h3")).to_be_focused()
        said = f"Sie sehen jetzt {number} von {total}."
        await expect(desk.at("#announcer")).to_have_text(said)
    names = await desk.page.locator("#accounts > li").evaluate_all(
        "cards => new Set(cards.map((card) => card.dataset.key)).size"
    )
    assert names == 140


@pytest.mark.parametrize("language", ["de", "de-x-leicht", "en"])
async def test_the_desk_has_no_barrier_and_nothing_is_cut_off(
    open_window: Open, language: str
) -> None:
    desk = await open_window(reduced_motion="reduce", viewport={"width": 320, "height": 640})
    await desk.become("customer_service")
    await expect(desk.at("#glance > li")).to_have_count(7)
    if language != "de":  # nothing would show when the view has been drawn anew in its own language
        await desk.at("#language").select_option(language)
        await expect(desk.at("html")).to_have_attribute("lang", language)
    await expect(desk.at("#glance > li")).to_have_count(7)
    await desk.at('#people-search [name="search"]').fill("3")
    await desk.at('#people-search [name="search"]').press("Enter")
    await expect(desk.at("#people-search .refusal")).to_be_visible()
    assert await (barriers if language == "de" else fits)(desk) == []


async def test_a_list_that_cannot_be_read_says_so_where_it_was_asked_for(
    open_window: Open,
) -> None:
    desk = await open_window(reduced_motion="reduce")
    await desk.become("customer_service")
    await expect(desk.at("#waiting")).to_contain_text("Warten auf Freischaltung")
    await desk.page.route("**/graphql", lambda route: route.abort())
    asked, orders = desk.at("div:has(> #desk-reload)"), desk.at("#orders-fold")
    await desk.at('[name="which"]').select_option("ALL")
    await expect(asked.locator(".refusal")).to_contain_text("nicht erreichbar")
    await orders.locator("summary").click()
    await expect(orders.locator(".refusal")).to_contain_text("nicht erreichbar")
    await desk.at("#sign-out").click()
    await expect(desk.at("#who .refusal")).to_contain_text("nicht erreichbar")
    await desk.page.unroute("**/graphql")
    await desk.at("#desk-reload").click()
    await expect(asked.locator(".refusal")).to_have_count(0)
    await expect(desk.at("#waiting")).to_contain_text("Alle Konten")
    desk.problems.clear()


async def test_what_is_due_is_said_first_and_leads_to_where_it_is_done(open_window: Open) -> None:
    desk = await open_window(reduced_motion="reduce")
    await desk.become("customer_service")
    lines = desk.at("#glance > li")
    for at, words in enumerate(
        (
            r"Gespräche heute: \d+",
            r"Offene Meldungen: \d+",
            r"Ausweis-Prüfung steht aus: \d+",
            r"Bereit zur Freischaltung: \d+",
            r"Nachweise: \d+ fehlen oder sind abgelaufen, \d+ laufen in 7 Tagen ab, \d+ in 30,",
            r"Aufträge, die noch nicht freigegeben sind: \d+",
            r"Am Telefon mitzuteilen: \d+",
        )
    ):
        await expect(lines.nth(at)).to_have_text(re.compile(words))
    for at, heading in (
        (0, "#today"),
        (1, "#reports-heading"),
        (2, "#waiting"),
        (4, "#proofs"),
        (5, "#orders-heading"),
        (6, "#telling"),
    ):
        await lines.nth(at).locator("button").press("Enter")
        await expect(desk.at(heading)).to_be_focused()


async def test_what_was_done_is_due_no_more(open_window: Open) -> None:
    desk = await open_window(reduced_motion="reduce")
    await desk.become("customer_service")
    line = desk.at("#glance > li", has_text="Ausweis-Prüfung steht aus")
    due = int(re.findall(r"\d+", await line.inner_text())[0])
    waits = desk.at("#accounts > li:has(form.talk)", has_text="E-Mail-Adresse bestätigt").filter(
        has_not=desk.at(".facts li", has_text="Identität bestätigt"),
        has_text="Assistenz-Suchende",
    )
    card = waits.first
    await card.locator("summary", has_text="Ausweis").click()
    await card.locator("form.identity .form-end button").click()
    await expect(desk.at("#announcer")).to_have_text("Ausweis-Prüfung festgehalten.")
    await expect(line).to_have_text(f"Ausweis-Prüfung steht aus: {due - 1}")
