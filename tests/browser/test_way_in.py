"""The doors: registering, the link in the mail, signing in and out, a forgotten password."""

import re
import secrets

from playwright.async_api import expect

from tests.browser.conftest import Open
from tests.browser.newcomer import PASSWORD, link_in_mail, mail_to, register
from tests.stage import Stage


async def test_opening_the_mails_link_alone_confirms_nothing(
    open_window: Open, stage: Stage
) -> None:
    last_name = f"Brandes-{secrets.token_hex(3)}"
    address = f"{last_name.lower()}@example.org"
    person, desk = await open_window(), await open_window()
    await register(person, address, last_name)
    await expect(person.at("h1")).to_have_text("Das hat geklappt")
    mail = await mail_to(stage, address)
    link = re.search(r"http\S+#confirm-email=\S+", mail["body"])
    assert link
    await person.page.goto(link[0])
    await expect(person.at("#confirm-form")).to_be_visible()
    await desk.become("customer_service")
    account = desk.at(".account", has_text=last_name)
    await expect(account).to_contain_text("E-Mail-Adresse nicht bestätigt")


async def test_a_link_that_is_not_valid_leads_to_a_new_one(open_window: Open, stage: Stage) -> None:
    last_name = f"Ahlborn-{secrets.token_hex(3)}"
    address = f"{last_name.lower()}@example.org"
    person = await open_window()
    await register(person, address, last_name)
    await expect(person.at("h1")).to_have_text("Das hat geklappt")
    await mail_to(stage, address)

    await person.page.goto(f"{stage.address}/#confirm-email={'x' * 64}")
    another = person.at("#another-link-form")
    await expect(person.at("#confirm-form")).to_be_visible()
    await expect(another).to_be_hidden()
    await person.at("#confirm-form button").click()
    await expect(person.at("#confirm-form .refusal")).to_contain_text("neuen Link")
    await another.locator('[name="email"]').fill(address)
    await another.locator("button").click()
    await expect(person.at("h1")).to_have_text("Das hat geklappt")
    await expect(person.at(".lead")).not_to_be_empty()
    await expect(person.at(".next-step")).not_to_be_empty()
    await mail_to(stage, address, number=2)


async def test_a_refused_registration_says_at_each_field_what_to_do(open_window: Open) -> None:
    person = await open_window("/#register")
    await person.at('[name="firstName"]').fill("Hanne")
    await person.at('[name="email"]').fill("keine Adresse")
    await person.at('[name="password"]').fill("kurz")
    await person.at("#register-form .form-end button").click()
    refused = person.at('[aria-invalid="true"]')
    await expect(refused.first).to_be_focused()
    names = await person.page.eval_on_selector_all(
        "[data-field]:has(> .refusal)", "found => found.map((one) => one.dataset.field)"
    )
    assert {"lastName", "email", "password", "postcode"} <= set(names)
    await expect(person.at('[name="firstName"]')).not_to_have_attribute("aria-invalid", "true")
    await expect(person.at('[name="firstName"]')).to_have_value("Hanne")


async def test_what_was_refused_is_said_again_in_another_language(open_window: Open) -> None:
    person = await open_window("/#register")
    await person.at('[name="firstName"]').fill("Hanne")
    await person.at('[name="password"]').fill("kurz")
    await person.at("#register-form .form-end button").click()
    refused = person.at('[aria-invalid="true"]')
    password = person.at('[data-field="password"] .refusal')
    await expect(password).to_contain_text("zu kurz")
    number = await refused.count()
    await person.at('[name="password"]').fill(PASSWORD)
    await person.at("#language").select_option("en")
    await expect(password).to_contain_text("too short")
    await expect(refused).to_have_count(number)
    await expect(person.at("#announcer")).to_contain_text("Fields that are not right yet")
    await expect(person.at("#language")).to_be_focused()
    await expect(person.at('[name="password"]')).to_have_value(PASSWORD)
    await person.page.goto(f"{person.address}/#register=ASSISTANT")
    await expect(person.at('nav a[href="#register=ASSISTANT"]')).to_have_count(0)
    await person.at("#language").select_option("de")
    await expect(person.at("#register-form > .form-end button")).to_have_text("Registrieren")
    await expect(refused).to_have_count(0)


