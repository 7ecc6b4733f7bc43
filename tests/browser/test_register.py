"""Registering by a form of the API: what belongs to a choice comes and goes with it."""

import secrets

from playwright.async_api import Route, expect

from tests.browser.barriers import barriers
from tests.browser.conftest import Open
from tests.browser.newcomer import PASSWORD, mail_to
from tests.stage import Stage


async def test_an_assistant_registers_through_a_provider(open_window: Open, stage: Stage) -> None:
    window = await open_window("/#register=ASSISTANT")
    form = window.at("#register-form")
    await expect(form.locator('[name="providerId"]')).to_be_visible()
    await form.locator('[name="employment"][value="SELF_EMPLOYED"]').check()
    await expect(form.locator('[name="providerId"]')).to_be_hidden()
    await form.locator('[name="employment"][value="EMPLOYED"]').check()
    await form.locator(".form-end button").click()
    for name in ("firstName", "lastName", "postcode", "phone", "providerId", "activities", "email"):
        await expect(form.locator(f'[data-field="{name}"] .refusal')).to_be_visible()
    address = f"assistenz-{secrets.token_hex(3)}@example.org"
    values = {"firstName": "Jana", "lastName": "Neu", "postcode": "37154", "mobile": "0170 1"}
    for name, value in (values | {"email": address, "password": PASSWORD}).items():
        await form.locator(f'[name="{name}"]').fill(value)
    await form.locator('[name="providerId"]').select_option(index=1)
    await form.locator('[data-field="activities"] summary').first.click()
    await form.locator('[name="activities"]').first.check()
    for box in await form.locator('[name="consents"]').all():
        await box.check()
    await form.locator(".form-end button").click()
    await expect(window.at("h1")).to_have_text("Das hat geklappt")
    assert "confirm-email" in (await mail_to(stage, address))["body"]


async def test_a_registration_is_kept_and_gone_on_with_in_another_window(
    open_window: Open,
) -> None:
    window = await open_window("/#register=ASSISTANT", reduced_motion="reduce")
    await window.at('#register-form [name="firstName"]').fill("Später")
    await window.at('#register-form [name="password"]').fill("sieben-gelbe-Gummistiefel")
    await window.at('#register-form [name="radiusKm"]').fill("33")
    await window.at("#later button").click()
    link = await window.at("#later-link a").get_attribute("href")
    other = await open_window(f"/{link}", reduced_motion="reduce")
    await expect(other.at('#register-form [name="firstName"]')).to_have_value("Später")
    await expect(other.at('#register-form [name="radiusKm"]')).to_have_value("33")
    await expect(other.at('#register-form [name="password"]')).to_have_value("")
    assert await barriers(other) == []
    gone = await open_window(f"/#draft={'A' * 64}", reduced_motion="reduce")
    await expect(gone.at("h1")).to_contain_text("gibt es nicht mehr")


async def many_providers(route: Route) -> None:
    """A hundred and thirty, on two pages."""
    asked = route.request.post_data or ""
    if "query PageProviders" not in asked:
        await route.continue_()
        return
    numbers = range(101, 131) if '"after":"next"' in asked else range(1, 101)
    nodes = [{"id": f"provider_{each}", "name": f"Haus {each:03}"} for each in numbers]
    page = {"hasNextPage": numbers[0] == 1, "endCursor": "next"}
    await route.fulfill(json={"data": {"providers": {"nodes": nodes, "pageInfo": page}}})


async def test_one_of_many_providers_is_found_by_typing(open_window: Open) -> None:
    window = await open_window(reduced_motion="reduce")
    await window.page.route("**/graphql", many_providers)
    await window.page.goto(f"{window.address}/#register=ASSISTANT")
    chosen = window.at('[name="providerId"]')
    await expect(chosen.locator("option")).to_have_count(131)
    await window.page.get_by_label("Namen suchen").focus()
    await window.page.keyboard.type("haus 12")
    await expect(window.page.get_by_text("Gefunden: 10")).to_have_role("status")
    await window.page.keyboard.press("Tab")
    await expect(chosen).to_be_focused()
    await window.page.keyboard.type("Haus 129")
    await expect(chosen).to_have_value("provider_129")
    await window.page.get_by_label("Namen suchen").fill("haus 129")
    await expect(chosen).to_have_value("provider_129")
    assert await barriers(window, "#register-form") == []
    await window.at('[name="employment"][value="SELF_EMPLOYED"]').check()
    await expect(window.page.get_by_label("Namen suchen")).to_be_hidden()
