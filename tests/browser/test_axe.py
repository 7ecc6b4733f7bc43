"""What has no address of its own, or comes about by steps, is for everybody."""

from playwright.async_api import expect

from tests.browser.barriers import barriers, unfold
from tests.browser.conftest import Open
from tests.browser.drafts import begin_draft, fill_draft, release
from tests.browser.everybody import for_everybody
from tests.browser.window import Window
from tests.stage import Stage

CALM = {"reduced_motion": "reduce"}  # while something fades in, its contrast is that of a moment


async def test_the_doors_are_for_everybody(open_window: Open) -> None:
    window = await open_window(**CALM)
    await expect(window.at(".persona").first).to_be_visible()
    await for_everybody(window, ".persona")
    for door, form in (
        ("confirm-email=abc", "#confirm-form"),
        ("forgotten", "#forgotten-form"),
        ("reset-password=abc", "#reset-form"),
    ):
        await window.page.goto(f"{window.address}/#{door}")
        await expect(window.at(form)).to_be_visible()
        await for_everybody(window, form)


async def test_the_forms_of_those_who_register_are_for_everybody(open_window: Open) -> None:
    window = await open_window("/#register", **CALM)
    await window.at("#register-form button:not([type=button])").last.click()
    await expect(window.at(".refusal").first).to_be_visible()
    await for_everybody(window, ".refusal")
    for name in ("ASSISTANT", "PROVIDER", "COORDINATOR", "REPRESENTATIVE"):
        await window.page.goto(f"{window.address}/#register={name}")
        await expect(window.at(f'nav a[href="#register={name}"]')).to_have_count(0)
        await expect(window.at("#register-form")).to_be_visible()
        await for_everybody(window, "#register-form")


async def test_a_draft_is_for_everybody(open_window: Open) -> None:
    window = await open_window(**CALM)
    await window.become("seeker")
    await begin_draft(window)
    await unfold(window)
    await window.at('select[name="QUA_FACHKRAFT"]').select_option("MUST")
    await expect(window.at("#hints > li").first).to_be_visible()
    await for_everybody(window, "#hints > li")


async def test_an_order_with_a_match_and_both_lists_are_for_everybody(open_window: Open) -> None:
    """Three people and five views on one way: that takes its time."""
    seeker, assistant = await open_window(**CALM), await open_window(**CALM)
    story = "Zusammen Zeitung lesen."
    await seeker.become("seeker")
    await begin_draft(seeker)
    await fill_draft(seeker, story)
    await unfold(seeker)
    await seeker.at('select[name="SPR_EN"]').select_option("WISH")
    await seeker.at('select[name="SPR_AR"]').select_option("WISH")
    await expect(seeker.at("#save-status")).to_have_text("Alles gespeichert.")
    await release(seeker)
    await assistant.become("assistant")
    card = assistant.at(".suggestion", has_text=story)
    await card.locator('[data-code="ACCEPT_ORDER"]').click()
    await expect(card.locator(".explanation .met")).to_have_text("Erfüllt: Spricht Englisch")
    await expect(card.locator(".explanation .unmet")).to_have_text(
        "Nicht erfüllt: Spricht Arabisch"
    )
    assert await barriers(assistant) == []
    await expect(seeker.at("#matches .explanation .met")).to_have_text("Erfüllt: Spricht Englisch")
    await for_everybody(seeker, "#matches > li")
    await amend(seeker)
    await card.locator('[data-code="ACCEPT_ORDER"]').click()
    await seeker.at("#matches h3 a").click()
    await report_and_block(seeker)
    desk = await open_window(**CALM)
    await desk.become("customer_service")
    await look_into(desk)