async def test_what_was_filled_in_stays_in_another_language(open_window: Open) -> None:
    person = await open_window("/#register")
    needs = person.at('#register-form [name="needs"]')
    await person.at('[name="firstName"]').fill("Hanne")
    await person.at('[name="password"]').fill(PASSWORD)
    await person.at("#register-form summary").first.click()
    await needs.first.check()
    await person.at('[name="consents"]').last.check()
    await person.at("ul.windows + button").click()
    await person.at("ul.windows > li:last-child select").nth(1).select_option("18:00")
    rows = await person.at("ul.windows > li").count()
    await person.at("#language").select_option("en")
    await expect(person.at("#language")).to_be_focused()
    await expect(person.at("#register-form > .form-end button")).to_have_text("Register")
    await expect(person.at('[name="firstName"]')).to_have_value("Hanne")
    await expect(person.at('[name="password"]')).to_have_value(PASSWORD)
    await expect(needs.first).to_be_visible()
    await expect(needs.first).to_be_checked()
    await expect(needs.nth(1)).not_to_be_checked()
    await expect(person.at('[name="consents"]').last).to_be_checked()
    await expect(person.at("ul.windows > li")).to_have_count(rows)
    last = person.at("ul.windows > li:last-child select").nth(1)
    await expect(last).to_have_value("18:00")
    await person.page.goto(f"{person.address}/#register=ASSISTANT")
    await expect(person.at('nav a[href="#register=ASSISTANT"]')).to_have_count(0)
    await expect(person.at('[name="firstName"]')).to_have_value("")


async def test_a_wrong_password_is_refused_with_a_remedy(open_window: Open) -> None:
    person = await open_window()
    await person.at('#sign-in-form [name="email"]').fill("niemand@example.org")
    await person.at('#sign-in-form [name="password"]').fill("falsch")
    await person.at("#sign-in-form button").click()
    await expect(person.at("#sign-in-form .refusal")).to_be_visible()


async def test_signing_out_leads_back_to_the_start(open_window: Open) -> None:
    person = await open_window()
    await person.become("assistant")
    await person.at("#sign-out").click()
    await expect(person.at("#sign-in-form")).to_be_visible()
    await person.page.reload()
    await expect(person.at("#sign-in-form")).to_be_visible()


async def test_a_forgotten_password_is_set_anew_with_a_button_behind_the_link(
    open_window: Open, stage: Stage
) -> None:
    address, new = "self-employed@assistenz-portal.example", secrets.token_urlsafe(18)
    person, other = await open_window(), await open_window()
    await other.become("self_employed")
    await person.at("#forgotten-link").click()
    await person.at('#forgotten-form [name="email"]').fill(address)
    await person.at("#forgotten-form button").click()
    await expect(person.at("h1")).to_have_text("Das hat geklappt")
    link = await link_in_mail(stage, address, "reset-password")
    await person.page.goto(link)
    await person.at('#reset-form [name="password"]').fill("kurz")
    await person.at("#reset-form button").click()
    await expect(person.at("#reset-form .refusal")).to_contain_text("zu kurz")
    await person.at('#reset-form [name="password"]').fill(new)
    await person.at("#reset-form button").click()
    await expect(person.at("h1")).to_have_text("Das hat geklappt")
    await other.page.goto(f"{stage.address}/#")
    await other.page.reload()
    await expect(other.at("#sign-in-form")).to_be_visible()  # every session has ended
    await person.page.goto(link)
    await person.page.reload()
    await person.at('#reset-form [name="password"]').fill(PASSWORD)
    await person.at("#reset-form button").click()
    await expect(person.at("#reset-form .refusal")).to_contain_text("Link")
