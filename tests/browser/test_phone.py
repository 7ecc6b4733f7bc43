"""The desk on the telephone: registering a caller, the letter, the code, and acting for them."""

import re

from playwright.async_api import expect

from tests.browser.barriers import barriers
from tests.browser.conftest import Open


async def test_a_caller_is_registered_confirmed_and_acted_for(open_window: Open) -> None:
    window = await open_window(reduced_motion="reduce")
    await window.become("customer_service")
    fold = window.at('[data-code="REGISTER_BY_PHONE"]')
    await fold.locator("summary").first.click()
    await fold.locator("#phone-form > .form-end button").click()
    await expect(fold.locator(".refusal").first).to_be_visible()
    for name, value in {
        "firstName": "Erna",
        "lastName": "Anruferin",
        "street": "Markt 3",
        "postcode": "37154",
        "phone": "05551 12",
    }.items():
        await fold.locator(f'[name="{name}"]').fill(value)
    assert await barriers(window) == []
    await fold.locator("#phone-form > .form-end button").click()
    letter = await fold.locator(".letter").inner_text()
    code = re.search(r"\d{4} \d{4}", letter)
    assert code
    card = window.at("#accounts > li", has_text="Erna Anruferin")
    await card.get_by_text("Code vom Telefon eintragen").click()
    form = card.locator("form.code")
    await form.locator('[name="code"]').fill(code[0])
    for box in await form.locator('[name="consents"]').all():
        await box.check()
    for language in ("en", "de"):  # what is read out comes when it is wanted, and is there again
        await window.at("#language").select_option(language)
        await expect(window.at("html")).to_have_attribute("lang", language)
        await expect(form.locator('[name="code"]')).to_have_value(code[0])
        await expect(form.locator('[name="consents"]').last).to_be_checked()
    await form.locator("button").first.click()
    await expect(window.at("#announcer")).to_contain_text("Das Konto gilt")
    await window.page.reload()
    caller = window.at("#callers > li", has_text="Erna Anruferin")
    await caller.locator(".act").click()
    await expect(window.at("#viewer")).to_have_text("Sie handeln für Erna Anruferin")
    await expect(window.at("main h1")).to_be_visible()
    await expect(window.at('#who [href="#profile"]')).to_be_visible()
    await expect(window.at('#who [href="#funding"]')).to_have_count(0)  # before the talk
    assert await barriers(window) == []
    await window.at("#stop-acting").click()
    await expect(window.at("#callers > li").first).to_be_visible()