async def amend(seeker: Window) -> None:
    """Change an accepted order: what it means is said before, and holds afterwards."""
    await seeker.at('[data-code="AMEND_ORDER"]').click()
    meaning = seeker.at("#amend-meaning")
    await expect(meaning).to_have_text("Noch ist nichts geändert.")
    await for_everybody(seeker, "#amend-form")
    await seeker.at('[name="description"]').fill("Zusammen Zeitung lesen. Auch Bücher.")
    await expect(meaning).to_have_text("Wir fragen niemanden neu. Alle Zusagen bleiben.")
    await seeker.at('select[name="SPR_EN"]').select_option("MUST")
    await expect(meaning).to_contain_text("nicht mehr passt, wird neu gefragt")
    await seeker.at('[name="durationMinutes"]').fill("75")
    await expect(meaning).to_contain_text("Deshalb fragen wir alle neu")
    await seeker.at("#amend-form > .form-end button").click()
    await expect(seeker.at("#order-state")).to_be_visible()
    await expect(seeker.at(".summary")).to_contain_text("75 Minuten")
    await expect(seeker.at("#matches > li")).to_have_count(0)


async def report_and_block(seeker: Window) -> None:
    """Tell customer service about the other side, part from it, and take that back."""
    await expect(seeker.at("#safety")).to_be_visible()
    await for_everybody(seeker, "#safety")
    await seeker.at('#report [value="FRAUD"]').check()
    await seeker.at('#report [name="note"]').fill("Ich sollte Geld leihen.")
    await seeker.at("#report .form-end button").click()
    await expect(seeker.at("#reported")).to_be_focused()
    await seeker.at("#block button").click()
    await expect(seeker.at("#blocks > li")).to_contain_text("Jonas")
    assert await barriers(seeker) == []
    await seeker.at(".unblock").click()
    await expect(seeker.at("#blocks > li")).to_have_count(0)
    await expect(seeker.at("h1")).to_be_focused()


async def look_into(desk: Window) -> None:
    """Read the report and close it; record what a provider is recognised for."""
    report = desk.at("#reports > li", has_text="Ich sollte Geld leihen.")
    await expect(report).to_contain_text("Geld oder falsche Angaben")
    await expect(report).to_contain_text("Jonas Weber")
    provider = desk.at("#recognitions > li").last
    await provider.locator("summary").click()
    assert await barriers(desk, "section[aria-labelledby=reports-heading]") == []
    await report.locator(".handled").click()
    await expect(report).to_have_count(0)
    await expect(desk.at("#reports-heading")).to_be_focused()
    form = provider.locator("form.recognition")
    await form.locator('[name="kind"]').select_option("WORK_AND_EDUCATION")
    await form.locator('[name="validFrom"]').fill("")
    await form.locator(".form-end button").click()
    await expect(form.locator('[data-field="validFrom"] .refusal')).to_be_visible()
    await form.locator('[name="validFrom"]').fill("2026-01-01")
    await form.locator('[name="validUntil"]').fill("2031-12-31")
    await form.locator(".form-end button").click()
    await expect(provider.locator(".facts")).to_contain_text("31. Dezember 2031")
    await expect(provider.locator("summary")).to_be_focused()


async def test_the_mails_page_has_no_barrier(open_window: Open, stage: Stage) -> None:
    window = await open_window("/health/ready", **CALM)
    window.address = f"http://127.0.0.1:{stage.environ['MAIL_SINK_PORT']}"
    await window.page.goto(f"{window.address}/mail")
    assert await barriers(window) == []


async def test_a_hint_gives_the_number_that_it_promises(open_window: Open) -> None:
    window = await open_window(**CALM)
    await window.become("seeker")
    await begin_draft(window)
    await unfold(window)
    everybody = await window.at("#availability").inner_text()
    await window.at('select[name="QUA_FACHKRAFT"]').select_option("MUST")
    await expect(window.at("#availability")).not_to_have_text(everybody)
    more = int(everybody) - int(await window.at("#availability").inner_text())
    hint = window.at("#hints > li", has_text="Ist Fachkraft")
    await expect(hint).to_contain_text(f"wären es {more} mehr")
    await hint.locator("button").click()
    await expect(window.at("#availability")).to_have_text(everybody)
    await expect(window.at('select[name="QUA_FACHKRAFT"]')).to_have_value("NONE")
